"""From `ast` to expressions, each with its place in the block."""

from __future__ import annotations

import ast
from bisect import bisect_left
from collections.abc import Callable
from typing import Any

from pystein_lsp.syntax.nodes import wide_characters
from pystein_lsp.syntax.span import Span
from pystein_lsp.syntax.tree import (
    Argument,
    Binary,
    Call,
    Expression,
    Items,
    Literal,
    Mapping,
    Name,
    Subscript,
    Unknown,
)

_OPERATORS: dict[type[ast.operator], str] = {ast.Add: "+", ast.BitOr: "|"}
MAX_DEPTH = 40
"""How deep expressions and statements are followed; what lies deeper is unknown."""


class ExpressionReader:
    """Reads the expressions of one parsed text.

    `first_line` is the line of `ast`'s numbering where the text proper starts (2 where a line was put before it), and
    `origin` the line and column at which it stands in its block.
    """

    def __init__(self, text: str, first_line: int = 1, origin: tuple[int, int] = (0, 0)) -> None:
        self._lines = text.split("\n")
        self._head = first_line
        self._indented = origin[1]
        self._first = first_line - origin[0]
        self._plain = text.isascii() and not self._indented
        self._wide: dict[int, tuple[list[int], list[int]]] = {}
        self._depth = 0

    def expression(self, node: ast.expr) -> Expression:
        """An expression; what we do not follow becomes Unknown."""
        read = _READERS.get(type(node))
        if read is None or self._depth > MAX_DEPTH:
            return Unknown(self._span(node))
        self._depth += 1
        found = read(self, node)
        self._depth -= 1
        return found

    def _constant(self, node: ast.Constant) -> Expression:
        if isinstance(node.value, (str, bytes, int, float)) or node.value is None:
            return Literal(node.value, self._span(node))
        return Unknown(self._span(node))

    def _name(self, node: ast.Name) -> Expression:
        return Name(node.id, self._span(node))

    def _attribute(self, node: ast.Attribute) -> Expression:
        dotted = self._dotted(node)
        return Name(dotted, self._span(node)) if dotted else Unknown(self._span(node))

    def _subscript(self, node: ast.Subscript) -> Expression:
        return Subscript(self.expression(node.value), self.expression(node.slice), self._span(node))

    def _binary(self, node: ast.BinOp) -> Expression:
        operator = _OPERATORS.get(type(node.op))
        if operator is None:
            return Unknown(self._span(node))
        return Binary(operator, self.expression(node.left), self.expression(node.right), self._span(node))

    def _items(self, node: ast.List | ast.Tuple | ast.Set) -> Expression:
        return Items(type(node).__name__.lower(), tuple(map(self.expression, node.elts)), self._span(node))

    def _mapping(self, node: ast.Dict) -> Expression:
        keys = tuple(self.expression(key) if key else None for key in node.keys)
        return Mapping(keys, tuple(map(self.expression, node.values)), self._span(node))

    def _negative(self, node: ast.UnaryOp) -> Expression:
        match node:
            case ast.UnaryOp(op=ast.USub(), operand=ast.Constant(value=int() | float() as number)):
                return Literal(-number, self._span(node))
        return Unknown(self._span(node))

    def _formatted(self, node: ast.JoinedStr) -> Expression:
        """A formatted text: its parts joined, as far as these are texts and plain names; those stand where the whole does."""
        span = self._span(node)
        if len(node.values) > MAX_DEPTH:
            return Unknown(span)
        parts = [Literal("", span), *(self._part(part, span) for part in node.values)]
        texts = [str(part.value) for part in parts if isinstance(part, Literal)]
        if len(texts) == len(parts):
            return Literal("".join(texts), span)
        whole: Expression = parts[0]
        for part in parts[1:]:
            whole = Binary("+", whole, part, span)
        return whole

    def _part(self, part: ast.expr, span: Span) -> Expression:
        if isinstance(part, ast.Constant):
            return Literal(str(part.value), span)
        match part:
            case ast.FormattedValue(value=ast.Name(id=name), conversion=-1, format_spec=None):
                return Name(name, span)
        return Unknown(
            span
        )  # an attribute, too: how the member of an enum is formatted depends on the version of Python

    def _awaited(self, node: ast.Await) -> Expression:
        return self.expression(node.value)

    def _call(self, node: ast.Call) -> Call:
        arguments = [self._argument(arg) for arg in node.args]
        for keyword in node.keywords:
            span = self._span(keyword)
            name_span = None
            if keyword.arg:
                name_span = Span(span.line, span.column, span.line, span.column + len(keyword.arg))
            value = self.expression(keyword.value)
            arguments.append(Argument(keyword.arg, value, span, name_span, 0 if keyword.arg else 2))
        if len(node.args) and node.keywords:  # `f(a=1, *rest)`: source order is what a reader sees
            arguments.sort(key=lambda argument: argument.span)
        return Call(self.expression(node.func), tuple(arguments), self._span(node))

    def _argument(self, node: ast.expr) -> Argument:
        if isinstance(node, ast.Starred):
            return Argument(None, self.expression(node.value), self._span(node), stars=1)
        return Argument(None, self.expression(node), self._span(node))

    def _dotted(self, node: ast.expr) -> str | None:
        """`a.b.c` for a chain of attributes of a name, else None."""
        parts: list[str] = []
        while isinstance(node, ast.Attribute):
            parts.append(node.attr)
            node = node.value
        if not isinstance(node, ast.Name):
            return None
        return ".".join([node.id, *reversed(parts)]) if parts else node.id

    # Positions

    def _span(self, node: ast.stmt | ast.expr | ast.arg | ast.alias | ast.keyword) -> Span:
        end_line: int = node.end_lineno  # type: ignore[assignment]  # what was parsed has one
        if self._plain:
            first = self._first
            return Span(node.lineno - first, node.col_offset, end_line - first, node.end_col_offset)  # type: ignore[arg-type]  # the same
        start = self._column(node.lineno, node.col_offset)
        return Span(node.lineno - self._first, start, end_line - self._first, self._end(node))

    def _end(self, node: ast.stmt | ast.expr | ast.arg | ast.alias | ast.keyword) -> int:
        return self._column(node.end_lineno or node.lineno, node.end_col_offset or 0)

    def _column(self, line: int, utf8: int) -> int:
        """The column in the block of a UTF-8 byte offset of a line."""
        text = self._lines[line - 1]
        if not text.isascii():
            wide = self._wide.get(line)
            if wide is None:
                wide = self._wide[line] = wide_characters(text)
            utf8 -= wide[1][bisect_left(wide[0], utf8)]
        return utf8 + self._indented if line == self._head else utf8


_READERS: dict[type[ast.expr], Callable[[ExpressionReader, Any], Expression]] = {
    ast.Constant: ExpressionReader._constant,
    ast.Name: ExpressionReader._name,
    ast.Attribute: ExpressionReader._attribute,
    ast.Call: ExpressionReader._call,
    ast.Subscript: ExpressionReader._subscript,
    ast.BinOp: ExpressionReader._binary,
    ast.List: ExpressionReader._items,
    ast.Tuple: ExpressionReader._items,
    ast.Set: ExpressionReader._items,
    ast.Dict: ExpressionReader._mapping,
    ast.UnaryOp: ExpressionReader._negative,
    ast.JoinedStr: ExpressionReader._formatted,
    ast.Await: ExpressionReader._awaited,
}
