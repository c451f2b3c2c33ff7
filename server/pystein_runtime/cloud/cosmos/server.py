"""The local Cosmos DB's REST endpoint on its sockets."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pystein_runtime.http import security
from pystein_runtime.http.server import Server

from .account import KEY
from .rest import service

if TYPE_CHECKING:
    import socket
    from collections.abc import Callable

    from pystein_runtime.cloud.store import Store
    from pystein_runtime.http.messages import Request, Response

BODY_LIMIT = 16 * 1024 * 1024  # bytes; documents have 2 MiB at most, and larger ones get the service's own refusal


class CosmosServer:
    """The endpoint; what goes wrong in it is reported."""

    def __init__(self, store: Store, report: Callable[[BaseException], None], key: str = KEY) -> None:
        self._store = store
        self._key = key
        self._server = Server(self._handle, report, BODY_LIMIT)

    async def listen(self, sockets: list[socket.socket]) -> None:
        """Serve on bound sockets."""
        await self._server.listen(sockets)

    async def close(self, seconds: float = 0.0) -> None:
        """Stop listening; let running requests finish for some time."""
        await self._server.close(seconds)

    async def _handle(self, request: Request) -> Response:
        """Answer under this machine's names only."""
        refusal = security.check_host(request) or security.check_cloud(request)
        return refusal or await service.handle(self._store, request, self._key)
