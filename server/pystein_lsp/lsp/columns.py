"""Columns on the wire and columns in the kernel: the protocol counts UTF-8, UTF-16 or UTF-32 units, we count code points."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeAlias

Convert: TypeAlias = Callable[[str, int], int]
"""From a line's text and a column to the other kind of column; beyond the end of the line, the end."""


def to_wire(encoding: str) -> Convert:
    """How columns are sent in an encoding."""
    return {"utf-8": _utf8_length, "utf-32": _same}.get(encoding, _utf16_length)


def from_wire(encoding: str) -> Convert:
    """How columns are received in an encoding."""
    return {"utf-8": _from_utf8, "utf-32": _same}.get(encoding, _from_utf16)


def _same(line: str, column: int) -> int:
    return min(column, len(line))


def _utf8_length(line: str, column: int) -> int:
    return min(column, len(line)) if line.isascii() else len(line[:column].encode("utf-8", "surrogatepass"))


def _utf16_length(line: str, column: int) -> int:
    return min(column, len(line)) if line.isascii() else len(line[:column].encode("utf-16-le", "surrogatepass")) // 2


def _from_utf8(line: str, column: int) -> int:
    if line.isascii():
        return min(column, len(line))
    return len(line.encode("utf-8", "surrogatepass")[:column].decode("utf-8", "ignore"))


def _from_utf16(line: str, column: int) -> int:
    if line.isascii():
        return min(column, len(line))
    return len(line.encode("utf-16-le", "surrogatepass")[: 2 * column].decode("utf-16-le", "ignore"))
