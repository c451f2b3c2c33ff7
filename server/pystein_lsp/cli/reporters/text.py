"""What the formats for people share."""

from __future__ import annotations

import re

from pystein_lsp.cli.report import Report

_SECRET = re.compile(
    r"""([;"'?&]\s*(?:\w*key|SharedAccessSignature|password|pwd|secret|sig|token)\s*=\s*)([^;&"'\s,)]{8,})""",
    re.IGNORECASE,
)
"""The secret parts of connection strings and signed addresses."""


def printable(text: str) -> str:
    """One line that does to a terminal nothing but appear: source text and file names may hold anything."""
    if text.isprintable():
        return text
    return "".join(" " if each == "\t" else each if each.isprintable() else "?" for each in text)


def masked(source: str) -> str:
    """A line of source with asterisks for the keys and passwords in it: reports end up in the logs of others."""
    return _SECRET.sub(lambda found: found[1] + "*" * len(found[2]), source)


def summary(report: Report) -> str:
    """The last line: how many apps, functions and findings there are."""
    functions = sum(len(each.functions) for each in report.apps)
    what = f"{count(functions, 'function')} in {count(len(report.apps), 'app')}"
    counts = [
        count(report.count(severity), noun)
        for severity, noun in [("error", "error"), ("warning", "warning"), ("information", "note"), ("hint", "hint")]
        if report.count(severity)
    ]
    baselined = sum(each.baselined for each in report.apps)
    known = f" ({count(baselined, 'finding')} in the baseline)" if baselined else ""
    lost = sum(each.indexes is False for each in report.apps)
    verdict = f"; {count(lost, 'app')} would load no function" if lost else ""
    return f"{what}: {', '.join(counts) or 'nothing to report'}{known}{verdict}{_fixable(report)}"


def _fixable(report: Report) -> str:
    """What --fix could do."""
    first = [each.fixes for app in report.apps for each in app.found if each.fixes]
    safe = sum(any(fix.safe for fix in fixes) for fixes in first)
    with_safe = f"{safe} can be fixed with --fix" if safe else ""
    unsafe = len(first) - safe
    with_unsafe = f"{unsafe}{' more' if safe else ' can be fixed'} with --fix --unsafe-fixes" if unsafe else ""
    told = ", ".join(filter(None, [with_safe, with_unsafe]))
    return f"; {told}" if told else ""


def count(number: int, noun: str) -> str:
    """A number with its noun."""
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"
