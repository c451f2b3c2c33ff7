"""What a check found, as plain data that every output format is made from and that one process can hand to another.

Lines and columns count from 1, columns in Unicode code points, as users read them; paths are absolute until they are shown.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable
from typing import Any, NamedTuple

from pystein_lsp.model.app import App
from pystein_lsp.model.constructed import constructed
from pystein_lsp.model.functions import Binding, Function
from pystein_lsp.rules.diagnose import Diagnostic
from pystein_lsp.rules.rule import Severity
from pystein_lsp.syntax.span import Location

_ORDER = {"error": 0, "warning": 1, "information": 2, "hint": 3}


class Place(NamedTuple):
    """A range of a file."""

    path: str
    line: int
    column: int
    end_line: int
    end_column: int


class Replacement(NamedTuple):
    """One edit of a fix."""

    place: Place
    text: str


class Remedy(NamedTuple):
    """A fix."""

    title: str
    safe: bool
    edits: tuple[Replacement, ...]


class Found(NamedTuple):
    """A diagnostic."""

    code: str
    severity: Severity
    message: str
    place: Place
    function: str | None
    url: str
    source: str
    """The line that it starts in; empty for files that may hold secrets."""
    related: tuple[tuple[str, Place], ...]
    fixes: tuple[Remedy, ...]
    suppressed: bool = False
    """Whether a comment in the source says to ignore it."""


class BindingReport(NamedTuple):
    """A binding of a function."""

    name: str | None
    type: str | None
    direction: str
    connection: str | None


class FunctionReport(NamedTuple):
    """A function that the platform would see."""

    name: str | None
    path: str
    line: int
    trigger: str | None
    bindings: tuple[BindingReport, ...]


class AppReport(NamedTuple):
    """An app with what was found in it."""

    root: str
    entry: str | None
    indexes: bool | None
    functions: tuple[FunctionReport, ...]
    found: tuple[Found, ...]
    """What is shown, by file and place."""
    suppressed: tuple[Found, ...] = ()
    baselined: int = 0
    """How many findings the baseline covers."""
    strict: bool = False
    """Whether warnings fail this app."""
    has_host_file: bool = True

    @property
    def fails(self) -> bool:
        """Whether the exit status is to tell."""
        failing = ("error", "warning") if self.strict else ("error",)
        return any(each.severity in failing for each in self.found)


class Report(NamedTuple):
    """A whole run."""

    apps: tuple[AppReport, ...]

    @property
    def found(self) -> list[Found]:
        """All that is shown, by file and place."""
        return sorted((each for app in self.apps for each in app.found), key=order)

    def count(self, severity: str) -> int:
        """How many diagnostics have a severity."""
        return sum(each.severity == severity for app in self.apps for each in app.found)


def order(found: Found) -> tuple[str, int, int, int, str, str]:
    """The order in which findings are shown."""
    place = found.place
    return (place.path, place.line, place.column, _ORDER[found.severity], found.code, found.message)


# From the kernel


def found_from(diagnostic: Diagnostic, source_of: Callable[[str, int], str], *, suppressed: bool = False) -> Found:
    """A diagnostic as plain data.

    Args:
        diagnostic: what a rule said.
        source_of: gives a line (from 0) of the file at a path, empty where it is not to be shown.
        suppressed: whether a comment says to ignore it.
    """
    place = place_of(diagnostic.location)
    return Found(
        diagnostic.code,
        diagnostic.severity,
        diagnostic.message,
        place,
        diagnostic.function,
        diagnostic.rule.url(),
        source_of(place.path, place.line - 1),
        tuple((message, place_of(location)) for message, location in diagnostic.related),
        tuple(
            Remedy(fix.title, fix.safe, tuple(Replacement(place_of(edit.location), edit.text) for edit in fix.edits))
            for fix in diagnostic.fixes
        ),
        suppressed,
    )


def place_of(location: Location) -> Place:
    """A location as it is shown."""
    span = location.absolute
    return Place(location.path, span.line + 1, span.column + 1, span.end_line + 1, span.end_column + 1)


def functions_from(app: App) -> tuple[FunctionReport, ...]:
    """The functions that the platform would see."""
    own = tuple(_constructed(name, container.location) for name, container in constructed(app))
    return (*own, *(_function(function) for function in app.indexed))


def _constructed(name: str | None, location: Location) -> FunctionReport:
    """The one function of an ASGI or WSGI app."""
    bindings = (BindingReport("req", "httpTrigger", "in", None), BindingReport("$return", "http", "out", None))
    return FunctionReport(name, location.path, location.absolute.line + 1, "httpTrigger", bindings)


def _function(function: Function) -> FunctionReport:
    location = function.location(function.definition.name_span)
    return FunctionReport(
        function.name,
        location.path,
        location.absolute.line + 1,
        function.trigger.type if function.trigger else None,
        tuple(
            BindingReport(binding.name, binding.type, binding.direction, _connection(binding))
            for binding in function.bindings
        ),
    )


def _connection(binding: Binding) -> str | None:
    """The name of the connection that a binding uses; a connection string in its place is not shown."""
    use = binding.use
    for parameter in use.known.parameters if use.known else ():
        if parameter.kind == "connection" and (parameter.required or use.value(parameter.name)):
            written = use.text(parameter.name)
            name = parameter.connection_default if written == "" else written
            return None if name and ("=" in name or ";" in name) else name
    return None


# As it is shown


def shown_path(path: str) -> str:
    """A path relative to the working directory, absolute outside it; always with `/`."""
    try:
        relative = os.path.relpath(path)
    except ValueError:  # another drive
        return path.replace(os.sep, "/")
    outside = relative == ".." or relative.startswith(".." + os.sep)
    return (path if outside else relative).replace(os.sep, "/")


def path_below(path: str, root: str | None) -> str:
    """A path relative to a folder that a CI service names, else as it is shown."""
    if root and path.startswith(root.rstrip("/\\") + os.sep):
        return os.path.relpath(path, root).replace(os.sep, "/")
    return shown_path(path)


def shown(place: Place) -> str:
    """The start of a place as `file:line:column`."""
    return f"{shown_path(place.path)}:{place.line}:{place.column}"


def as_json(apps: Iterable[AppReport]) -> dict[str, Any]:
    """Apps and their functions in the JSON format, version 1."""
    return {"version": 1, "apps": [_app_json(each) for each in apps]}


def _app_json(app: AppReport) -> dict[str, Any]:
    return {
        "root": shown_path(app.root),
        "entry": shown_path(app.entry) if app.entry else None,
        "indexes": app.indexes,
        "functions": [
            {
                "name": function.name,
                "file": shown_path(function.path),
                "line": function.line,
                "trigger": function.trigger,
                "bindings": [binding._asdict() for binding in function.bindings],
            }
            for function in app.functions
        ],
    }


def found_json(found: Found) -> dict[str, Any]:
    """A diagnostic in the JSON format."""
    return {
        "code": found.code,
        "severity": found.severity,
        "message": found.message,
        **_place_json(found.place),
        "function": found.function,
        "url": found.url,
        "fix": _fix_json(found.fixes[0]) if found.fixes else None,
    }


def _fix_json(fix: Remedy) -> dict[str, Any]:
    edits = [{**_place_json(edit.place), "newText": edit.text} for edit in fix.edits]
    return {"title": fix.title, "safe": fix.safe, "edits": edits}


def _place_json(place: Place) -> dict[str, Any]:
    return {
        "file": shown_path(place.path),
        "line": place.line,
        "column": place.column,
        "endLine": place.end_line,
        "endColumn": place.end_column,
    }
