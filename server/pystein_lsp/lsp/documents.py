"""The documents that the client holds open, edited in place as it tells."""

from __future__ import annotations

from math import isfinite
from typing import Any, Literal, NamedTuple, TypeAlias

from pystein_lsp.model.module import Module
from pystein_lsp.syntax.document import normalised

Kind: TypeAlias = Literal["python", "data", "other"]
"""`data`: a file beside the modules that the model reads; `other`: of no interest."""


class Range(NamedTuple):
    """A range on the wire: lines from 0, columns in the unit that was agreed on."""

    line: int
    column: int
    end_line: int
    end_column: int


class Opened:
    """An open document."""

    __slots__ = ("kind", "module", "path", "text", "uri", "version")

    def __init__(self, uri: str, path: str, version: int | None, kind: Kind) -> None:
        self.uri = uri
        """As the client spells it."""
        self.path = path
        self.version = version
        self.kind = kind
        self.module: Module | None = None
        """Where it is Python."""
        self.text = ""
        """Where it is not."""


def range_of(value: Any) -> Range | None:
    """A range as it came; None where it is none. What lies outside the text is moved inside later."""
    if not isinstance(value, dict):
        return None
    numbers = [_number(value.get(end), part) for end in ("start", "end") for part in ("line", "character")]
    return None if None in numbers else Range(*numbers)  # type: ignore[arg-type]  # none of them is None


def _number(place: Any, part: str) -> int | None:
    number = place.get(part) if isinstance(place, dict) else None
    if isinstance(number, bool) or not isinstance(number, (int, float)) or not isfinite(number):
        return None
    return max(0, min(int(number), 1 << 31))


def replaced(text: str, where: Range, new: str) -> str:
    """A text with a range replaced: columns in code points; positions outside are moved inside."""
    lines = text.split("\n")
    start, end = sorted((_offset(lines, *where[:2]), _offset(lines, *where[2:])))
    return text[:start] + normalised(new) + text[end:]


def _offset(lines: list[str], line: int, column: int) -> int:
    if line >= len(lines):
        return sum(map(len, lines)) + len(lines) - 1
    return sum(map(len, lines[:line])) + line + min(column, len(lines[line]))
