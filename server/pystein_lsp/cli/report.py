"""What a check found, in the form that every output format is made from: lines and columns from 1, paths as they are shown."""

from __future__ import annotations

import os
from collections.abc import Iterable
from typing import Any, NamedTuple

from pystein_lsp.model.app import App
from pystein_lsp.model.functions import Binding, Function
from pystein_lsp.rules.diagnose import Diagnostic
from pystein_lsp.rules.rule import Fix
from pystein_lsp.syntax.span import Location

_ORDER = {"error": 0, "warning": 1, "information": 2, "hint": 3}


class AppReport(NamedTuple):
    """An app with what was found in it."""

    app: App
    indexes: bool | None
    diagnostics: tuple[Diagnostic, ...]


class Report(NamedTuple):
    """A whole run."""

    apps: tuple[AppReport, ...]

    @property
    def diagnostics(self) -> list[Diagnostic]:
        """All diagnostics, by file and place."""
        return sorted((each for app in self.apps for each in app.diagnostics), key=_place)

    def count(self, severity: str) -> int:
        """How many diagnostics have a severity."""
        return sum(each.severity == severity for app in self.apps for each in app.diagnostics)


def _place(diagnostic: Diagnostic) -> tuple[str, int, int, int, str, str]:
    span = diagnostic.location.absolute
    return (
        diagnostic.location.path, span.line, span.column, _ORDER[diagnostic.severity], diagnostic.code, diagnostic.message,
    )  # fmt: skip


def shown_path(path: str) -> str:
    """A path relative to the working directory, absolute outside it."""
    try:
        relative = os.path.relpath(path)
    except ValueError:  # another drive
        return path
    return path if relative.startswith("..") else relative.replace(os.sep, "/")


def place(location: Location) -> dict[str, Any]:
    """A location as JSON has it."""
    span = location.absolute
    return {
        "file": shown_path(location.path),
        "line": span.line + 1,
        "column": span.column + 1,
        "endLine": span.end_line + 1,
        "endColumn": span.end_column + 1,
    }


def as_json(report: Report) -> dict[str, Any]:
    """The whole report in the JSON format, version 1."""
    return {
        "version": 1,
        "apps": [app_json(each.app, each.indexes) for each in report.apps],
        "diagnostics": [_diagnostic_json(each) for each in report.diagnostics],
    }


def app_json(app: App, indexes: bool | None) -> dict[str, Any]:
    """An app and its functions."""
    entry = app.entry
    return {
        "root": shown_path(app.root),
        "entry": shown_path(entry.path) if entry else None,
        "indexes": indexes,
        "functions": [function_json(function) for function in app.indexed],
    }


def function_json(function: Function) -> dict[str, Any]:
    """A function and its bindings."""
    location = function.location(function.definition.name_span)
    return {
        "name": function.name,
        "file": shown_path(location.path),
        "line": location.absolute.line + 1,
        "trigger": function.trigger.type if function.trigger else None,
        "bindings": [_binding_json(binding) for binding in function.bindings],
    }


def _binding_json(binding: Binding) -> dict[str, Any]:
    return {
        "name": binding.name,
        "type": binding.type,
        "direction": binding.direction,
        "connection": connection_of(binding),
    }


def connection_of(binding: Binding) -> str | None:
    """The name of the connection that a binding uses; a connection string in its place is not shown."""
    use = binding.use
    for parameter in use.known.parameters if use.known else ():
        if parameter.kind == "connection" and (parameter.required or use.value(parameter.name)):
            written = use.text(parameter.name)
            name = parameter.connection_default if written == "" else written
            return None if name and ("=" in name or ";" in name) else name
    return None


def _diagnostic_json(diagnostic: Diagnostic) -> dict[str, Any]:
    return {
        "code": diagnostic.code,
        "severity": diagnostic.severity,
        "message": diagnostic.message,
        **place(diagnostic.location),
        "function": diagnostic.function,
        "url": diagnostic.rule.url(),
        "fix": _fix_json(diagnostic.fixes),
    }


def _fix_json(fixes: Iterable[Fix]) -> dict[str, Any] | None:
    fix = next(iter(fixes), None)
    if fix is None:
        return None
    edits = [{**place(edit.location), "newText": edit.text} for edit in fix.edits]
    return {"title": fix.title, "safe": fix.safe, "edits": edits}
