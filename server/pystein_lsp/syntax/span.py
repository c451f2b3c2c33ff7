"""Positions. A span is relative to its block, so that an edit above a block costs nothing."""

from __future__ import annotations

from typing import NamedTuple, Protocol


class Span(NamedTuple):
    """A range of text inside a block: lines from 0 at the block's first line, columns from 0 in Unicode code points."""

    line: int
    column: int
    end_line: int
    end_column: int

    def shifted(self, lines: int) -> Span:
        """The same range, seen from `lines` further up."""
        return self._replace(line=self.line + lines, end_line=self.end_line + lines)

    def holds(self, line: int, column: int) -> bool:
        """Whether a position lies inside or at the edge."""
        return (self.line, self.column) <= (line, column) <= (self.end_line, self.end_column)


NOWHERE = Span(0, 0, 0, 0)


class Anchor(Protocol):
    """What a span is relative to: something that stands at a line of a file."""

    @property
    def path(self) -> str:
        """The file's path."""

    @property
    def line(self) -> int:
        """The line, from 0."""


class Location(NamedTuple):
    """A range of a file. `span` moves with its anchor; ask `absolute` when it is shown."""

    anchor: Anchor
    span: Span

    @property
    def path(self) -> str:
        """The file's path."""
        return self.anchor.path

    @property
    def absolute(self) -> Span:
        """The range in lines of the file."""
        return self.span.shifted(self.anchor.line)
