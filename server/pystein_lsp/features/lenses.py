"""Code lenses: what can be done with a function, above it."""

from __future__ import annotations

from collections.abc import Iterator

from pystein_lsp.features.durable_names import named_functions
from pystein_lsp.features.schedules import in_words, resolved
from pystein_lsp.features.types import Command, Lens
from pystein_lsp.model.app import App
from pystein_lsp.model.functions import Function
from pystein_lsp.model.module import Module
from pystein_lsp.rules.durable import ACTIVITY, ORCHESTRATOR
from pystein_lsp.syntax.span import Span

RUN = "pystein.run"


def lenses(
    app: App, module: Module, uri: str, *, off: frozenset[str] = frozenset(), may_run: bool = True
) -> Iterator[Lens]:
    """The lenses of a module, in source order.

    Args:
        app: the app that the module belongs to.
        module: the module.
        uri: the document, as the client spells it.
        off: kinds that the user switched off.
        may_run: whether anything of the workspace may be executed.
    """
    functions = list(runnable(app, module))
    callers = _callers(app) if "callers" not in off and any(map(_is_called, functions)) else {}
    for function in functions:
        head = _head(function)
        if may_run and "run" not in off:
            yield Lens(head, run_command(function, uri))
        schedule = "" if "schedule" in off else _schedule(function, app)
        if schedule:
            yield Lens(head, Command(schedule, ""))
        if "callers" not in off and _is_called(function):
            yield Lens(head, Command(_called_by(function, callers), ""))


def _schedule(function: Function, app: App) -> str:
    """A timer's schedule in words."""
    trigger = function.trigger
    written = trigger.use.text("schedule") if trigger and trigger.type == "timerTrigger" else None
    return (in_words(resolved(written, app)) or "") if written else ""


def _is_called(function: Function) -> bool:
    """Whether others start a function by its name."""
    return function.trigger is not None and function.trigger.type in (ACTIVITY, ORCHESTRATOR)


def _callers(app: App) -> dict[str, dict[str, None]]:
    """Who calls activities and orchestrators, by the name in lower case that they are called by."""
    found: dict[str, dict[str, None]] = {}
    for function in app.indexed:
        for name, _ in named_functions(function):
            found.setdefault(name.lower(), {})[function.definition.name] = None
    return found


def _called_by(function: Function, callers: dict[str, dict[str, None]]) -> str:
    names = callers.get((function.name or "").lower())
    return f"called by {', '.join(names)}" if names else "called by nothing here"


def runnable(app: App, module: Module) -> Iterator[Function]:
    """The functions of a module that the platform would see and that a trigger starts."""
    if module.path not in app.reachable:
        return
    for function in app.functions(module):
        if function.name and function.trigger:
            yield function


def run_command(function: Function, uri: str) -> Command:
    """Run a function."""
    return Command(f"▶ Run {function.name}", RUN, ({"uri": uri, "function": function.name},))


def _head(function: Function) -> Span:
    """The first line of the function's stack, in lines of the file."""
    lines = [use.decorator.span.line for use in function.uses] + [each.span.line for each in function.others]
    line = function.block.line + min([function.definition.span.line, *lines])
    return Span(line, 0, line, 0)
