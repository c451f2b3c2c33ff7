"""Known slips: text that is not Python, and what its author meant."""

from __future__ import annotations

import re
from typing import NamedTuple

_DOUBLED_QUOTES = re.compile(r"""\s*(?P<quotes>""|'')(?P<value>[^"'\n]+)(?P=quotes)\s*\Z""")
_CURLY = "\u201c\u201d\u201e\u2018\u2019"
_TYPOGRAPHIC_QUOTES = re.compile(rf"\s*[{_CURLY}](?P<value>[^{_CURLY}\"'\n]*)[{_CURLY}]\s*\Z")


class Slip(NamedTuple):
    """A value that its author mistyped."""

    message: str
    value: str
    text: str
    """How it is written."""


def slip(text: str) -> Slip | None:
    """The slip that a piece of source is, if we know it."""
    if match := _DOUBLED_QUOTES.match(text):
        value = match["value"]
        return Slip(f"the quotes around {value} are doubled: one pair makes a string", value, f'"{value}"')
    if match := _TYPOGRAPHIC_QUOTES.match(text):
        value = match["value"]
        return Slip("typographic quotes do not make a string: use straight ones", value, f'"{value}"')
    return None
