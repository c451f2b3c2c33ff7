"""SQL and MySQL: the tables of the app's local databases, as `setting/table`, and their rows."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from pystein_runtime.dashboard import values
from pystein_runtime.host.connections import sql as sql_connections
from pystein_runtime.sql import contents, rows
from pystein_runtime.sql.database import SqlError
from pystein_runtime.sql.sqlite import STATE

from . import LIMIT, offset, required

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pystein_runtime.sql.worker import Worker

    from . import Cloud


async def listed(cloud: Cloud) -> list[dict[str, Any]]:
    """The tables with the numbers of their rows; those of the triggers are the host's own."""
    found: list[dict[str, Any]] = []
    for name, database in _databases(cloud).items():
        try:
            tables = await database.run(contents.tables)
        except SqlError:  # one that cannot be opened: functions that need it say why
            continue
        found += [
            {"name": f"{name}/{table}", "count": count, "internal": table.startswith(STATE)}
            for table, count in tables.items()
        ]
    return found


async def shown(cloud: Cloud, query: Mapping[str, str]) -> dict[str, Any]:
    """The rows of a table, in the order in which they were added."""
    name, skip = required(query, "name"), offset(query)
    setting, _, table = name.partition("/")
    database = _databases(cloud).get(setting)
    if database is None or table not in await database.run(contents.tables):
        raise values.Unusable(f"There is no table {name}.", 404)
    found = await database.run(lambda it: contents.page(it, table, LIMIT, skip))
    plain = json.loads(rows.to_json(found))
    return {"name": name, "items": [{"id": str(skip + number + 1), "body": row} for number, row in enumerate(plain)]}


def _databases(cloud: Cloud) -> dict[str, Worker]:
    """The local databases that the app's bindings name."""
    settings = cloud.services.settings
    return {
        binding.text("connectionStringSetting"): sql_connections.database(cloud.services, binding)
        for binding in cloud.bindings
        if binding.type.lower().startswith(("sql", "mysql")) and sql_connections.is_local(settings, binding)
    }
