"""Loops over lists that are written out: what their body holds, once for each value."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, TypeVar

from pystein_lsp.model.meaning import Resolver, Value
from pystein_lsp.model.module import Module, Placed
from pystein_lsp.syntax.span import Span
from pystein_lsp.syntax.tree import Expression, Items, Literal, Loop, Name, Unknown

T = TypeVar("T")

MAX_TURNS = 200
"""How many turns of a loop are followed."""


def unrolled(value: T, place: Placed, module: Module, resolver: Resolver) -> Iterator[T]:
    """An expression, or a tuple of decorators, of a loop's body with each value of the loop's variables in their place.

    It is left as it is outside loops, where it uses no variable of the innermost loop, and where the values are not known.
    """
    loop = place.loops[-1] if place.loops else None
    if loop is None or not _mentions(value, frozenset(loop.targets)):
        yield value
        return
    turns = _turns(loop, place, module, resolver)
    if turns is None:
        yield value
        return
    for turn in turns:
        yield _filled(value, turn)


def _turns(loop: Loop, place: Placed, module: Module, resolver: Resolver) -> list[dict[str, Expression]] | None:
    """What the variables are in each turn."""
    values = loop.values
    if isinstance(values, Name):
        meaning, rest = resolver.dotted(module, values.dotted, place.block.line + loop.span.line)
        if rest or not isinstance(meaning, Value) or meaning.module is not module:
            return None
        values = meaning.expression
    if not isinstance(values, Items) or values.kind == "set" or len(values.values) > MAX_TURNS:
        return None
    if len(loop.targets) == 1:
        return [{loop.targets[0]: each} for each in values.values]
    turns = []
    for each in values.values:
        if not isinstance(each, Items) or len(each.values) != len(loop.targets):
            return None
        turns.append(dict(zip(loop.targets, each.values, strict=True)))
    return turns


def _mentions(value: Any, names: frozenset[str]) -> bool:
    if isinstance(value, Name):
        return value.dotted.partition(".")[0] in names
    return isinstance(value, tuple) and any(_mentions(each, names) for each in value)


def _filled(value: Any, turn: dict[str, Expression]) -> Any:
    """The same tree with the variables replaced, everything still in its place."""
    if isinstance(value, Name):
        first, _, rest = value.dotted.partition(".")
        found = turn.get(first)
        if found is None:
            return value
        if not rest:
            return found._replace(span=value.span) if isinstance(found, Name | Literal) else Unknown(value.span)
        return Name(f"{found.dotted}.{rest}", value.span) if isinstance(found, Name) else Unknown(value.span)
    if isinstance(value, tuple) and not isinstance(value, Span):
        parts = [_filled(each, turn) for each in value]
        return type(value)(*parts) if hasattr(value, "_fields") else tuple(parts)
    return value
