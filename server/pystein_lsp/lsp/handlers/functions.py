"""pystein/functions: the apps of the workspace with their functions, for a client's own view. Nothing runs for it."""

from __future__ import annotations

import os
from datetime import datetime, timezone
from typing import Any

from pystein_lsp.features.names import name_of
from pystein_lsp.features.schedules import forecast
from pystein_lsp.lsp.paths import uri_of
from pystein_lsp.lsp.session import Session
from pystein_lsp.model.app import App
from pystein_lsp.model.functions import Binding, Function
from pystein_lsp.model.summary import summary_of
from pystein_lsp.syntax.span import Span

METHOD = "pystein/functions"


async def functions(session: Session, _params: Any) -> dict[str, Any]:
    """`{"apps": [{"name", "root", "uri", "entry", "functions": [...]}]}`.

    A function is `{"name", "uri", "range", "trigger", "what", "schedule", "bindings": [{"name", "type", "direction"}]}`:
    `what` is its route, its queue ..., `schedule` a timer's in words with the next time.
    """
    await session.find_all_apps()
    now = datetime.now(timezone.utc)
    apps = sorted((site.app for site in session.workspace.sites()), key=lambda app: app.root)
    return {"apps": [_app(session, app, now) for app in apps]}


def _app(session: Session, app: App, now: datetime) -> dict[str, Any]:
    entry = app.entry
    return {
        "name": os.path.basename(app.root) or app.root,
        "root": app.root,
        "uri": uri_of(app.root),
        "entry": session.workspace.uri(entry.path) if entry else None,
        "functions": [_function(session, app, function, now) for function in app.indexed],
    }


def _function(session: Session, app: App, function: Function, now: datetime) -> dict[str, Any]:
    trigger, what = summary_of(function, app)
    path = function.module.path
    span = function.definition.name_span.shifted(function.block.line)
    return {
        "name": name_of(function) or function.definition.name,
        "uri": session.workspace.uri(path),
        "range": _range(session, path, span),
        "trigger": trigger,
        "what": what,
        "schedule": _schedule(app, function, now),
        "bindings": [_binding(binding) for binding in function.bindings if binding is not function.trigger],
    }


def _range(session: Session, path: str, span: Span) -> dict[str, Any]:
    found = session.convert.range(path, span)
    return {
        name: {"line": position.line, "character": position.character}
        for name, position in (("start", found.start), ("end", found.end))
    }


def _schedule(app: App, function: Function, now: datetime) -> str | None:
    trigger = function.trigger
    written = trigger.use.text("schedule") if trigger and trigger.type == "timerTrigger" else None
    found = forecast(written, app, now, 1) if written else None
    if found is None:
        return None
    return f"{found.words}, next {found.times[0]}" if found.times else found.words


def _binding(binding: Binding) -> dict[str, Any]:
    return {"name": binding.name, "type": binding.type, "direction": binding.direction}
