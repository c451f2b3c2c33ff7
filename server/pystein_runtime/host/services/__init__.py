"""The interfaces between bindings and services, and how a connection becomes a service.

Each service has two adapters: its module in `host.local` uses the local cloud in process, the one in `host.azure` an
Azure SDK. What the connection stands for decides between them.
"""

from __future__ import annotations

import hashlib
import socket
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple, Protocol, cast

from pystein_runtime.host.connections import bus as bus_connections
from pystein_runtime.host.connections import cosmos as cosmos_connections
from pystein_runtime.host.connections import emulators
from pystein_runtime.host.connections import event_grid as event_grid_topics
from pystein_runtime.host.local import Cloud
from pystein_runtime.host.settings import Connection, storage_connection

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from pystein_runtime.cloud.account import Endpoints
    from pystein_runtime.cloud.blobs import Blob
    from pystein_runtime.cloud.queues import Message
    from pystein_runtime.cloud.store import Store
    from pystein_runtime.durable.task_hub import TaskHub
    from pystein_runtime.host.functions import Binding
    from pystein_runtime.host.services.documents import DocumentService
    from pystein_runtime.host.services.messaging import EventService, MessageService
    from pystein_runtime.host.settings import Settings

_SERVICES: Mapping[str, Callable[[Settings, str], Connection]] = {
    "queues": storage_connection,
    "blobs": storage_connection,
    "tables": storage_connection,
    "documents": cosmos_connections.find,
    "event_grid": event_grid_topics.find,
    "service_bus": bus_connections.service_bus,
    "event_hubs": bus_connections.event_hubs,
}
"""The modules of `host.local` and `host.azure`, and what finds the connection that a binding names."""
_STORAGE = ("blobs", "queues", "tables")
"""In the order of their ports."""


class ServiceError(Exception):
    """A service cannot be used or refuses; the text is a whole sentence for the user."""

    def __init__(self, message: str, code: str = "") -> None:
        super().__init__(message)
        self.code = code
        """The service's own code, where it has one: `QueueNotFound`."""


class ServiceGoneError(ServiceError):
    """A service does not answer now; it may come back."""


class QueueService(Protocol):
    """Queues of one storage account; bodies as on the wire."""

    async def ensure(self, queue: str) -> None:
        """Create the queue unless it is there."""

    async def send(self, queue: str, body: str) -> None:
        """Put a message into a queue, which is created when it is missing."""

    async def receive(self, queue: str, limit: int, hidden: float) -> list[Message]:
        """Take up to so many messages and hide them for some seconds."""

    async def renew(self, queue: str, message: Message, hidden: float) -> Message:
        """Hide a taken message for other some seconds."""

    async def release(self, queue: str, message: Message, delay: float) -> None:
        """Give a taken message back, to be received again after some seconds."""

    async def delete(self, queue: str, message: Message) -> None:
        """Delete a taken message: it has been dealt with."""

    async def move(self, queue: str, message: Message, target: str) -> None:
        """Put a taken message into another queue, which is created when it is missing."""

    async def wait(self, queue: str) -> None:
        """Wait until it may be worth to receive again."""


class BlobFollower(NamedTuple):
    """Who wants to know of the changes of a container."""

    host: str
    """Names the app."""
    function: str
    path: str
    """What the function wants of the container: `input/{name}`."""
    accept: Callable[[Blob], str | None]
    """Makes a message's body of a blob; None: it is not wanted."""
    queues: QueueService
    queue: str
    """Where the messages go."""
    receipts: BlobService
    """Where is kept what has been seen, by a service that does not do it itself."""


class BlobService(Protocol):
    """Blobs of one storage account."""

    async def ensure(self, container: str) -> None:
        """Create the container unless it is there."""

    async def get(self, container: str, name: str) -> tuple[Blob, bytes] | None:
        """A blob with its bytes, or None."""

    async def put(
        self,
        container: str,
        name: str,
        data: bytes,
        metadata: Mapping[str, str] | None = None,
        match: str | None = None,
    ) -> Blob | None:
        """Write a blob, into a container that is created when it is missing.

        Args:
            container: where.
            name: its name.
            data: its content.
            metadata: its metadata.
            match: the etag of what it replaces, empty: nothing. Then it gives None where there is something else.
        """

    async def find(self, container: str, prefix: str) -> list[Blob]:
        """The blobs whose names begin like this, with their metadata; none when there is no such container."""

    async def pull(self, container: str, follower: BlobFollower) -> int:
        """Turn the changes of a container since the follower's last call into messages of its queue.

        Never loses a change, whenever the host ends. Says how many changes there were.
        """

    async def wait(self, container: str) -> None:
        """Wait until it may be worth to pull again."""

    def address(self, container: str, name: str) -> str:
        """The URL of a blob."""


class TableService(Protocol):
    """Tables of one storage account; entities as plain JSON, with `PartitionKey` and `RowKey`."""

    async def get(self, table: str, partition: str, row: str) -> dict[str, Any] | None:
        """An entity, or None."""

    async def query(self, table: str, partition: str | None, filter_: str, take: int | None) -> list[dict[str, Any]]:
        """The entities that match an OData filter; without a partition, those of all."""

    async def insert(self, table: str, entity: Mapping[str, Any]) -> None:
        """Add an entity, to a table that is created when it is missing."""


class EventGridService(Protocol):
    """Topics of Event Grid."""

    async def publish(self, topic: str, events: Sequence[dict[str, Any]]) -> None:
        """Publish events, all of them in one of the two schemas."""


_LOCAL = Connection("", "development")


class Services:
    """The services that an app's connections stand for."""

    def __init__(self, settings: Settings, store: Store, endpoints: Endpoints, holder: str) -> None:
        self._settings = settings
        self._cloud = Cloud(store, endpoints, holder)
        self._by_name: dict[tuple[str, str], Any] = {}
        """By service and connection: what `_open` has, for the settings as they are."""
        self._open: dict[tuple[str, str, str], Any] = {}
        self.task_hub: TaskHub | None = None

    def update(self, settings: Settings) -> None:
        """The settings have changed."""
        self._settings = settings
        self._by_name.clear()

    @property
    def place(self) -> str:
        """Names this app on this machine, to services that other machines use, too."""
        return hashlib.sha256(f"{socket.gethostname()}:{self._cloud.store.path}".encode()).hexdigest()[:16]

    async def close(self) -> None:
        """Close the connections to real services."""
        for service in self._open.values():
            if hasattr(service, "close"):
                await service.close()
        self._open.clear()
        self._by_name.clear()

    @property
    def root(self) -> Path:
        """The app's folder."""
        path = self._cloud.store.path
        return Path.cwd() if path is None else path.parent.parent

    @property
    def settings(self) -> Settings:
        """The app's settings."""
        return self._settings

    def is_local(self, connection: str) -> bool:
        """Whether a storage connection means the local cloud, or an emulator."""
        return storage_connection(self._settings, connection).kind in {"development", "missing"}

    def get(self, service: str, connection: str) -> Any:
        """A service of the table above, by the connection that a binding names; the methods below say which it is.

        Raises:
            ServiceError: it cannot be used, and why.
        """
        found = self._by_name.get((service, connection))
        if found is None:
            found = self._by_name[service, connection] = self._connect(service, connection)
        return found

    def _connect(self, service: str, name: str) -> Any:
        connection = _SERVICES[service](self._settings, name)
        if connection.kind in {"development", "missing"}:
            connection = self._emulator(service, connection) or _LOCAL
        key = (service, connection.kind, connection.value or repr(sorted(connection.properties.items())))
        if key not in self._open:
            is_local = connection is _LOCAL
            adapter = import_module(f"pystein_runtime.host.local.{service}") if is_local else _azure_adapter(service)
            self._open[key] = adapter.connect(self._cloud if is_local else connection)
        return self._open[key]

    def _emulator(self, service: str, connection: Connection) -> Connection | None:
        """The emulator of another program that a storage connection means, where one runs."""
        if service not in _STORAGE:
            return None
        own = self._cloud.endpoints
        value = emulators.storage_string(connection.value, own.connection_string)
        port = emulators.ports_of(value)[_STORAGE.index(service)]
        if port in own[:3] and port not in own.foreign:
            return None
        return Connection(connection.name, "string", value)

    def queues(self, connection: str) -> QueueService:
        """The queues of a connection. Raises ServiceError, as all of these."""
        return cast("QueueService", self.get("queues", connection))

    def blobs(self, connection: str) -> BlobService:
        """The blobs of a connection."""
        return cast("BlobService", self.get("blobs", connection))

    def tables(self, connection: str) -> TableService:
        """The tables of a connection."""
        return cast("TableService", self.get("tables", connection))

    def documents(self, connection: str) -> DocumentService:
        """The documents of a connection."""
        return cast("DocumentService", self.get("documents", connection))

    def event_grid(self, topic: str) -> EventGridService:
        """The topic that a connection or two settings name."""
        return cast("EventGridService", self.get("event_grid", topic))

    def service_bus(self, connection: str) -> MessageService:
        """The Service Bus namespace of a connection."""
        return cast("MessageService", self.get("service_bus", connection))

    def event_hubs(self, connection: str) -> EventService:
        """The Event Hubs namespace of a connection."""
        return cast("EventService", self.get("event_hubs", connection))

    def hub_name(self, binding: Binding) -> str:
        """The event hub of a binding."""
        return bus_connections.hub_name(self._settings, binding)


def _azure_adapter(service: str) -> Any:
    try:
        return import_module(f"pystein_runtime.host.azure.{service}")
    except ImportError as error:
        raise ServiceError(
            f"A real service needs the Azure SDKs, of which {error.name or error} is not installed beside pystein-lsp:"
            " pip install 'pystein-lsp[azure]'."
        ) from error
