"""Queues with the semantics of Azure Queue Storage: visibility timeouts, dequeue counts, pop receipts, expiry.

Bodies are kept as they stand on the wire (`MessageText`), so that host and SDK clients see the same.
Limits and errors: the service's REST reference, "Put Message", "Get Messages", "Update Message".
"""

from __future__ import annotations

import json
import os
import re
import uuid
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from .store import Store

MAX_BODY = 64 * 1024  # bytes of a body on the wire
DEFAULT_LIFETIME = 7 * 24 * 3600.0
NEVER = 253402300799.0  # 9999-12-31T23:59:59Z, how the service writes "does not expire"
_NAME = re.compile(r"[a-z0-9](?:-?[a-z0-9])+")


class QueueError(Exception):
    """A request that the service refuses, by the service's own code: `QueueNotFound`, `PopReceiptMismatch`, ..."""

    def __init__(self, code: str, message: str = "") -> None:
        super().__init__(message or code)
        self.code = code


class Message(NamedTuple):
    """One message as a receiver gets it. Times are seconds since 1970."""

    id: str
    body: str
    inserted: float
    expires: float
    visible: float
    dequeued: int
    receipt: str


def is_valid_name(name: str) -> bool:
    """Whether the service takes this name for a queue."""
    return 3 <= len(name) <= 63 and _NAME.fullmatch(name) is not None


def create(store: Store, name: str, metadata: dict[str, str] | None = None) -> bool:
    """Create a queue; False when it is already there with the same metadata.

    Raises:
        QueueError: InvalidResourceName, QueueAlreadyExists (with other metadata).
    """
    if not is_valid_name(name):
        raise QueueError("InvalidResourceName", f"'{name}' is not a valid name for a queue.")
    text = json.dumps(metadata or {}, sort_keys=True)
    with store.transaction():
        row = store.execute("SELECT metadata FROM queue WHERE name = ?", name).fetchone()
        if row is None:
            store.execute("INSERT INTO queue (name, metadata) VALUES (?, ?)", name, text)
            return True
    if row[0] != text and metadata is not None:
        raise QueueError("QueueAlreadyExists")
    return False


def delete_queue(store: Store, name: str) -> None:
    """Delete a queue with its messages.

    Raises:
        QueueError: QueueNotFound.
    """
    if store.execute("DELETE FROM queue WHERE name = ?", name).rowcount == 0:
        raise QueueError("QueueNotFound")


def _queue(store: Store, name: str) -> int:
    row = store.execute("SELECT id FROM queue WHERE name = ?", name).fetchone()
    if row is None:
        raise QueueError("QueueNotFound", f"There is no queue '{name}'.")
    return int(row[0])


def names(store: Store, prefix: str = "") -> list[tuple[str, dict[str, str]]]:
    """The queues whose name starts with a prefix, in order, with their metadata."""
    rows = store.execute("SELECT name, metadata FROM queue ORDER BY name")
    return [(name, json.loads(metadata)) for name, metadata in rows if name.startswith(prefix)]


def metadata(store: Store, name: str) -> dict[str, str]:
    """A queue's metadata.

    Raises:
        QueueError: QueueNotFound.
    """
    row = store.execute("SELECT metadata FROM queue WHERE name = ?", name).fetchone()
    if row is None:
        raise QueueError("QueueNotFound")
    result: dict[str, str] = json.loads(row[0])
    return result


def set_metadata(store: Store, name: str, values: dict[str, str]) -> None:
    """Replace a queue's metadata.

    Raises:
        QueueError: QueueNotFound.
    """
    text = json.dumps(values, sort_keys=True)
    if store.execute("UPDATE queue SET metadata = ? WHERE name = ?", text, name).rowcount == 0:
        raise QueueError("QueueNotFound")


def count(store: Store, name: str) -> int:
    """How many messages a queue holds, hidden ones too.

    Raises:
        QueueError: QueueNotFound.
    """
    queue, now = _queue(store, name), store.now()
    return int(store.execute("SELECT count(*) FROM message WHERE queue = ? AND expires > ?", queue, now).fetchone()[0])


def send(
    store: Store,
    name: str,
    body: str,
    *,
    delay: float = 0.0,
    lifetime: float = DEFAULT_LIFETIME,
    id_: str | None = None,
) -> Message:
    """Put a message at the end of a queue.

    Args:
        store: the local cloud's store.
        name: of the queue.
        body: as on the wire.
        delay: seconds until it can be received.
        lifetime: seconds until it is gone; negative: for ever.
        id_: the message's id; made up when None.

    Raises:
        QueueError: QueueNotFound, MessageTooLarge.
    """
    if len(body) > MAX_BODY or len(body.encode()) > MAX_BODY:
        raise QueueError("RequestBodyTooLarge", f"A queue message may have at most {MAX_BODY} bytes.")
    now = store.now()
    expires = NEVER if lifetime < 0 else now + lifetime
    message = Message(id_ or str(uuid.uuid4()), body, now, expires, now + delay, 0, _receipt())
    store.execute(
        "INSERT INTO message (queue, id, body, inserted, expires, visible, dequeued, receipt)"
        " VALUES (?, ?, ?, ?, ?, ?, 0, ?)",
        _queue(store, name), message.id, body, now, expires, message.visible, message.receipt,
    )  # fmt: skip
    store.announce(f"queue:{name}")
    return message


def receive(store: Store, name: str, limit: int, hidden: float, holder: str | None = None) -> list[Message]:
    """Take up to `limit` messages and hide them from the others for some seconds.

    `holder` says which host took them, so that its successor can release them at once after a crash.

    Raises:
        QueueError: QueueNotFound.
    """
    queue, now = _queue(store, name), store.now()
    if not _is_due(store, queue, now):
        return []
    with store.transaction():
        rows = store.execute(
            "SELECT sequence, id, body, inserted, expires, dequeued FROM message"
            " WHERE queue = ? AND visible <= ? AND expires > ? ORDER BY visible, sequence LIMIT ?",
            queue, now, now, limit,
        ).fetchall()  # fmt: skip
        taken = [
            (sequence, Message(id_, body, inserted, expires, now + hidden, dequeued + 1, _receipt()))
            for sequence, id_, body, inserted, expires, dequeued in rows
        ]
        store.execute_many(
            "UPDATE message SET visible = ?, dequeued = ?, receipt = ?, holder = ? WHERE sequence = ?",
            [(item.visible, item.dequeued, item.receipt, holder, sequence) for sequence, item in taken],
        )
    return [item for _, item in taken]


def _is_due(store: Store, queue: int, now: float) -> bool:
    """Whether anything is to be had: polling an empty queue writes nothing. Expired messages go on the way."""
    row = store.execute("SELECT min(visible) FROM message WHERE queue = ?", queue).fetchone()
    if row[0] is None or row[0] > now:
        return False
    store.execute("DELETE FROM message WHERE queue = ? AND visible <= ? AND expires <= ?", queue, now, now)
    return True


def next_visible(store: Store, name: str) -> float | None:
    """When the next message can be received, in seconds since 1970; None when there is none.

    Raises:
        QueueError: QueueNotFound.
    """
    row = store.execute("SELECT min(visible) FROM message WHERE queue = ?", _queue(store, name)).fetchone()
    return None if row[0] is None else float(row[0])


def peek(store: Store, name: str, limit: int) -> list[Message]:
    """Look at the first messages without taking them.

    Raises:
        QueueError: QueueNotFound.
    """
    now = store.now()
    rows = store.execute(
        "SELECT id, body, inserted, expires, visible, dequeued, receipt FROM message"
        " WHERE queue = ? AND visible <= ? AND expires > ? ORDER BY visible, sequence LIMIT ?",
        _queue(store, name), now, now, limit,
    )  # fmt: skip
    return [Message(*row) for row in rows]


def update(
    store: Store,
    name: str,
    id_: str,
    receipt: str,
    *,
    hidden: float,
    body: str | None = None,
    holder: str | None = None,
) -> Message:
    """Hide a received message for other some seconds, and change its body unless None; gives its new receipt.

    Raises:
        QueueError: QueueNotFound, MessageNotFound, PopReceiptMismatch, RequestBodyTooLarge.
    """
    if body is not None and len(body.encode()) > MAX_BODY:
        raise QueueError("RequestBodyTooLarge", f"A queue message may have at most {MAX_BODY} bytes.")
    with store.transaction():
        sequence = _held(store, name, id_, receipt)
        store.execute(
            "UPDATE message SET visible = ?, receipt = ?, holder = ?, body = coalesce(?, body) WHERE sequence = ?",
            store.now() + hidden, _receipt(), holder, body, sequence,
        )  # fmt: skip
        row = store.execute(
            "SELECT id, body, inserted, expires, visible, dequeued, receipt FROM message WHERE sequence = ?", sequence
        ).fetchone()
    if holder is None:
        store.announce(f"queue:{name}")
    return Message(*row)


def delete(store: Store, name: str, id_: str, receipt: str) -> None:
    """Delete a received message.

    Raises:
        QueueError: QueueNotFound, MessageNotFound, PopReceiptMismatch.
    """
    if store.execute("DELETE FROM message WHERE id = ? AND receipt = ?", id_, receipt).rowcount == 0:
        _held(store, name, id_, receipt)


def _held(store: Store, name: str, id_: str, receipt: str) -> int:
    queue = _queue(store, name)
    row = store.execute("SELECT sequence, receipt FROM message WHERE id = ? AND queue = ?", id_, queue).fetchone()
    if row is None:
        raise QueueError("MessageNotFound")
    if row[1] != receipt:
        raise QueueError("PopReceiptMismatch")
    return int(row[0])


def clear(store: Store, name: str) -> None:
    """Delete all messages of a queue.

    Raises:
        QueueError: QueueNotFound.
    """
    store.execute("DELETE FROM message WHERE queue = ?", _queue(store, name))


def release_held(store: Store, holder: str | None = None) -> int:
    """Let go at once what a host that is gone had taken; all hosts' when None. Says how many messages."""
    condition, values = ("holder = ?", (holder,)) if holder else ("holder IS NOT NULL", ())
    statement = f"UPDATE message SET visible = ?, holder = NULL WHERE {condition} AND visible > ?"  # noqa: S608 - one of two
    now = store.now()
    return store.execute(statement, now, *values, now).rowcount


def _receipt() -> str:
    return os.urandom(12).hex()
