"""The `github` format: workflow commands, which GitHub shows as annotations.

Source: docs.github.com, "Workflow commands for GitHub Actions".
"""

from __future__ import annotations

import os

from pystein_lsp.cli.report import Found, Report, path_below, shown
from pystein_lsp.cli.reporters.text import summary

_COMMANDS = {"error": "error", "warning": "warning", "information": "notice", "hint": "notice"}
_ROOT = "GITHUB_WORKSPACE"


def render(report: Report) -> str:
    """One command for each diagnostic, and the summary, which stands in the log."""
    return "".join([*(_command(each) + "\n" for each in report.found), summary(report) + "\n"])


def _command(each: Found) -> str:
    place = each.place
    properties = {
        "title": f"pystein-lsp ({each.code})",
        "file": path_below(place.path, os.environ.get(_ROOT)),
        "line": str(place.line),
        "endLine": str(place.end_line),
    }
    if place.line == place.end_line:  # columns are of one line
        properties |= {"col": str(place.column), "endColumn": str(place.end_column)}
    given = ",".join(f"{name}={_property(value)}" for name, value in properties.items())
    return f"::{_COMMANDS[each.severity]} {given}::{_data(f'{shown(place)}: {each.message}')}"


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
