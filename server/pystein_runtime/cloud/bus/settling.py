"""Settling messages that are locked: completed, given back, put aside, or made dead letters.

Rules: the Service Bus reference, "Message transfers, locks, and settlement", "Dead-letter queues", "Message deferral".
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pystein_runtime.amqp import message as amqp

from . import entities
from .entities import BusError, Entity
from .messages import COLUMNS, DEFERRED, NEVER, Delivery, bury, too_often

if TYPE_CHECKING:
    from pystein_runtime.cloud.store import Store


def _locked(store: Store, entity: Entity, token: bytes) -> Delivery:
    statement = f"SELECT {COLUMNS} FROM bus_message WHERE token = ? AND entity = ? AND locked > ?"  # noqa: S608 - constant
    row = store.execute(statement, token, entity.id, store.now()).fetchone()
    if row is None:
        raise BusError(
            "com.microsoft:message-lock-lost",
            "The lock supplied is invalid. Either the lock expired, or the message has already been removed.",
        )
    return Delivery(*row)


def complete(store: Store, entity: Entity, token: bytes) -> None:
    """The message has been dealt with.

    Raises:
        BusError: the lock is lost, as of all functions that settle.
    """
    statement = "DELETE FROM bus_message WHERE token = ? AND entity = ? AND locked > ?"
    if store.execute(statement, token, entity.id, store.now()).rowcount == 0:
        _locked(store, entity, token)


def abandon(store: Store, entity: Entity, token: bytes, properties: dict[Any, Any] | None = None) -> None:
    """Give a message back after a vain delivery; with too many of them it is a dead letter."""
    with store.transaction():
        found = _with(_locked(store, entity, token), properties)
        deliveries = found.deliveries + 1
        if deliveries >= entity.options.max_deliveries and entity.kind != "dead-letters":
            bury(store, entity, found._replace(deliveries=deliveries), *too_often(deliveries))
            return
        _release(store, entity, found._replace(deliveries=deliveries), found.state)
    store.announce(entities.topic_of(entity))


def release(store: Store, entity: Entity, token: bytes) -> None:
    """Give a message back that was not looked at."""
    with store.transaction():
        found = _locked(store, entity, token)
        _release(store, entity, found, found.state)
    store.announce(entities.topic_of(entity))


def defer(store: Store, entity: Entity, token: bytes, properties: dict[Any, Any] | None = None) -> None:
    """Put a message aside: it is received by its sequence number only."""
    with store.transaction():
        _release(store, entity, _with(_locked(store, entity, token), properties), DEFERRED)


def dead_letter(
    store: Store, entity: Entity, token: bytes, reason: str | None = None, description: str | None = None
) -> None:
    """Move a message to the dead letters."""
    with store.transaction():
        found = _locked(store, entity, token)
        if entity.kind == "dead-letters":
            raise BusError("amqp:not-allowed", "A dead letter cannot become one again.")
        bury(store, entity, found, reason, description)


def renew(store: Store, entity: Entity, token: bytes) -> float:
    """Keep a lock for another time; gives its new end."""
    with store.transaction():
        found = _locked(store, entity, token)
        until = found.locked if found.locked >= NEVER else store.now() + entity.options.lock
        store.execute("UPDATE bus_message SET locked = ? WHERE token = ?", until, token)
    return until


def _with(found: Delivery, properties: dict[Any, Any] | None) -> Delivery:
    """The message with application properties added or changed."""
    if not properties:
        return found
    message = found.message()
    application = {**message.application, **{str(name): value for name, value in properties.items()}}
    return found._replace(content=amqp.content(message.properties, application, message.body))


def _release(store: Store, entity: Entity, found: Delivery, state: int) -> None:
    store.execute(
        "UPDATE bus_message SET token = NULL, locked = 0, state = ?, deliveries = ?, content = ?"
        " WHERE entity = ? AND sequence = ?",
        state, found.deliveries, found.content, entity.id, found.sequence,
    )  # fmt: skip
