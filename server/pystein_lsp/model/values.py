"""Fold expressions to what they are known to be: literals, lists of such, members of the library's enums, or Unknown."""

from __future__ import annotations

from pystein_lsp.model.attributes import constant
from pystein_lsp.model.meaning import Library, Resolver, Value
from pystein_lsp.model.module import Module
from pystein_lsp.syntax.tree import Binary, Expression, Items, Literal, Name, Unknown

_MAX_HOPS = 20


def fold(
    expression: Expression, module: Module, resolver: Resolver, before: int | None = None, hops: int = 0
) -> Expression:
    """What an expression is at a line of its file; keeps the place of the expression itself.

    A member of an enum of the library becomes a Name with its public path (`azure.functions.AuthLevel.ADMIN`).
    """
    match expression:
        case Literal():
            return expression
        case Name(dotted, span):
            meaning, rest = resolver.dotted(module, dotted, before)
            if isinstance(meaning, Library) and not rest:
                return Name(meaning.name, span)
            if isinstance(meaning, Value) and not rest and hops < _MAX_HOPS:
                line = meaning.definition.block.line + meaning.definition.line
                return fold(meaning.expression, meaning.module, resolver, line, hops + 1)._replace(span=span)
            if rest and hops < _MAX_HOPS and (known := constant(meaning, rest, resolver)):
                return fold(known.expression, known.module, resolver, known.line, hops + 1)._replace(span=span)
            return Unknown(span)
        case Binary("+", left, right, span):
            first, second = (fold(part, module, resolver, before, hops) for part in (left, right))
            start, end = text(first), text(second)
            return Unknown(span) if start is None or end is None else Literal(start + end, span)
        case Items(kind, values, span):
            return Items(kind, tuple(fold(value, module, resolver, before, hops) for value in values), span)
        case _:
            return Unknown(expression.span)


def text(expression: Expression) -> str | None:
    """The text that a folded expression is, None where it is something else or unknown."""
    return expression.value if isinstance(expression, Literal) and isinstance(expression.value, str) else None
