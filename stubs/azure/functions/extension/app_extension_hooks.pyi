from .extension_hook_meta import ExtensionHookMeta as ExtensionHookMeta
from typing import NamedTuple

class AppExtensionHooks(NamedTuple):
    post_function_load_app_level: list[ExtensionHookMeta]
    pre_invocation_app_level: list[ExtensionHookMeta]
    post_invocation_app_level: list[ExtensionHookMeta]
