"""The `concise` format: one line for each diagnostic."""

from __future__ import annotations

from pystein_lsp.cli.report import Report, shown
from pystein_lsp.cli.reporters.text import printable, summary


def render(report: Report) -> str:
    """Lines of `file:line:column: severity[rule] message`."""
    lines = [printable(f"{shown(each.place)}: {each.severity}[{each.code}] {each.message}") for each in report.found]
    return "\n".join([*lines, summary(report)]) + "\n"
