"""HTTP requests for functions."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from .messages import Datum, HttpRequest

if TYPE_CHECKING:
    from collections.abc import Callable
    from types import ModuleType

_SAMPLE = HttpRequest("get", "http://a/b?c=d", {"E": "f"}, {"g": "h"}, {"c": "d"}, Datum("bytes", b"i"))


def to_dict(request: HttpRequest, make: Callable[[Any, str], Any]) -> dict[str, Any]:
    """A request as the library's converter wants it: every text in a datum of the class `make`."""
    body = request.body
    return {
        "method": make(request.method, "string"),
        "url": make(request.url, "string"),
        "headers": {name: make(value, "string") for name, value in request.headers.items()},
        "params": {name: make(value, "string") for name, value in request.params.items()},
        "query": {name: make(value, "string") for name, value in request.query.items()},
        "body": make(b"", "bytes") if body.type is None else make(body.value, body.type),
    }


def shortcut(library: ModuleType) -> Callable[[HttpRequest], Any] | None:
    """What makes the library's request object directly, at a third of the converter's price.

    None where that does not give what the converter gives: another version of the library than those that we know.
    """

    def direct(request: HttpRequest) -> Any:
        method, url, headers, params, query, (body_type, body) = request
        if body_type is None:
            body_type, body = "bytes", b""
        return make(
            method=method,
            url=url,
            headers=headers,
            params=query,
            route_params=params,
            body_type=body_type,
            body=body,
        )

    try:
        make = library.http.HttpRequest
        converter = library.get_binding_registry().get("httpTrigger")
        data = library.meta.Datum(to_dict(_SAMPLE, library.meta.Datum), "http")
        converted, made = converter.decode(data, trigger_metadata={}), direct(_SAMPLE)
    except Exception:  # whatever another library may raise
        return None
    return direct if type(converted) is type(made) and vars(converted) == vars(made) else None
