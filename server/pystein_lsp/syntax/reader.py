"""From `ast` to declarations. Bodies of functions are passed over: see `body.py`."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable, Iterator

from pystein_lsp.syntax.span import Span
from pystein_lsp.syntax.tree import (
    Argument,
    Assign,
    Binary,
    Branch,
    Call,
    ClassDef,
    Decorator,
    Evaluate,
    Expression,
    FunctionDef,
    Import,
    ImportedName,
    Items,
    Literal,
    Loop,
    Mapping,
    Name,
    Opaque,
    Parameter,
    Statement,
    Subscript,
    Unknown,
)

_DEFINED_NAME = re.compile(r"(?:async(?:\s|\\\n)+)?(?:def|class)(?:\s|\\\n)+(\w+)")
_OPERATORS: dict[type[ast.operator], str] = {ast.Add: "+", ast.BitOr: "|"}


class Reader:
    """Reads the nodes of one parsed text.

    `first_line` is the line of `ast`'s numbering where the text proper starts (2 where a line was put before it), and
    `origin` the line and column at which it stands in its block.
    """

    def __init__(self, text: str, first_line: int = 1, origin: tuple[int, int] = (0, 0)) -> None:
        self._lines = text.split("\n")
        self._head = first_line
        self._indented = origin[1]
        self._first = first_line - origin[0]
        self._plain = text.isascii() and not self._indented

    def statements(self, nodes: Iterable[ast.stmt]) -> tuple[Statement, ...]:
        """All statements that declare something."""
        return tuple(self._statements(nodes))

    def _statements(self, nodes: Iterable[ast.stmt]) -> Iterator[Statement]:
        for node in nodes:
            match node:
                case ast.FunctionDef() | ast.AsyncFunctionDef():
                    yield self.function(node)
                case ast.ClassDef():
                    yield self._class(node)
                case ast.Import() | ast.ImportFrom():
                    yield self._import(node)
                case ast.Assign():
                    yield from self._assign(node)
                case ast.AnnAssign(target=ast.Name() | ast.Attribute() as target, value=ast.expr() as value):
                    yield Assign(
                        (self._dotted(target) or "",),
                        self.expression(value),
                        self.expression(node.annotation),
                        self._span(node),
                    )
                case ast.Expr(value=ast.Call() | ast.Await() as value):
                    yield Evaluate(self.expression(value), self._span(node))
                case ast.If() | ast.While():
                    yield self._branch(node, type(node).__name__.lower(), [node.body, node.orelse])
                case ast.For() | ast.AsyncFor():
                    yield self._loop(node)
                case ast.With() | ast.AsyncWith():
                    yield from self._with(node)
                case ast.Match():
                    yield self._branch(node, "match", [case.body for case in node.cases])
                case ast.Try():
                    yield self._try(node)
                case _ if type(node).__name__ == "TryStar":  # Python 3.11 on
                    yield self._try(node)  # type: ignore[arg-type]  # the same fields as ast.Try
                case ast.Expr() | ast.Pass() | ast.Assert() | ast.AnnAssign():
                    pass
                case _:
                    yield Opaque(tuple(sorted(_bound_names(node))), self._span(node))

    def function(self, node: ast.FunctionDef | ast.AsyncFunctionDef) -> FunctionDef:
        """A function with its decorators and signature."""
        decorators = self._decorators(node)
        return FunctionDef(
            node.name,
            self._defined_name(node),
            decorators,
            tuple(self._parameters(node.args)),
            self.expression(node.returns) if node.returns else None,
            isinstance(node, ast.AsyncFunctionDef),
            _with_stack(self._span(node), decorators),
        )

    def _class(self, node: ast.ClassDef) -> ClassDef:
        decorators = self._decorators(node)
        return ClassDef(
            node.name,
            self._defined_name(node),
            decorators,
            tuple(self.expression(base) for base in node.bases),
            self.statements(node.body),
            _with_stack(self._span(node), decorators),
        )

    def _decorators(self, node: ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef) -> tuple[Decorator, ...]:
        def one(expression: ast.expr) -> Decorator:
            span = self._span(expression)
            line, at = expression.lineno - 1, self._lines[expression.lineno - 1].rfind("@", 0, span.column)
            while at < 0 and line > 0:  # an opening bracket and a line end may come between
                line -= 1
                at = self._lines[line].rfind("@")
            moved = span._replace(line=line + 1 - self._first, column=at + (self._indented if line == 0 else 0))
            return Decorator(self.expression(expression), moved)

        return tuple(one(expression) for expression in node.decorator_list)

    def _parameters(self, args: ast.arguments) -> Iterator[Parameter]:
        positional = [*args.posonlyargs, *args.args]
        defaults = len(positional) - len(args.defaults)
        for index, arg in enumerate(positional):
            yield self._parameter(arg, "/" if index < len(args.posonlyargs) else "", index >= defaults)
        if args.vararg:
            yield self._parameter(args.vararg, "*", has_default=False)
        for arg, default in zip(args.kwonlyargs, args.kw_defaults, strict=True):
            yield self._parameter(arg, "kw", default is not None)
        if args.kwarg:
            yield self._parameter(args.kwarg, "**", has_default=False)

    def _parameter(self, arg: ast.arg, kind: str, has_default: bool) -> Parameter:
        span = self._span(arg)
        name = Span(span.line, span.column, span.line, span.column + len(arg.arg))
        return Parameter(arg.arg, name, self.expression(arg.annotation) if arg.annotation else None, has_default, kind)

    def _import(self, node: ast.Import | ast.ImportFrom) -> Import:
        if isinstance(node, ast.Import):
            # `import a.b` binds `a`; `import a.b as c` binds the inner module to `c`
            names = tuple(
                ImportedName(
                    None,
                    alias.name if alias.asname else alias.name.partition(".")[0],
                    alias.asname or alias.name.partition(".")[0],
                    self._span(alias),
                )
                for alias in node.names
            )
            whole = tuple(
                ImportedName(None, alias.name, "", self._span(alias))
                for alias in node.names
                if "." in alias.name and not alias.asname
            )
            return Import(names + whole, 0, self._span(node))
        module = node.module or ""
        named = tuple(
            ImportedName(alias.name, module, alias.asname or alias.name, self._span(alias)) for alias in node.names
        )
        return Import(named, node.level, self._span(node))

    def _assign(self, node: ast.Assign) -> Iterator[Statement]:
        names: list[str] = []
        for target in node.targets:
            if isinstance(target, (ast.Tuple, ast.List)):
                yield from self._unpack(target, node)
            elif dotted := self._dotted(target):
                names.append(dotted)
        if names:
            yield Assign(tuple(names), self.expression(node.value), None, self._span(node))

    def _unpack(self, target: ast.Tuple | ast.List, node: ast.Assign) -> Iterator[Statement]:
        value = node.value
        values = value.elts if isinstance(value, (ast.Tuple, ast.List)) else []
        pairs = len(values) == len(target.elts) and not any(isinstance(e, ast.Starred) for e in [*target.elts, *values])
        for index, element in enumerate(target.elts):
            if dotted := self._dotted(element):
                expression = self.expression(values[index]) if pairs else Unknown(self._span(value))
                yield Assign((dotted,), expression, None, self._span(node))
            else:
                yield Opaque(tuple(sorted(_bound_names(element))), self._span(node))

    def _loop(self, node: ast.For | ast.AsyncFor) -> Statement:
        targets = node.target.elts if isinstance(node.target, (ast.Tuple, ast.List)) else [node.target]
        names = tuple(self._dotted(target) or "" for target in targets)
        body = self.statements([*node.body, *node.orelse])
        return Loop(names, self.expression(node.iter), body, self._span(node))

    def _with(self, node: ast.With | ast.AsyncWith) -> Iterator[Statement]:
        names = [name for item in node.items if item.optional_vars for name in _bound_names(item.optional_vars)]
        if names:
            yield Opaque(tuple(names), self._span(node))
        yield Branch("with", (self.statements(node.body),), exclusive=False, span=self._span(node))

    def _try(self, node: ast.Try) -> Statement:
        # the body and its handlers may both run in part; twins in them still name one function
        arms = [[*node.body, *node.orelse], *(handler.body for handler in node.handlers), node.finalbody]
        return self._branch(node, "try", arms)

    def _branch(self, node: ast.stmt, keyword: str, arms: list[list[ast.stmt]]) -> Branch:
        read = tuple(self.statements(arm) for arm in arms if arm)
        return Branch(keyword, read, exclusive=keyword in ("if", "match", "try"), span=self._span(node))

    # Expressions

    def expression(self, node: ast.expr) -> Expression:
        """An expression; what we do not follow becomes Unknown."""
        match node:
            case ast.Constant(value=value):
                if isinstance(value, (str, bytes, int, float)) or value is None:
                    return Literal(value, self._span(node))
                return Unknown(self._span(node))
            case ast.Name():
                return Name(node.id, self._span(node))
            case ast.Attribute():
                dotted = self._dotted(node)
                return Name(dotted, self._span(node)) if dotted else Unknown(self._span(node))
            case ast.Call():
                return self._call(node)
            case ast.Subscript():
                return Subscript(self.expression(node.value), self.expression(node.slice), self._span(node))
            case ast.BinOp(op=ast.Add() | ast.BitOr() as operator):
                left, right = self.expression(node.left), self.expression(node.right)
                return Binary(_OPERATORS[type(operator)], left, right, self._span(node))
            case ast.List(elts=values) | ast.Tuple(elts=values) | ast.Set(elts=values):
                read = tuple(self.expression(value) for value in values)
                return Items(type(node).__name__.lower(), read, self._span(node))
            case ast.Dict():
                keys = tuple(self.expression(key) if key else None for key in node.keys)
                return Mapping(keys, tuple(self.expression(value) for value in node.values), self._span(node))
            case ast.UnaryOp(op=ast.USub(), operand=ast.Constant(value=int() | float() as number)):
                return Literal(-number, self._span(node))
            case ast.JoinedStr(values=parts) if all(isinstance(part, ast.Constant) for part in parts):
                text = "".join(str(part.value) for part in parts if isinstance(part, ast.Constant))
                return Literal(text, self._span(node))
            case ast.Await(value=value):
                return self.expression(value)
            case _:
                return Unknown(self._span(node))

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
        end_line = node.end_lineno or node.lineno
        if self._plain:
            return Span(node.lineno - self._first, node.col_offset, end_line - self._first, node.end_col_offset or 0)
        start = self._column(node.lineno, node.col_offset)
        return Span(node.lineno - self._first, start, end_line - self._first, self._end(node))

    def _end(self, node: ast.stmt | ast.expr | ast.arg | ast.alias | ast.keyword) -> int:
        return self._column(node.end_lineno or node.lineno, node.end_col_offset or 0)

    def _column(self, line: int, utf8: int) -> int:
        """The column in the block of a UTF-8 byte offset of a line."""
        text = self._lines[line - 1]
        column = utf8 if text.isascii() else len(text.encode("utf-8", "surrogatepass")[:utf8].decode("utf-8", "ignore"))
        return column + self._indented if line == self._head else column

    def _defined_name(self, node: ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef) -> Span:
        column = self._column(node.lineno, node.col_offset)
        moved = self._indented if node.lineno == self._head else 0
        line = node.lineno - self._first
        match = _DEFINED_NAME.match(self._lines[node.lineno - 1], column - moved)
        if match:
            return Span(line, match.start(1) + moved, line, match.end(1) + moved)
        rest = "\n".join(self._lines[node.lineno - 1 :])  # the name stands behind a line continuation
        match = _DEFINED_NAME.match(rest, column - moved)
        if not match:
            return Span(line, column, line, column + 3)
        line += rest.count("\n", 0, match.start(1))
        column = match.start(1) - rest.rfind("\n", 0, match.start(1)) - 1
        return Span(line, column, line, column + len(node.name))


def _with_stack(span: Span, decorators: tuple[Decorator, ...]) -> Span:
    return span._replace(line=decorators[0].span.line, column=decorators[0].span.column) if decorators else span


def _bound_names(node: ast.AST) -> set[str]:
    """Names that a statement or target may bind."""
    found = set()
    for inner in ast.walk(node):
        if isinstance(inner, ast.Name) and isinstance(inner.ctx, (ast.Store, ast.Del)):
            found.add(inner.id)
    return found
