"""A file as it will be written back: its bytes, its encoding, its line ends, and the places that edits name in it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import NamedTuple

from pystein_lsp.rules.rule import Edit
from pystein_lsp.syntax.source import decode, encoding_of
from pystein_lsp.syntax.span import Span

_LINE_END = re.compile(r"\r\n|\r|\n")
_LINE_END_BUT_CR = re.compile(r"\r?\n")


class SourceFile(NamedTuple):
    """A text with what it takes to write it as it was read."""

    path: str
    text: str
    """With its line ends as they are, without a mark."""
    encoding: str = "utf-8"
    mark: str = ""
    """A byte order mark, as a character."""

    def encoded(self) -> bytes:
        """The bytes of the file.

        Raises:
            UnicodeEncodeError: the encoding lacks a character.
        """
        return (self.mark + self.text).encode(self.encoding)

    def edited(self, edits: Iterable[Edit]) -> SourceFile:
        """The file with some edits, which must not overlap."""
        starts = self._line_starts()
        end_of_line = _LINE_END.search(self.text)
        line_end = end_of_line.group() if end_of_line else "\n"
        text = self.text
        for span, new in sorted(((edit.location.absolute, edit.text) for edit in edits), reverse=True):
            start = _offset(starts, span.line, span.column, len(self.text))
            end = _offset(starts, span.end_line, span.end_column, len(self.text))
            text = text[:start] + new.replace("\n", line_end) + text[end:]
        return self._replace(text=text)

    def _line_starts(self) -> list[int]:
        # a lone carriage return ends a line of Python, but not of JSON
        ends = _LINE_END if self.path.endswith(".py") else _LINE_END_BUT_CR
        return [0, *(match.end() for match in ends.finditer(self.text))]


def _offset(starts: list[int], line: int, column: int, length: int) -> int:
    return min(starts[line] + column, length) if line < len(starts) else length


def read_source(path: str, data: bytes) -> SourceFile | None:
    """A file's content; None where it is no text that could be written back unharmed."""
    if decode(data).problem:
        return None
    encoding = encoding_of(data)
    whole = data.decode(encoding)
    text = whole.lstrip("\ufeff")
    source = SourceFile(path, text, encoding, whole[: len(whole) - len(text)])
    return source if source.encoded() == data else None


def overlap(one: Span, other: Span) -> bool:
    """Whether two edits of one file cannot both be made: they have a character or an end in common."""
    return one[:2] <= other[2:] and other[:2] <= one[2:]
