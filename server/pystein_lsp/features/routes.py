"""The address of an HTTP function."""

from __future__ import annotations

from pystein_lsp.model.app import App
from pystein_lsp.model.functions import Function
from pystein_lsp.model.summary import methods, route

_PORT = 7071


def url_of(function: Function, app: App, port: int = _PORT) -> str | None:
    """Where the function answers when it runs on this machine; None where the route is not known."""
    path = route(function, app)
    return None if "?" in path.partition("{")[0] else f"http://localhost:{port}{path}"


def methods_of(function: Function) -> str:
    """The methods in one word: `GET,POST`, or `any method`."""
    trigger = function.trigger
    return (methods(trigger.use) if trigger else "") or "any method"


def route_told(function: Function, app: App) -> str:
    """The address with its methods, in Markdown."""
    url = url_of(function, app)
    return f"`{methods_of(function)} {url}`" if url else ""
