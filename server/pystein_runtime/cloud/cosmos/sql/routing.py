"""Which partitions a query is about: the service answers at once only what is about one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from . import syntax

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from .syntax import Expression, Query


def is_of_one_partition(query: Query, paths: Sequence[Sequence[str]]) -> bool:
    """Whether WHERE gives every path of the partition key one value."""
    if not query.sources:
        return True
    root = query.sources[0]
    if root.each or not isinstance(root.expression, syntax.Name):
        return False
    given = set(_given(query.where, root.alias))
    return all(tuple(path) in given for path in paths)


def _given(where: Expression | None, alias: str) -> Iterator[tuple[str, ...]]:
    """The paths that equal a constant."""
    conditions = where.operands if isinstance(where, syntax.Junction) and where.operator == "and" else (where,)
    for condition in conditions:
        if isinstance(condition, syntax.Junction):
            yield from _given(condition, alias) if condition.operator == "and" else ()
        if isinstance(condition, syntax.Binary) and condition.operator == "=":
            for one, other in ((condition.left, condition.right), (condition.right, condition.left)):
                path = _path(one, alias)
                if path is not None and isinstance(other, syntax.Literal | syntax.Parameter):
                    yield path
        if isinstance(condition, syntax.Within) and len(condition.items) == 1:
            path = _path(condition.value, alias)
            if path is not None:
                yield path


def _path(expression: Expression, alias: str) -> tuple[str, ...] | None:
    if isinstance(expression, syntax.Name):
        return () if expression.name == alias else None
    if isinstance(expression, syntax.Member) and isinstance(expression.key, syntax.Literal):
        owner = _path(expression.owner, alias)
        return None if owner is None else (*owner, str(expression.key.value))
    return None
