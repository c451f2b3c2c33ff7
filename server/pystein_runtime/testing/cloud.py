"""A local cloud for one test: its endpoints on free ports, its store in a folder of the test."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import socket
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from pystein_runtime.cloud.account import Endpoints
    from pystein_runtime.cloud.store import Store

    from .background import Background


class LocalCloud:
    """Storage, Service Bus, Event Hubs and Cosmos DB on loopback, which SDK clients find by their connection strings."""

    def __init__(self, folder: Path, background: Background) -> None:
        self.folder = folder
        self.background = background
        background.run(self._open())

    store: Store
    endpoints: Endpoints
    """The ports of blobs, queues and tables."""

    @property
    def storage(self) -> str:
        """The connection string of blobs, queues and tables."""
        return self.endpoints.connection_string

    @property
    def service_bus(self) -> str:
        """The connection string of Service Bus."""
        from pystein_runtime.host.bus_connections import connection_string  # noqa: PLC0415 - not before a test asks

        return connection_string(self._bus_port)

    @property
    def event_hubs(self) -> str:
        """The connection string of Event Hubs."""
        return self.service_bus

    @property
    def cosmos(self) -> str:
        """The connection string of Cosmos DB."""
        from pystein_runtime.cloud.cosmos.account import connection_string  # noqa: PLC0415 - not before a test asks

        return connection_string(self._cosmos_port)

    @property
    def environment(self) -> Mapping[str, str]:
        """Variables of the environment: connection strings by the names under which code looks for them."""
        return {
            "AzureWebJobsStorage": self.storage,
            "AZURE_STORAGE_CONNECTION_STRING": self.storage,
            "AzureWebJobsServiceBus": self.service_bus,
            "SERVICEBUS_CONNECTION_STRING": self.service_bus,
            "EVENTHUB_CONNECTION_STRING": self.event_hubs,
            "COSMOS_CONNECTION_STRING": self.cosmos,
            "PYSTEIN_LOCAL_CLOUD": "always",  # whatever emulators run on this machine
        }

    def create_queue(self, name: str) -> None:
        """Create a queue of Service Bus; bindings of an app create theirs by themselves."""
        self._create(lambda entities: entities.create_queue(self.store, name))

    def create_topic(self, name: str, *subscriptions: str) -> None:
        """Create a topic of Service Bus with subscriptions."""

        def create(entities: Any) -> None:
            entities.create_topic(self.store, name)
            for subscription in subscriptions:
                entities.create_subscription(self.store, name, subscription)

        self._create(create)

    def create_hub(self, name: str, *groups: str) -> None:
        """Create an event hub with consumer groups."""
        self._create(lambda entities: entities.create_hub(self.store, name, groups))

    def close(self) -> None:
        """Stop listening."""
        self.background.run(self._close())

    async def _open(self) -> None:
        from pystein_runtime.amqp.endpoint import Endpoint  # noqa: PLC0415 - not before a test asks
        from pystein_runtime.cloud.account import Endpoints  # noqa: PLC0415
        from pystein_runtime.cloud.bus import entities  # noqa: PLC0415
        from pystein_runtime.cloud.cosmos import schema  # noqa: PLC0415
        from pystein_runtime.cloud.cosmos.server import CosmosServer  # noqa: PLC0415
        from pystein_runtime.cloud.storage import StorageServer  # noqa: PLC0415
        from pystein_runtime.cloud.store import Store  # noqa: PLC0415
        from pystein_runtime.http import sockets  # noqa: PLC0415

        self.store = Store(self.folder / "cloud.sqlite")
        bound: list[list[socket.socket]] = [sockets.bind_both(0) for _ in range(3)]
        self.endpoints = Endpoints(*(each[0].getsockname()[1] for each in bound))
        self._storage = StorageServer(self.store, _ignore)
        await self._storage.listen(bound)
        entities.prepare(self.store)
        self._bus = Endpoint(self.store, _ignore)
        self._bus_port = await self._bus.listen(sockets.bind("127.0.0.1", 0))
        schema.prepare(self.store)
        self._cosmos = CosmosServer(self.store, _ignore)
        cosmos = sockets.bind("127.0.0.1", 0)
        self._cosmos_port: int = cosmos.getsockname()[1]
        await self._cosmos.listen([cosmos])

    async def _close(self) -> None:
        await self._bus.close()
        await self._cosmos.close()
        await self._storage.close(0.0)
        self.store.close()

    def _create(self, work: Callable[[Any], object]) -> None:
        from pystein_runtime.cloud.bus import entities  # noqa: PLC0415 - not before a test asks

        async def within() -> None:
            work(entities)

        self.background.run(within())


def _ignore(_fault: object) -> None:
    """Clients hear of what goes wrong by the protocol."""
