"""The last line of what a person reads."""

from __future__ import annotations

from pystein_lsp.cli.report import Report


def summary(report: Report) -> str:
    """How many apps, functions and findings there are."""
    functions = sum(len(each.app.indexed) for each in report.apps)
    what = f"{_count(functions, 'function')} in {_count(len(report.apps), 'app')}"
    counts = [
        _count(report.count(severity), noun)
        for severity, noun in [("error", "error"), ("warning", "warning"), ("information", "note"), ("hint", "hint")]
        if report.count(severity)
    ]
    lost = sum(each.indexes is False for each in report.apps)
    verdict = f"; {_count(lost, 'app')} would load no function" if lost else ""
    return f"{what}: {', '.join(counts) or 'nothing to report'}{verdict}"


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"
