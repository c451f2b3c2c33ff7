"""Where a function's own code names a parameter."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from pystein_lsp.syntax.document import Block
from pystein_lsp.syntax.parse import parse
from pystein_lsp.syntax.span import Span
from pystein_lsp.syntax.tree import FunctionDef, Problem

Scope = (ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda)


def body_names(block: Block, definition: FunctionDef, name: str) -> list[Span] | None:
    """The spans, relative to the block, of a parameter's name inside the body.

    Returns:
        None where they cannot all be told: the block does not parse, or a Python that is older than 3.12 gives wrong places
        inside an f-string.
    """
    tree = parse(block.text)
    if isinstance(tree, Problem):
        return None
    node = next((each for each in ast.walk(tree) if _is(each, definition)), None)
    if not isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)):
        return None
    lines = block.text.split("\n")
    spans = [_span(each, lines) for statement in node.body for each in _names(statement, name)]
    if any(lines[span.line][span.column : span.end_column] != name for span in spans):
        return None
    return spans


def _is(node: ast.AST, definition: FunctionDef) -> bool:
    return (
        isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef))
        and node.name == definition.name
        and node.lineno == definition.name_span.line + 1
    )


def _names(node: ast.AST, name: str) -> Iterator[ast.Name]:
    """The nodes that name a parameter; functions inside that have a parameter of the same name mean their own."""
    if isinstance(node, ast.Name):
        if node.id == name:
            yield node
        return
    if isinstance(node, Scope) and name in _parameters(node.args):
        for default in (*node.args.defaults, *(each for each in node.args.kw_defaults if each)):
            yield from _names(default, name)
        return
    for child in ast.iter_child_nodes(node):
        yield from _names(child, name)


def _parameters(arguments: ast.arguments) -> set[str]:
    every = [*arguments.posonlyargs, *arguments.args, *arguments.kwonlyargs, arguments.vararg, arguments.kwarg]
    return {each.arg for each in every if each}


def _span(node: ast.Name, lines: list[str]) -> Span:
    """A node's place; `ast` counts columns in bytes."""
    line = node.lineno - 1
    column = len(lines[line].encode()[: node.col_offset].decode("utf-8", "ignore")) if line < len(lines) else 0
    return Span(line, column, line, column + len(node.id))
