"""Check one app: from its folder to plain data."""

from __future__ import annotations

import os
from collections.abc import Callable

from pystein_lsp.cli.report import AppReport, found_from, functions_from, order
from pystein_lsp.cli.targets import Target
from pystein_lsp.config.configuration import configured, excludes
from pystein_lsp.model.files import Files
from pystein_lsp.rules.diagnose import Diagnosis, Diagnostic, examine, indexes


def analyse(target: Target) -> AppReport:
    """Check an app."""
    app = target.app
    diagnosis = examine(app)
    shown, suppressed = _wanted(target, diagnosis)
    source_of = line_reader(app.files, app.root)
    entry = app.entry
    return AppReport(
        app.root,
        entry.path if entry else None,
        indexes(app, *diagnosis),
        functions_from(app),
        tuple(sorted((found_from(each, source_of) for each in shown), key=order)),
        tuple(found_from(each, source_of, suppressed=True) for each in suppressed),
        strict=target.configuration.error_on_warning,
        has_host_file=app.host.file is not None,
    )


def diagnostics_of(target: Target) -> Diagnosis:
    """What is said about an app, as far as it is asked for."""
    return _wanted(target, examine(target.app))


def _wanted(target: Target, diagnosis: Diagnosis) -> Diagnosis:
    configuration, only = target.configuration, target.only

    def wanted(found: list[Diagnostic]) -> list[Diagnostic]:
        return [
            each
            for each in configured(configuration, found)
            if (only is None or each.location.path in only) and not excludes(configuration, each.location.path)
        ]

    return Diagnosis(wanted(diagnosis.shown), wanted(diagnosis.suppressed))


def line_reader(files: Files, root: str) -> Callable[[str, int], str]:
    """What gives a line (from 0) of a file of the app, as far as it is source: settings files hold secrets.

    A file that is a link out of the app and the working directory is none: a repository under check may hold a link to
    whatever the checker can read, and its report is what others read.
    """
    homes = tuple(os.path.join(os.path.realpath(folder), "") for folder in (root, os.curdir))
    inside: dict[str, bool] = {}

    def line(path: str, number: int) -> str:
        module = files.module(path) if path.endswith(".py") else None
        if module is None:
            return ""
        if path not in inside:
            inside[path] = os.path.realpath(path).startswith(homes)
        return module.document.line_text(number) if inside[path] else ""

    return line
