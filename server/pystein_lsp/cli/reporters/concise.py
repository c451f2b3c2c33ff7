"""The `concise` format: one line for each diagnostic."""

from __future__ import annotations

from pystein_lsp.cli.report import Report, shown_path
from pystein_lsp.cli.reporters.summary import summary


def render(report: Report) -> str:
    """Lines of `file:line:column: severity[rule] message`."""
    lines = []
    for each in report.diagnostics:
        span = each.location.absolute
        place = f"{shown_path(each.location.path)}:{span.line + 1}:{span.column + 1}"
        lines.append(f"{place}: {each.severity}[{each.code}] {each.message}")
    return "\n".join([*lines, summary(report)]) + "\n"
