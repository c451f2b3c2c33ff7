"""Tables and their entities."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING, Any

from pystein_runtime.cloud import tables

from . import LIMIT, offset, required

if TYPE_CHECKING:
    from collections.abc import Mapping

    from . import Cloud


def listed(cloud: Cloud) -> list[dict[str, Any]]:
    """The tables with the numbers of their entities."""
    rows = cloud.store.execute(
        "SELECT entity_table.name, count(entity.row) FROM entity_table LEFT JOIN entity ON owner = entity_table.id"
        " GROUP BY entity_table.id ORDER BY entity_table.name"
    ).fetchall()
    return [{"name": name, "count": count} for name, count in rows]


def shown(cloud: Cloud, query: Mapping[str, str]) -> dict[str, Any]:
    """The entities of a table in the order of their keys."""
    name, skip = required(query, "name"), offset(query)
    items = [
        {
            "PartitionKey": entity.partition,
            "RowKey": entity.row,
            "Timestamp": tables.timestamp(entity.modified),
            **{key: value for key, value in entity.properties.items() if not key.endswith("@odata.type")},
        }
        for entity in islice(tables.scan(cloud.store, name), skip, skip + LIMIT)
    ]
    return {"name": name, "items": items}
