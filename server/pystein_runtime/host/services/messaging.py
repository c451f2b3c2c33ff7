"""The interfaces between bindings and services of messages and events: Service Bus and Event Hubs.

Both adapters speak of messages as AMQP has them (`pystein_runtime.amqp.message`), whoever has taken them apart.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple, Protocol, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Sequence

    from pystein_runtime.amqp.message import Message
    from pystein_runtime.host.services import BlobService


class Received(NamedTuple):
    """A message of a queue or a subscription, locked. Times are seconds since 1970."""

    sequence: int
    enqueued: float
    expires: float | None
    locked: float
    """Until when it is."""
    deliveries: int
    """How often it was delivered before without being settled."""
    token: bytes
    """Names the lock: 16 bytes, as of a UUID."""
    message: Message
    handle: Any = None
    """What its service knows it by."""


class Source(NamedTuple):
    """What a trigger receives from."""

    queue: str
    topic: str
    """Empty for a queue, whose name is empty for a subscription of a topic."""
    subscription: str
    sessions: bool
    dead_letters: bool
    """Whether the dead letters of it are meant."""


class Outgoing(NamedTuple):
    """A message or an event to send."""

    body: bytes
    message_id: str | None = None
    content_type: str | None = None


class Receiver(Protocol):
    """Takes messages of one queue or subscription, or of one session of it."""

    @property
    def path(self) -> str:
        """What it receives from: `orders`, `news/subscriptions/all`."""

    @property
    def session(self) -> str | None:
        """The session that is locked; None: it has none."""

    async def receive(self, limit: int) -> list[Received]:
        """Lock up to so many messages as soon as there are any; none when nothing has come for a while."""

    async def complete(self, taken: Sequence[Received]) -> None:
        """Messages have been dealt with; of some whose lock was lost, the others are complete all the same."""

    async def abandon(self, taken: Received) -> None:
        """A message is to be delivered again."""

    @property
    def locked(self) -> float:
        """Until when the session is, in seconds since 1970."""

    async def renew(self, taken: Received | None) -> float:
        """Keep a message's lock, or the session's; gives its new end."""

    async def next_session(self) -> Receiver | None:
        """Lock the next session that has messages; None when there was none for a while."""

    async def close(self) -> None:
        """Receive no more, and let go of the session."""


class MessageService(Protocol):
    """Queues and topics of one Service Bus namespace."""

    async def receiver(self, source: Source) -> Receiver:
        """What takes messages; the local cloud creates what is missing."""

    async def send(self, name: str, messages: Sequence[Outgoing], *, topic: bool) -> None:
        """Put messages into a queue or a topic, all or none; the local cloud creates it when it is missing."""


class ReceivedEvent(NamedTuple):
    """An event of a partition."""

    sequence: int
    offset: str
    enqueued: float
    """Seconds since 1970."""
    message: Message


Checkpoint: TypeAlias = "Callable[[ReceivedEvent], Awaitable[None]]"
"""Told the last event that has been dealt with."""


class HubReader(NamedTuple):
    """Who reads an event hub."""

    hub: str
    group: str
    """The consumer group."""
    function: str
    batch: int
    """How many events it takes at once."""
    initial: Callable[[], float | None]
    """From when on one that has not read before wants events, in seconds since 1970; None: those to come."""
    handle: Callable[[str, Sequence[ReceivedEvent], Checkpoint], Awaitable[None]]
    """Is given events of a partition, and what sets the checkpoint; returns when the next ones may come."""
    owner: str
    """Names this app on this machine: what another process of it had read is given back at once."""
    checkpoints: BlobService
    """Where a service keeps checkpoints that does not do it itself."""
    balance_seconds: float
    """How often hosts look who has which partition."""
    lease_seconds: float
    """After which the partitions of a host that is gone are taken by others."""
    report: Callable[[str], None]


class EventService(Protocol):
    """Event hubs of one namespace."""

    @property
    def namespace(self) -> str:
        """Its host name."""

    async def follow(self, reader: HubReader) -> None:
        """Hand on events, each partition in its order, until cancelled; other hosts take their part of the partitions."""

    async def ensure(self, hub: str, group: str) -> None:
        """Create the hub and the consumer group, where it is the local cloud's."""

    async def send(self, hub: str, events: Sequence[Outgoing]) -> None:
        """Append events, which are one batch where they fit into one."""
