"""Messages of queues and subscriptions: sending, locking, dead letters, sessions' messages, schedules.

Delivery is at least once. A lock is a time and a token in the store: when the time is over, or the host was killed, the
message is delivered again and its delivery count has grown. Rules: the Service Bus reference, "Message transfers, locks,
and settlement", "Dead-letter queues", "Message deferral".
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any, NamedTuple

from pystein_runtime.amqp import message as amqp
from pystein_runtime.amqp.codec import decode, encode
from pystein_runtime.amqp.types import CodecError, Symbol, Timestamp

from . import entities, filters
from .entities import BusError, Entity

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from pystein_runtime.cloud.store import Store

ACTIVE, DEFERRED, SCHEDULED = range(3)
NEVER = 1e12  # seconds: the lock of a message that its session's lock keeps
MAX_SIZE = 1024 * 1024  # bytes of a message
COLUMNS = "sequence, state, session, enqueued, ttl, expires, deliveries, token, locked, annotations, content, message_id, entity"


class Delivery(NamedTuple):
    """A message as a receiver gets it. Times are seconds since 1970."""

    sequence: int
    state: int
    session: str | None
    enqueued: float
    ttl: int | None
    """Milliseconds."""
    expires: float | None
    deliveries: int
    """How often it was delivered before without being settled."""
    token: bytes | None
    """Names the lock: 16 bytes, as of a UUID."""
    locked: float
    annotations: bytes
    content: bytes
    message_id: str | None
    entity: int

    def wire(self) -> bytes:
        """The whole message in AMQP."""
        annotations: dict[Any, Any] = decode(self.annotations)[0] if self.annotations else {}
        annotations[Symbol("x-opt-sequence-number")] = self.sequence
        annotations[Symbol("x-opt-enqueued-time")] = Timestamp(int(self.enqueued * 1000))
        annotations[Symbol("x-opt-message-state")] = self.state
        if self.token is not None and self.locked < NEVER:
            annotations[Symbol("x-opt-locked-until")] = Timestamp(int(self.locked * 1000))
        return amqp.deliver(self.content, annotations, self.deliveries, self.ttl)

    def message(self) -> amqp.Message:
        """The message taken apart."""
        annotations = decode(self.annotations)[0] if self.annotations else {}
        return amqp.parse(self.content)._replace(ttl=self.ttl, annotations=annotations)


def send(store: Store, entity: Entity, raws: Iterable[bytes], due: float | None = None) -> list[int]:
    """Put messages into a queue, or into every subscription of a topic that wants them; all or none.

    Args:
        store: the local cloud's store.
        entity: a queue or a topic.
        raws: messages in AMQP.
        due: when they are to be received, where not the messages say that.

    Returns:
        The sequence numbers; of a topic those in its first subscription that took the message, 0 where none did.

    Raises:
        BusError: a message is malformed or too large, or lacks the session that the entity wants.
    """
    if entity.kind not in {"queue", "topic"}:
        raise BusError("amqp:not-allowed", f"Nothing can be sent to '{entity.path}'.")
    with entities.atomic(store):
        targets = entities.subscriptions(store, entity) if entity.kind == "topic" else []
        rules = {target.id: entities.rules(store, target) for target in targets}
        sequences = []
        for raw in raws:
            message = _parse(raw)
            if entity.kind == "queue":
                sequences.append(_insert(store, entity, message, due))
                continue
            candidate = _candidate(message)
            wanted = [
                target
                for target in targets
                if any(filters.matches(filter_, candidate) for filter_ in rules[target.id].values())
            ]
            sequences.append(next(iter([_insert(store, target, message, due) for target in wanted]), 0))
    return sequences


def _parse(raw: bytes) -> amqp.Message:
    if len(raw) > MAX_SIZE:
        raise BusError(
            "amqp:link:message-size-exceeded",
            f"The received message (delivery-id:0, size:{len(raw)} bytes) exceeds the limit ({MAX_SIZE} bytes)"
            " currently allowed on the link.",
        )
    try:
        return amqp.parse(raw)
    except CodecError as error:
        raise BusError("amqp:decode-error", str(error)) from error


def _candidate(message: amqp.Message) -> filters.Candidate:
    properties = message.properties
    system = {
        "messageid": properties.message_id, "to": properties.to, "label": properties.subject,
        "replyto": properties.reply_to, "correlationid": properties.correlation_id,
        "contenttype": properties.content_type, "sessionid": properties.group_id,
        "replytosessionid": properties.reply_to_group_id,
    }  # fmt: skip
    return filters.Candidate(system, message.application)


def _insert(store: Store, entity: Entity, message: amqp.Message, due: float | None) -> int:
    """Put a message into a queue or a subscription; gives its sequence number, 0 where it is a duplicate."""
    now = store.now()
    session, message_id = _text(message.properties.group_id), _text(message.properties.message_id)
    if entity.options.sessions and session is None:
        raise BusError(
            "com.microsoft:argument-error",
            "The SessionId was not set on a message, and it cannot be sent to the entity.",
        )
    if entity.options.duplicates and message_id is not None and _is_duplicate(store, entity, message_id, now):
        return 0
    due = _scheduled(message) if due is None else due
    if due is not None and due <= now:
        due = None
    ttl = _time_to_live(message, entity)
    kept = {key: value for key, value in message.annotations.items() if key not in _OURS}
    row = (
        SCHEDULED if due is not None else ACTIVE,
        session,
        message_id,
        now if due is None else due,
        due,
        ttl,
        None if ttl is None else (due or now) + ttl / 1000,
        0,
        encode(kept) if kept else b"",
        amqp.content(message.properties, message.application, message.body),
    )
    sequence = _add(store, entity.id, row)
    store.announce(entities.topic_of(entity))
    return sequence


def _text(value: Any) -> str | None:
    return None if value is None else str(value)


def _scheduled(message: amqp.Message) -> float | None:
    """When a message says that it is to be received: seconds since 1970."""
    milliseconds = message.annotations.get("x-opt-scheduled-enqueue-time")
    return milliseconds / 1000 if isinstance(milliseconds, int) else None


def _time_to_live(message: amqp.Message, entity: Entity) -> int | None:
    """Milliseconds that a message stays at the most: the shorter of its own time and its entity's."""
    most = None if entity.options.ttl is None else int(entity.options.ttl * 1000)
    return min((ttl for ttl in (message.ttl, most) if ttl is not None), default=None)


_OURS = {"x-opt-sequence-number", "x-opt-enqueued-time", "x-opt-locked-until", "x-opt-message-state"}


def _is_duplicate(store: Store, entity: Entity, message_id: str, now: float) -> bool:
    store.execute("DELETE FROM bus_seen WHERE until <= ?", now)
    statement = "INSERT OR IGNORE INTO bus_seen VALUES (?, ?, ?)"
    return store.execute(statement, entity.id, message_id, now + entity.options.duplicates).rowcount == 0


def _add(store: Store, entity: int, row: tuple[Any, ...]) -> int:
    sequence = int(store.execute("SELECT next FROM bus_entity WHERE id = ?", entity).fetchone()[0])
    store.execute("UPDATE bus_entity SET next = ? WHERE id = ?", sequence + 1, entity)
    store.execute(
        "INSERT INTO bus_message (entity, sequence, state, session, message_id, enqueued, due, ttl, expires, deliveries,"
        " annotations, content) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        entity, sequence, *row,
    )  # fmt: skip
    return sequence


# -- receiving ------------------------------------------------------------------------------------------------


def receive(
    store: Store, entity: Entity, limit: int, *, session: str | None = None, remove: bool = False
) -> list[Delivery]:
    """Take up to so many messages in their order, and lock them; or remove them at once.

    Args:
        store: the local cloud's store.
        entity: a queue, a subscription or their dead letters.
        limit: how many.
        session: of which session, which the caller has locked.
        remove: whether they are gone with being received.
    """
    if not _is_due(store, entity):
        return []
    with store.transaction():
        _tidy(store, entity)
        now = store.now()
        condition, values = ("", ()) if session is None else ("AND session = ?", (session,))
        rows = store.execute(
            f"SELECT {COLUMNS} FROM bus_message WHERE entity = ? AND state = 0 AND locked <= ? {condition}"  # noqa: S608 - constant
            " ORDER BY sequence LIMIT ?",
            entity.id, now, *values, limit,
        ).fetchall()  # fmt: skip
        until = NEVER if session is not None else now + entity.options.lock
        taken = [_take(store, entity, Delivery(*row), until, remove=remove) for row in rows]
    return [delivery for delivery in taken if delivery is not None]


def _is_due(store: Store, entity: Entity) -> bool:
    """Whether there is anything to do: looking for messages where there are none writes nothing and waits for no lock."""
    row = store.execute(
        "SELECT EXISTS (SELECT 1 FROM bus_message WHERE entity = ?1 AND state = 0 AND locked <= ?2)"
        " OR EXISTS (SELECT 1 FROM bus_message WHERE entity = ?1 AND state = 2 AND due <= ?2)"
        " OR EXISTS (SELECT 1 FROM bus_message WHERE entity = ?1 AND expires <= ?2)",
        entity.id, store.now(),
    ).fetchone()  # fmt: skip
    return bool(row[0])


def _take(store: Store, entity: Entity, found: Delivery, until: float, *, remove: bool) -> Delivery | None:
    """Lock a message; one whose lock ran out has been delivered in vain, and too many of that make a dead letter."""
    deliveries = found.deliveries + (found.token is not None)
    if deliveries >= entity.options.max_deliveries and entity.kind != "dead-letters":
        bury(store, entity, found._replace(deliveries=deliveries), *too_often(deliveries))
        return None
    if remove:
        store.execute("DELETE FROM bus_message WHERE entity = ? AND sequence = ?", entity.id, found.sequence)
        return found._replace(deliveries=deliveries, token=None)
    token = os.urandom(16)
    store.execute(
        "UPDATE bus_message SET token = ?, locked = ?, deliveries = ? WHERE entity = ? AND state = ? AND sequence = ?",
        token, until, deliveries, entity.id, found.state, found.sequence,
    )  # fmt: skip
    return found._replace(token=token, locked=until, deliveries=deliveries)


def too_often(deliveries: int) -> tuple[str, str]:
    """Reason and description of a dead letter that was delivered in vain so often."""
    return "MaxDeliveryCountExceeded", f"Message could not be consumed after {deliveries} delivery attempts."


def _tidy(store: Store, entity: Entity) -> None:
    """Let scheduled messages come whose time is there, and take those out whose time is over."""
    now = store.now()
    statement = f"SELECT {COLUMNS} FROM bus_message WHERE entity = ? AND state = 2 AND due <= ? ORDER BY due"  # noqa: S608 - constant
    for row in store.execute(statement, entity.id, now).fetchall():
        # The service gives a message another number when it comes.
        _move(store, Delivery(*row), entity, None)
    statement = f"SELECT {COLUMNS} FROM bus_message WHERE entity = ? AND expires <= ? AND locked <= ? AND state != 2"  # noqa: S608 - constant
    for row in store.execute(statement, entity.id, now, now).fetchall():
        found = Delivery(*row)
        if entity.options.dead_letter_expired and entity.kind != "dead-letters":
            bury(store, entity, found, "TTLExpiredException", "The message expired and was dead lettered.")
        else:
            store.execute("DELETE FROM bus_message WHERE entity = ? AND sequence = ?", entity.id, found.sequence)


def bury(store: Store, entity: Entity, found: Delivery, reason: str | None, description: str | None) -> None:
    """Move a message to the dead letters."""
    message = found.message()
    why = {"DeadLetterReason": reason, "DeadLetterErrorDescription": description}
    application = {**message.application, **{name: text for name, text in why.items() if text is not None}}
    content = amqp.content(message.properties, application, message.body)
    target = entities.dead_letters(store, entity)
    annotations = {
        **message.annotations,
        Symbol("x-opt-deadletter-source"): entity.path,
        Symbol("x-opt-enqueue-sequence-number"): found.sequence,
    }
    kept = encode({key: value for key, value in annotations.items() if key not in _OURS})
    _move(store, found._replace(content=content, annotations=kept, ttl=None, expires=None), entity, target)


def _move(store: Store, found: Delivery, entity: Entity, target: Entity | None) -> None:
    store.execute("DELETE FROM bus_message WHERE entity = ? AND sequence = ?", entity.id, found.sequence)
    place = target or entity
    row = (
        ACTIVE, found.session, found.message_id, found.enqueued, None, found.ttl, found.expires, found.deliveries,
        found.annotations, found.content,
    )  # fmt: skip
    _add(store, place.id, row)
    store.announce(entities.topic_of(place))


def receive_deferred(
    store: Store, entity: Entity, sequences: Sequence[int], *, remove: bool = False, session: str | None = None
) -> list[Delivery]:
    """Take messages that were put aside.

    Raises:
        BusError: one is not there.
    """
    with entities.atomic(store):
        now = store.now()
        taken = []
        for sequence in sequences:
            statement = (
                f"SELECT {COLUMNS} FROM bus_message WHERE entity = ? AND state = 1 AND sequence = ? AND locked <= ?"  # noqa: S608 - constant
            )
            row = store.execute(statement, entity.id, sequence, now).fetchone()
            found = (
                None
                if row is None
                else _take(
                    store,
                    entity,
                    Delivery(*row),
                    now + entity.options.lock if session is None else NEVER,
                    remove=remove,
                )
            )
            if found is None:
                raise BusError(
                    "com.microsoft:message-not-found", f"Failed to lock one or more specified messages: {sequence}."
                )
            taken.append(found)
    return taken


def peek(store: Store, entity: Entity, start: int, limit: int, session: str | None = None) -> list[Delivery]:
    """Messages from a sequence number on, in whatever state, without taking them."""
    condition, values = ("", ()) if session is None else ("AND session = ?", (session,))
    rows = store.execute(
        f"SELECT {COLUMNS} FROM bus_message WHERE entity = ? AND sequence >= ? {condition} ORDER BY sequence LIMIT ?",  # noqa: S608 - constant
        entity.id, start, *values, limit,
    )  # fmt: skip
    return [Delivery(*row) for row in rows.fetchall()]


def count(store: Store, entity: Entity) -> int:
    """How many messages there are, in whatever state."""
    return int(store.execute("SELECT count(*) FROM bus_message WHERE entity = ?", entity.id).fetchone()[0])


def next_due(store: Store, entity: Entity) -> float | None:
    """When it may be worth to receive again although nothing is announced."""
    locked = store.execute(
        "SELECT min(locked) FROM bus_message WHERE entity = ? AND state = 0 AND locked < ?", entity.id, NEVER
    ).fetchone()[0]
    due = store.execute("SELECT min(due) FROM bus_message WHERE entity = ? AND state = 2", entity.id).fetchone()[0]
    session = store.execute(
        "SELECT min(locked) FROM bus_session WHERE entity = ? AND locked > 0", entity.id
    ).fetchone()[0]
    return min((moment for moment in (locked, due, session) if moment is not None), default=None)


# -- schedules ------------------------------------------------------------------------------------------------


def cancel(store: Store, entity: Entity, sequences: Sequence[int]) -> None:
    """Take scheduled messages back.

    Raises:
        BusError: one is not there, or no longer only scheduled.
    """
    with entities.atomic(store):
        places = [entity] if entity.kind != "topic" else entities.subscriptions(store, entity)
        for sequence in sequences:
            statement = "DELETE FROM bus_message WHERE entity = ? AND state = 2 AND sequence = ?"
            if not sum(store.execute(statement, place.id, sequence).rowcount for place in places):
                raise BusError("com.microsoft:message-not-found", f"There is no scheduled message {sequence}.")
