"""From a request to what an HTTP trigger gets."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qsl

from pystein_runtime.host.triggers import Event
from pystein_runtime.worker.messages import Datum, HttpRequest, Trace

if TYPE_CHECKING:
    from pystein_runtime.host.functions import Function
    from pystein_runtime.http.messages import Request

REASON = "This function was programmatically called via the host APIs."


def to_event(request: Request, function: Function, values: dict[str, str], base: str) -> Event:
    """The event of a request.

    Values that are empty are dropped from the query and several of one name are joined by a comma, as the platform does
    for Python (azure-functions-host, `GrpcMessageConversionExtensions`).

    Args:
        request: what came.
        function: the function that answers.
        values: the route's values.
        base: scheme and authority where the request has no Host header.
    """
    method, path, query_text, headers, body = request
    host = headers.get("host")
    url = f"{f'http://{host}' if host else base}{path}{'?' + query_text if query_text else ''}"
    query = _query(query_text) if query_text else {}
    datum = Datum("http", HttpRequest(method, url, dict(headers), values, query, Datum("bytes", body)))
    parent = headers.get("traceparent")
    trace = Trace(parent, headers.get("tracestate", "")) if parent else None
    # Only the other bindings look at binding data, so a function without any does not pay for them.
    needs_data = function.inputs or any(binding.type.lower() != "http" for binding in function.outputs)
    data = _data(request, values, query) if needs_data else {}
    return Event(datum, {}, data, REASON, trace)


def _query(text: str) -> dict[str, str]:
    query: dict[str, str] = {}
    for name, value in parse_qsl(text):
        query[name] = f"{query[name]},{value}" if name in query else value
    return query


def _data(request: Request, values: dict[str, str], query: dict[str, str]) -> dict[str, Any]:
    """Binding data: the JSON body's properties, the query, the route's values, `{Query.x}` and `{Headers.x}`."""
    data: dict[str, Any] = {}
    if "json" in request.headers.get("content-type", ""):
        try:
            content = json.loads(request.body)
        except (ValueError, RecursionError):
            content = None
        if isinstance(content, dict):
            data.update((name.lower(), value) for name, value in content.items() if not isinstance(value, list))
    data.update((name.lower(), value) for name, value in query.items())
    data.update((name.lower(), value) for name, value in values.items())
    data["query"] = query
    data["headers"] = dict(request.headers)
    return data
