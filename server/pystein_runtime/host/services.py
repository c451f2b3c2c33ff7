"""The interfaces between bindings and storage services, and how a connection becomes a service.

`local` is the local cloud in process. A real account needs the adapter over the SDKs.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Protocol

from . import bus_connections
from .settings import storage_connection

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from pystein_runtime.cloud.account import Endpoints
    from pystein_runtime.cloud.blobs import Blob
    from pystein_runtime.cloud.queues import Message
    from pystein_runtime.cloud.store import Store
    from pystein_runtime.durable.task_hub import TaskHub

    from .functions import Binding
    from .local_bus import LocalBus
    from .settings import Settings


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
        self._store = store
        self._endpoints = endpoints
        self._holder = holder
        self._queues: QueueService | None = None
        self._blobs: BlobService | None = None
        self._tables: TableService | None = None
        self._bus: LocalBus | None = None
        self.task_hub: TaskHub | None = None

    def update(self, settings: Settings) -> None:
        """The settings have changed."""
        self._settings = settings

    def is_local(self, connection: str) -> bool:
        """Whether a storage connection means the local cloud."""
        found = storage_connection(self._settings, connection)
        return found.kind in {"development", "missing"} or bus_connections.is_emulator(found.value)

    def queues(self, connection: str) -> QueueService:
        """The queues of a connection.

        Raises:
            ServiceError: it is a real account.
        """
        self._check(connection)
        if self._queues is None:
            from .local_storage import LocalQueues  # noqa: PLC0415 - an app without queues starts without it

            self._queues = LocalQueues(self._store, self._holder)
        return self._queues

    def blobs(self, connection: str) -> BlobService:
        """The blobs of a connection.

        Raises:
            ServiceError: it is a real account.
        """
        self._check(connection)
        if self._blobs is None:
            from .local_storage import LocalBlobs  # noqa: PLC0415 - an app without blobs starts without it

            self._blobs = LocalBlobs(self._store, self._endpoints)
        return self._blobs

    def tables(self, connection: str) -> TableService:
        """The tables of a connection.

        Raises:
            ServiceError: it is a real account.
        """
        self._check(connection)
        if self._tables is None:
            from .local_tables import LocalTables  # noqa: PLC0415 - an app without tables starts without it

            self._tables = LocalTables(self._store)
        return self._tables

    def bus(self, binding: Binding) -> LocalBus:
        """Service Bus and Event Hubs, as a binding of either names them.

        Raises:
            ServiceError: it is a real namespace.
        """
        from .bus_host import is_local  # noqa: PLC0415 - an app without messages starts without it

        if not is_local(self._settings, binding):
            raise ServiceError(
                f"{binding.text('connection')} names a real Service Bus or Event Hubs namespace, which this version cannot"
                " reach: set it to a connection string with UseDevelopmentEmulator=true to use the local cloud."
            )
        return self.local_bus()

    def local_bus(self) -> LocalBus:
        """Service Bus and Event Hubs of the local cloud."""
        if self._bus is None:
            from .local_bus import LocalBus  # noqa: PLC0415 - an app without messages starts without it

            self._bus = LocalBus(self._store)
        return self._bus

    def hub_name(self, binding: Binding) -> str:
        """The event hub of a binding."""
        from .bus_host import hub_name  # noqa: PLC0415 - an app without messages starts without it

        return hub_name(self._settings, binding)

    def _check(self, connection: str) -> None:
        found = storage_connection(self._settings, connection)
        if found.kind not in {"development", "missing"}:
            raise ServiceError(
                f"{found.name} names a real storage account, which this version cannot reach:"
                " set it to UseDevelopmentStorage=true to use the local cloud."
            )
