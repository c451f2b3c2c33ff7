"""The smallest parts of a schedule's text, for colours and for what to offer at a place; works on any text."""

from __future__ import annotations

import re
from typing import Literal, NamedTuple

from pystein_lsp.ncrontab.reader import split
from pystein_lsp.ncrontab.schedule import FIELDS, TimeSpan
from pystein_lsp.ncrontab.timespan import read_time_span

Kind = Literal["number", "name", "wildcard", "operator", "setting", "unknown"]

_PARTS = re.compile(
    "(?P<setting>%[^%]*%)|(?P<number>[0-9]+)|(?P<name>[A-Za-z]+)|(?P<wildcard>[*])|(?P<operator>[-,/:.+])|(?P<unknown>.)",
    re.DOTALL,
)


class Lexeme(NamedTuple):
    """A part of a schedule's text."""

    kind: Kind
    offset: int
    length: int
    field: int | None
    """Index into FIELDS; None in time spans and behind the last field."""


def lexemes(text: str) -> list[Lexeme]:
    """Cut a schedule's text into its smallest parts, white space left out."""
    is_span = isinstance(read_time_span(text), TimeSpan)
    found: list[Lexeme] = []
    for token in split(text):
        field = token.field if token.field < len(FIELDS) and not is_span else None
        for match in _PARTS.finditer(token.text):
            if not match[0].isspace():
                kind: Kind = match.lastgroup  # type: ignore[assignment]  # the groups are named after the kinds
                found.append(Lexeme(kind, token.offset + match.start(), len(match[0]), field))
    return found
