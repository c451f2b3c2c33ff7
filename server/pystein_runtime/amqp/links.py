"""What a link's address means, and the links over which the client receives."""

from __future__ import annotations

import os
import re
import uuid
from typing import TYPE_CHECKING, Any

from pystein_runtime.cloud.bus import entities, hubs, messages, sessions
from pystein_runtime.cloud.bus.entities import BusError

from . import message as amqp
from . import performatives as p
from .codec import Described, Symbol, Timestamp
from .session import BATCH_FORMAT

if TYPE_CHECKING:
    import asyncio
    from collections.abc import Callable

    from pystein_runtime.cloud.bus.entities import Entity

    from .session import Session

BURST = 100  # messages that a link sends before others have their turn
SESSION_FILTER = "com.microsoft:session-filter"
SESSION_TIMEOUT = 60.0  # seconds that a client waits for any session where it does not say
MAX_READERS = 5  # of one partition and consumer group without an epoch
_TICKS_1970 = 621355968000000000  # .NET's ticks of 100 ns, since the year 1
_POSITION = re.compile(r"x-opt-(offset|sequence-number|enqueued-time)\s*(>=?)\s*'(@latest|-?\d+)'")
_READER = re.compile(r"(.+)/consumergroups/([^/]+)/partitions/(\d+)", re.IGNORECASE)
_WRITER = re.compile(r"(.+)/partitions/(\d+)", re.IGNORECASE)


def address(terminus: Any) -> str:
    """The path in a source or a target: `orders` also of `amqps://host/orders`."""
    if terminus is None:
        return ""
    found = p.unwrap(terminus)[1][0]
    path = re.sub(r"^\w+://[^/]*/", "", found) if isinstance(found, str) else ""
    return path.strip("/")


# -- the client sends -----------------------------------------------------------------------------------------


def taker(session: Session, fields: list[Any]) -> Callable[[bytes, int], None]:
    """What takes the messages of a link over which the client sends.

    Raises:
        BusError: nothing can be sent to its address.
    """
    path = address(fields[6])
    store = session.connection.store
    if path.lower().endswith(("$cbs", "$management")):
        from . import management  # noqa: PLC0415 - which imports the links

        return lambda raw, _: management.answer(session, path, amqp.parse(raw))
    found = _WRITER.fullmatch(path)
    if found is not None:
        hub, partition = entities.get(store, found[1]), int(found[2])
        hubs.check(hub, partition)
        return lambda raw, format_: _append(session, hub, raw, format_, partition)
    entity = entities.get(store, path)
    if entity.kind == "hub":
        return lambda raw, format_: _append(session, entity, raw, format_, None)
    if entity.kind not in {"queue", "topic"}:
        raise BusError("amqp:not-allowed", f"Nothing can be sent to '{path}'.")

    def take(raw: bytes, format_: int) -> None:
        messages.send(store, entity, amqp.parse(raw).data if format_ == BATCH_FORMAT else [raw])

    return take


def _append(session: Session, hub: Entity, raw: bytes, format_: int, partition: int | None) -> None:
    key = None
    raws: tuple[bytes, ...] = (raw,)
    if format_ == BATCH_FORMAT:
        batch = amqp.parse(raw)
        found = batch.annotations.get("x-opt-partition-key")
        key, raws = (None if found is None else str(found)), batch.data
    hubs.send(session.connection.store, hub, raws, partition=partition, key=key)


# -- the client receives --------------------------------------------------------------------------------------


def attach_receiver(session: Session, fields: list[Any]) -> None:
    """Open a link over which the client receives.

    Raises:
        BusError: nothing can be received from its address.
    """
    path = address(fields[5])
    store = session.connection.store
    if path.lower().endswith(("$cbs", "$management")):
        session.outgoing[fields[1]] = Outgoing(session, fields[1], path)
        session.answer_attach(fields)
        return
    filters = p.unwrap(fields[5])[1][7]
    filters = filters if isinstance(filters, dict) else {}
    found = _READER.fullmatch(path)
    if found is not None:
        _attach_reader(session, fields, found, filters)
        return
    entity = entities.get(store, path)
    if entity.kind in {"topic", "hub"}:
        raise BusError("amqp:not-allowed", f"Nothing can be received from '{path}'.")
    if SESSION_FILTER in filters:
        wanted = filters[SESSION_FILTER]
        _SessionOffer(session, fields, entity, wanted.value if isinstance(wanted, Described) else wanted).take()
        return
    if entity.options.sessions:
        raise BusError(
            "amqp:not-allowed",
            f"It is not possible for an entity that requires sessions to create a non-sessionful message receiver: {path}.",
        )
    session.outgoing[fields[1]] = Receiver(session, fields[1], entity, remove=fields[3] == 1)
    session.answer_attach(fields)


class Outgoing:
    """A link over which the client receives; by itself the one for answers, which are sent when they are there."""

    def __init__(self, session: Session, handle: int, path: str) -> None:
        self.session = session
        self.handle = handle
        self.path = path
        self.count = 0
        self.credit = 0
        self._woken = False
        self._closed = False
        self._forget: Callable[[], None] | None = None
        self._timer: asyncio.TimerHandle | None = None

    def watch(self, topic: str) -> None:
        """Be woken by what is announced."""
        self._forget = self.session.connection.store.watch(topic, self.wake)

    def close(self) -> None:
        """The link is no more."""
        self._closed = True
        if self._forget is not None:
            self._forget()
            self._forget = None
        if self._timer is not None:
            self._timer.cancel()

    def flow(self, count: int, credit: int, *, drain: bool) -> None:
        """The client lets us send so much in all."""
        self.credit = max(count + credit - self.count, 0)
        self.pump()
        if drain and not self._closed and self.credit:
            self.count += self.credit
            self.credit = 0
            self.session.drained(self)

    def wake(self) -> None:
        """Send soon what there is."""
        if not self._woken and not self._closed:
            self._woken = True
            self.session.connection.loop.call_soon(self._run)

    def wake_at(self, moment: float | None) -> None:
        """Send what there will be then: seconds since 1970."""
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None
        if moment is not None and not self._closed:
            delay = max(moment - self.session.connection.store.now(), 0.0) + 0.001
            self._timer = self.session.connection.loop.call_later(min(delay, 3600.0), self.wake)

    def _run(self) -> None:
        self._woken = False
        connection = self.session.connection
        if not self._closed and not connection.paused and not connection.closed:
            with connection.batch():
                self.pump()

    def pump(self) -> None:
        """Send what there is and what the client has credit for."""

    def send(self, raw: bytes, tag: bytes, token: bytes | None = None) -> None:
        """Send one message."""
        self.credit = max(self.credit - 1, 0)
        self.count += 1
        self.session.deliver(self, raw, tag, token)

    def settle(self, token: bytes, code: int, fields: list[Any]) -> None:
        """The client has settled a message.

        Raises:
            BusError: it no longer had it.
        """


class Receiver(Outgoing):
    """Messages of a queue, a subscription or dead letters, of one session or without."""

    def __init__(self, session: Session, handle: int, entity: Entity, *, remove: bool, name: str | None = None) -> None:
        super().__init__(session, handle, entity.path)
        self._entity = entity
        self._remove = remove
        self._name = name
        self._store = session.connection.store
        self.watch(entities.topic_of(entity))

    def close(self) -> None:
        """A session is free again at once; other messages stay locked until their time is over, as on the service."""
        super().close()
        if self._name is not None:
            sessions.leave(self._store, self._entity, self.session.connection.id, self._name)

    def pump(self) -> None:
        """Send messages; wait for those to come when there are none."""
        if self.credit <= 0:
            return
        if self._name is not None:
            try:
                sessions.check(self._store, self._entity, self.session.connection.id, self._name)
            except BusError as error:
                self.session.detach(self.handle, error)
                return
        limit = min(self.credit, BURST)
        taken = messages.receive(self._store, self._entity, limit, session=self._name, remove=self._remove)
        for delivery in taken:
            token = delivery.token
            tag = os.urandom(16) if token is None else uuid.UUID(bytes=token).bytes_le
            self.send(delivery.wire(), tag, token)
        if len(taken) == limit:
            if self.credit:
                self.wake()
        else:
            self.wake_at(messages.next_due(self._store, self._entity))

    def settle(self, token: bytes, code: int, fields: list[Any]) -> None:
        """Outcomes: Service Bus protocol guide, "Receive a message"."""
        store, entity = self._store, self._entity
        if self._name is not None:
            sessions.check(store, entity, self.session.connection.id, self._name)
        if code == p.ACCEPTED:
            messages.complete(store, entity, token)
        elif code == p.REJECTED:
            info = (p.unwrap(fields[0])[1][2] or {}) if fields and fields[0] is not None else {}
            messages.dead_letter(
                store, entity, token, info.get("DeadLetterReason"), info.get("DeadLetterErrorDescription")
            )
        elif code == p.RELEASED:
            messages.release(store, entity, token)
        elif fields[1] is True:  # not here: put aside
            messages.defer(store, entity, token, fields[2])
        else:
            messages.abandon(store, entity, token, fields[2])


class _SessionOffer:
    """A client that waits for a session; its link is agreed to once there is one."""

    def __init__(self, session: Session, fields: list[Any], entity: Entity, wanted: str | None) -> None:
        self._session, self._fields, self._entity, self._wanted = session, fields, entity, wanted
        self._place = Outgoing(session, fields[1], entity.path)
        self._place.pump = self.take  # type: ignore[method-assign]
        session.outgoing[fields[1]] = self._place
        self._place.watch(entities.topic_of(entity))
        timeout = (fields[13] or {}).get("com.microsoft:timeout")
        seconds = timeout / 1000 if isinstance(timeout, int) else SESSION_TIMEOUT
        self._end = session.connection.store.now() + seconds

    def take(self) -> None:
        """Agree if there is a session now."""
        session, fields, entity = self._session, self._fields, self._entity
        store = session.connection.store
        try:
            accepted = sessions.accept(store, entity, session.connection.id, self._wanted)
        except BusError as error:
            session.refuse(fields, error)
            return
        if accepted is None and store.now() >= self._end:
            session.refuse(fields, BusError("com.microsoft:timeout", "There was no session to accept in time."))
            return
        if accepted is None:
            due = messages.next_due(store, entity)
            self._place.wake_at(self._end if due is None else min(due, self._end))
            return
        name, until = accepted
        self._place.close()
        session.outgoing[fields[1]] = Receiver(session, fields[1], entity, remove=fields[3] == 1, name=name)
        source = list(p.unwrap(fields[5])[1])
        source[7] = {Symbol(SESSION_FILTER): name}
        ticks = int(until * 10_000_000) + _TICKS_1970
        properties = {Symbol("com.microsoft:locked-until-utc"): ticks}
        session.answer_attach(fields, p.described(p.SOURCE, *source), properties)


# -- event hubs -----------------------------------------------------------------------------------------------


def _attach_reader(session: Session, fields: list[Any], found: re.Match[str], filters: dict[Any, Any]) -> None:
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
