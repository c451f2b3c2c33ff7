"""App settings that code reads by itself, for they are environment variables: `os.environ["X"]`, `os.getenv("X")`."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pystein_lsp.features.connections import own_settings
from pystein_lsp.features.cursor import Cursor
from pystein_lsp.features.types import Item
from pystein_lsp.model.app import App
from pystein_lsp.model.module import Module
from pystein_lsp.syntax.document import Block
from pystein_lsp.syntax.span import Span

_OPENING = r"\b(?:environ\s*(?:\[|\.\s*(?:get|pop|setdefault)\s*\()|getenv\s*\()\s*"
_READ = re.compile(
    rf"""
      \#[^\n]* | \"{{3}}.*?\"{{3}} | '{{3}}.*?'{{3}}
    | {_OPENING} (?P<quote>["']) (?P<name>[^"'\\\n]+) (?P=quote)
    | "(?:[^"\\\n]|\\.)*" | '(?:[^'\\\n]|\\.)*'
    """,
    re.VERBOSE | re.DOTALL,
)
"""A read, past comments and texts that only look like one."""
_BEGUN = re.compile(rf"{_OPENING}[\"']$")
_IN_BRACES = re.compile(rf"{_OPENING}(?P<quote>[\"'])(?P<name>[^\"'\\\n]+)(?P=quote)")
_REST = re.compile(r"(?P<name>[^\"'\\\n]+)[\"']")
_FORMATTED = re.compile(r"\b(?:f|fr|rf)$", re.IGNORECASE)
"""What stands before a text that has expressions in it."""


def settings_read(block: Block) -> tuple[tuple[str, Span], ...]:
    """The settings that the code of a block names, with their places in it, without quotes."""
    return block.kept("environment", lambda it: tuple(_reads(it.text)))


def _reads(text: str) -> Iterator[tuple[str, Span]]:
    if "environ" not in text and "getenv" not in text:
        return
    for read in _READ.finditer(text):
        found = [read] if read["name"] else []
        if not found and _FORMATTED.search(text, max(0, read.start() - 3), read.start()):
            found = list(_in_formatted(text, *read.span()))
        for each in found:
            start, end = each.span("name")
            line, column = text.count("\n", 0, start), start - (text.rfind("\n", 0, start) + 1)
            yield each["name"], Span(line, column, line, column + end - start)


def _in_formatted(text: str, start: int, end: int) -> Iterator[re.Match[str]]:
    """Reads in the expressions of a formatted text; Python 3.12 lets them have the text's own quotes, where it seems to end."""
    for read in _IN_BRACES.finditer(text, start, end):
        before = text[start : read.start()]
        if before.rfind("{") > before.rfind("}"):
            yield read
    rest = _REST.match(text, end) if _BEGUN.search(text, start, end) else None
    if rest:
        yield rest


def setting_read_at(module: Module, line: int, column: int) -> tuple[str, Span] | None:
    """The setting that code names at a position, with its place in lines of the file."""
    block = module.document.block_at(line)
    found = ((name, span.shifted(block.line)) for name, span in settings_read(block))
    return next(((name, span) for name, span in found if span.holds(line, column)), None)


def complete_setting_read(app: App, module: Module, cursor: Cursor) -> list[Item]:
    """The names of the app's own settings, where code reads one; empty elsewhere."""
    if cursor.text is None or len(cursor.text.quote) != 1:
        return []
    span = cursor.text.span
    if not _BEGUN.search(module.document.line_text(span.line)[: span.column]):
        return []
    return [Item(name, "value", name, span, detail=origin) for name, origin in own_settings(app)]
