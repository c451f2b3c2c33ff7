"""What a query says of the documents that it is about: their partition key, their id."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from . import syntax

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from .syntax import Expression, Query


def constants(query: Query, parameters: Mapping[str, Any]) -> dict[tuple[str, ...], Any]:
    """The paths of a document to which WHERE gives one value, with the values: `c.customer = @customer AND c.id = "1"`."""
    if not query.sources:
        return {}
    root = query.sources[0]
    if root.each or not isinstance(root.expression, syntax.Name):
        return {}
    return {path: _value(expression, parameters) for path, expression in _given(query.where, root.alias)}


def _value(expression: Expression, parameters: Mapping[str, Any]) -> Any:
    return parameters[expression.name] if isinstance(expression, syntax.Parameter) else expression.value  # type: ignore[union-attr] # a literal


def _given(where: Expression | None, alias: str) -> Iterator[tuple[tuple[str, ...], Expression]]:
    """The paths that equal a constant."""
    conditions = where.operands if isinstance(where, syntax.Junction) and where.operator == "and" else (where,)
    for condition in conditions:
        if isinstance(condition, syntax.Junction) and condition.operator == "and":
            yield from _given(condition, alias)
        elif isinstance(condition, syntax.Binary) and condition.operator == "=":
            for one, other in ((condition.left, condition.right), (condition.right, condition.left)):
                path = _path(one, alias)
                if path is not None and isinstance(other, syntax.Literal | syntax.Parameter):
                    yield path, other


def _path(expression: Expression, alias: str) -> tuple[str, ...] | None:
    if isinstance(expression, syntax.Name):
        return () if expression.name == alias else None
    if isinstance(expression, syntax.Member) and isinstance(expression.key, syntax.Literal):
        owner = _path(expression.owner, alias)
        return None if owner is None else (*owner, str(expression.key.value))
    return None
