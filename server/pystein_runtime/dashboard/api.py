"""The part of the admin API that the page and the editors show: `/admin/pystein/...`."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qs

from pystein_runtime.host import events, overview
from pystein_runtime.http.messages import Response

from . import app_map, cloud, invocations, sending
from .calls import Calls
from .values import Unusable, answer

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pystein_runtime.host.app_host import AppHost
    from pystein_runtime.host.functions import Function
    from pystein_runtime.http.messages import Request

FIRST_LINES = 50
"""Invocations that the overview has."""
_calls = Calls()


async def handle(request: Request, path: str, host: AppHost) -> Response:
    """Answer a request; `path` is what follows `/admin/pystein/`."""
    area, _, rest = path.partition("/")
    try:
        if request.method == "GET":
            return await _get(request, area, rest, host)
        if request.method == "POST":
            return await _post(request, area, rest, host)
    except Unusable as refusal:
        return answer({"unusable": str(refusal)}, refusal.status)
    return Response(405)


async def _get(request: Request, area: str, rest: str, host: AppHost) -> Response:
    if area == "overview" and not rest:
        return answer(await _overview(host))
    if area == "invocations" and not rest:
        return answer(invocations.listed(host, _number(request, "after")))
    if area == "invocations":
        return answer(invocations.shown(host, rest))
    if area == "search" and not rest:
        return answer({"numbers": await invocations.with_text(host, _query(request).get("text", ""))})
    if area == "event" and not rest:
        return answer(sending.sample(_function(_query(request), host), host))
    if area == "cloud" and not rest:
        return answer(await cloud.listed(host))
    if area == "cloud":
        return answer(await cloud.shown(host, rest, _query(request)))
    return Response(404)


async def _post(request: Request, area: str, rest: str, host: AppHost) -> Response:
    if area == "invocations" and rest.endswith("/again"):
        return answer({"function": invocations.again(host, rest.removesuffix("/again"))}, 202)
    if area == "cloud" and rest.endswith("/replay"):
        return answer({"place": cloud.replay(host, rest.removesuffix("/replay"), _body(request))}, 202)
    if area == "send" and not rest:
        return await _send(host, _body(request))
    return Response(404)


async def _send(host: AppHost, given: dict[str, Any]) -> Response:
    function, data = _function(given, host), given.get("data")
    text = data if isinstance(data, str) else json.dumps(data, ensure_ascii=False)
    try:
        place = await sending.send(function, host, text)
        if given.get("remember") is True:
            events.remember(host.app.plan.root, function, events.Given(data=text))
    except Unusable:
        raise
    except Exception as error:  # whatever the service, a binding or an expression has against it
        raise Unusable(str(error)) from error
    return answer({"place": place}, 202)


def _function(given: Mapping[str, Any], host: AppHost) -> Function:
    name = str(given.get("function", ""))
    function = host.app.functions.find(name)
    if function is None:
        raise Unusable(host.app.unknown(name), 404)
    return function


async def _overview(host: AppHost) -> dict[str, Any]:
    """The app with its state and its functions, and the last invocations, the newest first."""
    plan = host.app.plan
    newest = host.history.newest
    return {
        "app": plan.root.name,
        "root": str(plan.root),
        "state": host.state,
        "failure": host.failure,
        "url": host.url,
        "instance": host.instance,
        "library": host.app.workers.library,
        "durable": host.app.task_hub is not None,
        "warnings": list(overview.warnings(host)),
        "functions": app_map.functions(host),
        "calls": await _calls.of(host),
        "newest": newest,
        "invocations": invocations.listed(host, newest - FIRST_LINES)["invocations"][::-1],
    }


def _query(request: Request) -> dict[str, str]:
    """The request's query, the first value of each name."""
    return {name: found[0] for name, found in parse_qs(request.query, keep_blank_values=True).items()}


def _number(request: Request, name: str) -> int:
    text = _query(request).get(name, "0")
    if not text.lstrip("-").isdecimal():
        raise Unusable(f"{name} must be a number.")
    return int(text)


def _body(request: Request) -> dict[str, Any]:
    """The object that a request brings.

    Raises:
        Unusable: it brings none.
    """
    try:
        found = json.loads(request.body)
    except ValueError:
        found = None
    if not isinstance(found, dict):
        raise Unusable("The body must be an object.")
    return found
