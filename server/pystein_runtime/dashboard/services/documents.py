"""Cosmos DB: containers by the names of their databases, and their documents."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from pystein_runtime.dashboard import values
from pystein_runtime.dashboard.values import Unusable

from . import LIMIT, has_table, offset, required

if TYPE_CHECKING:
    from collections.abc import Mapping

    from . import Cloud


def listed(cloud: Cloud) -> list[dict[str, Any]]:
    """The containers, as `database/container`, with the numbers of their documents; leases are the host's own."""
    if not has_table(cloud.store, "cosmos_document"):
        return []
    rows = cloud.store.execute(
        "SELECT cosmos_database.name || '/' || cosmos_container.name,"
        " (SELECT count(*) FROM cosmos_document WHERE container = cosmos_container.id)"
        " FROM cosmos_container JOIN cosmos_database ON cosmos_database.id = database ORDER BY 1"
    ).fetchall()
    return [{"name": name, "count": count, "internal": name.endswith("/leases")} for name, count in rows]


def shown(cloud: Cloud, query: Mapping[str, str]) -> dict[str, Any]:
    """The documents of a container, the one that changed last first."""
    name = required(query, "name")
    if not any(each["name"] == name for each in listed(cloud)):
        raise Unusable(f"There is no container {name}.", 404)
    database, _, container = name.partition("/")
    rows = cloud.store.execute(
        "SELECT cosmos_document.id, cosmos_document.modified, body FROM cosmos_document"
        " JOIN cosmos_container ON cosmos_container.id = container JOIN cosmos_database ON cosmos_database.id = database"
        " WHERE cosmos_database.name = ? AND cosmos_container.name = ? ORDER BY cosmos_document.lsn DESC LIMIT ? OFFSET ?",
        database, container, LIMIT, offset(query),
    ).fetchall()  # fmt: skip
    items = [{"id": str(id_), "modified": values.moment(moment), "body": _own(body)} for id_, moment, body in rows]
    return {"name": name, "items": items}


def _own(body: str) -> Any:
    """A document without what the service adds to it."""
    return {name: value for name, value in json.loads(body).items() if not name.startswith("_")}
