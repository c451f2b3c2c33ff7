"""Containers and blobs with the semantics of Azure Blob Storage, and a feed of what changed for the blob trigger.

Limits and errors: the service's REST reference, "Put Blob", "Get Blob", "List Blobs", and "Naming and referencing
containers, blobs, and metadata".
"""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, NamedTuple

from . import contents

if TYPE_CHECKING:
    from .store import Store

_CONTAINER = re.compile(r"[a-z0-9](?:-?[a-z0-9])+|\$root|\$web|\$logs")
MAX_NAME = 1024


class BlobError(Exception):
    """A request that the service refuses, by the service's own code: `ContainerNotFound`, `BlobNotFound`, ..."""

    def __init__(self, code: str, message: str = "") -> None:
        super().__init__(message or code)
        self.code = code


class Blob(NamedTuple):
    """A blob without its bytes. Times are seconds since 1970."""

    container: str
    name: str
    content: int | None
    """Where `contents` has the bytes."""
    length: int
    etag: str
    """With its quotes."""
    created: float
    modified: float
    change: int
    """Grows with every change in the store."""
    metadata: dict[str, str]
    properties: dict[str, str]
    """HTTP headers of the blob by their names in lower case, and `type`: `BlockBlob`, ..."""


_COLUMNS = (
    "container.name, blob.name, content, length, blob.etag, created, blob.modified, change, blob.metadata,"
    " blob.properties"
)
_FROM = "FROM blob JOIN container ON container.id = blob.container"


def is_valid_container(name: str) -> bool:
    """Whether the service takes this name for a container."""
    return (3 <= len(name) <= 63 or name.startswith("$")) and _CONTAINER.fullmatch(name) is not None


def is_valid_name(name: str) -> bool:
    """Whether the service takes this name for a blob."""
    return 1 <= len(name) <= MAX_NAME and not name.endswith((".", "/")) and "\\" not in name


def create_container(store: Store, name: str, metadata: dict[str, str] | None = None) -> bool:
    """Create a container; False when it is already there.

    Raises:
        BlobError: InvalidResourceName.
    """
    if not is_valid_container(name):
        raise BlobError("InvalidResourceName", f"'{name}' is not a valid name for a container.")
    with store.transaction():
        if store.execute("SELECT 1 FROM container WHERE name = ?", name).fetchone() is not None:
            return False
        store.execute(
            "INSERT INTO container (name, etag, modified, metadata, properties) VALUES (?, ?, ?, ?, '{}')",
            name, _etag(store, next_change(store)), store.now(), json.dumps(metadata or {}),
        )  # fmt: skip
    return True


def delete_container(store: Store, name: str) -> None:
    """Delete a container with its blobs.

    Raises:
        BlobError: ContainerNotFound.
    """
    with store.transaction():
        container = container_id(store, name)
        store.execute(
            "DELETE FROM content WHERE id IN (SELECT content FROM blob WHERE container = ? AND content IS NOT NULL)",
            container,
        )
        store.execute("DELETE FROM container WHERE id = ?", container)


def container_id(store: Store, name: str) -> int:
    """The row of a container.

    Raises:
        BlobError: ContainerNotFound.
    """
    row = store.execute("SELECT id FROM container WHERE name = ?", name).fetchone()
    if row is None:
        raise BlobError("ContainerNotFound", f"There is no container '{name}'.")
    return int(row[0])


async def put(
    store: Store,
    container: str,
    name: str,
    data: bytes,
    *,
    properties: dict[str, str] | None = None,
    metadata: dict[str, str] | None = None,
) -> Blob:
    """Write a blob whole, over the one that has the name.

    Raises:
        BlobError: ContainerNotFound, InvalidResourceName.
    """
    _check(store, container, name)
    if len(data) <= contents.CHUNK:
        with store.transaction():
            content = contents.write_small(store, data)
            return replace(store, container, name, content, len(data), properties=properties, metadata=metadata)
    content = await contents.write(store, data)
    return replace(store, container, name, content, len(data), properties=properties, metadata=metadata)


def _check(store: Store, container: str, name: str) -> None:
    container_id(store, container)
    if not is_valid_name(name):
        raise BlobError("InvalidResourceName", f"'{name}' is not a valid name for a blob.")


def replace(
    store: Store,
    container: str,
    name: str,
    content: int,
    length: int,
    *,
    properties: dict[str, str] | None = None,
    metadata: dict[str, str] | None = None,
) -> Blob:
    """Make a blob point at a content that `contents` has, and drop what it pointed at.

    Raises:
        BlobError: ContainerNotFound.
    """
    with store.transaction():
        row = container_id(store, container)
        old = store.execute(
            "SELECT content, created FROM blob WHERE container = ? AND name = ?", row, name
        ).fetchone()  # fmt: skip
        now, change = store.now(), next_change(store)
        blob = Blob(
            container, name, content, length, _etag(store, change), old[1] if old else now, now, change, metadata or {},
            {"content-type": "application/octet-stream", "type": "BlockBlob", **(properties or {})},
        )  # fmt: skip
        if old is not None:
            store.execute("DELETE FROM blob WHERE container = ? AND name = ?", row, name)
            contents.remove(store, old[0])
        store.execute(
            "INSERT INTO blob (container, name, content, length, etag, created, modified, change, metadata, properties)"
            " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            row, *blob[1:8], json.dumps(blob.metadata), json.dumps(blob.properties),
        )  # fmt: skip
        contents.own(store, content)
    store.announce(f"container:{container}")
    return blob


def get(store: Store, container: str, name: str) -> Blob | None:
    """A blob, or None."""
    row = store.execute(
        f"SELECT {_COLUMNS} {_FROM} WHERE container.name = ? AND blob.name = ?",
        container, name,
    ).fetchone()  # fmt: skip
    return None if row is None else _blob(row)


def read(store: Store, blob: Blob) -> bytes:
    """All bytes of a blob."""
    return b"" if blob.content is None else contents.read(store, blob.content)


def delete(store: Store, container: str, name: str) -> None:
    """Delete a blob.

    Raises:
        BlobError: ContainerNotFound, BlobNotFound.
    """
    with store.transaction():
        row = container_id(store, container)
        found = store.execute("SELECT id, content FROM blob WHERE container = ? AND name = ?", row, name).fetchone()
        if found is None:
            raise BlobError("BlobNotFound")
        store.execute("DELETE FROM blob WHERE id = ?", found[0])
        contents.remove(store, found[1])


def list_blobs(store: Store, container: str, prefix: str = "") -> list[Blob]:
    """The blobs of a container whose name starts with a prefix, by name.

    Raises:
        BlobError: ContainerNotFound.
    """
    row = container_id(store, container)
    rows = store.execute(
        f"SELECT {_COLUMNS} {_FROM} WHERE blob.container = ? AND substr(blob.name, 1, ?) = ? ORDER BY blob.name",
        row, len(prefix), prefix,
    )  # fmt: skip
    return [_blob(item) for item in rows]


def changes(store: Store, container: str, after: int, limit: int) -> list[Blob]:
    """The blobs of a container that changed after a point of the feed, oldest change first; none without container."""
    rows = store.execute(
        f"SELECT {_COLUMNS} {_FROM} WHERE container.name = ? AND change > ? ORDER BY change LIMIT ?",
        container, after, limit,
    )  # fmt: skip
    return [_blob(row) for row in rows]


def next_change(store: Store) -> int:
    """The next number of the feed; within a transaction."""
    change = int(store.property("change") or 0) + 1
    store.set_property("change", str(change))
    return change


def position(store: Store, name: str) -> int:
    """How far a reader of the feed has come."""
    row = store.execute("SELECT position FROM cursor WHERE name = ?", name).fetchone()
    return 0 if row is None else int(row[0])


def set_position(store: Store, name: str, value: int) -> None:
    """Remember how far a reader of the feed has come."""
    store.execute("INSERT OR REPLACE INTO cursor VALUES (?, ?)", name, value)


def _etag(store: Store, change: int) -> str:
    """Unlike every other of the store, and in the service's shape."""
    return f'"0x8D{int(store.now() * 1_000_000) & 0xFFFFFFFFFF:010X}{change & 0xFFF:03X}"'


def _blob(row: tuple[object, ...]) -> Blob:
    return Blob._make((*row[:8], json.loads(str(row[8])), json.loads(str(row[9]))))
