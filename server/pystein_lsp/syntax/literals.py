"""Places inside string literals."""

from __future__ import annotations

import re

from pystein_lsp.syntax.document import Block
from pystein_lsp.syntax.span import Span

_OPENING = re.compile(r"[rRuU]?(\"{3}|'{3}|\"|')")


def part_of(block: Block, literal: Span, text: str, start: int, length: int) -> Span:
    """Where a part of a literal's text stands; the whole literal where the source does not spell the text letter by letter.

    Args:
        block: the block that holds the literal.
        literal: its span, quotes included.
        text: its value.
        start: offset of the part in the value.
        length: length of the part.
    """
    if literal.line != literal.end_line or literal.end_line > block.height:
        return literal
    source = block.line_text(literal.line)[literal.column : literal.end_column]
    opening = _OPENING.match(source)
    if not opening or source[opening.end() : len(source) - len(opening[1])] != text:
        return literal
    column = literal.column + opening.end() + start
    return Span(literal.line, column, literal.line, column + max(length, 1 if start < len(text) else 0))


def quoted(block: Block, literal: Span, text: str) -> str:
    """A text as a literal in the style of the one that it replaces."""
    source = block.line_text(literal.line)[literal.column : literal.end_column]
    quote = "'" if source.startswith("'") else '"'
    return quote + text.replace("\\", "\\\\").replace(quote, "\\" + quote) + quote
