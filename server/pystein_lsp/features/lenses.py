"""Code lenses: what can be done with a function, and what is known about it, above it."""

from __future__ import annotations

from collections.abc import Container, Iterator, Mapping
from datetime import datetime
from typing import Any

from pystein_lsp.features.calls import callers, is_called
from pystein_lsp.features.kinds import LENSES
from pystein_lsp.features.names import name_of
from pystein_lsp.features.results import outcome
from pystein_lsp.features.routes import methods_of
from pystein_lsp.features.schedules import forecast
from pystein_lsp.features.types import Command, Lens
from pystein_lsp.model.app import App
from pystein_lsp.model.functions import Function, trigger_name
from pystein_lsp.model.module import Module
from pystein_lsp.model.summary import route
from pystein_lsp.syntax.span import Span

_COMMANDS = {
    "run": "pystein.run",
    "debug": "pystein.debug",
    "editEvent": "pystein.editEvent",
    "lastResult": "pystein.showOutput",
    "route": "pystein.openRoute",
    "callers": "pystein.showCallers",
}
"""What a lens does; a schedule only tells."""

_EXECUTING = ("run", "debug", "editEvent", "lastResult", "route")
"""Kinds that have to do with running, and are offered where code of the workspace may run."""

_TITLES = {"run": "▶ Run {name}", "debug": "Debug", "editEvent": "Edit event"}


def lenses(
    app: App,
    module: Module,
    uri: str,
    *,
    off: Container[str] = frozenset(),
    may_run: bool = True,
    results: Container[str] = frozenset(),
) -> Iterator[Lens]:
    """The lenses of a module, in source order.

    Args:
        app: the app that the module belongs to.
        module: the module.
        uri: the document, as the client spells it.
        off: kinds that the user switched off.
        may_run: whether anything of the workspace may be executed.
        results: the names of the functions that were run.
    """
    for function in runnable(app, module):
        head, name = head_of(function), name_of(function) or ""
        for kind in LENSES:
            if kind not in off and (may_run or kind not in _EXECUTING) and _has(function, kind, results):
                title = _TITLES.get(kind)
                yield Lens(
                    head, kind, name, Command(title.format(name=name), *_action(kind, name, uri)) if title else None
                )


def resolved(
    app: App, function: Function, kind: str, uri: str, now: datetime, results: Mapping[str, dict[str, Any]]
) -> Command:
    """The command of a lens that comes into view; `results` are those of the app's functions by name."""
    name = name_of(function) or ""
    if kind in _TITLES:
        title = _TITLES[kind].format(name=name)
    elif kind == "lastResult":
        title = outcome(results[name]) if name in results else ""
    elif kind == "schedule":
        title = _schedule(app, function, now)
    elif kind == "route":
        title = f"{methods_of(function)} {route(function, app)}"
    else:
        title = _callers(app, function)
    return Command(title, *_action(kind, name, uri))


def actions(function: Function, uri: str, results: Container[str], *, may_run: bool) -> Iterator[tuple[str, Command]]:
    """The twins of a function's lenses, for editors that show none: kinds with their commands."""
    name = name_of(function) or ""
    titles = {
        "run": f"▶ Run {name}",
        "debug": f"Debug {name}",
        "editEvent": f"Edit the event that {name} is run with",
        "lastResult": f"Show the last result of {name}",
        "route": f"Open the address of {name}",
        "callers": f"Show who calls {name}",
    }
    for kind, title in titles.items():
        if (may_run or kind not in _EXECUTING) and _has(function, kind, results):
            yield kind, Command(title, *_action(kind, name, uri))


def _action(kind: str, name: str, uri: str) -> tuple[str, tuple[Any, ...]]:
    command = _COMMANDS.get(kind, "")
    return command, ({"uri": uri, "function": name},) if command else ()


def _has(function: Function, kind: str, results: Container[str]) -> bool:
    """Whether there is something of a kind to say about a function."""
    if kind == "lastResult":
        return name_of(function) in results
    if kind == "schedule":
        return trigger_name(function) == "timerTrigger" and bool(_written_schedule(function))
    if kind == "route":
        return trigger_name(function) == "httpTrigger"
    return kind != "callers" or is_called(function)


def _written_schedule(function: Function) -> str | None:
    return function.trigger.use.text("schedule") if function.trigger else None


def _schedule(app: App, function: Function, now: datetime) -> str:
    """A timer's schedule in words, and when it is next due."""
    written = _written_schedule(function) or ""
    found = forecast(written, app, now, 1)
    if found is None:
        return written
    return f"{found.words}, next {found.times[0]}" if found.times else found.words


def _callers(app: App, function: Function) -> str:
    names = [name_of(each.function) or each.function.definition.name for each in callers(app, function)]
    if not names:
        return "no caller names it"
    return f"{len(names)} caller{'s' if len(names) > 1 else ''}: {', '.join(names)}"


def runnable(app: App, module: Module) -> Iterator[Function]:
    """The functions of a module that the platform would see and that a trigger starts."""
    if module.path not in app.reachable:
        return
    for function in app.functions(module):
        if function.trigger and name_of(function):
            yield function


def head_of(function: Function) -> Span:
    """The first line of the function's stack, in lines of the file."""
    lines = [use.decorator.span.line for use in function.uses] + [each.span.line for each in function.others]
    line = function.block.line + min([function.definition.span.line, *lines])
    return Span(line, 0, line, 0)
