"""Containers and what their definitions say."""

from __future__ import annotations

import json
import struct
from functools import lru_cache
from typing import TYPE_CHECKING, Any, NamedTuple

from . import databases, errors, partition_keys
from .databases import check_name, encode_rid, new_etag
from .errors import CosmosError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pystein_runtime.cloud.store import Store

    from .databases import Database

MAX_LEVELS = 3  # of a hierarchical partition key
_COLUMNS = "id, database, name, etag, modified, offer, definition, lsn"
_LOCATE = (
    "SELECT c.id, c.database, c.name, c.etag, c.modified, c.offer, c.definition, c.lsn FROM cosmos_container c"
    " JOIN cosmos_database d ON d.id = c.database WHERE d.name = ? AND c.name = ?"
)
_DEFAULTS: dict[str, Any] = {
    "indexingPolicy": {
        "indexingMode": "consistent",
        "automatic": True,
        "includedPaths": [{"path": "/*"}],
        "excludedPaths": [{"path": '/"_etag"/?'}],
    },
    "partitionKey": {"paths": ["/_partitionKey"], "kind": "Hash", "version": 2, "systemKey": True},
    "conflictResolutionPolicy": {
        "mode": "LastWriterWins",
        "conflictResolutionPath": "/_ts",
        "conflictResolutionProcedure": "",
    },
    "geospatialConfig": {"type": "Geography"},
}
_SYSTEM = {"_rid", "_self", "_etag", "_ts", "_docs", "_sprocs", "_triggers", "_udfs", "_conflicts"}


class Container(NamedTuple):
    """A container."""

    id: int
    database: int
    name: str
    etag: str
    modified: int
    """Seconds since 1970."""
    offer: str | None
    definition: str
    """As the service shows it, JSON, without what the service adds."""
    lsn: int
    """The number of its last change."""

    @property
    def rid(self) -> str:
        """The service's own id."""
        return encode_rid(self.rid_bytes)

    @property
    def rid_bytes(self) -> bytes:
        """The resource id, of which those of documents begin with."""
        return struct.pack("<I", self.database) + struct.pack(">I", self.id | 0x80000000)

    @property
    def link(self) -> str:
        """Where it is, by resource ids."""
        return f"dbs/{encode_rid(self.rid_bytes[:4])}/colls/{self.rid}/"

    @property
    def rules(self) -> Rules:
        """What its definition means for documents."""
        return _rules(self.definition)

    @property
    def topic(self) -> str:
        """Under which its changes are announced in the store."""
        return f"cosmos:{self.id}"


class Rules(NamedTuple):
    """What a definition means for documents."""

    paths: tuple[tuple[str, ...], ...]
    """Of the partition key."""
    hierarchical: bool
    unique: tuple[tuple[tuple[str, ...], ...], ...]
    """The paths of each unique key."""
    ttl: int | None
    """Seconds that documents live which do not say it themselves, -1: for ever; None: nothing expires."""
    keeps_versions: bool
    """Whether every version and deletion is in the change feed (`changeFeedPolicy`)."""

    def key_of(self, document: Any) -> partition_keys.PartitionKey:
        """The partition key of a document."""
        return partition_keys.of_document(document, self.paths, hierarchical=self.hierarchical)

    def key_in(self, header: str, *, whole: bool = True) -> partition_keys.PartitionKey:
        """The partition key in a request's header."""
        return partition_keys.of_header(header, self.paths, hierarchical=self.hierarchical, whole=whole)


@lru_cache(maxsize=256)
def _rules(definition: str) -> Rules:
    value = json.loads(definition)
    key = value["partitionKey"]
    unique = value.get("uniqueKeyPolicy", {}).get("uniqueKeys", [])
    retention = value.get("changeFeedPolicy", {}).get("retentionDuration")
    return Rules(
        tuple(partition_keys.split_path(path) for path in key["paths"]),
        key.get("kind") == "MultiHash",
        tuple(tuple(partition_keys.split_path(path) for path in item["paths"]) for item in unique),
        value.get("defaultTtl"),
        bool(retention),
    )


def create(store: Store, database: Database, body: Mapping[str, Any], offer: str | None = None) -> Container:
    """Create a container.

    Raises:
        CosmosError: the definition cannot be used, or there is one of this name already.
    """
    name = check_name(body.get("id"))
    definition = _definition(body)
    with store.transaction():
        if find(store, database, name) is not None:
            raise errors.conflict()
        store.execute(
            "INSERT INTO cosmos_container (database, name, etag, modified, offer, definition, lsn)"
            " VALUES (?, ?, ?, ?, ?, ?, 0)",
            database.id, name, new_etag(), int(store.now()), offer, definition,
        )  # fmt: skip
    store.announce("cosmos")
    return get(store, database, name)


def replace(store: Store, container: Container, body: Mapping[str, Any]) -> None:
    """Change what a definition says about anything but the partition key.

    Raises:
        CosmosError: the definition cannot be used, or names another partition key.
    """
    definition = _definition({**body, "id": container.name})
    if _rules(definition)[:2] != container.rules[:2]:
        raise CosmosError(400, "Document collection partition key cannot be changed.")
    store.execute(
        "UPDATE cosmos_container SET definition = ?, etag = ?, modified = ? WHERE id = ?",
        definition, new_etag(), int(store.now()), container.id,
    )  # fmt: skip


def _definition(body: Mapping[str, Any]) -> str:
    """A definition with the service's defaults; raises CosmosError."""
    value = {name: item for name, item in body.items() if name not in _SYSTEM and item is not None}
    value = {**_DEFAULTS, **value}
    key = value["partitionKey"]
    try:
        paths = key["paths"]
        if (
            not isinstance(paths, list)
            or not 1 <= len(paths) <= MAX_LEVELS
            or not all(isinstance(p, str) for p in paths)
        ):
            raise CosmosError(400, "The partition key definition is invalid: it needs from 1 to 3 paths.")
        if key.get("kind", "Hash") != "MultiHash" and len(paths) > 1:
            raise CosmosError(400, "Too many partition key paths specified: several need the kind MultiHash.")
        value["partitionKey"] = {"kind": "Hash", **key, "version": 2}
        ttl = value.get("defaultTtl")
        if ttl is not None and (not isinstance(ttl, int) or isinstance(ttl, bool) or ttl == 0 or ttl < -1):
            raise CosmosError(400, f"The input defaultTtl '{ttl}' is invalid: a positive number of seconds, or -1.")
        definition = json.dumps(value, ensure_ascii=False)
        _rules(definition)
    except (KeyError, TypeError, AttributeError):
        raise CosmosError(400, "The container's definition is invalid.") from None
    return definition


def find(store: Store, database: Database, name: str) -> Container | None:
    """A container by its name; None when there is none."""
    row = store.execute(
        f"SELECT {_COLUMNS} FROM cosmos_container WHERE database = ? AND name = ?",  # noqa: S608 - constant
        database.id,
        name,
    ).fetchone()
    return None if row is None else Container._make(row)


def locate(store: Store, database: str, name: str) -> Container:
    """A container by names or resource ids, for what is asked of its documents.

    Raises:
        CosmosError: there is no such database or container.
    """
    row = store.execute(_LOCATE, database, name).fetchone()
    if row is not None:
        return Container._make(row)
    try:
        return get(store, databases.get(store, database), name)
    except CosmosError:
        raise errors.owner_missing() from None


def get(store: Store, database: Database, name: str) -> Container:
    """A container by its name or its resource id.

    Raises:
        CosmosError: there is none.
    """
    found = find(store, database, name)
    if found is None:
        found = next((container for container in everything(store, database) if container.rid == name), None)
    if found is None:
        raise errors.missing()
    return found


def everything(store: Store, database: Database) -> list[Container]:
    """All containers of a database."""
    rows = store.execute(
        f"SELECT {_COLUMNS} FROM cosmos_container WHERE database = ? ORDER BY id",  # noqa: S608 - constant
        database.id,
    )
    return [Container._make(row) for row in rows]


def delete(store: Store, container: Container) -> None:
    """Delete a container with its documents."""
    store.execute("DELETE FROM cosmos_container WHERE id = ?", container.id)
    store.announce(container.topic)


def set_offer(store: Store, container: Container, offer: str) -> None:
    """Keep a container's throughput."""
    store.execute("UPDATE cosmos_container SET offer = ? WHERE id = ?", offer, container.id)
