"""The three endpoints of the local cloud's storage, on the emulators' ports where these are free."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from pystein_runtime.http import security
from pystein_runtime.http.messages import Response
from pystein_runtime.http.server import Server

from . import blob_service, queue_service, table_service
from .calls import ACCOUNT
from .keys import KEY

if TYPE_CHECKING:
    import socket
    from collections.abc import Awaitable, Callable

    from pystein_runtime.cloud.store import Store
    from pystein_runtime.http.messages import Request

    Service = Callable[[Store, Request], Awaitable[Response]]

PORTS = (10000, 10001, 10002)
BODY_LIMIT = 512 * 1024 * 1024  # bytes; SDKs send 64 MiB at once at most, unless they are told otherwise


class Endpoints(NamedTuple):
    """Where the services listen."""

    blob: int
    queue: int
    table: int

    @property
    def connection_string(self) -> str:
        """What an SDK client needs to find them."""
        return (
            f"DefaultEndpointsProtocol=http;AccountName={ACCOUNT};AccountKey={KEY};"
            f"BlobEndpoint=http://127.0.0.1:{self.blob}/{ACCOUNT};"
            f"QueueEndpoint=http://127.0.0.1:{self.queue}/{ACCOUNT};"
            f"TableEndpoint=http://127.0.0.1:{self.table}/{ACCOUNT};"
        )


class StorageServer:
    """The services on their sockets."""

    def __init__(self, store: Store, report: Callable[[BaseException], None]) -> None:
        self._store = store
        self._servers = [
            Server(self._guarded(service), report, BODY_LIMIT)
            for service in (blob_service.handle, queue_service.handle, table_service.handle)
        ]

    async def listen(self, sockets: list[list[socket.socket]]) -> None:
        """Serve blobs, queues and tables on bound sockets, in this order."""
        for server, bound in zip(self._servers, sockets, strict=True):
            await server.listen(bound)

    async def close(self, seconds: float) -> None:
        """Stop listening; let running requests finish for some time."""
        for server in self._servers:
            await server.close(seconds)

    def _guarded(self, service: Service) -> Callable[[Request], Awaitable[Response]]:
        """A service that answers only under this machine's names."""

        async def handle(request: Request) -> Response:
            refusal = security.check_host(request)
            return await service(self._store, request) if refusal is None else refusal

        return handle
