"""Texts in three quotes, such as docstrings: what stands on a line of theirs is no code, however much it looks like it."""

from __future__ import annotations

import re

from pystein_lsp.syntax.document import Document

_REACH = 400
"""How many lines above a position are looked at."""
_TEXT = re.compile(
    r"#[^\n]*|(?P<long>\"{3}|'{3})(?:[^\\]|\\.)*?(?P<end>(?P=long)|\Z)|\"(?:[^\"\\\n]|\\.)*\"?|'(?:[^'\\\n]|\\.)*'?",
    re.DOTALL,
)


def in_long_text(document: Document, line: int, column: int) -> bool:
    """Whether a position is inside a text of three quotes that begins on a line above."""
    block = document.block_at(line)
    first = max(block.line, line - _REACH)
    lines = [document.line_text(number) for number in range(first, line + 1)]
    lines[-1] = lines[-1][:column]
    text = "\n".join(lines)
    start = len(text) - len(lines[-1])
    return any(match["long"] and not match["end"] and match.start() < start for match in _TEXT.finditer(text))
