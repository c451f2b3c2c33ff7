"""What a test gives a function: text, JSON, bytes, or an object of azure.functions. Not imported before a test asks."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from pystein_runtime.host import events
from pystein_runtime.host.events import Given

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pystein_runtime.host.application import Application
    from pystein_runtime.host.functions import Function
    from pystein_runtime.host.triggers import Event

_REQUEST = ("method", "route_params", "params", "headers")
"""What a request of azure.functions has."""


async def to_event(function: Function, data: Any, request: Given, app: Application) -> Event:
    """The event that sets a function off.

    Raises:
        BindingError: it cannot be made of that.
    """
    body, request = _body(data, request)
    text, raw = _text(body)
    given = request._replace(data=text, raw=raw)
    if given.is_empty:  # not what a developer's folder remembers: a test gives the same everywhere
        given = Given(data=json.dumps(events.sample(function, app.config.route_prefix)), file="a sample")
    return await events.make(function, given, app.plan.root, app, f"http://{app.plan.address}")


def _body(data: Any, request: Given) -> tuple[Any, Given]:
    """The payload of a message or a request of azure.functions, whose other parts go into the request."""
    get_body = getattr(data, "get_body", None)
    if get_body is None:
        return data, request
    if all(hasattr(data, name) for name in _REQUEST):
        request = Given(
            method=request.method or data.method,
            route={**_texts(data.route_params), **request.route},
            query={**_texts(data.params), **request.query},
            headers={**_texts(data.headers), **request.headers},
        )
    return get_body(), request


def _text(body: Any) -> tuple[str | None, bytes | None]:
    """A payload as text, or as bytes that are none."""
    if body is None or isinstance(body, str):
        return body, None
    if not isinstance(body, (bytes, bytearray, memoryview)):
        return json.dumps(body, ensure_ascii=False), None
    raw = bytes(body)
    try:
        return raw.decode(), None
    except UnicodeDecodeError:
        return "", raw


def _texts(values: Mapping[str, object]) -> dict[str, str]:
    return {str(name): str(value) for name, value in values.items()}
