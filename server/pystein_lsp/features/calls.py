"""Who starts whom: durable clients orchestrators, these their activities, and outputs those whom their messages trigger."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from pystein_lsp.features.durable_names import named_functions
from pystein_lsp.features.names import name_of
from pystein_lsp.features.resources import feeding
from pystein_lsp.model.app import App
from pystein_lsp.model.functions import Function
from pystein_lsp.rules.durable import ACTIVITY, ENTITY, ORCHESTRATOR
from pystein_lsp.syntax.span import Span


class Calls(NamedTuple):
    """One function starting another, at each place where it names it."""

    function: Function
    """The other end of the call: the caller of a callee, or the callee of a caller."""
    spans: tuple[Span, ...]
    """In lines of the caller's file."""


def is_called(function: Function) -> bool:
    """Whether others start a function by its name."""
    return function.trigger is not None and function.trigger.type in (ACTIVITY, ORCHESTRATOR, ENTITY)


def callers(app: App, function: Function) -> list[Calls]:
    """The functions that start a function, in the order of the app."""
    spans = _spans if is_called(function) else _feeding
    found = ((caller, spans(caller, function)) for caller in app.indexed)
    return [Calls(caller, spans) for caller, spans in found if spans]


def callees(app: App, function: Function) -> list[Calls]:
    """The functions that a function starts: by name, in the order in which it first names them, and by what it writes."""
    by_name = {name.lower(): each for each in app.indexed if is_called(each) and (name := name_of(each))}
    names = dict.fromkeys(name.lower() for name, _ in _named(function))
    named = [Calls(by_name[name], _spans(function, by_name[name])) for name in names if name in by_name]
    fed = ((each, _feeding(function, each)) for each in app.indexed if not is_called(each))
    return [*named, *(Calls(each, spans) for each, spans in fed if spans)]


def _spans(caller: Function, callee: Function) -> tuple[Span, ...]:
    wanted = (name_of(callee) or "").lower()
    return tuple(span for name, span in _named(caller) if name.lower() == wanted)


def _feeding(caller: Function, callee: Function) -> tuple[Span, ...]:
    return tuple(span.shifted(caller.block.line) for span in feeding(caller, callee))


def _named(function: Function) -> Iterator[tuple[str, Span]]:
    for name, span in named_functions(function):
        yield name, span.shifted(function.block.line)
