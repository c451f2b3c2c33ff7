"""Service Bus: queues, topics, subscriptions and their dead letters, which can be given back."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pystein_runtime.amqp import message as amqp
from pystein_runtime.cloud.bus import entities, messages
from pystein_runtime.cloud.bus.entities import DEAD_LETTERS
from pystein_runtime.dashboard import values
from pystein_runtime.dashboard.values import Unusable

from . import LIMIT, has_table, offset, required

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pystein_runtime.cloud.bus.messages import Delivery

    from . import Cloud

_STATES = {messages.ACTIVE: "active", messages.DEFERRED: "deferred", messages.SCHEDULED: "scheduled"}
_WHY = ("DeadLetterReason", "DeadLetterErrorDescription")


def listed(cloud: Cloud) -> list[dict[str, Any]]:
    """Queues, subscriptions and dead letters with the numbers of their messages; topics hold none."""
    if not has_table(cloud.store, "bus_message"):
        return []
    rows = cloud.store.execute(
        "SELECT path, kind, (SELECT count(*) FROM bus_message WHERE entity = bus_entity.id) FROM bus_entity"
        " WHERE kind != 'hub' ORDER BY path"
    ).fetchall()
    return [
        {"name": path, "kind": kind, "count": count, "failed": kind == "dead-letters"}
        for path, kind, count in rows
        if kind != "topic"
    ]


def shown(cloud: Cloud, query: Mapping[str, str]) -> dict[str, Any]:
    """The messages of a queue, a subscription or its dead letters, the oldest first."""
    entity = entities.get(cloud.store, required(query, "name"))
    found = messages.peek(cloud.store, entity, 0, offset(query) + LIMIT)[offset(query) :]
    return {
        "name": entity.path,
        "items": [_shown(each) for each in found],
        "replay": entity.kind == "dead-letters",
    }


def _shown(delivery: Delivery) -> dict[str, Any]:
    message = delivery.message()
    application = {_text(name): _text(value) for name, value in message.application.items()}
    return {
        "id": str(delivery.sequence),
        "messageId": _text(message.properties.message_id),
        **values.content(amqp.body_bytes(message)),
        "state": _STATES.get(delivery.state, "active"),
        "locked": values.moment(delivery.locked) if delivery.locked > delivery.enqueued else None,
        "inserted": values.moment(delivery.enqueued),
        "deliveries": delivery.deliveries,
        "session": delivery.session,
        "subject": message.properties.subject,
        "reason": ": ".join(application[name] for name in _WHY if name in application) or None,
        "application": {name: value for name, value in application.items() if name not in _WHY},
    }


def _text(value: Any) -> str:
    return "" if value is None else value.decode("utf-8", "replace") if isinstance(value, bytes) else str(value)


def replay(cloud: Cloud, given: Mapping[str, Any]) -> str:
    """Give a dead letter back to the queue or subscription that it came from; gives that path.

    It goes to that subscription alone, not through the topic, where the others would get it once more.

    Raises:
        Unusable: these are no dead letters, or the message is gone.
    """
    store, path, sequence = cloud.store, required(given, "name"), required(given, "id")
    letters = entities.get(store, path)
    if letters.kind != "dead-letters" or not sequence.isdecimal():
        raise Unusable(f"{path} holds no dead letters.")
    target = entities.get(store, letters.path[: -len(DEAD_LETTERS)])
    with store.transaction():
        found = messages.peek(store, letters, int(sequence), 1)
        if not found or found[0].sequence != int(sequence):
            raise Unusable(f"The message is no longer in {letters.path}.", 404)
        message = found[0].message()
        application = {name: value for name, value in message.application.items() if name not in _WHY}
        content = amqp.content(message.properties, application, message.body)
        number = store.execute("SELECT next FROM bus_entity WHERE id = ?", target.id).fetchone()[0]
        store.execute("UPDATE bus_entity SET next = ? WHERE id = ?", number + 1, target.id)
        store.execute(
            "UPDATE bus_message SET entity = ?, sequence = ?, state = ?, deliveries = 0, locked = 0, token = NULL,"
            " enqueued = ?, content = ? WHERE entity = ? AND sequence = ?",
            target.id, number, messages.ACTIVE, store.now(), content, letters.id, int(sequence),
        )  # fmt: skip
    store.announce(entities.topic_of(target))
    return target.path
