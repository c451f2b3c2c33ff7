"""Connection strings of SQL Server and MySQL: `Server=host;Database=shop;Uid=me;Pwd=...`."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

_PAIR = re.compile(r"\s*(?P<name>[^=;]+?)\s*=\s*(?P<value>\"(?:[^\"]|\"\")*\"|'(?:[^']|'')*'|[^;]*?)\s*(?:;|$)")


def parts(text: str) -> dict[str, str]:
    """The parts by name in lower case without blanks; values without their quotes."""
    found = {}
    for match in _PAIR.finditer(text):
        value = match["value"]
        if value[:1] in {'"', "'"}:
            value = value[1:-1].replace(value[0] * 2, value[0])
        found[match["name"].lower().replace(" ", "")] = value
    return found


def first(known: Mapping[str, str], *names: str) -> str:
    """The value of the first name that is there; empty when none is."""
    return next((known[name] for name in names if known.get(name)), "")
