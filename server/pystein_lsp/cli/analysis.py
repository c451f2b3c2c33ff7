"""Check one app: from its folder to plain data."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from pystein_lsp.cli.report import AppReport, found_from, functions_from, order
from pystein_lsp.cli.targets import Target
from pystein_lsp.rules.diagnose import Diagnostic, examine, indexes


class Request(NamedTuple):
    """What the command line asks of every app."""

    select: frozenset[str]


def analyse(target: Target, request: Request) -> AppReport:
    """Check an app."""
    app = target.app
    diagnosis = examine(app)
    verdict = indexes(app, *diagnosis)
    source_of = line_reader(target)

    def wanted(each: Diagnostic) -> bool:
        return each.code in request.select and (target.only is None or each.location.path in target.only)

    found = [found_from(each, source_of) for each in diagnosis.shown if wanted(each)]
    suppressed = [found_from(each, source_of, suppressed=True) for each in diagnosis.suppressed if wanted(each)]
    entry = app.entry
    return AppReport(
        app.root,
        entry.path if entry else None,
        verdict,
        functions_from(app),
        tuple(sorted(found, key=order)),
        tuple(suppressed),
    )


def line_reader(target: Target) -> Callable[[str, int], str]:
    """What gives a line (from 0) of a file of the app, as far as it is source: settings files hold secrets."""
    files = target.app.files

    def line(path: str, number: int) -> str:
        module = files.module(path) if path.endswith(".py") else None
        return module.document.line_text(number) if module else ""

    return line
