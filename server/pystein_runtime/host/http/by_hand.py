"""Running an HTTP function by hand: the request that its events file, `invoke` or the lens describe."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any
from urllib.parse import quote, urlencode

from pystein_runtime.host.bindings import BindingError
from pystein_runtime.host.triggers import BY_HAND
from pystein_runtime.http.messages import Request

from . import requests, routes, templates

if TYPE_CHECKING:
    from pystein_runtime.host.events import Given
    from pystein_runtime.host.functions import Function
    from pystein_runtime.host.triggers import Event

_FIELDS: dict[str, type | None] = {"method": str, "route": dict, "query": dict, "headers": dict, "body": None}
"""What an events file describes a request with; None: any JSON."""
_SAMPLES = ("sample", "1", "true", "00000000-0000-0000-0000-000000000000", "2026-01-01", "1.5", "sample.txt", "")


def sample(function: Function, prefix: str) -> dict[str, Any]:
    """A request to begin with."""
    route = _route(function, prefix)
    return {
        "method": _method(route, has_body=False),
        "route": {part.name: _sample(part) for part in _parameters(route.template) if not part.optional},
        "query": {},
        "headers": {},
        "body": "",
    }


def to_event(function: Function, given: Given, prefix: str, base: str) -> Event:
    """The event of a request that somebody described.

    Raises:
        BindingError: the function's route does not answer to it.
    """
    route = _route(function, prefix)
    described = _described(given)
    body = given.data or "" if described is None else described.get("body", "")
    text = body if isinstance(body, str) else json.dumps(body, ensure_ascii=False)
    headers = {"host": base.partition("://")[2], **_texts(described, "headers"), **given.headers}
    headers = {name.lower(): value for name, value in headers.items()}
    content_type = _content_type(given, text)
    if content_type:
        headers.setdefault("content-type", content_type)
    wanted = given.method or (described or {}).get("method")
    method = (wanted or _method(route, has_body=bool(text or given.raw))).upper()
    if route.methods is not None and method not in route.methods:
        raise BindingError(
            f"{function.name} does not answer to {method}; its methods: {', '.join(sorted(route.methods))}."
        )
    values = {**_texts(described, "route"), **given.route}
    path = _path(function, route.template, values)
    query = urlencode({**_texts(described, "query"), **given.query})
    request = Request(method, path, query, headers, text.encode())
    matched = templates.match(route.template, path.strip("/").split("/") if path != "/" else [])
    if matched is None:
        raise BindingError(
            f"The route of {function.name}, {route.template.text}, does not take these values: {values}."
        )
    return requests.to_event(request, function, matched, base)._replace(reason=BY_HAND)


def _content_type(given: Given, text: str) -> str:
    """What a body is for which nobody says it; empty for no body."""
    if given.raw is not None:
        return "application/octet-stream"
    return ("application/json" if _is_json(text) else "text/plain; charset=utf-8") if text else ""


def describe(given: Given) -> dict[str, Any]:
    """A request that somebody described, in the form that people edit."""
    described = _described(given) or {}
    method = given.method or described.get("method")
    return {
        **({"method": method} if method else {}),
        "route": {**_texts(described, "route"), **given.route},
        "query": {**_texts(described, "query"), **given.query},
        "headers": {**_texts(described, "headers"), **given.headers},
        "body": described.get("body", "" if given.file else given.data or ""),
    }


def _described(given: Given) -> dict[str, Any] | None:
    """A request as the events file has it, or some of its fields; None when the data are a body.

    Raises:
        BindingError: the file has something else.
    """
    if given.file is None:
        return None
    try:
        value = json.loads(given.data or "")
    except (ValueError, RecursionError) as error:
        raise BindingError(f"{given.file} is not JSON: {error}.") from error
    if not isinstance(value, dict):
        raise BindingError(f"{given.file} has no request: write an object with {', '.join(_FIELDS)}.")
    for name, field in value.items():
        if name not in _FIELDS:
            raise BindingError(f"{given.file}: a request has no '{name}'; its fields: {', '.join(_FIELDS)}.")
        kind = _FIELDS[name]
        if kind is not None and not isinstance(field, kind):
            what = "an object" if kind is dict else "text"
            raise BindingError(f"{given.file}: '{name}' must be {what}.")
    return value


def _texts(described: dict[str, Any] | None, name: str) -> dict[str, str]:
    section = (described or {}).get(name)
    return {str(key): _text(value) for key, value in section.items()} if isinstance(section, dict) else {}


def _text(value: object) -> str:
    return value if isinstance(value, str) else json.dumps(value)


def _is_json(text: str) -> bool:
    if text.lstrip()[:1] not in {"{", "["}:
        return False
    try:
        json.loads(text)
    except (ValueError, RecursionError):
        return False
    return True


def _route(function: Function, prefix: str) -> routes.Route:
    built, errors = routes.build([function._replace(disabled=False)], prefix)
    if errors:
        raise BindingError(errors[0].message)
    return built.all[0]


def _method(route: routes.Route, *, has_body: bool) -> str:
    wanted = ("POST", "PUT", "PATCH") if has_body else ("GET", "POST")
    if route.methods is None:
        return wanted[0]
    return next((method for method in wanted if method in route.methods), min(route.methods))


def _parameters(template: templates.Template) -> list[templates.Parameter]:
    return [part for segment in template.segments for part in segment if isinstance(part, templates.Parameter)]


def _sample(parameter: templates.Parameter) -> str:
    return next((text for text in _SAMPLES if all(test(text) for test in parameter.tests)), "sample")


def _path(function: Function, template: templates.Template, values: dict[str, str]) -> str:
    given = {name.lower(): value for name, value in values.items()}
    parts = []
    for segment in template.segments:
        out = ""
        for part in segment:
            if isinstance(part, str):
                out += quote(part)
                continue
            value = given.pop(part.name.lower(), None)
            if value is None and not (part.optional or part.catch_all or part.default is not None):
                raise BindingError(f"The route of {function.name} needs a value for '{part.name}'.")
            out += quote(value or "", safe="/" if part.catch_all else "")
        if out:
            parts.append(out.removesuffix(".") if len(segment) > 1 else out)
    if given:
        raise BindingError(f"The route of {function.name}, {template.text}, has no '{next(iter(given))}'.")
    return "/" + "/".join(parts)
