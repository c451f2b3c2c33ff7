"""The tables of the local cloud, in process: entities as bindings see them, plain JSON."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING, Any

from pystein_runtime.cloud import tables
from pystein_runtime.cloud.rest import entities, odata
from pystein_runtime.cloud.tables import TableError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pystein_runtime.cloud.store import Store
    from pystein_runtime.cloud.tables import Entity

    from . import Cloud

_INT32 = range(-(2**31), 2**31)


def connect(cloud: Cloud) -> LocalTables:
    """The tables."""
    return LocalTables(cloud.store)


class LocalTables:
    """Tables of the local cloud."""

    def __init__(self, store: Store) -> None:
        self._store = store

    async def get(self, table: str, partition: str, row: str) -> dict[str, Any] | None:
        """An entity, or None; also when there is no such table."""
        try:
            entity = tables.get(self._store, table, partition, row)
        except TableError:
            return None
        return None if entity is None else _shown(entity)

    async def query(self, table: str, partition: str | None, filter_: str, take: int | None) -> list[dict[str, Any]]:
        """The entities of a table, or of one of its partitions, that match a filter.

        Raises:
            TableError: the filter is malformed.
        """
        try:
            wanted = odata.compile_filter(filter_)
            found = tables.scan(self._store, table, partition=partition or wanted.partition)
        except odata.FilterError as error:
            raise TableError("InvalidInput", f"The filter '{filter_}' is malformed: {error}") from error
        except TableError:  # there is no such table yet
            return []
        matching = (_shown(entity) for entity in found if wanted.test(entities.whole(entity)))
        return list(islice(matching, take))

    async def insert(self, table: str, entity: Mapping[str, Any]) -> None:
        """Add an entity, to a table that is created when it is missing.

        Raises:
            TableError: EntityAlreadyExists, ...
        """
        tables.create(self._store, table)
        properties: dict[str, Any] = {}
        for name, value in entity.items():
            if (
                name in {"PartitionKey", "RowKey", "Timestamp"}
                or value is None
                or "@" in name
                or name.startswith("odata.")
            ):
                continue
            if isinstance(value, dict | list):
                raise TableError("InvalidInput", f"The value of {name} is neither text, number nor Boolean.")
            properties[name] = value
            if isinstance(value, int) and not isinstance(value, bool) and value not in _INT32:
                properties[name] = str(value)
                properties[f"{name}@odata.type"] = "Edm.Int64"
            elif isinstance(value, float):
                properties[f"{name}@odata.type"] = "Edm.Double"
        tables.insert(self._store, table, entity["PartitionKey"], entity["RowKey"], properties)


def _shown(entity: Entity) -> dict[str, Any]:
    """An entity without types: large numbers are numbers, all else is as the service writes it."""
    values: dict[str, Any] = {"PartitionKey": entity.partition, "RowKey": entity.row}
    for name, value in entity.properties.items():
        if "@" not in name:
            is_large = entity.properties.get(f"{name}@odata.type") == "Edm.Int64"
            values[name] = int(value) if is_large else value
    return values
