"""What a position in a JSON text stands in, read from the text before it: that works while a value is half typed."""

from __future__ import annotations

import re
from typing import Literal, NamedTuple

from pystein_lsp.syntax.span import Span

_TOKEN = re.compile(
    r"""(?P<space>[\s\ufeff]+|//[^\n]*|/\*.*?(?:\*/|\Z)) | (?P<string>"(?:[^"\\\n]|\\.)*"?|'(?:[^'\\\n]|\\.)*'?)
      | (?P<punctuation>[{}\[\]:,]) | (?P<word>[^\s,:{}\[\]"'/]+|/)""",
    re.VERBOSE | re.DOTALL,
)


class JsonCursor(NamedTuple):
    """A position in a JSON text."""

    path: tuple[str | int, ...]
    """Of the value that is written here; of the object, for a key."""
    kind: Literal["key", "value"]
    span: Span
    """The string or word at the position, quotes included; empty where there is none."""
    followed_by: str
    """The next character that is no blank."""


class _Frame:
    """A bracket that is open."""

    def __init__(self, bracket: str) -> None:
        self.bracket = bracket
        self.key: str | None = None
        self.index = 0
        self.after_colon = False


def json_cursor(text: str, line: int, column: int) -> JsonCursor | None:
    """Read what a position stands in; None inside a comment and outside the root.

    Args:
        text: the document.
        line: from 0.
        column: in code points, from 0.
    """
    lines = text.split("\n")
    if line >= len(lines):
        return None
    offset = sum(len(each) + 1 for each in lines[:line]) + min(column, len(lines[line]))
    stack: list[_Frame] = []
    start = end = offset
    position = 0
    while (token := _TOKEN.match(text, position)) and token.start() < offset:
        position = token.end()
        kind = token.lastgroup
        if kind in ("string", "word") and position >= offset:
            start, end = token.span()
            break
        if kind == "space":
            if position > offset and token.group().startswith("/"):
                return None
            continue
        _take(stack, token.group(), kind or "")
    else:
        token = _TOKEN.match(text, offset)
        if token and token.lastgroup in ("string", "word"):
            end = token.end()
    if not stack:
        return None
    top = stack[-1]
    around = tuple(_step(frame) for frame in stack[:-1])
    span = Span(*_place(text, start), *_place(text, end))
    followed_by = text[end:].lstrip()[:1]
    if top.bracket == "{" and not top.after_colon:
        return JsonCursor(around, "key", span, followed_by)
    return JsonCursor((*around, _step(top)), "value", span, followed_by)


def _take(stack: list[_Frame], part: str, kind: str) -> None:
    top = stack[-1] if stack else None
    if part in ("{", "[") and kind == "punctuation":
        stack.append(_Frame(part))
    elif top is None:
        return
    elif part in ("}", "]") and kind == "punctuation":
        stack.pop()
    elif part == ":":
        top.after_colon = True
    elif part == ",":
        top.after_colon, top.key = False, None
        top.index += 1
    elif not top.after_colon and top.bracket == "{":
        top.key = part.strip("\"'")


def _step(frame: _Frame) -> str | int:
    return frame.index if frame.bracket == "[" else frame.key or ""


def _place(text: str, offset: int) -> tuple[int, int]:
    return text.count("\n", 0, offset), offset - (text.rfind("\n", 0, offset) + 1)
