"""What an annotation may be once Python has evaluated it."""

from __future__ import annotations

from typing import NamedTuple, TypeAlias


class Class(NamedTuple):
    """A class. `ancestors` are the builtins (`str`) and library classes that it is or derives from."""

    name: str
    ancestors: frozenset[str]
    sure: bool = True
    """Whether it has no other ancestors."""
    reads: bool = False
    """Whether it has a method `read`, as files have."""


class Generic(NamedTuple):
    """A generic of `typing` with its arguments: `List[str]`; without any: `List`."""

    text: str
    iterable: bool
    arguments: tuple[Type, ...]


class Builtin(NamedTuple):
    """A subscripted builtin or class of `collections`, `list[str]`: for Python 3.10 a class, later none."""

    text: str
    typing_name: str | None
    """What `typing` calls it."""


class AnyType(NamedTuple):
    """`typing.Any`: for Python 3.10 no class, later one."""

    text: str


class Out(NamedTuple):
    """`func.Out[...]`; without an argument: `func.Out`."""

    argument: Type | None


class Union(NamedTuple):
    """A union of several types: no class."""

    members: tuple[Type, ...]


class NoType(NamedTuple):
    """Anything else that is neither a class nor a generic; `text` says what."""

    text: str


class Missing(NamedTuple):
    """A name that nothing defines, or a text that is no expression: evaluating it raises."""

    text: str
    suggestion: str | None = None


class Unsure(NamedTuple):
    """It may be anything."""


Type: TypeAlias = "Class | Generic | Builtin | AnyType | Out | Union | NoType | Missing | Unsure"
UNSURE = Unsure()
NONE = Class("None", frozenset({"NoneType"}))
