"""Blobs: containers, their blobs, and what is in one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pystein_runtime.cloud import blobs, contents
from pystein_runtime.dashboard import values
from pystein_runtime.dashboard.values import SHOWN_BYTES, Unusable

from . import LIMIT, offset, required

if TYPE_CHECKING:
    from collections.abc import Mapping

    from . import Cloud


def listed(cloud: Cloud) -> list[dict[str, Any]]:
    """The containers with the numbers of their blobs; `internal` ones are the host's."""
    rows = cloud.store.execute(
        "SELECT container.name, count(blob.id) FROM container LEFT JOIN blob ON blob.container = container.id"
        " AND snapshot = '' GROUP BY container.id ORDER BY container.name"
    ).fetchall()
    return [{"name": name, "count": count, "internal": name.startswith("azure-webjobs-")} for name, count in rows]


def shown(cloud: Cloud, query: Mapping[str, str]) -> dict[str, Any]:
    """The blobs of a container, or, with `blob`, what is in one."""
    container = required(query, "name")
    if query.get("blob"):
        return _content(cloud, container, query["blob"])
    skip = offset(query)
    found = blobs.find_all(cloud.store, container)[skip : skip + LIMIT]
    items = [
        {
            "name": blob.name,
            "bytes": blob.length,
            "modified": values.moment(blob.modified),
            "type": blob.properties.get("content-type", ""),
        }
        for blob in found
    ]
    return {"name": container, "items": items}


def _content(cloud: Cloud, container: str, name: str) -> dict[str, Any]:
    blob = blobs.get(cloud.store, container, name)
    if blob is None:
        raise Unusable(f"The blob {container}/{name} is gone.", 404)
    data = contents.read(cloud.store, blob.content, 0, min(blob.length, SHOWN_BYTES + 1))
    return {
        "name": name,
        "bytes": blob.length,
        "modified": values.moment(blob.modified),
        "created": values.moment(blob.created),
        "metadata": blob.metadata,
        "properties": blob.properties,
        **values.content(data),
    }
