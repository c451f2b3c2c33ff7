"""Completion inside texts: `%SETTING%`, `{expressions}` that have a value here, and the constraints of routes."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from pystein_lsp.catalogue.types import Parameter
from pystein_lsp.features.connections import own_settings
from pystein_lsp.features.cursor import Text
from pystein_lsp.features.types import Item
from pystein_lsp.model.app import App
from pystein_lsp.model.functions import Function, trigger_name
from pystein_lsp.platform.constraints import NAMES as CONSTRAINTS
from pystein_lsp.platform.expressions import BUILT_IN, Expression, expressions
from pystein_lsp.platform.routes import parse_route
from pystein_lsp.syntax.span import Span

_WORD = re.compile(r"[\w.-]*")
_METADATA: dict[str, tuple[str, ...]] = {
    "queueTrigger": (
        "queueTrigger", "id", "dequeueCount", "expirationTime", "insertionTime", "nextVisibleTime", "popReceipt",
    ),
    "blobTrigger": ("blobTrigger", "uri", "properties", "metadata"),
    "eventHubTrigger": (
        "partitionContext", "partitionKey", "offset", "sequenceNumber", "enqueuedTimeUtc", "properties", "systemProperties",
    ),
    "serviceBusTrigger": (
        "messageId", "deliveryCount", "enqueuedTimeUtc", "expiresAtUtc", "contentType", "correlationId", "sequenceNumber",
        "label", "sessionId", "replyTo", "to", "partitionKey",
    ),
    "kafkaTrigger": ("key", "partition", "topic", "timestamp", "offset", "headers"),
    "httpTrigger": ("Query.", "Headers."),
}  # fmt: skip
"""What a trigger brings besides its payload (azure-webjobs-sdk, the binding data contracts of the triggers)."""


def text_parts(app: App, function: Function | None, parameter: Parameter, text: Text) -> list[Item] | None:
    """What can stand between the braces or percent signs that the position is in; None outside of them."""
    before = text.before
    if "\n" in before:
        return None
    if before.count("%") % 2 and (parameter.settings or parameter.kind in ("connection", "setting", "cron")):
        return list(_settings(app, text, before.rindex("%") + 1))
    brace = before.rfind("{")
    if brace < 0 or before.rfind("}") > brace:
        return None
    if parameter.kind == "route":
        return list(_constraints(text, brace + 1))
    if parameter.expressions or parameter.kind == "blob_path":
        return list(_names(function, text, brace + 1))
    return None


def _settings(app: App, text: Text, start: int) -> Iterator[Item]:
    close = "" if text.after[_end(text) :].startswith("%") else "%"
    for name, origin in own_settings(app):
        yield Item(name, "value", name + close, _span(text, start), detail=origin)


def _names(function: Function | None, text: Text, start: int) -> Iterator[Item]:
    close = "" if text.after[_end(text) :].startswith(("}", ":")) else "}"
    for rank, (name, detail) in enumerate(dict(_known(function)).items()):
        ending = "" if name.endswith(".") else close
        yield Item(name, "variable", name + ending, _span(text, start), rank=rank, detail=detail)


def _known(function: Function | None) -> Iterator[tuple[str, str]]:
    """Names that have a value when the function runs: of the route or path, of the trigger, of the host itself."""
    trigger = function.trigger if function else None
    if function and trigger:
        route, path = trigger.use.text("route"), trigger.use.text("path")
        for each in parse_route(route).parameters if route else ():
            yield each.name, "of the route"
        for part in expressions(path) if path else ():
            if isinstance(part, Expression):
                yield part.name, "of the path"
        for name in _METADATA.get(trigger_name(function) or "", ()):
            yield name, "of the trigger"
    for name in BUILT_IN:
        yield name, "of the host"


def _constraints(text: Text, start: int) -> Iterable[Item]:
    """Constraints behind the colon of a route's parameter; its name is the author's."""
    colon = text.before.rfind(":")
    if colon < start:
        return []
    names = ((name, name + ("()" if takes else "")) for name, takes in CONSTRAINTS)
    return [Item(name, "enum", written, _span(text, colon + 1)) for name, written in names]


def _end(text: Text) -> int:
    """How much of the text behind the position belongs to the word at it."""
    found = _WORD.match(text.after)
    return found.end() if found else 0


def _span(text: Text, start: int) -> Span:
    """From an offset in the text to the end of the word at the position."""
    line, column = text.span.line, text.span.column
    return Span(line, column + start, line, column + len(text.before) + _end(text))
