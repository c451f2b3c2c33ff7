"""Blobs with the semantics of Azure Blob Storage, and a feed of what changed for the blob trigger.

Limits and errors: the service's REST reference, "Put Blob", "Get Blob", "Snapshot Blob", "Delete Blob".
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, NamedTuple

from . import containers, contents
from .containers import BlobError, etag, next_change
from .datetimes import snapshot_time

if TYPE_CHECKING:
    from collections.abc import Mapping

    from .store import Store

__all__ = ["Blob", "BlobError"]

MAX_NAME = 1024
DEFAULTS = {"content-type": "application/octet-stream", "type": "BlockBlob"}


class Blob(NamedTuple):
    """A blob without its bytes. Times are seconds since 1970."""

    id: int
    container: str
    name: str
    snapshot: str
    """Empty for the blob itself."""
    content: int
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
    """HTTP headers of the blob by their names in lower case, `type` (`BlockBlob`, ...) and what else is kept of it."""


_COLUMNS = (
    "blob.id, container.name, blob.name, snapshot, content, length, blob.etag, created, blob.modified, change,"
    " blob.metadata, blob.properties"
)
_SELECT = f"SELECT {_COLUMNS} FROM blob JOIN container ON container.id = blob.container"  # noqa: S608 - ours


def is_valid_name(name: str) -> bool:
    """Whether the service takes this name for a blob."""
    return 1 <= len(name) <= MAX_NAME and not name.endswith((".", "/")) and "\\" not in name


async def put(
    store: Store,
    container: str,
    name: str,
    data: bytes,
    *,
    properties: Mapping[str, str] | None = None,
    metadata: Mapping[str, str] | None = None,
) -> Blob:
    """Write a blob whole, over the one that has the name.

    Raises:
        BlobError: ContainerNotFound, InvalidResourceName.
    """
    check_name(store, container, name)
    content = await contents.write(store, data)
    return replace(store, container, name, content, len(data), properties=properties, metadata=metadata)


def check_name(store: Store, container: str, name: str) -> None:
    """Whether a blob can have this name.

    Raises:
        BlobError: ContainerNotFound, InvalidResourceName.
    """
    containers.get(store, container)
    if not is_valid_name(name):
        raise BlobError("InvalidResourceName", f"'{name}' is not a valid name for a blob.")


def replace(
    store: Store,
    container: str,
    name: str,
    content: int,
    length: int,
    *,
    properties: Mapping[str, str] | None = None,
    metadata: Mapping[str, str] | None = None,
) -> Blob:
    """Make a blob point at a content that nothing else points at, and drop what it pointed at.

    Raises:
        BlobError: ContainerNotFound.
    """
    with store.transaction():
        owner = containers.get(store, container).id
        old = get(store, container, name)
        now, change = store.now(), next_change(store)
        if old is not None:
            store.execute("DELETE FROM blob WHERE id = ?", old.id)
            contents.remove(store, old.content)
        drop_blocks(store, owner, name)
        values = (
            owner, name, "", content, length, etag(store, change), old.created if old else now, now, change,
            json.dumps(dict(metadata or {})), json.dumps({**DEFAULTS, **(properties or {})}),
        )  # fmt: skip
        _insert(store, values)
        blob = get(store, container, name)
        assert blob is not None
    store.announce(f"container:{container}")
    return blob


def _insert(store: Store, values: tuple[object, ...]) -> None:
    store.execute(
        "INSERT INTO blob (container, name, snapshot, content, length, etag, created, modified, change, metadata,"
        " properties) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        *values,
    )


def drop_blocks(store: Store, owner: int, name: str) -> None:
    """Forget the blocks of a blob; within a transaction."""
    rows = store.execute("SELECT content FROM block WHERE container = ? AND name = ?", owner, name).fetchall()
    for (content,) in rows:
        contents.remove(store, content)
    if rows:
        store.execute("DELETE FROM block WHERE container = ? AND name = ?", owner, name)


def update(
    store: Store,
    blob: Blob,
    *,
    length: int | None = None,
    properties: Mapping[str, str] | None = None,
    metadata: Mapping[str, str] | None = None,
) -> Blob:
    """Change a blob where it is; what is None stays. Within a transaction when its content changes too."""
    with store.transaction():
        change = next_change(store)
        changed = blob._replace(
            length=blob.length if length is None else length,
            etag=etag(store, change),
            modified=store.now(),
            change=change,
            properties=blob.properties if properties is None else {**DEFAULTS, **properties},
            metadata=blob.metadata if metadata is None else dict(metadata),
        )
        store.execute(
            "UPDATE blob SET length = ?, etag = ?, modified = ?, change = ?, metadata = ?, properties = ? WHERE id = ?",
            changed.length, changed.etag, changed.modified, change, json.dumps(changed.metadata),
            json.dumps(changed.properties), blob.id,
        )  # fmt: skip
    store.announce(f"container:{blob.container}")
    return changed


def keep(store: Store, blob: Blob, properties: Mapping[str, str]) -> None:
    """Change what is kept of a blob without a new etag, such as its tier."""
    store.execute("UPDATE blob SET properties = ? WHERE id = ?", json.dumps(dict(properties)), blob.id)


def snapshot(store: Store, blob: Blob, metadata: Mapping[str, str] | None = None) -> Blob:
    """A read-only copy of a blob as it is now; shares its bytes."""
    with store.transaction():
        owner = containers.get(store, blob.container).id
        moment = store.now()
        while get(store, blob.container, blob.name, snapshot_time(moment)) is not None:
            moment += 1e-6
        content, _ = contents.join(store, [blob.content])
        values = (
            owner, blob.name, snapshot_time(moment), content, blob.length, blob.etag, blob.created, blob.modified, 0,
            json.dumps(blob.metadata if metadata is None else dict(metadata)), json.dumps(blob.properties),
        )  # fmt: skip
        _insert(store, values)
    found = get(store, blob.container, blob.name, snapshot_time(moment))
    assert found is not None
    return found


def get(store: Store, container: str, name: str, snapshot: str = "") -> Blob | None:
    """A blob or one of its snapshots, or None."""
    row = store.execute(
        f"{_SELECT} WHERE container.name = ? AND blob.name = ? AND snapshot = ?", container, name, snapshot
    ).fetchone()
    return None if row is None else _blob(row)


def read(store: Store, blob: Blob) -> bytes:
    """All bytes of a blob."""
    return contents.read(store, blob.content, 0, blob.length)


def delete(store: Store, blob: Blob, *, snapshots: str = "") -> None:
    """Delete a blob or a snapshot.

    Args:
        store: the local cloud's store.
        blob: which one.
        snapshots: of a blob: `include` deletes its snapshots too, `only` them alone.

    Raises:
        BlobError: SnapshotsPresent, when it has some and nothing was said about them.
    """
    with store.transaction():
        owner = containers.get(store, blob.container).id
        rows = store.execute(
            "SELECT id, content, snapshot FROM blob WHERE container = ? AND name = ?", owner, blob.name
        ).fetchall()
        if blob.snapshot:
            gone = [row for row in rows if row[2] == blob.snapshot]
        elif snapshots == "only":
            gone = [row for row in rows if row[2]]
        elif len(rows) > 1 and snapshots != "include":
            raise BlobError("SnapshotsPresent")
        else:
            gone = rows
            drop_blocks(store, owner, blob.name)
            store.execute("DELETE FROM lease WHERE owner = ?", f"{blob.container}/{blob.name}")
        for id_, content, _ in gone:
            store.execute("DELETE FROM blob WHERE id = ?", id_)
            contents.remove(store, content)


def find_all(store: Store, container: str, prefix: str = "", *, snapshots: bool = False) -> list[Blob]:
    """The blobs of a container whose name starts with a prefix, by name.

    Raises:
        BlobError: ContainerNotFound.
    """
    owner = containers.get(store, container).id
    rows = store.execute(
        f"{_SELECT} WHERE blob.container = ? AND substr(blob.name, 1, ?) = ? ORDER BY blob.name, snapshot = '', snapshot",
        owner, len(prefix), prefix,
    )  # fmt: skip
    return [_blob(item) for item in rows if snapshots or not item[3]]


def changes(store: Store, container: str, after: int, limit: int) -> list[Blob]:
    """The blobs of a container that changed after a point of the feed, oldest change first; none without container."""
    rows = store.execute(
        f"{_SELECT} WHERE container.name = ? AND change > ? AND snapshot = '' ORDER BY change LIMIT ?",
        container, after, limit,
    )  # fmt: skip
    return [_blob(row) for row in rows]


def position(store: Store, name: str) -> int:
    """How far a reader of the feed has come."""
    row = store.execute("SELECT position FROM cursor WHERE name = ?", name).fetchone()
    return 0 if row is None else int(row[0])


def set_position(store: Store, name: str, value: int) -> None:
    """Remember how far a reader of the feed has come."""
    store.execute("INSERT OR REPLACE INTO cursor VALUES (?, ?)", name, value)


def _blob(row: tuple[object, ...]) -> Blob:
    return Blob._make((*row[:10], json.loads(str(row[10])), json.loads(str(row[11]))))
