"""Read a block that does not parse: its decorator stack, its signature, and what stands inside a broken `if` or class.

Each piece that can stand alone (a decorator, an argument, a signature) is given to `ast` by itself; what still fails
becomes Unknown.
"""

from __future__ import annotations

import ast
import re
from bisect import bisect_right
from typing import TYPE_CHECKING, Any, NamedTuple

from pystein_lsp.syntax import strings
from pystein_lsp.syntax.parse import parse
from pystein_lsp.syntax.reader import Reader
from pystein_lsp.syntax.slips import slip
from pystein_lsp.syntax.span import Span
from pystein_lsp.syntax.tree import (
    Argument,
    Branch,
    Call,
    ClassDef,
    Decorator,
    Expression,
    FunctionDef,
    Literal,
    Mend,
    Name,
    Opaque,
    Parameter,
    Problem,
    Statement,
    Unknown,
)

if TYPE_CHECKING:
    from pystein_lsp.syntax.blocks import Grammar

_SEGMENT = r"^{indent}(?:(?P<at>@)|(?:async[ \t]+)?def[ \t]+(?P<function>\w+)|class[ \t]+(?P<class>\w+))"
_COMPOUND = re.compile(r"\s*(if|try|with|for|while|match|async)\b")
_DECORATOR = re.compile(r"@[ \t]*(?P<dotted>[A-Za-z_][\w.]*\w|[A-Za-z_])?(?P<dot>\.)?[ \t]*(?P<bracket>\()?")
_KEYWORD = re.compile(r"\s*(?P<name>[A-Za-z_]\w*)\s*(?:=(?!=)|(?P<bare>\s*\Z))")
_BOUND = re.compile(
    r"^[ \t]*(?:([A-Za-z_]\w*)[ \t]*(?::[^=\n]+)?=(?!=)|(?:from[ \t]+\S+[ \t]+)?import[ \t]+(.+))", re.MULTILINE
)
_PARAMETER = re.compile(r"\s*(?P<stars>\*{0,2})\s*(?P<name>[A-Za-z_]\w*)\s*(?::(?P<annotation>[^=]*))?(?P<default>=)?")
_TOKEN = re.compile(rf"\#[^\n]*|{strings.TRIPLE}|{strings.SHORT}|[(\[{{]|[)\]}}]|[,:]", re.DOTALL)


class _Part(NamedTuple):
    start: int
    end: int


def recover(block: str, problem: Problem, rules: Grammar) -> tuple[tuple[Statement, ...], Problem]:
    """What a broken block declares, and its problem, said better where the slip is known."""
    reading = _Recovery(block)
    statements = reading.statements(rules)
    if reading.mends:
        first = reading.mends[0]
        problem = Problem(
            first.message, first.mend.span, certain=True, mends=tuple(slip.mend for slip in reading.mends)
        )
    return statements, problem


class _Mended(NamedTuple):
    message: str
    mend: Mend


class _Recovery:
    def __init__(self, text: str) -> None:
        self.text = text
        self.mends: list[_Mended] = []
        self._line_starts = [0, *(match.end() for match in re.finditer("\n", text))]

    # Statements

    def statements(self, rules: Grammar) -> tuple[Statement, ...]:
        segments = list(re.finditer(_SEGMENT.format(indent=re.escape(rules.indent)), self.text, re.MULTILINE))
        definition = next((segment for segment in segments if not segment["at"]), None)
        if definition is None:
            return (*self._inside(rules), *self._bound())
        stack = [segment for segment in segments if segment["at"] and segment.start() < definition.start()]
        ends = [segment.start() for segment in [*stack[1:], definition]]
        decorators = tuple(self._decorator(_Part(segment.start("at"), end)) for segment, end in zip(stack, ends))  # noqa: B905 (no stack, one end)
        if definition["function"]:
            return (self._function(definition, decorators),)
        name = self._span(_Part(definition.start("class"), definition.end("class")))
        first = stack[0] if stack else definition
        whole = self._span(_Part(first.start(), len(self.text.rstrip())))
        return (ClassDef(definition["class"], name, decorators, (), (Opaque((), whole),), whole),)

    def _bound(self) -> tuple[Statement, ...]:
        """A broken assignment or import still binds its names, to we know not what."""
        names: set[str] = set()
        for match in _BOUND.finditer(self.text):
            listed = match[1] or match[2]
            names.update(re.findall(r"[A-Za-z_]\w*", listed))
        return (Opaque(tuple(sorted(names)), self._span(_Part(0, len(self.text.rstrip())))),)

    def _inside(self, outer: Grammar) -> tuple[Statement, ...]:
        """The statements inside a broken compound statement."""
        from pystein_lsp.syntax import blocks  # noqa: PLC0415 (a block inside a block: the two modules call each other)

        header = _COMPOUND.match(self.text)
        body = re.search(rf"\n({re.escape(outer.indent)}[ \t]+)(?=[^\s#])", self.text)
        if not header or not body or outer.nesting >= blocks.MAX_NESTING:
            return ()
        start = body.start() + 1
        lines = self.text.count("\n", 0, start)
        rules = blocks.grammar(body[1], outer.nesting + 1)
        inner: list[Statement] = []
        for piece in blocks.cut(self.text[start:], rules):
            inner.extend(shift(statement, lines) for statement in piece.statements)
            lines += piece.text.count("\n")
        span = self._span(_Part(0, len(self.text.rstrip())))
        return (Branch(header[1], (tuple(inner),), exclusive=False, span=span),)

    def _function(self, definition: re.Match[str], decorators: tuple[Decorator, ...]) -> FunctionDef:
        name = self._span(_Part(definition.start("function"), definition.end("function")))
        end = len(self.text.rstrip())
        span = self._span(_Part(definition.start(), end))
        if decorators:
            span = span._replace(line=decorators[0].span.line, column=decorators[0].span.column)
        header_end = self._header_end(definition.end())
        if header_end:
            header = self.text[definition.start() : header_end]
            start = definition.start() + len(header) - len(header.lstrip())
            if read := self._read_function(start, header.lstrip() + " pass"):
                return read._replace(decorators=decorators, span=span)
        parameters = self._loose_parameters(definition.end())
        is_async = definition.group().lstrip().startswith("async")
        return FunctionDef(definition["function"], name, decorators, parameters, None, is_async, span, complete=False)

    def _header_end(self, position: int) -> int | None:
        """Behind the colon that ends a signature."""
        depth = 0
        while token := _TOKEN.search(self.text, position):
            position = token.end()
            if token.group() in ("(", "[", "{"):
                depth += 1
            elif token.group() in (")", "]", "}"):
                depth -= 1
            elif token.group() == ":" and depth == 0:
                return position
        return None

    def _loose_parameters(self, position: int) -> tuple[Parameter, ...]:
        """The parameters of a signature that does not parse, as far as they can be told apart."""
        bracket = re.compile(r"[ \t]*\(").match(self.text, position)
        if not bracket:
            return ()
        parts, _ = self._split(bracket.end(), self._signature_end(bracket.end()))
        found = []
        for part in parts:
            if match := _PARAMETER.match(self.text, part.start, part.end):
                kind = {"": "", "*": "*", "**": "**"}[match["stars"]]
                annotation = None
                if match["annotation"] and match["annotation"].strip():
                    annotation = self._expression(_Part(match.start("annotation"), match.end("annotation")))
                span = self._span(_Part(match.start("name"), match.end("name")))
                found.append(Parameter(match["name"], span, annotation, bool(match["default"]), kind))
        return tuple(found)

    def _signature_end(self, position: int) -> int:
        """Where a signature ends that does not parse: lines go on as long as they end with a comma."""
        while True:
            line_end = self.text.find("\n", position)
            if line_end < 0:
                return len(self.text)
            line = self.text[position:line_end].partition("#")[0].rstrip()
            if line and not line.endswith((",", "(")):
                return line_end
            position = line_end + 1

    # Decorators

    def _decorator(self, part: _Part) -> Decorator:
        if read := self._read_decorator(part):
            return read
        match = _DECORATOR.match(self.text, part.start)
        if not match or not match["dotted"]:
            at = self._span(_Part(part.start, part.start + 1))
            return Decorator(Unknown(at), at)
        name_end = match.end("dot") if match["dot"] else match.end("dotted")
        name = Name(match["dotted"] + (match["dot"] or ""), self._span(_Part(match.start("dotted"), name_end)))
        if not match["bracket"]:
            return Decorator(name, self._span(_Part(part.start, name_end)))
        parts, closing = self._split(match.end(), part.end)
        if closing is not None and (read := self._read_decorator(_Part(part.start, closing + 1))):
            return read
        end = part.start + len(self._text(part).rstrip()) if closing is None else closing + 1
        arguments = tuple(argument for piece in parts if (argument := self._argument(piece)))
        call = Call(name, arguments, self._span(_Part(match.start("dotted"), end)), complete=closing is not None)
        return Decorator(call, self._span(_Part(part.start, end)))

    def _read_decorator(self, part: _Part) -> Decorator | None:
        """A decorator that parses by itself."""
        text = self._text(part).rstrip()
        read = self._read_function(part.start, text + "\ndef _(): pass")
        return read.decorators[0] if read else None

    def _split(self, position: int, end: int) -> tuple[list[_Part], int | None]:
        """The parts between commas up to the closing bracket, and where that stands."""
        parts, start, depth = [], position, 0
        while token := _TOKEN.search(self.text, position, end):
            position = token.end()
            symbol = token.group()
            if symbol in ("(", "[", "{"):
                depth += 1
            elif symbol in (")", "]", "}"):
                if depth == 0:
                    parts.append(_Part(start, token.start()))
                    return [part for part in parts if self._text(part).strip()], token.start()
                depth -= 1
            elif symbol == "," and depth == 0:
                parts.append(_Part(start, token.start()))
                start = position
        parts.append(_Part(start, end))
        return [part for part in parts if self._text(part).strip()], None

    def _argument(self, part: _Part) -> Argument | None:
        text = self._text(part)
        leading = len(text) - len(text.lstrip())
        whole = self._span(_Part(part.start + leading, part.start + len(text.rstrip())))
        keyword = _KEYWORD.match(text)
        if keyword and not keyword["bare"] and text[keyword.end() - 1] == "=":
            name_span = self._span(_Part(part.start + keyword.start("name"), part.start + keyword.end("name")))
            value = self._expression(_Part(part.start + keyword.end(), part.end))
            return Argument(keyword["name"], value, whole, name_span)
        stars = len(text.strip()) - len(text.strip().lstrip("*"))
        if stars in (1, 2):
            return Argument(None, Unknown(whole), whole, stars=stars)
        return Argument(None, self._expression(part), whole)

    def _expression(self, part: _Part) -> Expression:
        """A piece of source as an expression; known slips are read as what was meant."""
        text = self._text(part)
        stripped = text.strip()
        if not stripped:
            return Unknown(self._span(_Part(part.start, part.start)))
        start = part.start + len(text) - len(text.lstrip())
        span = self._span(_Part(start, start + len(stripped)))
        if found := slip(stripped):
            self.mends.append(_Mended(found.message, Mend(f"Write {found.text}", span, found.text)))
            return Literal(found.value, span)
        return self._read_expression(start, stripped) or Unknown(span)

    # Text and places

    def _text(self, part: _Part) -> str:
        return self.text[part.start : part.end]

    def _position(self, offset: int) -> tuple[int, int]:
        line = bisect_right(self._line_starts, offset) - 1
        return line, offset - self._line_starts[line]

    def _span(self, part: _Part) -> Span:
        return Span(*self._position(part.start), *self._position(part.end))

    def _read_expression(self, start: int, text: str) -> Expression | None:
        wrapped = f"(\n{text}\n)"
        tree = parse(wrapped)
        if isinstance(tree, Problem) or len(tree.body) != 1 or not isinstance(tree.body[0], ast.Expr):
            return None
        return Reader(wrapped, first_line=2, origin=self._position(start)).expression(tree.body[0].value)

    def _read_function(self, start: int, text: str) -> FunctionDef | None:
        tree = parse(text)
        if isinstance(tree, Problem) or len(tree.body) != 1:
            return None
        node = tree.body[0]
        if not isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)):
            return None
        return Reader(text, origin=self._position(start)).function(node)


def shift(value: Any, lines: int) -> Any:
    """The same node, or whatever a node's field holds, `lines` further down."""
    if isinstance(value, Span):
        return value.shifted(lines)
    if isinstance(value, tuple):
        moved = [shift(item, lines) for item in value]
        return type(value)(*moved) if hasattr(value, "_fields") else tuple(moved)
    return value
