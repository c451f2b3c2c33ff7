"""The interface between bindings and Cosmos DB: `host.local.documents` and `host.azure.documents` are behind it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple, Protocol

from pystein_runtime.host.services import ServiceError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pystein_runtime.host.bindings.cosmos_places import Place


class RangeGoneError(ServiceError):
    """A part of a change feed was divided; its documents are in other parts now."""


class FeedRange(NamedTuple):
    """A part of a container's change feed, that of one physical partition."""

    id: str
    low: str
    high: str
    """Its effective partition keys, the last one excluded."""
    parents: tuple[str, ...] = ()
    """The parts that it was divided off."""


class FeedOptions(NamedTuple):
    """Which changes are wanted."""

    start: float | None
    """From when on, of a feed that nobody has read before, in seconds since 1970, 0: all; None: from now on."""
    versions: bool = False
    """Whether every version and deletion is wanted, and not the latest version only."""


class Changes(NamedTuple):
    """The next changes of a part."""

    documents: list[dict[str, Any]]
    token: str
    """Where to go on."""


class DocumentService(Protocol):
    """Documents of one account; raises ServiceError with the service's code."""

    polls: bool
    """Whether changes are asked for now and then; else they are told as they come, and nobody else reads the feed."""

    async def ensure(self, place: Place, partition_key: str, throughput: int | None = None) -> None:
        """Create the container, divided by a path, and its database unless they are there."""

    async def read(self, place: Place, name: str, partition_key: str | None) -> dict[str, Any] | None:
        """A document, or None."""

    async def query(
        self, place: Place, text: str, parameters: Mapping[str, Any], partition_key: str | None = None
    ) -> list[Any]:
        """What a query finds."""

    async def upsert(self, place: Place, document: Mapping[str, Any]) -> None:
        """Add a document, or put it into the place of the one that is there."""

    async def create(self, place: Place, document: Mapping[str, Any]) -> dict[str, Any]:
        """Add a document."""

    async def replace(self, place: Place, document: Mapping[str, Any]) -> dict[str, Any]:
        """Put a document into the place of the one that it was read from, unless that has changed since."""

    async def delete(self, place: Place, document: Mapping[str, Any]) -> None:
        """Delete a document."""

    async def identify(self, place: Place) -> str:
        """Names the container in the names of leases: `host_database_container`, by resource ids."""

    async def ranges(self, place: Place) -> list[FeedRange]:
        """The parts of the change feed."""

    async def changes(self, place: Place, range_: str, token: str | None, options: FeedOptions, limit: int) -> Changes:
        """The next changes of a part, behind a token or from the start.

        Raises:
            RangeGoneError: the part was divided.
        """

    async def wait(self, place: Place, seconds: float) -> None:
        """Wait until it may be worth to look for changes again."""
