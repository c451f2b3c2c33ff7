"""Storage queues: their messages, hidden ones too; those of a poison queue can be given back."""

from __future__ import annotations

import base64
import binascii
from typing import TYPE_CHECKING, Any

from pystein_runtime.cloud import queues
from pystein_runtime.dashboard import values
from pystein_runtime.dashboard.values import Unusable

from . import LIMIT, offset, required

if TYPE_CHECKING:
    from collections.abc import Mapping

    from . import Cloud

POISON = "-poison"
_OF_BLOBS = "webjobs-blobtrigger-poison"
"""Its messages name blobs; no function takes them."""


def listed(cloud: Cloud) -> list[dict[str, Any]]:
    """The queues with the numbers of their messages."""
    rows = cloud.store.execute(
        "SELECT queue.name, count(message.sequence) FROM queue LEFT JOIN message ON message.queue = queue.id"
        " AND message.expires > ? GROUP BY queue.id ORDER BY queue.name",
        cloud.store.now(),
    ).fetchall()
    return [{"name": name, "count": count, "failed": name.endswith(POISON)} for name, count in rows]


def shown(cloud: Cloud, query: Mapping[str, str]) -> dict[str, Any]:
    """The messages of a queue, the first to be received first."""
    name = required(query, "name")
    now = cloud.store.now()
    rows = cloud.store.execute(
        "SELECT message.id, body, inserted, expires, visible, dequeued FROM message JOIN queue ON queue.id = queue"
        " WHERE name = ? AND expires > ? ORDER BY visible, sequence LIMIT ? OFFSET ?",
        name, now, LIMIT, offset(query),
    ).fetchall()  # fmt: skip
    items = [
        {
            "id": id_,
            **_body(body, base64_wanted=cloud.config.queues.base64),
            "inserted": values.moment(inserted),
            "expires": values.moment(expires),
            "hiddenUntil": values.moment(visible) if visible > now else None,
            "deliveries": dequeued,
        }
        for id_, body, inserted, expires, visible, dequeued in rows
    ]
    return {"name": name, "items": items, "replay": _target(name) is not None}


def _body(body: str, *, base64_wanted: bool) -> dict[str, Any]:
    if base64_wanted:
        try:
            return values.content(base64.b64decode(body, validate=True))
        except (binascii.Error, ValueError):
            return {"body": body, "note": "This is no Base64, which host.json wants of messages."}
    return {"body": body}


def _target(name: str) -> str | None:
    """The queue that a poison queue's messages came from."""
    return name[: -len(POISON)] if name.endswith(POISON) and name != _OF_BLOBS else None


def replay(cloud: Cloud, given: Mapping[str, Any]) -> str:
    """Give a message of a poison queue back to the queue that it came from; gives that queue's name.

    Raises:
        Unusable: it is no poison queue, or the message is gone.
    """
    name, id_ = required(given, "name"), required(given, "id")
    target = _target(name)
    if target is None:
        raise Unusable(f"{name} is no queue of failed messages.")
    with cloud.store.transaction():
        row = cloud.store.execute(
            "SELECT message.id, body, receipt FROM message JOIN queue ON queue.id = queue WHERE name = ? AND message.id = ?",
            name, id_,
        ).fetchone()  # fmt: skip
        if row is None:
            raise Unusable(f"The message is no longer in {name}.", 404)
        queues.create(cloud.store, target)
        queues.send(cloud.store, target, row[1])
        queues.delete(cloud.store, name, row[0], row[2])
    return target
