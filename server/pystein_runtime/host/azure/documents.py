"""Documents of a Cosmos DB account."""

from __future__ import annotations

import asyncio
import base64
import json
from contextlib import contextmanager
from datetime import datetime, timezone
from typing import TYPE_CHECKING, Any, NamedTuple
from urllib.parse import urlsplit

from azure.core import MatchConditions
from azure.core.exceptions import AzureError, ServiceRequestError, ServiceResponseError
from azure.cosmos import PartitionKey
from azure.cosmos.aio import CosmosClient
from azure.cosmos.exceptions import CosmosHttpResponseError, CosmosResourceNotFoundError

from pystein_runtime.host.connections import cosmos as cosmos_connections
from pystein_runtime.host.services import ServiceError, ServiceGoneError
from pystein_runtime.host.services.documents import Changes, FeedRange, RangeGoneError

from . import credential

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from azure.cosmos.aio import ContainerProxy

    from pystein_runtime.host.bindings.cosmos_places import Place
    from pystein_runtime.host.services.documents import FeedOptions
    from pystein_runtime.host.settings import Connection

_CODES = {
    400: "BadRequest", 401: "Unauthorized", 403: "Forbidden", 404: "NotFound", 409: "Conflict", 410: "Gone",
    412: "PreconditionFailed", 413: "RequestEntityTooLarge", 429: "TooManyRequests",
}  # fmt: skip
_OPTIONS: dict[str, Any] = {"retry_total": 2, "retry_connect": 1, "connection_timeout": 10}
"""Few and soon: whoever calls tells the user and tries again."""


def connect(connection: Connection) -> AzureDocuments:
    """The documents of an account.

    Raises:
        ServiceError: the connection does not say where the account is.
    """
    if connection.kind == "identity":
        endpoint = connection.properties.get("accountendpoint")
        if not endpoint:
            raise ServiceError(
                f"{connection.name} says nothing of where its account is: set {connection.name}__accountEndpoint."
            )
        return AzureDocuments(CosmosClient(endpoint, credential(connection), **_OPTIONS), endpoint)
    parts = cosmos_connections.parts(connection.value)
    endpoint = parts.get("accountendpoint")
    if not endpoint or not parts.get("accountkey"):
        raise ServiceError(f"{connection.name} is not a connection string of a Cosmos DB account.")
    return AzureDocuments(CosmosClient(endpoint, parts["accountkey"], **_OPTIONS), endpoint)


@contextmanager
def _refusals() -> Iterator[None]:
    """Errors of the SDK as ours."""
    try:
        yield
    except CosmosHttpResponseError as error:
        status = error.status_code or 500
        text = str(error.http_error_message or error.message).partition("\n")[0].strip()
        if status == 410:
            raise RangeGoneError(text, "Gone") from error
        if status >= 500 or status == 429:
            raise ServiceGoneError(text, _CODES.get(status, "")) from error
        raise ServiceError(text, _CODES.get(status, "")) from error
    except (ServiceRequestError, ServiceResponseError) as error:
        raise ServiceGoneError(str(error)) from error
    except AzureError as error:
        raise ServiceError(str(error).partition("\n")[0]) from error
    except OSError as error:
        raise ServiceGoneError(str(error)) from error


class _Part(NamedTuple):
    """A part of a change feed as the SDK names it in its tokens: azure-cosmos, `ChangeFeedStateV2`."""

    rid: str
    """The container's resource id."""
    range: dict[str, Any]

    def wrapped(self, token: str, mode: str) -> str:
        """The SDK's token of one of the service."""
        state = {
            "v": "v2", "containerRid": self.rid, "mode": mode, "startFrom": {"Type": "Beginning"},
            "continuation": {
                "v": "v2", "rid": self.rid, "continuation": [{"token": token, "range": self.range}], "Range": self.range,
            },
        }  # fmt: skip
        return base64.b64encode(json.dumps(state).encode()).decode()

    def unwrapped(self, token: str) -> str:
        """The service's token in one of the SDK.

        Raises:
            RangeGoneError: the part was divided meanwhile.
        """
        state = json.loads(base64.b64decode(token))["continuation"]["continuation"]
        if len(state) != 1:
            raise RangeGoneError("A part of the change feed was divided.", "Gone")
        return str(state[0]["token"])


def _start(options: FeedOptions) -> Any:
    if options.start is None:
        return "Now"
    return datetime.fromtimestamp(options.start, timezone.utc) if options.start else "Beginning"


class AzureDocuments:
    """Documents of an account."""

    polls = True

    def __init__(self, client: CosmosClient, endpoint: str) -> None:
        self._client = client
        self._host = urlsplit(endpoint).hostname or ""
        self._parts: dict[tuple[Place, str], _Part] = {}

    def _container(self, place: Place) -> ContainerProxy:
        return self._client.get_database_client(place.database).get_container_client(place.container)

    async def ensure(self, place: Place, partition_key: str, throughput: int | None = None) -> None:
        """Create the container and its database unless they are there."""
        with _refusals():
            database = await self._client.create_database_if_not_exists(place.database)
            key = PartitionKey(partition_key or "/id")
            options: dict[str, Any] = {} if throughput is None else {"offer_throughput": throughput}
            await database.create_container_if_not_exists(place.container, key, **options)

    async def read(self, place: Place, name: str, partition_key: str | None) -> dict[str, Any] | None:
        """A document, or None."""
        with _refusals():
            try:
                key = name if partition_key is None else partition_key
                return dict(await self._container(place).read_item(name, key))
            except CosmosResourceNotFoundError as error:
                if error.sub_status:  # the container is missing, not the document
                    raise
                return None

    async def query(
        self, place: Place, text: str, parameters: Mapping[str, Any], partition_key: str | None = None
    ) -> list[Any]:
        """What a query finds."""
        values: list[dict[str, object]] = [{"name": name, "value": value} for name, value in parameters.items()]
        options: dict[str, Any] = {} if partition_key is None else {"partition_key": partition_key}
        with _refusals():
            found = self._container(place).query_items(text, parameters=values, **options)
            return [item async for item in found]

    async def upsert(self, place: Place, document: Mapping[str, Any]) -> None:
        """Add a document, or put it into the place of the one that is there."""
        with _refusals():
            await self._container(place).upsert_item(dict(document))

    async def create(self, place: Place, document: Mapping[str, Any]) -> dict[str, Any]:
        """Add a document."""
        with _refusals():
            return dict(await self._container(place).create_item(dict(document)))

    async def replace(self, place: Place, document: Mapping[str, Any]) -> dict[str, Any]:
        """Put a document into the place of the one that it was read from, unless that has changed since."""
        with _refusals():
            changed = await self._container(place).replace_item(
                document["id"], dict(document), etag=document["_etag"], match_condition=MatchConditions.IfNotModified
            )
            return dict(changed)

    async def delete(self, place: Place, document: Mapping[str, Any]) -> None:
        """Delete a document that is divided by its id."""
        with _refusals():
            await self._container(place).delete_item(document["id"], document["id"])

    async def close(self) -> None:
        """Close the connections."""
        await self._client.close()

    # -- the change feed ----------------------------------------------------------------------------------

    async def identify(self, place: Place) -> str:
        """Names the container in the names of leases, as the platform does."""
        with _refusals():
            link = str((await self._container(place).read())["_self"]).split("/")
            return f"{self._host}_{link[1]}_{link[3]}"

    async def ranges(self, place: Place) -> list[FeedRange]:
        """The parts of the change feed: the physical partitions."""
        container = self._container(place)
        with _refusals():
            # Nothing public has their ids.
            found = container.client_connection._ReadPartitionKeyRanges(container.container_link)
            return [
                FeedRange(item["id"], item["minInclusive"], item["maxExclusive"], tuple(item.get("parents") or ()))
                async for item in found
            ]

    async def changes(self, place: Place, range_: str, token: str | None, options: FeedOptions, limit: int) -> Changes:
        """The next changes of a part. Leases have the service's own tokens, the SDK has them within its own."""
        container = self._container(place)
        part = self._parts.get((place, range_)) or await self._part(place, range_)
        wanted: dict[str, Any] = {"max_item_count": limit}
        mode = "AllVersionsAndDeletes" if options.versions else "LatestVersion"
        if token is not None:
            wanted["continuation"] = part.wrapped(token, mode)
        else:
            wanted |= {"feed_range": {"Range": part.range}, "mode": mode}
            if not options.versions:  # those are only to be had from now on
                wanted["start_time"] = _start(options)
        with _refusals():
            pages = container.query_items_change_feed(**wanted).by_page()
            try:
                documents = [item async for item in await anext(pages)]
            except StopAsyncIteration:
                documents = []
            # Nothing else of this client has run since the answer came.
            return Changes(documents, part.unwrapped(container.client_connection.last_response_headers["etag"]))

    async def _part(self, place: Place, range_: str) -> _Part:
        rid = (await self.identify(place)).rpartition("_")[2]
        for item in await self.ranges(place):
            limits = {"min": item.low, "max": item.high, "isMinInclusive": True, "isMaxInclusive": False}
            self._parts[place, item.id] = _Part(rid, limits)
        if (place, range_) not in self._parts:
            raise RangeGoneError(f"The part {range_} of the change feed is gone.", "Gone")
        return self._parts[place, range_]

    async def wait(self, place: Place, seconds: float) -> None:  # noqa: ARG002 - others are told of changes
        """Wait until it may be worth to look for changes again."""
        await asyncio.sleep(seconds)
