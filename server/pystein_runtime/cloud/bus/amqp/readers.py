"""Links over which the client reads the partitions of an event hub."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from pystein_runtime.amqp.types import Described, Symbol, Timestamp
from pystein_runtime.cloud.bus import entities, hubs
from pystein_runtime.cloud.bus.entities import BusError

from .outgoing import BURST, Outgoing

if TYPE_CHECKING:
    from pystein_runtime.cloud.bus.entities import Entity

    from .session import Session

MAX_READERS = 5  # of one partition and consumer group without an epoch
PATH = re.compile(r"(.+)/consumergroups/([^/]+)/partitions/(\d+)", re.IGNORECASE)
_POSITION = re.compile(r"x-opt-(offset|sequence-number|enqueued-time)\s*(>=?)\s*'(@latest|-?\d+)'")


def attach(session: Session, fields: list[Any], found: re.Match[str], filters: dict[Any, Any]) -> None:
    """Open a link to the partition that `PATH` has found in its address.

    Raises:
        BusError: there is no such partition or consumer group, or somebody else has it for himself.
    """
    store, endpoint = session.connection.store, session.connection.endpoint
    hub, group, partition = entities.get(store, found[1]), found[2], int(found[3])
    if hub.kind != "hub" or not hubs.has_group(store, hub, group):
        raise BusError(
            "amqp:not-found",
            f"The messaging entity 'sb://localhost/{found[1]}|{group}' could not be found: there is no such consumer group.",
        )
    hubs.check(hub, partition)
    epoch = (fields[13] or {}).get("com.microsoft:epoch")
    reader = Reader(session, fields[1], hub, partition, _start(session, hub, partition, filters))
    reader.epoch = epoch if isinstance(epoch, int) else None
    reader.runtime_info = "com.microsoft:enable-receiver-runtime-metric" in (fields[11] or []) or (
        "com.microsoft:enable-receiver-runtime-metric" in (fields[12] or [])
    )
    readers = endpoint.readers.setdefault((hub.id, group.lower(), partition), [])
    _make_way(readers, reader)
    readers.append(reader)
    reader.siblings = readers
    session.outgoing[fields[1]] = reader
    session.answer_attach(fields)


def _make_way(readers: list[Reader], new: Reader) -> None:
    """A reader with an epoch is alone: it ends those with none or a lower one.

    Raises:
        BusError: there is one with a higher epoch, or there are too many.
    """
    highest = max((reader.epoch for reader in readers if reader.epoch is not None), default=None)
    if highest is not None and (new.epoch is None or new.epoch < highest):
        raise BusError(
            "amqp:link:stolen",
            f"At least one receiver for the endpoint is created with epoch of '{highest}', and so a receiver with a lower one"
            " or without an epoch is not allowed.",
        )
    if new.epoch is None:
        if len(readers) >= MAX_READERS:
            raise BusError(
                "amqp:resource-limit-exceeded",
                f"Exceeded the maximum number of allowed receivers per partition in a consumer group which is {MAX_READERS}.",
            )
        return
    for reader in list(readers):
        stolen = BusError("amqp:link:stolen", f"New receiver with higher epoch of '{new.epoch}' is created.")
        with reader.session.connection.batch():
            reader.session.detach(reader.handle, stolen)


def _start(session: Session, hub: Entity, partition: int, filters: dict[Any, Any]) -> int:
    """The first sequence number that a reader wants."""
    store = session.connection.store
    texts = [item.value if isinstance(item, Described) else item for item in filters.values()]
    found = next((match for match in (_POSITION.search(str(text)) for text in texts) if match), None)
    if found is None:
        return 0
    what, comparison, value = found.groups()
    inclusive = comparison == ">="
    if value == "@latest":
        return hubs.describe(store, hub, partition).last + 1
    if what == "enqueued-time":
        return hubs.since(store, hub, partition, int(value) / 1000, inclusive=inclusive)
    return max(int(value) + (0 if inclusive else 1), 0)


class Reader(Outgoing):
    """Events of one partition."""

    def __init__(self, session: Session, handle: int, hub: Entity, partition: int, start: int) -> None:
        super().__init__(session, handle, hub.path)
        self._hub = hub
        self._partition = partition
        self._next = start
        self.epoch: int | None = None
        self.runtime_info = False
        self.siblings: list[Reader] = []
        self.watch(hubs.topic_of(hub, partition))

    def close(self) -> None:
        """Others may read now."""
        super().close()
        if self in self.siblings:
            self.siblings.remove(self)

    def pump(self) -> None:
        """Send the next events."""
        if self.credit <= 0:
            return
        store = self.session.connection.store
        limit = min(self.credit, BURST)
        events = hubs.read(store, self._hub, self._partition, self._next, limit)
        info = self._info() if self.runtime_info and events else None
        for event in events:
            self.send(event.wire(info), event.sequence.to_bytes(16, "big"))
            self._next = event.sequence + 1
        if len(events) == limit and self.credit:
            self.wake()

    def _info(self) -> dict[Any, Any]:
        store = self.session.connection.store
        held = hubs.describe(store, self._hub, self._partition)
        return {
            Symbol("last_enqueued_sequence_number"): held.last,
            Symbol("last_enqueued_offset"): str(held.last),
            Symbol("last_enqueued_time_utc"): Timestamp(int(held.last_enqueued * 1000)),
            Symbol("runtime_info_retrieval_time_utc"): Timestamp(int(store.now() * 1000)),
        }
