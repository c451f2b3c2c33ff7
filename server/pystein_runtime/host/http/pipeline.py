"""What answers a request: a function, the webhooks of an extension, the admin API or the host's page, as on the platform."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pystein_runtime.host import admin
from pystein_runtime.http import security
from pystein_runtime.http.messages import Response, text

from . import cors, requests, responses

if TYPE_CHECKING:
    from collections.abc import Callable

    from pystein_runtime.host.app_host import AppHost
    from pystein_runtime.host.functions import Function
    from pystein_runtime.host.invocation import Outcome
    from pystein_runtime.host.keys import Keys
    from pystein_runtime.http.messages import Request

DURABLE_PATH = "/runtime/webhooks/durabletask"
EVENT_GRID_PATHS = {
    "/runtime/webhooks/eventgrid": ("eventgridtrigger", "eventgrid_extension"),
    "/runtime/webhooks/blobs": ("blobtrigger", "blobs_extension"),
}
"""The triggers whose events come there, and the key that opens it."""
OPEN_TO_ALL = {"/admin/host/status", "/admin/host/ping"}
"""What the admin API tells without a key."""
LOCAL_NAMES_LIMIT = 100  # names of this machine that are remembered
PLAIN_LIMIT = 1000  # paths whose functions are remembered


class Pipeline:
    """The way of each request through a host that wants these keys (None: none)."""

    def __init__(self, host: AppHost, keys: Keys | None) -> None:
        self._host = host
        self._keys = keys
        self._local_names: set[str] = set()
        self._plain: dict[tuple[str, str], Function] = {}
        """What answers to a method and a path, and needs nothing but the request."""

    def forget(self) -> None:
        """The app has been loaded: other functions answer from now on."""
        self._plain.clear()

    async def handle(self, request: Request) -> Response:
        """Answer a request, once the code that is on disk is loaded."""
        host = request.headers.get("host", "")
        if host not in self._local_names:
            refusal = security.check_host(request)
            if refusal is not None:
                return refusal
            if len(self._local_names) < LOCAL_NAMES_LIMIT:
                self._local_names.add(host)
        if request.path.lower().startswith("/admin/"):
            return await self._admin(request)
        return await self._call(request)

    def answer_at_once(self, request: Request, answer: Callable[[Response], None]) -> bool:
        """The short way of most requests, once one of them has gone the long way through `handle`; False: not now."""
        function = self._plain.get((request.method, request.path))
        if function is None or request.headers.get("host", "") not in self._local_names:
            return False
        if not self._host.is_up_to_date():
            return False
        event = requests.to_event(request, function, {}, self._host.url)
        return self._host.app.run_at_once(function, event, lambda outcome: answer(_response(outcome)))

    def _learn(self, request: Request, function: Function, values: dict[str, str]) -> None:
        """Remember what answers to a request, where nothing else has a say in the answer."""
        app = self._host.app
        more = self._keys or app.settings.cors or app.config.custom_headers or app.http_uri or values
        needs_only_the_request = not function.inputs and all(item.type.lower() == "http" for item in function.outputs)
        if needs_only_the_request and not more and len(self._plain) < PLAIN_LIMIT:
            self._plain[request.method, request.path] = function

    async def _admin(self, request: Request) -> Response:
        refusal = security.check_admin(request)
        if refusal is not None:
            return refusal
        is_open = request.path.lower().rstrip("/") in OPEN_TO_ALL
        if self._keys is not None and not is_open and not self._keys.allows_admin(request):
            return Response(401)
        return await admin.handle(request, self._host)

    async def _call(self, request: Request) -> Response:
        host = self._host
        await host.wait_for_code()
        if host.state != "Running":
            why = f"The app cannot be loaded.\n\n{host.failure}" if host.failure else "The host is stopping."
            return text(503, why)
        settings = host.app.settings
        preflight = cors.preflight(settings, request) if settings.cors else None
        if preflight is not None:  # also where a function takes every method: it is the platform that answers
            return preflight
        origin = cors.allowed_origin(settings, request) if settings.cors else None
        custom_headers = host.app.config.custom_headers
        answer = await self._answer(request, trusted_origin=origin is not None)
        if custom_headers:
            answer = answer._replace(headers=[*answer.headers, *custom_headers.items()])
        return answer if origin is None else cors.decorate(answer, origin, settings)

    async def _answer(self, request: Request, *, trusted_origin: bool) -> Response:
        """Webhooks come before functions, whose routes may take every path."""
        app, path = self._host.app, request.path.lower()
        if app.task_hub is not None and path.startswith(DURABLE_PATH):
            refusal = self._refusal(request, "durabletask_extension")
            return await app.task_hub.answer(request) if refusal is None else refusal
        if app.mcp is not None and app.mcp.serves(request):
            return await app.mcp.answer(request, self._keys, trusted_origin=trusted_origin)
        if path.rstrip("/") in EVENT_GRID_PATHS:
            return await self._event_grid(request, *EVENT_GRID_PATHS[path.rstrip("/")])
        match = app.routes.find(request.method, request.path)
        if match is None:
            return _elsewhere(request)
        function = match.route.function
        if self._keys is not None and not self._keys.allows(request, function):
            return Response(401)
        self._learn(request, function, match.values)
        event = requests.to_event(request, function, match.values, self._host.url)
        if app.http_uri is not None:
            return await app.stream(function, request, event)
        return _response(await app.run(function, event))

    def _refusal(self, request: Request, key: str) -> Response | None:
        """Why an extension's webhooks do not take a request: other web sites may not use them, nor who lacks the key."""
        refusal = security.check_admin(request)
        if refusal is None and self._keys is not None and not self._keys.allows_extension(request, key):
            return Response(401)
        return refusal

    async def _event_grid(self, request: Request, trigger: str, key: str) -> Response:
        from pystein_runtime.host.triggers import event_grid  # noqa: PLC0415 - not before an event comes

        refusal = self._refusal(request, key)
        return await event_grid.answer(request, self._host.app, trigger) if refusal is None else refusal


def _elsewhere(request: Request) -> Response:
    """What is not a function."""
    if request.path == "/" and request.method in {"GET", "HEAD"}:
        from pystein_runtime.dashboard.page import page  # noqa: PLC0415 - not before somebody looks

        return page()
    return Response(404)


def _response(outcome: Outcome) -> Response:
    return responses.to_response(outcome.return_value) if outcome.ok else Response(500)
