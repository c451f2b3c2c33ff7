"""The names that importing a module certainly looks up: a name that is not there ends the import."""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator

from pystein_lsp.syntax.document import Block
from pystein_lsp.syntax.parse import parse
from pystein_lsp.syntax.span import Span
from pystein_lsp.syntax.tree import Call, Expression, FunctionDef, Import, Items, Name, Problem, Statement

_SCOPES = (ast.Lambda, ast.GeneratorExp)
"""Expressions whose inside runs later."""
_COMPREHENSIONS = (ast.ListComp, ast.SetComp, ast.DictComp)


def lookups(block: Block) -> tuple[Name, ...]:
    """The chains of attributes that a block's statements look up unconditionally, in the order of the source.

    Of what is called only the first name is given. What stands in branches, loops, bodies and behind `and`, `or` or
    `if` in an expression may not run; comprehensions bind names of their own.
    """
    return block.kept("lookups", _read)


def _read(block: Block) -> tuple[Name, ...]:
    if block.problem:
        return ()
    if block.statements and all(map(_is_told, block.statements)):
        return tuple(name for statement in block.statements for name in _told(statement))
    tree = parse(block.text)
    if isinstance(tree, Problem):
        return ()
    lines = block.text.split("\n")
    found = (name for node in tree.body for expression in _run(node) for name in _names(expression))
    return tuple(_named(dotted, node, lines) for dotted, node in found)


def _is_told(statement: Statement) -> bool:
    """Whether a statement as it was read tells all that it looks up, so that its source need not be parsed once more."""
    if isinstance(statement, FunctionDef):
        return not any(each.has_default for each in statement.parameters)
    return isinstance(statement, Import)


def _told(statement: Statement) -> Iterator[Name]:
    for decorator in statement.decorators if isinstance(statement, FunctionDef) else ():
        yield from _in(decorator.expression)


def _in(expression: Expression) -> Iterator[Name]:
    """The names of a decorator; those of comparisons and the like are not read."""
    match expression:
        case Name():
            yield expression
        case Call(function, arguments):
            if isinstance(function, Name):
                yield function._replace(dotted=function.dotted.partition(".")[0])
            else:
                yield from _in(function)
            for argument in arguments:
                yield from _in(argument.value)
        case Items(values=values):
            for value in values:
                yield from _in(value)


def _run(node: ast.stmt) -> Iterator[ast.expr]:
    """The expressions of a statement that run whenever it is reached."""
    match node:
        case ast.FunctionDef() | ast.AsyncFunctionDef():
            yield from node.decorator_list
            yield from node.args.defaults
            yield from (default for default in node.args.kw_defaults if default)
        case ast.ClassDef():
            yield from node.decorator_list
            if not getattr(node, "type_params", ()):  # `class Box[T](list[T])` binds a name for what follows it
                yield from node.bases
                yield from (keyword.value for keyword in node.keywords)
        case ast.Expr(value) | ast.Assign(value=value) | ast.AugAssign(value=value):
            yield value
        case ast.AnnAssign(value=ast.expr() as value):
            yield value
        case ast.If(test) | ast.While(test) | ast.Assert(test):
            yield test
        case ast.For(iter=first) | ast.Match(subject=first):
            yield first
        case ast.With():
            yield node.items[0].context_expr
        case ast.Raise(exc=ast.expr() as raised):
            yield raised


def _names(node: ast.AST) -> Iterator[tuple[str, ast.Name]]:
    match node:
        case ast.Name(ctx=ast.Load()):
            yield node.id, node
        case ast.Attribute():
            yield from _chain(node)
        case ast.Call(ast.Name() as called):
            yield called.id, called
            yield from _all([*node.args, *(keyword.value for keyword in node.keywords)])
        case ast.Call(ast.Attribute() as called):
            yield from ((dotted.partition(".")[0], name) for dotted, name in _chain(called))
            yield from _all([*node.args, *(keyword.value for keyword in node.keywords)])
        case ast.BoolOp():
            yield from _names(node.values[0])
        case ast.IfExp():
            yield from _names(node.test)
        case ast.Compare():
            yield from _all([node.left, node.comparators[0]])
        case ast.expr() if isinstance(node, _COMPREHENSIONS):
            yield from _names(node.generators[0].iter)
        case ast.expr() if not isinstance(node, _SCOPES):
            yield from _all(ast.iter_child_nodes(node))
        case ast.keyword() | ast.FormattedValue():
            yield from _all(ast.iter_child_nodes(node))


def _all(nodes: Iterable[ast.AST]) -> Iterator[tuple[str, ast.Name]]:
    for node in nodes:
        yield from _names(node)


def _chain(node: ast.Attribute) -> Iterator[tuple[str, ast.Name]]:
    parts: list[str] = []
    inner: ast.expr = node
    while isinstance(inner, ast.Attribute):
        parts.append(inner.attr)
        inner = inner.value
    if isinstance(inner, ast.Name):
        yield ".".join([inner.id, *reversed(parts)]), inner
    else:
        yield from _names(inner)


def _named(dotted: str, node: ast.Name, lines: list[str]) -> Name:
    line = lines[node.lineno - 1]
    start = len(line.encode()[: node.col_offset].decode())
    return Name(dotted, Span(node.lineno - 1, start, node.lineno - 1, start + len(dotted)))
