"""Documents of the local cloud, in process."""

from __future__ import annotations

import json
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from pystein_runtime.cloud.cosmos import containers, databases, documents, feed, partition_keys, schema
from pystein_runtime.cloud.cosmos.errors import CosmosError
from pystein_runtime.cloud.cosmos.sql import run
from pystein_runtime.cloud.cosmos.sql.errors import QueryError
from pystein_runtime.host.services import ServiceError
from pystein_runtime.host.services.documents import Changes, FeedRange

from . import wait

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from pystein_runtime.cloud.cosmos.containers import Container
    from pystein_runtime.cloud.store import Store
    from pystein_runtime.host.bindings.cosmos_places import Place
    from pystein_runtime.host.services.documents import FeedOptions

    from . import Cloud


def connect(cloud: Cloud) -> LocalDocuments:
    """The documents."""
    schema.prepare(cloud.store)
    return LocalDocuments(cloud.store)


@contextmanager
def _refusals() -> Iterator[None]:
    """Refusals of the store as those of a service."""
    try:
        yield
    except CosmosError as error:
        raise ServiceError(str(error), error.code) from error
    except QueryError as error:
        raise ServiceError(f"The query cannot be run: {error}", "BadRequest") from error


class LocalDocuments:
    """Documents of the local cloud; what is refused is a ServiceError with the service's code."""

    polls = False
    """Changes are told, not asked for."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def _container(self, place: Place) -> Container:
        return containers.locate(self._store, place.database, place.container)

    async def ensure(self, place: Place, partition_key: str, throughput: int | None = None) -> None:
        """Create the container and its database unless they are there."""
        with _refusals(), self._store.transaction():
            database = databases.find(self._store, place.database) or databases.create(self._store, place.database)
            if containers.find(self._store, database, place.container) is None:
                offer = None if throughput is None else json.dumps({"offerThroughput": throughput})
                definition = {"id": place.container, "partitionKey": {"paths": [partition_key or "/id"]}}
                containers.create(self._store, database, definition, offer)

    async def read(self, place: Place, name: str, partition_key: str | None) -> dict[str, Any] | None:
        """A document, or None."""
        with _refusals():
            container = self._container(place)
            value = name if partition_key is None else partition_key
            key = partition_keys.make([value], hierarchical=container.rules.hierarchical)
            found = documents.find(self._store, container, key, name)
            return None if found is None else found.value(container)

    async def query(
        self, place: Place, text: str, parameters: Mapping[str, Any], partition_key: str | None = None
    ) -> list[Any]:
        """What a query finds."""
        with _refusals():
            container = self._container(place)
            wanted = documents.EVERYTHING
            if partition_key is not None:
                epk = partition_keys.make([partition_key], hierarchical=container.rules.hierarchical).epk
                wanted = documents.Wanted(epk, f"{epk}FF")
            found = documents.scan(self._store, container, wanted)
            return list(run.plan(text, parameters).run(document.value(container) for document in found))

    async def upsert(self, place: Place, document: Mapping[str, Any]) -> None:
        """Add a document, or put it into the place of the one that is there."""
        with _refusals():
            documents.upsert(self._store, self._container(place), dict(document), None)

    async def create(self, place: Place, document: Mapping[str, Any]) -> dict[str, Any]:
        """Add a document."""
        with _refusals():
            container = self._container(place)
            return documents.create(self._store, container, dict(document), None).value(container)

    async def replace(self, place: Place, document: Mapping[str, Any]) -> dict[str, Any]:
        """Put a document into the place of the one that it was read from, unless that has changed since."""
        with _refusals():
            container, body = self._container(place), dict(document)
            condition = documents.Condition(match=document["_etag"])
            key = container.rules.key_of(body)
            changed = documents.replace(self._store, container, key, body["id"], lambda _: body, condition)
            return changed.value(container)

    async def delete(self, place: Place, document: Mapping[str, Any]) -> None:
        """Delete a document."""
        with _refusals():
            container = self._container(place)
            documents.delete(self._store, container, container.rules.key_of(document), document["id"])

    # -- the change feed ----------------------------------------------------------------------------------

    async def identify(self, place: Place) -> str:
        """Names the container in the names of leases: `host_database_container`."""
        with _refusals():
            container = self._container(place)
            return f"localhost_{container.link.split('/')[1]}_{container.rid}"

    async def ranges(self, place: Place) -> list[FeedRange]:
        """The parts of the change feed: one."""
        with _refusals():
            self._container(place)
        return [FeedRange("0", "", "FF")]

    async def changes(
        self,
        place: Place,
        range_: str,  # noqa: ARG002 - there is only one
        token: str | None,
        options: FeedOptions,
        limit: int,
    ) -> Changes:
        """The next changes of a part, behind a token or from the start."""
        with _refusals():
            container = self._container(place)
            after = int(token.strip('"')) if token else container.lsn if options.start is None else 0
            if after > container.lsn:  # it was deleted and made again
                after = 0
            part = feed.Part(after, limit, options.start or 0.0)
            if options.versions:
                return self._versions(container, part)
            found = feed.changes(self._store, container, part)
            last = found[-1].lsn if found else max(after, container.lsn)
            values = [json.loads(document.text(container, with_lsn=True)) for document in found]
            return Changes(values, f'"{last}"')

    def _versions(self, container: Container, part: feed.Part) -> Changes:
        if not container.rules.keeps_versions:
            raise ServiceError(
                f"The container '{container.name}' keeps no versions: its changeFeedPolicy has no retentionDuration.",
                "BadRequest",
            )
        found = feed.versions(self._store, container, part)
        last = found[-1][0] if found else max(part.after, container.lsn)
        return Changes([item for _, item in found], f'"{last}"')

    async def keep_versions(self, place: Place) -> None:
        """Let the container keep every version from now on."""
        with _refusals():
            container = self._container(place)
            if not container.rules.keeps_versions:
                definition = {**json.loads(container.definition), "changeFeedPolicy": {"retentionDuration": 10}}
                containers.replace(self._store, container, definition)

    async def wait(self, place: Place, seconds: float) -> None:
        """Wait until it may be worth to look for changes again."""
        try:
            topic = self._container(place).topic
        except CosmosError:
            topic = "cosmos"
        await wait(self._store, topic, min(seconds, 1.0))
