"""Event hubs: partitions that only grow, consumer groups, and checkpoints of readers.

An event's offset is its sequence number as text. Events are kept for a day, as the service's least tier does.
"""

from __future__ import annotations

import zlib
from typing import TYPE_CHECKING, Any, NamedTuple

from pystein_runtime.amqp import message as amqp
from pystein_runtime.amqp.codec import decode, encode
from pystein_runtime.amqp.types import CodecError, Symbol, Timestamp

from .entities import BusError, Entity

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pystein_runtime.cloud.store import Store

RETENTION_SECONDS = 24 * 3600.0
MAX_SIZE = 1024 * 1024  # bytes of a batch


class Event(NamedTuple):
    """An event as a reader gets it."""

    sequence: int
    enqueued: float
    """Seconds since 1970."""
    annotations: bytes
    content: bytes

    def wire(self, info: dict[Any, Any] | None = None) -> bytes:
        """The whole event in AMQP; `info` is about the delivery only."""
        annotations: dict[Any, Any] = decode(self.annotations)[0] if self.annotations else {}
        annotations[Symbol("x-opt-sequence-number")] = self.sequence
        annotations[Symbol("x-opt-offset")] = str(self.sequence)
        annotations[Symbol("x-opt-enqueued-time")] = Timestamp(int(self.enqueued * 1000))
        return amqp.deliver(self.content, annotations, 0, info=info)

    def message(self) -> amqp.Message:
        """The event taken apart."""
        annotations = decode(self.annotations)[0] if self.annotations else {}
        return amqp.parse(self.content)._replace(annotations=annotations)


class Partition(NamedTuple):
    """What a partition holds."""

    begin: int
    """The first event's sequence number."""
    last: int
    """The last event's; -1: there was none yet."""
    last_enqueued: float
    empty: bool


def send(
    store: Store, hub: Entity, raws: Iterable[bytes], *, partition: int | None = None, key: str | None = None
) -> int:
    """Append events, all of one call to one partition; gives the partition.

    Raises:
        BusError: an event is malformed or too large, or there is no such partition.
    """
    batch = []
    for raw in raws:
        if len(raw) > MAX_SIZE:
            raise BusError(
                "amqp:link:message-size-exceeded", f"The received message exceeds the limit ({MAX_SIZE} bytes)."
            )
        try:
            batch.append(amqp.parse(raw))
        except CodecError as error:
            raise BusError("amqp:decode-error", str(error)) from error
    if partition is None and key is None and batch:
        found = batch[0].annotations.get("x-opt-partition-key")
        key = None if found is None else str(found)
    with store.transaction():
        if partition is None:
            partition = _choose(store, hub, key)
        check(hub, partition)
        now = store.now()
        row = store.execute(
            "SELECT next FROM bus_partition WHERE hub = ? AND partition = ?", hub.id, partition
        ).fetchone()
        next_ = int(row[0])
        rows = []
        for number, message in enumerate(batch):
            kept = {name: value for name, value in message.annotations.items() if name not in _OURS}
            if key is not None:
                kept[Symbol("x-opt-partition-key")] = key
            content = amqp.content(message.properties, message.application, message.body)
            rows.append((hub.id, partition, next_ + number, now, encode(kept) if kept else b"", content))
        store.execute_many("INSERT INTO bus_event VALUES (?, ?, ?, ?, ?, ?)", rows)
        store.execute(
            "UPDATE bus_partition SET next = ?, enqueued = ? WHERE hub = ? AND partition = ?",
            next_ + len(rows), now, hub.id, partition,
        )  # fmt: skip
    store.announce(topic_of(hub, partition))
    return partition


_OURS = {"x-opt-sequence-number", "x-opt-offset", "x-opt-enqueued-time"}


def topic_of(hub: Entity, partition: int) -> str:
    """What is announced when events have come to a partition."""
    return f"bus:{hub.id}:{partition}"


def _choose(store: Store, hub: Entity, key: str | None) -> int:
    """The same partition for the same key; the others take turns."""
    if key is not None:
        return zlib.crc32(key.encode()) % hub.options.partitions
    turn = int(store.execute("SELECT next FROM bus_entity WHERE id = ?", hub.id).fetchone()[0])
    store.execute("UPDATE bus_entity SET next = ? WHERE id = ?", turn + 1, hub.id)
    return turn % hub.options.partitions


def check(hub: Entity, partition: int) -> None:
    """Raises BusError unless the hub has the partition."""
    if not 0 <= partition < hub.options.partitions:
        raise BusError(
            "com.microsoft:argument-out-of-range",
            f"The specified partition is invalid for an EventHub partition sender or receiver: '{partition}'"
            f" is not among the {hub.options.partitions} partitions of '{hub.path}'.",
        )


def read(store: Store, hub: Entity, partition: int, start: int, limit: int) -> list[Event]:
    """Up to so many events from a sequence number on."""
    rows = store.execute(
        "SELECT sequence, enqueued, annotations, content FROM bus_event WHERE hub = ? AND partition = ? AND sequence >= ?"
        " ORDER BY sequence LIMIT ?",
        hub.id, partition, start, limit,
    )  # fmt: skip
    return [Event(*row) for row in rows.fetchall()]


def describe(store: Store, hub: Entity, partition: int) -> Partition:
    """What a partition holds."""
    check(hub, partition)
    next_, enqueued = store.execute(
        "SELECT next, enqueued FROM bus_partition WHERE hub = ? AND partition = ?", hub.id, partition
    ).fetchone()
    first = store.execute(
        "SELECT min(sequence) FROM bus_event WHERE hub = ? AND partition = ?", hub.id, partition
    ).fetchone()[0]
    return Partition(next_ if first is None else first, next_ - 1, enqueued, first is None)


def since(store: Store, hub: Entity, partition: int, moment: float, *, inclusive: bool) -> int:
    """The sequence number from which on events were enqueued after a moment."""
    found = store.execute(
        f"SELECT min(sequence) FROM bus_event WHERE hub = ? AND partition = ? AND CAST(enqueued * 1000 AS INTEGER)"  # noqa: S608 - one of two
        f" {'>=' if inclusive else '>'} ?",
        hub.id, partition, round(moment * 1000),
    ).fetchone()[0]  # fmt: skip
    return describe(store, hub, partition).last + 1 if found is None else int(found)


def has_group(store: Store, hub: Entity, group: str) -> bool:
    """Whether there is a consumer group of this name."""
    statement = "SELECT 1 FROM bus_group WHERE hub = ? AND name = ?"
    return store.execute(statement, hub.id, group).fetchone() is not None


def checkpoint(store: Store, hub: Entity, reader: str, partition: int) -> int | None:
    """The sequence number of the last event that a reader has dealt with; None: it has not begun."""
    row = store.execute(
        "SELECT sequence FROM bus_checkpoint WHERE hub = ? AND reader = ? AND partition = ?", hub.id, reader, partition
    ).fetchone()
    return None if row is None else int(row[0])


def set_checkpoint(store: Store, hub: Entity, reader: str, partition: int, sequence: int) -> None:
    """A reader has dealt with everything up to this event."""
    store.execute("INSERT OR REPLACE INTO bus_checkpoint VALUES (?, ?, ?, ?)", hub.id, reader, partition, sequence)


def forget_old(store: Store) -> int:
    """Delete events that are older than they are kept; gives how many."""
    return store.execute("DELETE FROM bus_event WHERE enqueued < ?", store.now() - RETENTION_SECONDS).rowcount
