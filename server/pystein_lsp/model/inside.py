"""The inside of a function as a module of its own, read only where something is asked of it.

A function that makes the app, or that decorates functions with an app which it is given, is followed like this. Its
names are looked up in its body first and then in the module.
"""

from __future__ import annotations

import ast
import re

from pystein_lsp.model.module import Definition, Module, ParameterOf, Placed, definitions_in, placed_in
from pystein_lsp.syntax.document import Block
from pystein_lsp.syntax.parse import parse
from pystein_lsp.syntax.reader import Reader
from pystein_lsp.syntax.tree import FunctionDef, Problem, Statement

_DECORATED = re.compile(r"^[ \t]+@", re.MULTILINE)


class Inside(Module):
    """What a function's body binds and does. `outer` is where its other names come from."""

    def __init__(self, outer: Module, block: Block, definition: FunctionDef, body: tuple[Statement, ...]) -> None:
        self.path = outer.path
        self.document = outer.document
        self.problem = None
        self.rebound = None
        self.outer = outer
        self.places: tuple[Placed, ...] = placed_in(body, block)
        """The statements of the body, top to bottom."""
        self.body = body
        self._kept = {}
        names: dict[str, list[Definition]] = {}
        for parameter in definition.parameters:
            by = ParameterOf(parameter)
            names[parameter.name] = [Definition(parameter.name, by, block, definition.span.line - 1, conditional=False)]
        for found in definitions_in(self.places):
            names.setdefault(found.name, []).append(found)
        self._names = names

    @property
    def values(self) -> dict[str, list[Definition]]:
        """All names: what an inside binds is few."""
        return self.names


def inside(outer: Module, block: Block, definition: FunctionDef) -> Inside | None:
    """The inside of a function of a block; None where that cannot be read or the names are not its own."""
    kept = block.memo.setdefault("insides", {})
    key = (outer, definition.name_span)
    if key not in kept:  # type: ignore[operator]  # the memo is typed by its writer
        body = _body(block, definition)
        kept[key] = None if body is None else Inside(outer, block, definition, body)  # type: ignore[index]  # as above
    return kept[key]  # type: ignore[index,no-any-return]  # as above


def consult(block: Block) -> None:
    """Note that something outside a block depends on more of it than the names that it binds."""
    block.memo["consulted"] = True


def may_decorate(block: Block) -> bool:
    """Whether a function of a block may decorate others inside."""
    return _DECORATED.search(block.text) is not None


def _body(block: Block, definition: FunctionDef) -> tuple[Statement, ...] | None:
    tree = parse(block.text)
    if isinstance(tree, Problem) or re.search(r"\bglobal\b|\bnonlocal\b", block.text):
        return None
    line = definition.name_span.line + 1
    for node in ast.walk(tree):
        same = isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and node.name == definition.name
        if same and node.lineno <= line <= node.body[0].lineno:  # type: ignore[attr-defined]  # a function has both
            return Reader(block.text).statements(node.body)  # type: ignore[attr-defined]  # as above
    return None
