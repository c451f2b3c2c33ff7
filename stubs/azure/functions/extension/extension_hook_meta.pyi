from collections.abc import Callable
from typing import Any, NamedTuple

class ExtensionHookMeta(NamedTuple):
    ext_name: str
    ext_impl: Callable[..., Any]
