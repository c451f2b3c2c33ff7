"""Lenses that stay where they are while a line is half typed: none makes the text jump and comes back with the next letter."""

from __future__ import annotations

import re
from collections.abc import Iterable

from pystein_lsp.features.types import Command, Lens
from pystein_lsp.model.module import Module, definitions
from pystein_lsp.syntax.document import Block
from pystein_lsp.syntax.span import Span
from pystein_lsp.syntax.tree import FunctionDef

_STACKED = re.compile(r"\s*[@#)]|[ \t]+\S")
"""A line that belongs to a stack: a decorator, a comment or the rest of a call."""
_DEFINITION = re.compile(r"\s*(?:(?:async\s+)?def|class)\b")


class Steady:
    """What lenses a document showed last."""

    def __init__(self) -> None:
        self._shown: dict[str, list[Lens]] = {}
        self.titles: dict[tuple[str, str], Command] = {}
        """What was last shown for a function and a kind of lens."""

    def settle(self, module: Module, found: Iterable[Lens]) -> list[Lens]:
        """The lenses, and those of functions that are no functions just now though their definition still has decorators."""
        current: dict[str, list[Lens]] = {}
        for lens in found:
            current.setdefault(lens.function, []).append(lens)
        for name in self._shown.keys() - current.keys():
            head = _decorated(module, name) or _half_typed(module, self._shown[name])
            if head:
                current[name] = [lens._replace(span=head) for lens in self._shown[name]]
        self._shown = current
        self.titles = {key: title for key, title in self.titles.items() if key[0] in current}
        return sorted((lens for each in current.values() for lens in each), key=lambda lens: lens.span.line)

    def forget(self) -> None:
        """What is saved is meant as it is."""
        self._shown.clear()


def _decorated(module: Module, name: str) -> Span | None:
    """The first line of the stack above the definition of a name; None where there is none."""
    for block in module.document:
        for definition in definitions(block) if f"def {name}" in block.text else ():
            if definition.name == name and isinstance(definition.by, FunctionDef):
                return _head(block, definition.by)
    return None


def _half_typed(module: Module, shown: list[Lens]) -> Span | None:
    """Where a stack stood, if it still does and the line below it cannot be read; None otherwise."""
    line = shown[0].span.line
    if line >= module.document.line_count or not module.document.line_text(line).lstrip().startswith("@"):
        return None
    below = line + 1
    while below < module.document.line_count and _STACKED.match(module.document.line_text(below)):
        below += 1
    if below >= module.document.line_count or _DEFINITION.match(module.document.line_text(below)):
        return None
    broken = any(module.document.block_at(number).problem for number in (line, below))
    return shown[0].span if broken and module.document.line_text(below).strip() else None


def _head(block: Block, function: FunctionDef) -> Span | None:
    """Where a line begins with `@`, directly above a function; decorators that cannot be read yet count."""
    lines = block.text.split("\n")[: function.name_span.line]
    first = next((number for number, line in enumerate(lines) if line.lstrip().startswith("@")), None)
    return None if first is None else Span(block.line + first, 0, block.line + first, 0)
