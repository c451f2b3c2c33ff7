"""The `full` format: the source line under each message."""

from __future__ import annotations

import os
import sys

from pystein_lsp.cli.report import Report, shown_path
from pystein_lsp.cli.reporters.summary import summary
from pystein_lsp.rules.diagnose import Diagnostic
from pystein_lsp.syntax.span import Location

_COLOURS = {"error": "31", "warning": "33", "information": "36", "hint": "36"}
_WIDTH = 200


def render(report: Report) -> str:
    """Blocks of message, place, source line with a mark under it, and what else belongs to it."""
    colour = _wants_colour()
    sources = _Sources(report)
    blocks = [_block(each, sources, colour=colour) for each in report.diagnostics]
    return "\n".join([*blocks, summary(report)]) + "\n"


def _wants_colour() -> bool:
    if os.environ.get("NO_COLOR"):
        return False
    return bool(os.environ.get("FORCE_COLOR")) or sys.stdout.isatty()


def _block(each: Diagnostic, sources: _Sources, *, colour: bool) -> str:
    def painted(text: str, code: str) -> str:
        return f"\x1b[{code}m{text}\x1b[0m" if colour else text

    span = each.location.absolute
    head = painted(f"{each.severity}[{each.code}]", f"1;{_COLOURS[each.severity]}")
    place = f"{shown_path(each.location.path)}:{span.line + 1}:{span.column + 1}"
    number = str(span.line + 1)
    margin = " " * len(number)
    lines = [f"{head}: {painted(each.message, '1')}", f"{margin}--> {place}"]
    source = sources.line(each.location)
    if source.strip():
        start, end = span.column, span.end_column if span.end_line == span.line else len(source)
        lines.append(f"{number} | {_clean(source)}"[: _WIDTH + len(number)])
        if start < _WIDTH:
            mark = "^" * max(1, min(end, _WIDTH) - start)
            lines.append(f"{margin} | {' ' * start}{painted(mark, _COLOURS[each.severity])}")
    for message, location in each.related:
        other = location.absolute
        lines.append(f"{margin} = {message}: {shown_path(location.path)}:{other.line + 1}:{other.column + 1}")
    if each.fixes:
        safety = "" if each.fixes[0].safe else " (look at it: it may not be what you meant)"
        lines.append(f"{margin} = fix: {each.fixes[0].title}{safety}")
    return "\n".join(lines) + "\n"


def _clean(line: str) -> str:
    return "".join(" " if character == "\t" else character if character.isprintable() else "?" for character in line)


class _Sources:
    """Lines of the files of a report. Settings files are not shown: they hold secrets."""

    def __init__(self, report: Report) -> None:
        self._files = [each.app.files for each in report.apps]

    def line(self, location: Location) -> str:
        if not location.path.endswith(".py"):
            return ""
        for files in self._files:
            if module := files.module(location.path):
                return module.document.line_text(location.absolute.line)
        return ""
