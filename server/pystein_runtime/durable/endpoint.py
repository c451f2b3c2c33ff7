"""Where the app's durable package sends its requests: a server of its own on loopback, behind a path that nobody guesses.

Its own, because a function may use its client while the host's server waits for a reload or is closed already.
"""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING

from pystein_runtime.http import security, sockets
from pystein_runtime.http.messages import Response
from pystein_runtime.http.server import Server

from . import webhooks

if TYPE_CHECKING:
    from collections.abc import Callable

    from pystein_runtime.http.messages import Request

    from .hub import Hub
    from .links import Links


class Endpoint:
    """The server. It listens from the first time that somebody asks for its address."""

    def __init__(self, hub: Hub, links: Callable[[], Links]) -> None:
        self._hub = hub
        self._links = links
        self._prefix = f"/{secrets.token_urlsafe(18)}/durabletask/"
        self._server: Server | None = None
        self._address = ""

    async def address(self) -> str:
        """The address, with a slash at its end as the package wants it."""
        if self._server is None:
            self._server = Server(self._handle, self._hub.fault)
            bound = sockets.bind("127.0.0.1", 0)
            self._address = f"http://127.0.0.1:{bound.getsockname()[1]}{self._prefix}"
            await self._server.listen([bound])
        return self._address

    async def close(self) -> None:
        """Listen no more."""
        if self._server is not None:
            await self._server.close(0.0)

    async def _handle(self, request: Request) -> Response:
        if security.check_host(request) is not None or not request.path.startswith(self._prefix):
            return Response(404)
        path = request.path[len(self._prefix) :]
        return await webhooks.handle(self._hub, request, path, self._links(), rpc=True)
