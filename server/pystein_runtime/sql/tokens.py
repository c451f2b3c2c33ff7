"""SQL cut into pieces, just far enough to find names and parameters outside of strings and comments."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

_PIECE = re.compile(
    r"""(?P<string>'(?:[^']|'')*')
    |(?P<comment>--[^\n]*|/\*.*?\*/)
    |(?P<quoted>\[(?:[^\]]|\]\])*\]|"(?:[^"]|"")*"|`(?:[^`]|``)*`)
    |(?P<parameter>@\w+)
    |(?P<word>\w+|@@\w+)
    |(?P<other>\s+|.)""",
    re.VERBOSE | re.DOTALL,
)
_QUOTES = {"[": "]", '"': '"', "`": "`"}


def pieces(command: str) -> Iterator[tuple[str, str]]:
    """The pieces of a command with their kinds; put together they are the command again."""
    for match in _PIECE.finditer(command):
        yield str(match.lastgroup), match[0]


def with_parameters(command: str, replace: Callable[[str], str], plain: Callable[[str], str] = str) -> str:
    """The command with other text for each `@name`, and `plain` of everything else."""
    return "".join(replace(text[1:]) if kind == "parameter" else plain(text) for kind, text in pieces(command))


def name_parts(name: str) -> list[str]:
    """The parts of a table's name, unquoted: `[dbo].[My Table]` -> `dbo`, `My Table`."""
    parts = [""]
    for kind, text in pieces(name.strip()):
        if kind == "quoted":
            end = _QUOTES[text[0]]
            parts[-1] += text[1:-1].replace(end * 2, end)
        elif text == ".":
            parts.append("")
        else:
            parts[-1] += text
    return [part.strip() for part in parts]
