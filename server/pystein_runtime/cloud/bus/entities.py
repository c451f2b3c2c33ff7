"""Queues, topics, subscriptions and event hubs by their paths: what exists and how it behaves.

Paths are those of AMQP addresses without regard to case: `orders`, `orders/$deadletterqueue`, `news/subscriptions/all`.
Defaults: the service's quotas and those of the Service Bus and Event Hubs emulators.
"""

from __future__ import annotations

import json
from contextlib import contextmanager
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pystein_runtime.cloud.store import Store

DEAD_LETTERS = "/$deadletterqueue"
DEFAULT_GROUP = "$default"
_SCHEMA = (
    """CREATE TABLE IF NOT EXISTS bus_entity (
  id INTEGER PRIMARY KEY,
  path TEXT UNIQUE COLLATE NOCASE NOT NULL,
  kind TEXT NOT NULL,
  topic INTEGER REFERENCES bus_entity ON DELETE CASCADE,
  options TEXT NOT NULL,
  next INTEGER NOT NULL DEFAULT 1
)""",
    """CREATE TABLE IF NOT EXISTS bus_rule (
  entity INTEGER NOT NULL REFERENCES bus_entity ON DELETE CASCADE,
  name TEXT COLLATE NOCASE NOT NULL,
  filter TEXT NOT NULL,
  PRIMARY KEY (entity, name)
) WITHOUT ROWID""",
    """CREATE TABLE IF NOT EXISTS bus_message (
  entity INTEGER NOT NULL REFERENCES bus_entity ON DELETE CASCADE,
  sequence INTEGER NOT NULL,
  state INTEGER NOT NULL,
  session TEXT,
  message_id TEXT,
  enqueued REAL NOT NULL,
  due REAL,
  ttl INTEGER,
  expires REAL,
  deliveries INTEGER NOT NULL DEFAULT 0,
  token BLOB,
  locked REAL NOT NULL DEFAULT 0,
  annotations BLOB NOT NULL,
  content BLOB NOT NULL
)""",
    "CREATE UNIQUE INDEX IF NOT EXISTS bus_message_next ON bus_message (entity, state, sequence)",
    "CREATE INDEX IF NOT EXISTS bus_message_token ON bus_message (token) WHERE token IS NOT NULL",
    "CREATE INDEX IF NOT EXISTS bus_message_due ON bus_message (entity, due) WHERE state = 2",
    "CREATE INDEX IF NOT EXISTS bus_message_expires ON bus_message (entity, expires) WHERE expires IS NOT NULL",
    "CREATE INDEX IF NOT EXISTS bus_message_session ON bus_message (entity, session) WHERE session IS NOT NULL",
    """CREATE TABLE IF NOT EXISTS bus_session (
  entity INTEGER NOT NULL REFERENCES bus_entity ON DELETE CASCADE,
  id TEXT NOT NULL,
  state BLOB,
  owner TEXT,
  locked REAL NOT NULL DEFAULT 0,
  PRIMARY KEY (entity, id)
) WITHOUT ROWID""",
    """CREATE TABLE IF NOT EXISTS bus_seen (
  entity INTEGER NOT NULL REFERENCES bus_entity ON DELETE CASCADE,
  message_id TEXT NOT NULL,
  until REAL NOT NULL,
  PRIMARY KEY (entity, message_id)
) WITHOUT ROWID""",
    """CREATE TABLE IF NOT EXISTS bus_event (
  hub INTEGER NOT NULL REFERENCES bus_entity ON DELETE CASCADE,
  partition INTEGER NOT NULL,
  sequence INTEGER NOT NULL,
  enqueued REAL NOT NULL,
  annotations BLOB NOT NULL,
  content BLOB NOT NULL,
  UNIQUE (hub, partition, sequence)
)""",
    """CREATE TABLE IF NOT EXISTS bus_group (
  hub INTEGER NOT NULL REFERENCES bus_entity ON DELETE CASCADE,
  name TEXT COLLATE NOCASE NOT NULL,
  PRIMARY KEY (hub, name)
) WITHOUT ROWID""",
    """CREATE TABLE IF NOT EXISTS bus_partition (
  hub INTEGER NOT NULL REFERENCES bus_entity ON DELETE CASCADE,
  partition INTEGER NOT NULL,
  next INTEGER NOT NULL,
  enqueued REAL NOT NULL,
  PRIMARY KEY (hub, partition)
) WITHOUT ROWID""",
    """CREATE TABLE IF NOT EXISTS bus_checkpoint (
  hub INTEGER NOT NULL REFERENCES bus_entity ON DELETE CASCADE,
  reader TEXT NOT NULL,
  partition INTEGER NOT NULL,
  sequence INTEGER NOT NULL,
  PRIMARY KEY (hub, reader, partition)
) WITHOUT ROWID""",
)


class BusError(Exception):
    """A request that the service refuses, by its AMQP error condition."""

    def __init__(self, condition: str, message: str) -> None:
        super().__init__(message)
        self.condition = condition


class Options(NamedTuple):
    """How an entity behaves; times are in seconds."""

    lock: float = 60.0
    max_deliveries: int = 10
    sessions: bool = False
    """Whether messages are received session by session."""
    ttl: float | None = None
    dead_letter_expired: bool = False
    duplicates: float = 0.0
    """For how long a message id is remembered; 0: it is not."""
    partitions: int = 4


class Entity(NamedTuple):
    """Something with a path."""

    id: int
    path: str
    kind: str
    """`queue`, `topic`, `subscription`, `dead-letters` or `hub`."""
    options: Options


def prepare(store: Store) -> None:
    """Make the broker's tables unless they are there. Before anything else."""
    if store.execute("SELECT 1 FROM sqlite_master WHERE name = ?", "bus_checkpoint").fetchone() is None:
        with store.transaction():
            for statement in _SCHEMA:
                store.execute(statement)


def release_held(store: Store) -> None:
    """Give back at once what a host that is gone had locked. The tokens stay: they count as deliveries."""
    with store.transaction():
        store.execute("UPDATE bus_message SET locked = 0 WHERE locked > 0")
        store.execute("UPDATE bus_session SET locked = 0, owner = NULL WHERE locked > 0")


@contextmanager
def atomic(store: Store) -> Iterator[None]:
    """All or nothing of what is done within, also within a transaction that goes on after a refusal."""
    with store.transaction():
        store.execute("SAVEPOINT bus")
        try:
            yield
        except BaseException:
            store.execute("ROLLBACK TO bus")
            raise
        finally:
            store.execute("RELEASE bus")


def find(store: Store, path: str) -> Entity | None:
    """What has a path."""
    path = normal(path)
    row = store.execute("SELECT id, path, kind, options FROM bus_entity WHERE path = ?", path).fetchone()
    return None if row is None else Entity(row[0], row[1], row[2], Options(**json.loads(row[3])))


def get(store: Store, path: str) -> Entity:
    """What has a path.

    Raises:
        BusError: there is nothing.
    """
    entity = find(store, path)
    if entity is None:
        raise BusError("amqp:not-found", f"The messaging entity 'sb://localhost/{path}' could not be found.")
    return entity


def normal(path: str) -> str:
    """A path as it is kept."""
    return path.strip("/").lower()


def create_queue(store: Store, name: str, options: Options | None = None) -> Entity:
    """Create a queue with its dead-letter queue, unless it is there; options replace those that it has."""
    with store.transaction():
        queue = _create(store, name, "queue", options)
        _create(store, queue.path + DEAD_LETTERS, "dead-letters", None)
    return queue


def create_topic(store: Store, name: str) -> Entity:
    """Create a topic unless it is there."""
    return _create(store, name, "topic", None)


def create_subscription(store: Store, topic: str, name: str, options: Options | None = None) -> Entity:
    """Create a subscription with its dead-letter queue, and its topic, unless they are there. It takes every message."""
    with store.transaction():
        owner = create_topic(store, topic)
        known = find(store, f"{topic}/subscriptions/{name}")
        entity = _create(store, f"{topic}/subscriptions/{name}", "subscription", options, owner.id)
        _create(store, entity.path + DEAD_LETTERS, "dead-letters", None)
        if known is None:
            set_rule(store, entity, "$Default", {"kind": "true"})
    return entity


def create_hub(store: Store, name: str, groups: tuple[str, ...] = (), partitions: int | None = None) -> Entity:
    """Create an event hub with `$Default` and other consumer groups, unless they are there."""
    with store.transaction():
        hub = find(store, name) or _create(store, name, "hub", Options(partitions=partitions or 4))
        if hub.kind != "hub":
            raise _taken(hub)
        for group in (DEFAULT_GROUP, *groups):
            store.execute("INSERT OR IGNORE INTO bus_group VALUES (?, ?)", hub.id, group.lower())
        for partition in range(hub.options.partitions):
            store.execute("INSERT OR IGNORE INTO bus_partition VALUES (?, ?, 0, 0)", hub.id, partition)
    return hub


def _create(store: Store, path: str, kind: str, options: Options | None, topic: int | None = None) -> Entity:
    path = normal(path)
    with store.transaction():
        known = find(store, path)
        if known is not None and known.kind != kind:
            raise _taken(known)
        text = json.dumps((options or Options())._asdict())
        if known is None:
            statement = "INSERT INTO bus_entity (path, kind, topic, options) VALUES (?, ?, ?, ?)"
            store.execute(statement, path, kind, topic, text)
        elif options is not None and options != known.options:
            store.execute("UPDATE bus_entity SET options = ? WHERE id = ?", text, known.id)
    return get(store, path)


def _taken(entity: Entity) -> BusError:
    return BusError(
        "com.microsoft:entity-already-exists",
        f"'{entity.path}' is a {entity.kind} already; give one of them another name.",
    )


def subscriptions(store: Store, topic: Entity) -> list[Entity]:
    """The subscriptions of a topic."""
    rows = store.execute("SELECT id, path, kind, options FROM bus_entity WHERE topic = ? ORDER BY id", topic.id)
    return [Entity(row[0], row[1], row[2], Options(**json.loads(row[3]))) for row in rows.fetchall()]


def dead_letters(store: Store, entity: Entity) -> Entity:
    """Where an entity's dead letters are."""
    return get(store, entity.path + DEAD_LETTERS)


def rules(store: Store, subscription: Entity) -> dict[str, dict[str, object]]:
    """A subscription's filters by the names of their rules."""
    rows = store.execute("SELECT name, filter FROM bus_rule WHERE entity = ? ORDER BY name", subscription.id)
    return {name: json.loads(text) for name, text in rows.fetchall()}


def set_rule(store: Store, subscription: Entity, name: str, filter_: dict[str, object]) -> None:
    """Add a rule to a subscription.

    Raises:
        BusError: it has one of this name.
    """
    statement = "INSERT OR IGNORE INTO bus_rule VALUES (?, ?, ?)"
    if store.execute(statement, subscription.id, name, json.dumps(filter_)).rowcount == 0:
        raise BusError("com.microsoft:entity-already-exists", f"There is a rule '{name}' already.")


def remove_rule(store: Store, subscription: Entity, name: str) -> None:
    """Take a rule away.

    Raises:
        BusError: there is none of this name.
    """
    if store.execute("DELETE FROM bus_rule WHERE entity = ? AND name = ?", subscription.id, name).rowcount == 0:
        raise BusError("amqp:not-found", f"There is no rule '{name}'.")


def topic_of(entity: Entity) -> str:
    """What is announced when something may have come for an entity's receivers."""
    return f"bus:{entity.id}"
