"""Event Grid: what apps have published to topics that are local."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

from pystein_runtime.cloud import event_grid
from pystein_runtime.dashboard import values

from . import LIMIT, has_table, offset, required

if TYPE_CHECKING:
    from collections.abc import Mapping

    from . import Cloud


def listed(cloud: Cloud) -> list[dict[str, Any]]:
    """The topics with the numbers of their events."""
    if not has_table(cloud.store, "event_grid_event"):
        return []
    counts = Counter(each.topic for each in event_grid.published(cloud.store))
    return [{"name": topic, "count": count} for topic, count in sorted(counts.items())]


def shown(cloud: Cloud, query: Mapping[str, str]) -> dict[str, Any]:
    """The events of a topic, the last one first."""
    name, skip = required(query, "name"), offset(query)
    found = [each for each in event_grid.published(cloud.store) if each.topic == name][skip : skip + LIMIT]
    items = [
        {"id": str(each.sequence), "inserted": values.moment(each.published), "body": each.event} for each in found
    ]
    return {"name": name, "items": items}
