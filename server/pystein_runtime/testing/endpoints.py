"""What a local cloud of a test consists of. Not imported before a test asks for one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pystein_runtime.cloud.account import Endpoints
from pystein_runtime.cloud.bus import entities
from pystein_runtime.cloud.bus.amqp.endpoint import Endpoint
from pystein_runtime.cloud.cosmos import account, schema
from pystein_runtime.cloud.cosmos.server import CosmosServer
from pystein_runtime.cloud.storage import StorageServer
from pystein_runtime.cloud.store import Store
from pystein_runtime.host.connections import bus as bus_connections
from pystein_runtime.http import sockets

if TYPE_CHECKING:
    from pathlib import Path

LOOPBACK = "127.0.0.1"


class LocalEndpoints:
    """The services on free ports, over one store. To be used in one thread, that of its loop."""

    def __init__(self, file: Path) -> None:
        self.store = Store(file)
        entities.prepare(self.store)
        schema.prepare(self.store)
        self._sockets = [sockets.bind_both(0) for _ in range(3)]
        self._bus_socket, self._cosmos_socket = sockets.bind(LOOPBACK, 0), sockets.bind(LOOPBACK, 0)
        self.storage = Endpoints(*(bound[0].getsockname()[1] for bound in self._sockets))
        self.service_bus = bus_connections.connection_string(self._bus_socket.getsockname()[1])
        self.cosmos = account.connection_string(self._cosmos_socket.getsockname()[1])
        self._storage_server = StorageServer(self.store, _ignore)
        self._bus = Endpoint(self.store, _ignore)
        self._cosmos_server = CosmosServer(self.store, _ignore)

    async def listen(self) -> None:
        """Serve."""
        await self._storage_server.listen(self._sockets)
        await self._bus.listen(self._bus_socket)
        await self._cosmos_server.listen([self._cosmos_socket])

    async def close(self) -> None:
        """Stop serving."""
        await self._bus.close()
        await self._cosmos_server.close()
        await self._storage_server.close(0.0)
        self.store.close()

    async def create_queue(self, name: str) -> None:
        """A queue of Service Bus, unless it is there."""
        entities.create_queue(self.store, name)

    async def create_topic(self, name: str, subscriptions: tuple[str, ...]) -> None:
        """A topic with subscriptions, unless they are there."""
        entities.create_topic(self.store, name)
        for subscription in subscriptions:
            entities.create_subscription(self.store, name, subscription)

    async def create_hub(self, name: str, groups: tuple[str, ...]) -> None:
        """An event hub with consumer groups, unless they are there."""
        entities.create_hub(self.store, name, groups)


def _ignore(_fault: object) -> None:
    """Clients hear of what goes wrong by the protocol."""
