from typing import NamedTuple

from azure.functions.extension.extension_hook_meta import ExtensionHookMeta

class FuncExtensionHooks(NamedTuple):
    post_function_load: list[ExtensionHookMeta]
    pre_invocation: list[ExtensionHookMeta]
    post_invocation: list[ExtensionHookMeta]
