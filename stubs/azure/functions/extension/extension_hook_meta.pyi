from typing import Callable, NamedTuple

class ExtensionHookMeta(NamedTuple):
    ext_name: str
    ext_impl: Callable
