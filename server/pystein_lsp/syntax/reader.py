"""From `ast` to declarations. Bodies of functions are passed over: see `body.py`."""

from __future__ import annotations

import ast
import re
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from pystein_lsp.syntax.expressions import MAX_DEPTH, ExpressionReader
from pystein_lsp.syntax.nodes import bound_names, named_inside, truth
from pystein_lsp.syntax.span import Span
from pystein_lsp.syntax.tree import (
    Assign,
    Branch,
    ClassDef,
    Decorator,
    Evaluate,
    FunctionDef,
    Import,
    ImportedName,
    Loop,
    Opaque,
    Parameter,
    Return,
    Statement,
    Unknown,
)

_DEFINED_NAME = re.compile(r"(?:async(?:\s|\\\n)+)?(?:def|class)(?:\s|\\\n)+(\w+)")


class Reader(ExpressionReader):
    """Reads the statements, too."""

    def __init__(self, text: str, first_line: int = 1, origin: tuple[int, int] = (0, 0)) -> None:
        super().__init__(text, first_line, origin)
        self._named = ":=" in text
        self._level = 0

    def statements(self, nodes: Iterable[ast.stmt]) -> tuple[Statement, ...]:
        """All statements that declare something."""
        self._level += 1
        deep = self._level > MAX_DEPTH
        found = tuple(self._opaque(node) for node in nodes) if deep else tuple(self._statements(nodes))
        self._level -= 1
        return found

    def _statements(self, nodes: Iterable[ast.stmt]) -> Iterator[Statement]:
        for node in nodes:
            yield from self._statement(node)
            if self._named and (names := named_inside(node)):
                yield Opaque(names, self._span(node))

    def _statement(self, node: ast.stmt) -> Iterable[Statement]:
        read = _STATEMENTS.get(type(node).__name__)
        return read(self, node) if read else (self._opaque(node),)

    def _opaque(self, node: ast.stmt) -> Opaque:
        return Opaque(bound_names(node), self._span(node))

    def _annotated(self, node: ast.AnnAssign) -> Iterable[Statement]:
        dotted = self._dotted(node.target)
        if node.value is None or dotted is None:
            return ()
        return (Assign((dotted,), self.expression(node.value), self.expression(node.annotation), self._span(node)),)

    def _evaluate(self, node: ast.Expr) -> Iterable[Statement]:
        called = isinstance(node.value, (ast.Call, ast.Await))
        return (Evaluate(self.expression(node.value), self._span(node)),) if called else ()

    def _return(self, node: ast.Return) -> Return:
        return Return(self.expression(node.value) if node.value else None, self._span(node))

    def _match(self, node: ast.Match) -> Iterable[Statement]:
        if names := bound_names(*(case.pattern for case in node.cases)):
            yield Opaque(names, self._span(node))
        yield self._branch(node, "match", [case.body for case in node.cases])

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
            tuple(keyword.arg or "**" for keyword in node.keywords),
        )

    def _decorators(self, node: ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef) -> tuple[Decorator, ...]:
        def one(expression: ast.expr) -> Decorator:
            span = self._span(expression)
            if self._plain and self._lines[expression.lineno - 1].startswith("@", span.column - 1):
                whole = Span(span.line, span.column - 1, span.end_line, span.end_column)
                return Decorator(self.expression(expression), whole)
            line, at = expression.lineno - 1, self._lines[expression.lineno - 1].rfind("@", 0, span.column)
            while at < 0 and line > 0:  # an opening bracket and a line end may come between
                line -= 1
                at = self._lines[line].rfind("@")
            column = at + (self._indented if line == 0 else 0)
            whole = Span(line + 1 - self._first, column, span.end_line, span.end_column)
            return Decorator(self.expression(expression), whole)

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
        line = arg.lineno - self._first
        column = arg.col_offset if self._plain else self._column(arg.lineno, arg.col_offset)
        name = Span(line, column, line, column + len(arg.arg))
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
                yield Opaque(bound_names(element), self._span(node))

    def _loop(self, node: ast.For | ast.AsyncFor) -> Statement:
        targets = node.target.elts if isinstance(node.target, (ast.Tuple, ast.List)) else [node.target]
        names = tuple(self._dotted(target) or "" for target in targets)
        body = self.statements([*node.body, *node.orelse])
        return Loop(names, self.expression(node.iter), body, self._span(node))

    def _with(self, node: ast.With | ast.AsyncWith) -> Iterator[Statement]:
        if names := bound_names(*(item.optional_vars for item in node.items if item.optional_vars)):
            yield Opaque(names, self._span(node))
        yield Branch("with", (self.statements(node.body),), exclusive=False, span=self._span(node))

    def _try(self, node: ast.Try) -> Iterator[Statement]:
        # the body and its handlers may both run in part; twins in them still name one function
        yield self._branch(node, "try", [[*node.body, *node.orelse], *(handler.body for handler in node.handlers)])
        yield from self._statements(node.finalbody)

    def _if(self, node: ast.If) -> Branch:
        """An `if` with all its `elif`."""
        arms: list[list[ast.stmt]] = []
        dead: list[int] = []
        decided = False
        current = node
        while True:
            value = False if decided else truth(current.test)
            if value is False:
                dead.append(len(arms))
            decided = decided or value is True
            arms.append(current.body)
            if len(current.orelse) == 1 and isinstance(current.orelse[0], ast.If):
                current = current.orelse[0]
                continue
            if current.orelse:
                if decided:
                    dead.append(len(arms))
                arms.append(current.orelse)
            return self._branch(node, "if", arms)._replace(dead=tuple(dead))

    def _branch(self, node: ast.stmt, keyword: str, arms: list[list[ast.stmt]]) -> Branch:
        read = tuple(self.statements(arm) for arm in arms if arm)
        return Branch(keyword, read, exclusive=keyword in ("if", "match", "try"), span=self._span(node))

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
    if not decorators:
        return span
    first = decorators[0].span
    return Span(first.line, first.column, span.end_line, span.end_column)


def _nothing(_reader: Reader, _node: ast.stmt) -> Iterable[Statement]:
    return ()


_STATEMENTS: dict[str, Callable[[Reader, Any], Iterable[Statement]]] = {
    "FunctionDef": lambda reader, node: (reader.function(node),),
    "AsyncFunctionDef": lambda reader, node: (reader.function(node),),
    "ClassDef": lambda reader, node: (reader._class(node),),
    "Import": lambda reader, node: (reader._import(node),),
    "ImportFrom": lambda reader, node: (reader._import(node),),
    "Assign": Reader._assign,
    "AnnAssign": Reader._annotated,
    "Expr": Reader._evaluate,
    "Return": lambda reader, node: (reader._return(node),),
    "If": lambda reader, node: (reader._if(node),),
    "While": lambda reader, node: (reader._branch(node, "while", [node.body, node.orelse]),),
    "For": lambda reader, node: (reader._loop(node),),
    "AsyncFor": lambda reader, node: (reader._loop(node),),
    "With": Reader._with,
    "AsyncWith": Reader._with,
    "Match": Reader._match,
    "Try": Reader._try,
    "TryStar": Reader._try,  # Python 3.11 on
    "Pass": _nothing,
    "Assert": _nothing,
}
