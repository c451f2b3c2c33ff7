from typing import NamedTuple

from azure.functions.extension.extension_hook_meta import ExtensionHookMeta

class AppExtensionHooks(NamedTuple):
    post_function_load_app_level: list[ExtensionHookMeta]
    pre_invocation_app_level: list[ExtensionHookMeta]
    post_invocation_app_level: list[ExtensionHookMeta]
