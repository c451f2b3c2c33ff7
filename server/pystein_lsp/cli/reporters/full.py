"""The `full` format: the source line under each message."""

from __future__ import annotations

import os
import sys

from pystein_lsp.cli.report import Found, Report, shown, shown_path
from pystein_lsp.cli.reporters.text import masked, printable, summary

_COLOURS = {"error": "31", "warning": "33", "information": "36", "hint": "36"}
_WIDTH = 200


def render(report: Report) -> str:
    """Blocks of message, place, source line with a mark under it, and what else belongs to it."""
    colour = _wants_colour()
    blocks = [_block(each, colour=colour) for each in report.found]
    bare = [shown_path(each.root) for each in report.apps if not each.has_host_file]
    notes = (
        [f"note: {printable(', '.join(bare))}: no host.json: Azure Functions Core Tools do not find the app"]
        if bare
        else []
    )
    return "\n".join([*blocks, *notes, summary(report)]) + "\n"


def _wants_colour() -> bool:
    if os.environ.get("NO_COLOR"):
        return False
    return bool(os.environ.get("FORCE_COLOR")) or sys.stdout.isatty()


def _block(each: Found, *, colour: bool) -> str:
    def painted(text: str, code: str) -> str:
        return f"\x1b[{code}m{text}\x1b[0m" if colour else text

    place = each.place
    head = painted(f"{each.severity}[{each.code}]", f"1;{_COLOURS[each.severity]}")
    number = str(place.line)
    margin = " " * len(number)
    lines = [f"{head}: {painted(printable(each.message), '1')}", f"{margin}--> {printable(shown(place))}"]
    if each.source.strip():
        start = place.column - 1
        end = place.end_column - 1 if place.end_line == place.line else len(each.source)
        lines.append(f"{number} | {printable(masked(each.source)[:_WIDTH])}".rstrip())
        if start < _WIDTH:
            mark = "^" * max(1, min(end, _WIDTH) - start)
            lines.append(f"{margin} | {' ' * start}{painted(mark, _COLOURS[each.severity])}")
    lines += [printable(f"{margin} = {message}: {shown(other)}") for message, other in each.related]
    if each.fixes:
        safety = "" if each.fixes[0].safe else " (look at it: it may not be what you meant)"
        lines.append(printable(f"{margin} = fix: {each.fixes[0].title}{safety}"))
    return "\n".join(lines) + "\n"
