"""The local Service Bus and Event Hubs on the wire: one listening socket on loopback over the broker in the store."""

from __future__ import annotations

import asyncio
import contextlib
from typing import TYPE_CHECKING

from .connection import Connection
from .sockets import OURS

if TYPE_CHECKING:
    import socket
    from collections.abc import Callable

    from pystein_runtime.cloud.store import Store

    from .readers import Reader


class Endpoint:
    """The endpoint. The broker's tables must be there."""

    def __init__(self, store: Store, report: Callable[[str], None]) -> None:
        self.store = store
        self.report = report
        self.marks = (OURS,)
        self.connections: set[Connection] = set()
        self.readers: dict[tuple[int, str, int], list[Reader]] = {}
        """Of each hub, consumer group and partition."""
        self._server: asyncio.Server | None = None

    async def listen(self, bound: socket.socket) -> int:
        """Begin; gives the port."""
        self._server = await asyncio.get_running_loop().create_server(lambda: Connection(self), sock=bound)
        port: int = bound.getsockname()[1]
        return port

    async def close(self) -> None:
        """End: clients are told."""
        if self._server is not None:
            self._server.close()
        for connection in list(self.connections):
            with contextlib.suppress(Exception), connection.batch():
                connection.fail("amqp:connection:forced", "The local cloud is stopping.")
        if self._server is not None:
            await asyncio.sleep(0)
