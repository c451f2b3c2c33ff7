"""Columns on the wire and columns in the kernel: the protocol counts UTF-8, UTF-16 or UTF-32 units, we count code points."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeAlias

Convert: TypeAlias = Callable[[str, int], int]
"""From a line's text and a column to the other kind of column."""


def to_wire(encoding: str) -> Convert:
    """How columns are sent in an encoding."""
    return {"utf-8": _utf8_length, "utf-32": _itself}.get(encoding, _utf16_length)


def from_wire(encoding: str) -> Convert:
    """How columns are received in an encoding; what lies beyond the end of the line is its end."""
    return {"utf-8": _from_utf8, "utf-32": _same}.get(encoding, _from_utf16)


def _same(line: str, column: int) -> int:
    return min(column, len(line))


def _itself(_line: str, column: int) -> int:
    return column


def _utf8_length(line: str, column: int) -> int:
    if line.isascii():
        return column
    return len(line[:column].encode("utf-8", "surrogatepass")) + _beyond(line, column)


def _utf16_length(line: str, column: int) -> int:
    if line.isascii():
        return column
    return len(line[:column].encode("utf-16-le", "surrogatepass")) // 2 + _beyond(line, column)


def _beyond(line: str, column: int) -> int:
    """What is missing at the end of a line is marked one column behind it."""
    return max(0, column - len(line))


def _from_utf8(line: str, column: int) -> int:
    if line.isascii():
        return min(column, len(line))
    return len(line.encode("utf-8", "surrogatepass")[:column].decode("utf-8", "ignore"))


def _from_utf16(line: str, column: int) -> int:
    if line.isascii():
        return min(column, len(line))
    return len(line.encode("utf-16-le", "surrogatepass")[: 2 * column].decode("utf-16-le", "ignore"))
