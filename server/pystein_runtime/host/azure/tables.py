"""Tables of a storage account: entities as bindings see them, plain JSON."""

from __future__ import annotations

import base64
import contextlib
from datetime import datetime
from typing import TYPE_CHECKING, Any

from azure.core.exceptions import ResourceExistsError, ResourceNotFoundError
from azure.data.tables import EdmType, EntityProperty
from azure.data.tables.aio import TableServiceClient

from pystein_runtime.host import datetimes
from pystein_runtime.host.services import ServiceError

from . import refusals, storage

if TYPE_CHECKING:
    from collections.abc import Mapping

    from azure.data.tables.aio import TableClient

    from pystein_runtime.host.settings import Connection

_INT32 = range(-(2**31), 2**31)


def connect(connection: Connection) -> AzureTables:
    """The tables of an account."""
    return AzureTables(storage.client(TableServiceClient, connection, "table"))


class AzureTables:
    """Tables of an account."""

    def __init__(self, service: TableServiceClient) -> None:
        self._service = service

    async def get(self, table: str, partition: str, row: str) -> dict[str, Any] | None:
        """An entity, or None; also when there is no such table."""
        with refusals():
            try:
                return _shown(await self._service.get_table_client(table).get_entity(partition, row))
            except ResourceNotFoundError:
                return None

    async def query(self, table: str, partition: str | None, filter_: str, take: int | None) -> list[dict[str, Any]]:
        """The entities of a table, or of one of its partitions, that match a filter; none when there is no such table.

        Raises:
            ServiceError: the filter is malformed.
        """
        client: TableClient = self._service.get_table_client(table)
        parts = [f"PartitionKey eq '{partition.replace(chr(39), chr(39) * 2)}'"] if partition else []
        wanted = " and ".join([*parts, f"({filter_})"] if filter_ else parts)
        found: list[dict[str, Any]] = []
        with refusals():
            try:
                async for entity in client.query_entities(wanted) if wanted else client.list_entities():
                    if take is not None and len(found) >= take:
                        break
                    found.append(_shown(entity))
            except ResourceNotFoundError:
                return []
        return found

    async def insert(self, table: str, entity: Mapping[str, Any]) -> None:
        """Add an entity, to a table that is created when it is missing.

        Raises:
            ServiceError: it is there already, ...
        """
        client = self._service.get_table_client(table)
        typed = {name: _typed(name, value) for name, value in entity.items() if _is_property(name, value)}
        with refusals():
            try:
                await client.create_entity(typed)
            except ResourceNotFoundError:
                await self._create(client)
                await client.create_entity(typed)

    async def _create(self, client: TableClient) -> None:
        with contextlib.suppress(ResourceExistsError):
            await client.create_table()

    async def close(self) -> None:
        """Close the connections."""
        await self._service.close()


def _is_property(name: str, value: object) -> bool:
    return value is not None and name != "Timestamp" and "@" not in name and not name.startswith("odata.")


def _typed(name: str, value: Any) -> Any:
    if isinstance(value, dict | list):
        raise ServiceError(f"The value of {name} is neither text, number nor Boolean.")
    if isinstance(value, int) and not isinstance(value, bool) and value not in _INT32:
        return EntityProperty(value, EdmType.INT64)
    return value


def _shown(entity: Mapping[str, Any]) -> dict[str, Any]:
    """An entity without types, as the service writes its values."""
    return {name: _plain(value) for name, value in entity.items()}


def _plain(value: Any) -> Any:
    if isinstance(value, EntityProperty):
        value = value.value
    if isinstance(value, datetime):
        return getattr(value, "tables_service_value", None) or datetimes.iso(value.timestamp())
    if isinstance(value, bytes):
        return base64.b64encode(value).decode()
    return value if isinstance(value, bool | int | float | str) else str(value)
