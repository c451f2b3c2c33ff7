"""Event hubs and their last events."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pystein_runtime.amqp import message as amqp
from pystein_runtime.cloud.bus import entities
from pystein_runtime.cloud.bus.hubs import Event
from pystein_runtime.dashboard import values

from . import LIMIT, has_table, offset, required

if TYPE_CHECKING:
    from collections.abc import Mapping

    from . import Cloud


def listed(cloud: Cloud) -> list[dict[str, Any]]:
    """The hubs with the numbers of their events."""
    if not has_table(cloud.store, "bus_event"):
        return []
    rows = cloud.store.execute(
        "SELECT path, (SELECT count(*) FROM bus_event WHERE hub = bus_entity.id) FROM bus_entity WHERE kind = 'hub'"
        " ORDER BY path"
    ).fetchall()
    return [{"name": path, "count": count} for path, count in rows]


def shown(cloud: Cloud, query: Mapping[str, str]) -> dict[str, Any]:
    """The events of a hub, the last one first."""
    hub = entities.get(cloud.store, required(query, "name"))
    rows = cloud.store.execute(
        "SELECT partition, sequence, enqueued, annotations, content FROM bus_event WHERE hub = ?"
        " ORDER BY enqueued DESC, sequence DESC LIMIT ? OFFSET ?",
        hub.id, LIMIT, offset(query),
    ).fetchall()  # fmt: skip
    return {"name": hub.path, "items": [_shown(partition, Event(*rest)) for partition, *rest in rows]}


def _shown(partition: int, event: Event) -> dict[str, Any]:
    message = event.message()
    key = next((str(value) for name, value in message.annotations.items() if str(name) == "x-opt-partition-key"), None)
    return {
        "id": f"{partition}/{event.sequence}",
        "partition": partition,
        "key": key,
        "inserted": values.moment(event.enqueued),
        **values.content(amqp.body_bytes(message)),
    }
