"""What apps have published to Event Grid topics that are local: kept to be looked at, delivered to nobody.

On the platform an event subscription says who gets a topic's events; on one machine there are none.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence

    from .store import Store

KEPT = 1000  # events
_SCHEMA = """CREATE TABLE IF NOT EXISTS event_grid_event (
  sequence INTEGER PRIMARY KEY AUTOINCREMENT,
  topic TEXT NOT NULL,
  published REAL NOT NULL,
  event TEXT NOT NULL
)"""


class Published(NamedTuple):
    """An event."""

    sequence: int
    topic: str
    """The setting or the connection that names the topic."""
    published: float
    """Seconds since 1970."""
    event: dict[str, Any]


def publish(store: Store, topic: str, events: Sequence[dict[str, Any]]) -> None:
    """Keep events; the oldest ones go."""
    with store.transaction():
        store.execute(_SCHEMA)
        store.execute_many(
            "INSERT INTO event_grid_event (topic, published, event) VALUES (?, ?, ?)",
            [(topic, store.now(), json.dumps(event, ensure_ascii=False)) for event in events],
        )
        store.execute(
            "DELETE FROM event_grid_event WHERE sequence <= (SELECT max(sequence) FROM event_grid_event) - ?", KEPT
        )
    store.announce("event-grid")


def published(store: Store, limit: int = KEPT) -> list[Published]:
    """The last events, the newest first."""
    store.execute(_SCHEMA)
    rows = store.execute(
        "SELECT sequence, topic, published, event FROM event_grid_event ORDER BY sequence DESC LIMIT ?", limit
    )
    return [Published(sequence, topic, moment, json.loads(event)) for sequence, topic, moment, event in rows]
