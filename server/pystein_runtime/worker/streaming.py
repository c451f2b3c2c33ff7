"""HTTP with streams, for apps that use azurefunctions-extensions-http-fastapi.

Such an app's requests do not travel through the protocol: the extension brings a web server, which runs on the worker's
loop, the host passes each request on to it with the invocation's id in a header, and sends the invocation beside it.
Whichever comes first waits here for the other. Way and texts: azure-functions-runtime 1.3.0, http_v2.py.
"""

from __future__ import annotations

import asyncio
import contextlib
import importlib
import signal
import socket
import sys
from typing import Any

INVOCATION_HEADER = "x-ms-invocation-id"
_LOOPBACK = "127.0.0.1"
_PAUSE = 0.005  # seconds between looks whether the server listens


class MissingHeaderError(ValueError):
    """A request that did not come through the host."""


class Streaming:
    """The meeting point of requests and invocations. `extension` is azurefunctions.extensions.base."""

    def __init__(self, extension: Any) -> None:
        self.extension = extension
        self._requests: dict[str, asyncio.Future[Any]] = {}
        self._responses: dict[str, asyncio.Future[Any]] = {}
        self._server: asyncio.Task[Any] | None = None

    async def start(self) -> str:
        """Start the extension's server.

        Returns:
            Its address, e.g. "http://127.0.0.1:34567".

        Raises:
            RuntimeError: it does not start.
        """
        module = importlib.import_module(self.extension.ModuleTrackerMeta.get_module())
        app = module.WebApp()

        async def catch_all(request: Any) -> Any:
            return await self._serve(request)

        catch_all.__annotations__ = {"request": self.extension.RequestTrackerMeta.get_request_type()}
        app.route(catch_all)
        with socket.socket() as free:
            free.bind((_LOOPBACK, 0))
            port: int = free.getsockname()[1]
        interrupt, terminate = signal.getsignal(signal.SIGINT), signal.getsignal(signal.SIGTERM)
        self._server = asyncio.get_running_loop().create_task(module.WebServer(_LOOPBACK, port, app).serve())
        await self._listening(port)
        signal.signal(signal.SIGINT, interrupt)  # the server has taken them; when to stop is not its decision
        signal.signal(signal.SIGTERM, terminate)
        return f"http://{_LOOPBACK}:{port}"

    async def _listening(self, port: int) -> None:
        assert self._server is not None
        while not self._server.done():
            with contextlib.suppress(OSError):
                _, writer = await asyncio.open_connection(_LOOPBACK, port)
                writer.close()
                return
            await asyncio.sleep(_PAUSE)
        error = None if self._server.cancelled() else self._server.exception()
        raise RuntimeError(f"Error initializing HTTP server: {error}")

    async def _serve(self, request: Any) -> Any:
        invocation = request.headers.get(INVOCATION_HEADER)
        if invocation is None:
            raise MissingHeaderError(f"Header {INVOCATION_HEADER} not found")
        response = self._responses[invocation] = asyncio.get_running_loop().create_future()
        self._request(invocation).set_result(request)
        try:
            return await response
        finally:
            del self._responses[invocation]

    def _request(self, invocation: str) -> asyncio.Future[Any]:
        return self._requests.setdefault(invocation, asyncio.get_running_loop().create_future())

    async def take(self, invocation: str, route_params: Any) -> Any:
        """The request that belongs to an invocation, with the parameters that the host has found in the route."""
        try:
            request = await self._request(invocation)
        finally:
            del self._requests[invocation]
        self.extension.RequestTrackerMeta.get_synchronizer().sync_route_params(request, route_params)
        return request

    def give(self, invocation: str, response: Any) -> None:
        """Answer the request with what the function has returned or raised."""
        waiting = self._responses.get(invocation)
        if waiting is None or waiting.done():
            return
        if response is None:
            response = ValueError(f"No http response found for invocation {invocation}")
        if isinstance(response, BaseException):
            waiting.set_exception(response if isinstance(response, Exception) else RuntimeError(repr(response)))
        else:
            waiting.set_result(response)


def find_streaming() -> Streaming | None:
    """The app's streams, where it has imported an extension that has them."""
    extension = sys.modules.get("azurefunctions.extensions.base")
    if extension is None or not extension.HttpV2FeatureChecker.http_v2_enabled():
        return None
    return Streaming(extension)
