"""`from __future__` imports must come first in a file: the one rule of the language that spans blocks."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Protocol

from pystein_lsp.syntax.tree import Import, Problem, Statement

MESSAGE = "from __future__ imports must occur at the beginning of the file"


class Block(Protocol):
    """What is looked at of a block."""

    @property
    def text(self) -> str:
        """Its source."""

    @property
    def statements(self) -> tuple[Statement, ...]:
        """What it declares."""

    @property
    def problem(self) -> Problem | None:
        """What is wrong with it."""


def imports_future(block: Block) -> bool:
    """Whether a block holds such an import."""
    return "__future__" in block.text and any(_is_future(statement) for statement in block.statements)


def preamble(blocks: Iterable[Block]) -> int:
    """How many blocks at the top allow such an import behind them: comments, the docstring, other such imports."""
    count, begun = 0, False
    for block in blocks:
        if imports_future(block):
            if not _is_future(block.statements[0]):
                break
            begun = True
            if not all(_is_future(statement) for statement in block.statements):
                return count + 1
        elif code := _code(block):
            if begun or block.statements or code[0] not in "\"'rRuU":
                break
            begun = True
        count += 1
    return count


def misplaced(block: Block) -> Problem:
    """The problem of a block with such an import in the wrong place."""
    span = next(statement.span for statement in block.statements if _is_future(statement))
    return Problem(MESSAGE, span)


def _is_future(statement: Statement) -> bool:
    return isinstance(statement, Import) and any(
        name.module == "__future__" and name.name is not None for name in statement.names
    )


def _code(block: Block) -> str:
    """The block from its first line of code on."""
    lines = block.text.split("\n")
    first = next((i for i, line in enumerate(lines) if line.strip() and not line.lstrip().startswith("#")), len(lines))
    return "\n".join(lines[first:]).lstrip(" \t\f\\\n")
