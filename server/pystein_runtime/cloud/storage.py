"""The three endpoints of the local cloud's storage."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

from pystein_runtime.http import security
from pystein_runtime.http.server import Server

if TYPE_CHECKING:
    import socket
    from collections.abc import Awaitable, Callable

    from pystein_runtime.cloud.store import Store
    from pystein_runtime.http.messages import Request, Response

    Service = Callable[[Store, Request], Awaitable[Response]]

BODY_LIMIT = 512 * 1024 * 1024  # bytes; SDKs send 64 MiB at once at most, unless they are told otherwise


class StorageServer:
    """The services on their sockets."""

    def __init__(self, store: Store, report: Callable[[BaseException], None]) -> None:
        self._store = store
        self._servers = [
            Server(self._answering(service), report, BODY_LIMIT)
            for service in ("blob_service", "queue_service", "table_service")
        ]

    async def listen(self, sockets: list[list[socket.socket]]) -> None:
        """Serve blobs, queues and tables on bound sockets, in this order."""
        for server, bound in zip(self._servers, sockets, strict=True):
            await server.listen(bound)

    async def close(self, seconds: float) -> None:
        """Stop listening; let running requests finish for some time."""
        for server in self._servers:
            await server.close(seconds)

    def _answering(self, name: str) -> Callable[[Request], Awaitable[Response]]:
        """What answers for a service, under this machine's names only; the service is loaded when it is first asked."""
        service: Service | None = None

        async def handle(request: Request) -> Response:
            nonlocal service
            refusal = security.check_host(request) or security.check_cloud(request)
            if refusal is not None:
                return refusal
            if service is None:
                service = import_module(f"pystein_runtime.cloud.rest.{name}").handle
            return await service(self._store, request)

        return handle
