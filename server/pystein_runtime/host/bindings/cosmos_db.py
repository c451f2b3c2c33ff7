"""The `cosmosDB` input and output.

Rules: azure-webjobs-sdk-extensions, `CosmosDBItemValueBinder`, `CosmosDBEnumerableBuilder`, `CosmosDBAsyncCollector` and
`CosmosDBSqlResolutionPolicy`: an expression in a query becomes a parameter, so that no value can change the query.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from pystein_runtime.host import expressions
from pystein_runtime.host.connections import cosmos as cosmos_connections
from pystein_runtime.host.services import ServiceError
from pystein_runtime.worker.messages import NOTHING, Datum, ModelBindingData

from . import BindingError
from .blob import is_deferred
from .cosmos_places import Place
from .values import objects

if TYPE_CHECKING:
    from pystein_runtime.host.functions import Binding
    from pystein_runtime.host.settings import Settings

    from . import Context


def is_local(settings: Settings, binding: Binding) -> bool:
    """Whether a binding means the local cloud."""
    return cosmos_connections.is_local(settings, binding)


async def read(context: Context) -> Datum:
    """The document of an id, or an array of all that a query finds, as JSON; nothing when there is no such document.

    Raises:
        BindingError: the properties do not go together.
        ServiceError: the service is out of reach or refuses.
    """
    place = _place(context)
    if is_deferred(context.binding):
        return _for_sdk(context, place)
    service = context.services.documents(cosmos_connections.name_of(context.binding))
    name, key = context.text("id"), context.text("partitionKey") or None
    if name:
        if context.binding.text("sqlQuery"):
            raise BindingError(f"{context.binding.name}: either id or sql_query can be set, not both.")
        document = await service.read(place, name, key)
        return NOTHING if document is None else Datum("json", json.dumps(document, ensure_ascii=False))
    text, parameters = query_of(context)
    found = await service.query(place, text or "SELECT * FROM c", parameters, key)
    return Datum("json", json.dumps(found, ensure_ascii=False))


def _for_sdk(context: Context, place: Place) -> Datum:
    """Where the container is, for a client of the SDK: what azurefunctions-extensions-bindings-cosmosdb reads."""
    details = {
        "Connection": cosmos_connections.name_of(context.binding) or cosmos_connections.DEFAULT,
        "DatabaseName": place.database,
        "ContainerName": place.container,
        "PreferredLocations": context.text("preferredLocations"),
    }
    data = ModelBindingData("1.0", "CosmosDB", "application/json", json.dumps(details).encode())
    return Datum("model_binding_data", data)


def query_of(context: Context) -> tuple[str, dict[str, Any]]:
    """The query with a parameter in place of each expression, and their values.

    Raises:
        ExpressionError: an expression is malformed or has no value.
    """
    parts: list[str] = []
    values: dict[str, Any] = {}
    for part in expressions.parse(context.binding.text("sqlQuery")):
        if isinstance(part, str):
            parts.append(part)
            continue
        name = "@" + "_".join(part.path).replace("-", "_")
        template = "{" + ".".join(part.path) + ("" if part.format is None else f":{part.format}") + "}"
        values[name] = expressions.resolve(template, context.data, context.function)
        parts.append(name)
    return "".join(parts), values


async def write(context: Context, datum: Datum) -> None:
    """Add each document, or put it into the place of the one that is there.

    Raises:
        BindingError: a value that is no document.
        ServiceError: the service is out of reach or refuses.
    """
    service = context.services.documents(cosmos_connections.name_of(context.binding))
    place = _place(context)
    for document in objects(datum, "A document"):
        try:
            await service.upsert(place, document)
        except ServiceError as error:  # noqa: PERF203 - a container is missing once
            if error.code != "NotFound" or not _creates(context.binding):
                raise
            throughput = context.text("containerThroughput") or context.text("collectionThroughput")
            await service.ensure(place, context.text("partitionKey"), int(throughput) if throughput else None)
            await service.upsert(place, document)


def _creates(binding: Binding) -> bool:
    return str(binding.properties.get("createIfNotExists", "")).lower() == "true"


def _place(context: Context) -> Place:
    container = context.text("containerName") or context.text("collectionName")
    place = Place(context.text("databaseName"), container)
    if not all(place):
        raise BindingError(f"{context.binding.name} needs the names of a database and of a container.")
    return place
