"""Folding: stacks of decorators, and all that an editor folds by indentation, which it stops doing once a server folds."""

from __future__ import annotations

from collections.abc import Iterator

from pystein_lsp.features.types import Fold
from pystein_lsp.model.app import App
from pystein_lsp.model.functions import Function
from pystein_lsp.model.module import Module
from pystein_lsp.syntax.document import Block


def folds(app: App, module: Module) -> list[Fold]:
    """The folds of a module, in source order."""
    found: set[Fold] = set()
    for block in module.document:
        found.update(Fold(block.line + first, block.line + last) for first, last in _indented(block))
        for function in app.block_functions(module, block):
            found.update(_stack(function))
    return sorted(found)


def _stack(function: Function) -> Iterator[Fold]:
    """The decorators above a function, where there are several lines of them."""
    last = function.definition.name_span.line - 1
    first = min((use.decorator.span.line for use in function.uses), default=last)
    if first < last:
        yield Fold(function.block.line + first, function.block.line + last)


def _indented(block: Block) -> tuple[tuple[int, int], ...]:
    """The folds of a block by its indentation, in lines of the block."""
    return block.kept("indented", lambda it: tuple(_by_indentation(it.text)))


def _by_indentation(text: str) -> Iterator[tuple[int, int]]:
    """Each line with the deeper ones below it; blank lines at the end stay outside."""
    open_lines: list[tuple[int, int]] = []
    last = 0
    for number, line in enumerate([*text.split("\n"), "end"]):
        depth = len(line) - len(line.lstrip())
        if depth == len(line):
            continue
        while open_lines and open_lines[-1][0] >= depth:
            start = open_lines.pop()[1]
            if last > start:
                yield start, last
        open_lines.append((depth, number))
        last = number
