"""Bodies of functions, read only when a rule asks: reading a module passes them over."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from typing import NamedTuple

from pystein_lsp.syntax.document import Block
from pystein_lsp.syntax.parse import parse
from pystein_lsp.syntax.reader import Reader
from pystein_lsp.syntax.span import Span
from pystein_lsp.syntax.tree import Call, Expression, FunctionDef, Name, Problem


class BodyCall(NamedTuple):
    """A call inside a body."""

    callee: str
    """Dotted, such as `context.call_activity`; empty where it is no chain of names."""
    call: Call
    ignored: bool
    """Whether the call is a statement of its own, so that nothing is done with what it gives."""


class Body(NamedTuple):
    """What a function does, as far as rules care. Nested functions are part of it but for `returns`, `yields` and `awaits`."""

    calls: tuple[BodyCall, ...]
    attributes: tuple[tuple[str, Span], ...]
    """Chains of names that are read and not called, such as `context.instance_id`."""
    returns: tuple[Expression, ...]
    yields: bool
    awaits: bool


def read_body(block: Block, definition: FunctionDef) -> Body | None:
    """The body of a function of a block; None where the block does not parse."""
    kept = block.memo.setdefault("bodies", {})
    key = definition.name_span
    if key not in kept:  # type: ignore[operator]  # the memo is typed by its writer
        kept[key] = _read(block, definition)  # type: ignore[index]
    return kept[key]  # type: ignore[index,no-any-return]


def _read(block: Block, definition: FunctionDef) -> Body | None:
    tree = parse(block.text)
    if isinstance(tree, Problem):
        return None
    line = definition.name_span.line + 1
    for node in ast.walk(tree):
        if (
            isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef))
            and node.name == definition.name
            and node.lineno == line
        ):
            return _body(node, Reader(block.text))
    return None


def _body(node: ast.FunctionDef | ast.AsyncFunctionDef, reader: Reader) -> Body:
    calls: list[BodyCall] = []
    attributes: list[tuple[str, Span]] = []
    ignored = {id(inner.value) for inner in ast.walk(node) if isinstance(inner, ast.Expr)}
    called = {id(inner.func) for inner in ast.walk(node) if isinstance(inner, ast.Call)}
    chained = {id(inner.value) for inner in ast.walk(node) if isinstance(inner, ast.Attribute)}
    for statement in node.body:
        for inner in ast.walk(statement):
            match inner:
                case ast.Call():
                    read = reader.expression(inner)
                    if isinstance(read, Call):
                        callee = read.function.dotted if isinstance(read.function, Name) else ""
                        calls.append(BodyCall(callee, read, id(inner) in ignored))
                case ast.Attribute(ctx=ast.Load()) if id(inner) not in called and id(inner) not in chained:
                    read = reader.expression(inner)
                    if isinstance(read, Name):
                        attributes.append((read.dotted, read.span))
    own = list(_own(node))
    returns = [reader.expression(inner.value) for inner in own if isinstance(inner, ast.Return) and inner.value]
    return Body(
        tuple(calls),
        tuple(attributes),
        tuple(returns),
        any(isinstance(inner, (ast.Yield, ast.YieldFrom)) for inner in own),
        any(isinstance(inner, (ast.Await, ast.AsyncFor, ast.AsyncWith)) for inner in own),
    )


def _own(node: ast.AST) -> Iterator[ast.AST]:
    """The nodes of a body that belong to the function itself."""
    for child in ast.iter_child_nodes(node):
        if not isinstance(child, (ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda, ast.ClassDef)):
            yield child
            yield from _own(child)
