"""What the official worker sees in an annotation.

It asks a copy of the old `typing_inspect` module, whose answers decide which annotations index: `List[int]` is generic,
`list[int]`, `Optional[int]` and `Tuple[int]` are not (azure-functions-runtime 1.3.0, utils/typing_inspect.py).
"""

from __future__ import annotations

import collections.abc
import typing
from typing import Any, TypeGuard

_Alias: Any = typing._GenericAlias  # type: ignore[attr-defined] # the class is the rule
_Special: Any = typing._SpecialGenericAlias  # type: ignore[attr-defined] # the class is the rule
_NOT_GENERIC = (typing.Union, tuple, typing.ClassVar, collections.abc.Callable)


def is_class(annotation: Any) -> TypeGuard[type]:
    """Whether it is a class."""
    return isinstance(annotation, type)


def is_generic(annotation: Any) -> bool:
    """Whether it is a generic class or an alias of one that `typing` made."""
    if isinstance(annotation, type) and issubclass(annotation, typing.Generic):
        return True
    return isinstance(annotation, (_Alias, _Special)) and annotation.__origin__ not in _NOT_GENERIC


def is_out(annotation: Any) -> bool:
    """Whether it is `azure.functions.Out`, or any class of that name, with or without an argument."""
    origin = annotation.__origin__ if isinstance(annotation, _Alias) and is_generic(annotation) else annotation
    return isinstance(origin, type) and origin.__name__ == "Out"


def out_argument(annotation: Any) -> Any:
    """What the Out is of; None for a bare one."""
    arguments: tuple[Any, ...] = annotation.__args__ if isinstance(annotation, _Alias) else ()
    return arguments[0] if len(arguments) == 1 else None
