"""What a link's address means, and the links over which the client receives."""

from __future__ import annotations

import os
import re
import uuid
from typing import TYPE_CHECKING, Any

from pystein_runtime.amqp import message as amqp
from pystein_runtime.amqp import performatives as p
from pystein_runtime.amqp.types import Described, Symbol
from pystein_runtime.cloud.bus import entities, hubs, messages, sessions, settling
from pystein_runtime.cloud.bus.entities import BusError

from . import management, readers
from .outgoing import BURST, Outgoing

if TYPE_CHECKING:
    from collections.abc import Callable

    from pystein_runtime.cloud.bus.entities import Entity

    from .session import Session

SESSION_FILTER = "com.microsoft:session-filter"
SESSION_TIMEOUT = 60.0  # seconds that a client waits for any session where it does not say
_TICKS_1970 = 621355968000000000  # .NET's ticks of 100 ns, since the year 1
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
        messages.send(store, entity, amqp.parse(raw).data if format_ == amqp.BATCH_FORMAT else [raw])

    return take


def _append(session: Session, hub: Entity, raw: bytes, format_: int, partition: int | None) -> None:
    key = None
    raws: tuple[bytes, ...] = (raw,)
    if format_ == amqp.BATCH_FORMAT:
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
    found = readers.PATH.fullmatch(path)
    if found is not None:
        readers.attach(session, fields, found, filters)
        return
    entity = entities.get(store, path)
    if entity.kind in {"topic", "hub"}:
        raise BusError("amqp:not-allowed", f"Nothing can be received from '{path}'.")
    if SESSION_FILTER in filters:
        wanted = filters[SESSION_FILTER]
        offer = _SessionOffer(session, fields, entity, wanted.value if isinstance(wanted, Described) else wanted)
        session.outgoing[offer.handle] = offer
        offer.pump()
        return
    if entity.options.sessions:
        raise BusError(
            "amqp:not-allowed",
            f"It is not possible for an entity that requires sessions to create a non-sessionful message receiver: {path}.",
        )
    session.outgoing[fields[1]] = Receiver(session, fields[1], entity, remove=fields[3] == 1)
    session.answer_attach(fields)


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
            settling.complete(store, entity, token)
        elif code == p.REJECTED:
            info = (p.unwrap(fields[0])[1][2] or {}) if fields and fields[0] is not None else {}
            settling.dead_letter(
                store, entity, token, info.get("DeadLetterReason"), info.get("DeadLetterErrorDescription")
            )
        elif code == p.RELEASED:
            settling.release(store, entity, token)
        elif fields[1] is True:  # not here: put aside
            settling.defer(store, entity, token, fields[2])
        else:
            settling.abandon(store, entity, token, fields[2])


class _SessionOffer(Outgoing):
    """A client that waits for a session; its link is agreed to once there is one."""

    def __init__(self, session: Session, fields: list[Any], entity: Entity, wanted: str | None) -> None:
        super().__init__(session, fields[1], entity.path)
        self._fields, self._entity, self._wanted = fields, entity, wanted
        self.watch(entities.topic_of(entity))
        timeout = (fields[13] or {}).get("com.microsoft:timeout")
        seconds = timeout / 1000 if isinstance(timeout, int) else SESSION_TIMEOUT
        self._end = session.connection.store.now() + seconds

    def pump(self) -> None:
        """Agree if there is a session now."""
        session, fields, entity = self.session, self._fields, self._entity
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
            self.wake_at(self._end if due is None else min(due, self._end))
            return
        name, until = accepted
        self.close()
        session.outgoing[fields[1]] = Receiver(session, fields[1], entity, remove=fields[3] == 1, name=name)
        source = list(p.unwrap(fields[5])[1])
        source[7] = {Symbol(SESSION_FILTER): name}
        ticks = int(until * 10_000_000) + _TICKS_1970
        properties = {Symbol("com.microsoft:locked-until-utc"): ticks}
        session.answer_attach(fields, p.described(p.SOURCE, *source), properties)
