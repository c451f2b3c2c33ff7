"""The `table` input and output.

Rules: azure-sdk-for-net, `TableEntityValueBinder`, `JObject` converters of `TablesExtensionConfigProvider`; Microsoft's
reference, "Azure Tables output bindings": an output only adds entities.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from pystein_runtime.worker.messages import NOTHING, Datum

from . import BindingError
from .values import objects

if TYPE_CHECKING:
    from . import Context


async def read(context: Context) -> Datum:
    """An entity, or an array of those that match, as JSON; nothing when there is no such entity.

    Raises:
        BindingError: the properties do not go together.
        ServiceError, TableError: the service is out of reach or refuses.
    """
    service = context.services.tables(context.text("connection"))
    table, partition, row = context.text("tableName"), context.text("partitionKey"), context.text("rowKey")
    if row:
        if not partition:
            raise BindingError(f"{context.binding.name} has a row key, so it needs a partition key too.")
        entity = await service.get(table, partition, row)
        return NOTHING if entity is None else Datum("json", json.dumps(entity, ensure_ascii=False))
    take = context.text("take")
    found = await service.query(table, partition or None, context.text("filter"), int(take) if take else None)
    return Datum("json", json.dumps(found, ensure_ascii=False))


async def write(context: Context, datum: Datum) -> None:
    """Add the entity, or each of an array.

    Raises:
        BindingError: a value that is no entity, or has no keys.
        ServiceError, TableError: the service is out of reach or refuses.
    """
    service = context.services.tables(context.text("connection"))
    table = context.text("tableName")
    defaults = {"PartitionKey": context.text("partitionKey"), "RowKey": context.text("rowKey")}
    for entity in objects(datum, "An entity for a table"):
        keys = {name: str(entity.get(name) or value) for name, value in defaults.items()}
        if not all(keys.values()):
            missing = next(name for name, value in keys.items() if not value)
            raise BindingError(f"An entity for the table '{table}' has no {missing}.")
        await service.insert(table, {**entity, **keys})
