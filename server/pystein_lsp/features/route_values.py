"""Completion of the parameters of a route where code reads them: `req.route_params["..."]`, `req.route_params.get("...")`."""

from __future__ import annotations

import re

from pystein_lsp.features.cursor import Cursor
from pystein_lsp.features.target import function_around
from pystein_lsp.features.types import Item
from pystein_lsp.model.app import App
from pystein_lsp.model.functions import trigger_name
from pystein_lsp.model.module import Module
from pystein_lsp.platform.routes import parse_route

_READS = re.compile(r"(\w+)\s*\.\s*route_params\s*(?:\[|\.\s*get\s*\()\s*[\"']$")


def route_values(app: App, module: Module, cursor: Cursor) -> list[Item]:
    """The names between the braces of the function's route; empty elsewhere."""
    if cursor.text is None or len(cursor.text.quote) != 1:
        return []
    span = cursor.text.span
    reads = _READS.search(module.document.line_text(span.line)[: span.column])
    function = function_around(app, module, cursor.line) if reads else None
    if reads is None or function is None or trigger_name(function) != "httpTrigger" or function.trigger is None:
        return []
    route = function.trigger.use.text("route")
    if reads[1] != function.trigger.name or not route:
        return []
    names = (each.name for each in parse_route(route).parameters)
    return [Item(name, "variable", name, span, detail=route) for name in dict.fromkeys(names)]
