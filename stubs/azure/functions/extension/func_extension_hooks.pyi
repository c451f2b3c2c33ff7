from .extension_hook_meta import ExtensionHookMeta as ExtensionHookMeta
from typing import NamedTuple

class FuncExtensionHooks(NamedTuple):
    post_function_load: list[ExtensionHookMeta]
    pre_invocation: list[ExtensionHookMeta]
    post_invocation: list[ExtensionHookMeta]
