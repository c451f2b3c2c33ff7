"""A function in a few words, as lists, symbols and views show it."""

from __future__ import annotations

from pystein_lsp.model.app import App
from pystein_lsp.model.functions import Function, Use
from pystein_lsp.model.values import text
from pystein_lsp.syntax.tree import Expression, Items, Literal, Name

_TELLING_KINDS = (
    "cron",
    "queue",
    "blob_path",
    "entity",
    "table",
    "activity_name",
    "orchestrator_name",
    "entity_name",
    "uri",
)
"""Kinds of arguments that say what a trigger listens to."""
_TELLING_NAMES = ("table_name", "tool_name", "prompt_name", "channel", "key")
"""Arguments that say it where no kind does; the last are those of generic triggers for Redis."""


def summary_of(function: Function, app: App) -> tuple[str, str]:
    """The trigger's type, and what it listens to: a route with its methods, a schedule, a queue ..."""
    trigger = function.trigger
    if trigger is None:
        return "no trigger", ""
    if trigger.type == "httpTrigger":
        return trigger.type, " ".join(part for part in (methods(trigger.use), route(function, app)) if part)
    found = [
        said
        for parameter in (trigger.use.known.parameters if trigger.use.known else ())
        if parameter.kind in _TELLING_KINDS and (said := trigger.use.text(parameter.name))
    ]
    if not found:
        found = [said for name in _TELLING_NAMES if (said := trigger.use.text(name) or _extra(trigger.use, name))]
    return trigger.type or "?", "/".join(found)


def _extra(use: Use, name: str) -> str | None:
    """The text of an argument that the decorator passes on as it is."""
    extra = use.bound.extra if use.bound else ()
    return next((text(argument.value) for argument in extra if argument.name == name), None)


def route(function: Function, app: App) -> str:
    """The path under which an HTTP function answers, with the app's prefix; `?` where it is not known."""
    trigger = function.trigger
    written = trigger.use.value("route") if trigger else None
    template: str | None = function.name
    if written is not None and not (isinstance(written, Literal) and not written.value):
        template = str(written.value) if isinstance(written, Literal) else None
    prefix = app.host.route_prefix
    path = "?" if template is None else template.strip("/")
    return f"/{prefix}/{path}" if prefix else f"/{path}"


def methods(use: Use) -> str:
    """The HTTP methods of a route, such as `GET,POST`; empty where all are allowed or it is not known."""
    value = use.value("methods")
    if not isinstance(value, Items):
        return ""
    names = [_method(item) for item in value.values]
    return ",".join(name for name in names if name)


def _method(item: Expression) -> str:
    if isinstance(item, Literal):
        return str(item.value).upper()
    return item.dotted.rpartition(".")[2] if isinstance(item, Name) else ""
