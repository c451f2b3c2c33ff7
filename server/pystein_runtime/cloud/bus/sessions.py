"""Sessions: one receiver at a time has the messages of a session, in their order, and a state beside them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from . import entities
from .entities import BusError, Entity
from .messages import NEVER

if TYPE_CHECKING:
    from pystein_runtime.cloud.store import Store


def accept(store: Store, entity: Entity, owner: str, session: str | None = None) -> tuple[str, float] | None:
    """Lock a session, the next one with messages when None; gives its id and the lock's end, None: there is none.

    Raises:
        BusError: somebody else has the session, or the entity has none.
    """
    if not entity.options.sessions:
        raise BusError(
            "amqp:not-allowed",
            f"A sessionful message receiver cannot be created on an entity that does not require sessions: {entity.path}.",
        )
    with store.transaction():
        now = store.now()
        _free_expired(store, entity, now)
        if session is None:
            row = store.execute(
                "SELECT session FROM bus_message m WHERE entity = ? AND state = 0 AND session IS NOT NULL AND NOT EXISTS"
                " (SELECT 1 FROM bus_session s WHERE s.entity = m.entity AND s.id = m.session AND s.locked > ?)"
                " AND (expires IS NULL OR expires > ?) ORDER BY sequence LIMIT 1",
                entity.id, now, now,
            ).fetchone()  # fmt: skip
            if row is None:
                return None
            session = str(row[0])
        row = store.execute("SELECT locked FROM bus_session WHERE entity = ? AND id = ?", entity.id, session).fetchone()
        if row is not None and row[0] > now:
            raise BusError(
                "com.microsoft:session-cannot-be-locked",
                f"The requested session '{session}' cannot be accepted. It may be locked by another receiver.",
            )
        until = now + entity.options.lock
        store.execute("INSERT OR IGNORE INTO bus_session (entity, id) VALUES (?, ?)", entity.id, session)
        store.execute(
            "UPDATE bus_session SET owner = ?, locked = ? WHERE entity = ? AND id = ?", owner, until, entity.id, session
        )
    return session, until


def _free_expired(store: Store, entity: Entity, now: float) -> None:
    statement = "SELECT id FROM bus_session WHERE entity = ? AND locked > 0 AND locked <= ?"
    for (session,) in store.execute(statement, entity.id, now).fetchall():
        _free(store, entity, session)


def _free(store: Store, entity: Entity, session: str) -> None:
    """Give the session's messages back: those that were received have been delivered in vain."""
    store.execute("UPDATE bus_session SET owner = NULL, locked = 0 WHERE entity = ? AND id = ?", entity.id, session)
    store.execute(
        "UPDATE bus_message SET locked = 0 WHERE entity = ? AND session = ? AND locked >= ?", entity.id, session, NEVER
    )


def check(store: Store, entity: Entity, owner: str, session: str) -> None:
    """Raises BusError unless the owner still has the session's lock."""
    row = store.execute(
        "SELECT owner, locked FROM bus_session WHERE entity = ? AND id = ?", entity.id, session
    ).fetchone()
    if row is None or row[0] != owner or row[1] <= store.now():
        raise BusError(
            "com.microsoft:session-lock-lost",
            "The session lock has expired on the MessageSession. Accept a new MessageSession.",
        )


def renew(store: Store, entity: Entity, owner: str, session: str) -> float:
    """Keep the lock for another time; gives its new end.

    Raises:
        BusError: the lock is lost.
    """
    with store.transaction():
        check(store, entity, owner, session)
        until = store.now() + entity.options.lock
        store.execute("UPDATE bus_session SET locked = ? WHERE entity = ? AND id = ?", until, entity.id, session)
    return until


def leave(store: Store, entity: Entity, owner: str, session: str) -> None:
    """Let go of a session that the owner may have."""
    with store.transaction():
        row = store.execute("SELECT owner FROM bus_session WHERE entity = ? AND id = ?", entity.id, session).fetchone()
        if row is not None and row[0] == owner:
            _free(store, entity, session)
    store.announce(entities.topic_of(entity))


def state(store: Store, entity: Entity, session: str) -> bytes | None:
    """What was kept beside a session."""
    row = store.execute("SELECT state FROM bus_session WHERE entity = ? AND id = ?", entity.id, session).fetchone()
    return None if row is None or row[0] is None else bytes(row[0])


def set_state(store: Store, entity: Entity, session: str, value: bytes | None) -> None:
    """Keep something beside a session."""
    with store.transaction():
        store.execute("INSERT OR IGNORE INTO bus_session (entity, id) VALUES (?, ?)", entity.id, session)
        store.execute("UPDATE bus_session SET state = ? WHERE entity = ? AND id = ?", value, entity.id, session)


def names(store: Store, entity: Entity, skip: int, limit: int) -> list[str]:
    """The sessions that have messages or a state."""
    rows = store.execute(
        "SELECT session FROM bus_message WHERE entity = ? AND session IS NOT NULL UNION"
        " SELECT id FROM bus_session WHERE entity = ? AND state IS NOT NULL ORDER BY 1 LIMIT ? OFFSET ?",
        entity.id, entity.id, limit, skip,
    )  # fmt: skip
    return [str(name) for (name,) in rows.fetchall()]
