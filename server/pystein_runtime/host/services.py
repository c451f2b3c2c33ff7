"""The interfaces between bindings and services, and how a connection becomes a service.

Each service has two adapters: its module in `host.local` uses the local cloud in process, the one in `host.azure` an
Azure SDK. What the connection stands for decides between them.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any, Protocol, cast

from . import bus_connections
from .local import Cloud
from .settings import storage_connection

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from pystein_runtime.cloud.account import Endpoints
    from pystein_runtime.cloud.blobs import Blob
    from pystein_runtime.cloud.queues import Message
    from pystein_runtime.cloud.store import Store
    from pystein_runtime.durable.task_hub import TaskHub

    from .functions import Binding
    from .local.bus import LocalBus
    from .settings import Connection, Settings

_SERVICES: Mapping[str, Callable[[Settings, str], Connection]] = {
    "queues": storage_connection,
    "blobs": storage_connection,
    "tables": storage_connection,
}
"""The modules of `host.local` and `host.azure`, and what finds the connection that a binding names."""


class ServiceError(Exception):
    """A service cannot be used or refuses; the text is a whole sentence for the user."""


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


class BlobService(Protocol):
    """Blobs of one storage account."""

    async def ensure(self, container: str) -> None:
        """Create the container unless it is there."""

    async def get(self, container: str, name: str) -> tuple[Blob, bytes] | None:
        """A blob with its bytes, or None."""

    async def put(self, container: str, name: str, data: bytes) -> None:
        """Write a blob, into a container that is created when it is missing."""

    async def pull(self, reader: str, container: str, accept: Callable[[Blob], str | None], queue: str) -> int:
        """Turn the changes of a container since the reader's last call into messages of a queue.

        `accept` makes a message's body of a blob, or None when it is not wanted. Never loses a change, whenever the
        host ends. Says how many changes there were.
        """

    async def wait(self, container: str) -> None:
        """Wait until it may be worth to pull again."""

    def address(self, container: str, name: str) -> str:
        """The URL of a blob."""


class TableService(Protocol):
    """Tables of one storage account; entities as plain JSON, with `PartitionKey` and `RowKey`."""

    async def ensure(self, table: str) -> None:
        """Create the table unless it is there."""

    async def get(self, table: str, partition: str, row: str) -> dict[str, Any] | None:
        """An entity, or None."""

    async def query(self, table: str, partition: str | None, filter_: str, take: int | None) -> list[dict[str, Any]]:
        """The entities that match an OData filter; without a partition, those of all."""

    async def insert(self, table: str, entity: Mapping[str, Any]) -> None:
        """Add an entity, to a table that is created when it is missing."""


class Services:
    """The services that an app's connections stand for."""

    def __init__(self, settings: Settings, store: Store, endpoints: Endpoints, holder: str) -> None:
        self._settings = settings
        self._cloud = Cloud(store, endpoints, holder)
        self._open: dict[tuple[str, Connection | None], Any] = {}
        self.task_hub: TaskHub | None = None

    def update(self, settings: Settings) -> None:
        """The settings have changed."""
        self._settings = settings

    def is_local(self, connection: str) -> bool:
        """Whether a connection means the local cloud."""
        found = storage_connection(self._settings, connection)
        return found.kind in {"development", "missing"} or bus_connections.is_emulator(found.value)

    def get(self, service: str, connection: str) -> Any:
        """A service of the table above, by the connection that a binding names; the methods below say which it is.

        Raises:
            ServiceError: it cannot be used, and why.
        """
        found = _SERVICES[service](self._settings, connection)
        if found.kind in {"development", "missing"}:
            return self._local(service)
        raise ServiceError(
            f"{found.name} names a real account, which this version cannot reach:"
            " leave it empty or name an emulator to use the local cloud."
        )

    def _local(self, service: str) -> Any:
        key = (service, None)
        if key not in self._open:
            self._open[key] = import_module(f"{__package__}.local.{service}").connect(self._cloud)
        return self._open[key]

    def queues(self, connection: str) -> QueueService:
        """The queues of a connection. Raises ServiceError, as all of these."""
        return cast("QueueService", self.get("queues", connection))

    def blobs(self, connection: str) -> BlobService:
        """The blobs of a connection."""
        return cast("BlobService", self.get("blobs", connection))

    def tables(self, connection: str) -> TableService:
        """The tables of a connection."""
        return cast("TableService", self.get("tables", connection))

    def bus(self, binding: Binding) -> LocalBus:
        """Service Bus and Event Hubs, as a binding of either names them.

        Raises:
            ServiceError: it is a real namespace.
        """
        from .local.bus_host import is_local  # noqa: PLC0415 - an app without messages starts without it

        if not is_local(self._settings, binding):
            raise ServiceError(
                f"{binding.text('connection')} names a real Service Bus or Event Hubs namespace, which this version cannot"
                " reach: set it to a connection string with UseDevelopmentEmulator=true to use the local cloud."
            )
        return self.local_bus()

    def local_bus(self) -> LocalBus:
        """Service Bus and Event Hubs of the local cloud."""
        return cast("LocalBus", self._local("bus"))

    def hub_name(self, binding: Binding) -> str:
        """The event hub of a binding."""
        from .local.bus_host import hub_name  # noqa: PLC0415 - an app without messages starts without it

        return hub_name(self._settings, binding)
