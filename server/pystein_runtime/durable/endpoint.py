"""Where the app's durable package sends its requests: servers of their own on loopback, one for each line of the package.

Their own, because a function may use its client while the host's server waits for a reload or is closed already. The
HTTP one (1.x) is behind a path that nobody guesses.
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

    from .grpc_server import GrpcServer
    from .hub import Hub
    from .links import Links


class Endpoint:
    """The servers. Each listens from the first time on that somebody asks for its address."""

    def __init__(self, hub: Hub, links: Callable[[], Links]) -> None:
        self._hub = hub
        self._links = links
        self._prefix = f"/{secrets.token_urlsafe(18)}/durabletask/"
        self._server: Server | None = None
        self._address = ""
        self._grpc: GrpcServer | None = None
        self._grpc_address = ""

    async def address(self) -> str:
        """The address, with a slash at its end as the package wants it."""
        if self._server is None:
            self._server = Server(self._handle, self._hub.fault)
            bound = sockets.bind("127.0.0.1", 0)
            self._address = f"http://127.0.0.1:{bound.getsockname()[1]}{self._prefix}"
            await self._server.listen([bound])
        return self._address

    async def grpc_address(self) -> str:
        """The address for packages of the 2.x line."""
        if self._grpc is None:
            from . import sidecar  # noqa: PLC0415 - these and HTTP/2 are of 2.x apps only
            from .grpc_server import GrpcServer  # noqa: PLC0415

            self._grpc = GrpcServer(lambda call: sidecar.answer(self._hub, call), self._hub.fault)
            bound = sockets.bind("127.0.0.1", 0)
            self._grpc_address = f"http://127.0.0.1:{bound.getsockname()[1]}"
            await self._grpc.listen(bound)
        return self._grpc_address

    async def close(self) -> None:
        """Listen no more."""
        if self._server is not None:
            await self._server.close(0.0)
        if self._grpc is not None:
            self._grpc.close()

    async def _handle(self, request: Request) -> Response:
        if security.check_host(request) is not None or not request.path.startswith(self._prefix):
            return Response(404)
        path = request.path[len(self._prefix) :]
        return await webhooks.handle(self._hub, request, path, self._links(), rpc=True)
