"""Containers with the semantics of Azure Blob Storage.

Limits and errors: the service's REST reference, "Create Container", and "Naming and referencing containers, blobs, and
metadata".
"""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, NamedTuple

from . import contents

if TYPE_CHECKING:
    from .store import Store

_NAME = re.compile(r"[a-z0-9](?:-?[a-z0-9])+|\$root|\$web|\$logs")


class BlobError(Exception):
    """A request that the service refuses, by the service's own code: `ContainerNotFound`, `BlobNotFound`, ..."""

    def __init__(self, code: str, message: str = "") -> None:
        super().__init__(message or code)
        self.code = code


class Container(NamedTuple):
    """A container."""

    id: int
    name: str
    etag: str
    modified: float
    metadata: dict[str, str]
    access: str
    """Who may read without a key: `` nobody, `blob` those who know a name, `container` everybody."""


def is_valid_name(name: str) -> bool:
    """Whether the service takes this name for a container."""
    return (3 <= len(name) <= 63 or name.startswith("$")) and _NAME.fullmatch(name) is not None


def create(store: Store, name: str, metadata: dict[str, str] | None = None, access: str = "") -> bool:
    """Create a container; False when it is already there.

    Raises:
        BlobError: InvalidResourceName.
    """
    if not is_valid_name(name):
        raise BlobError("InvalidResourceName", f"'{name}' is not a valid name for a container.")
    with store.transaction():
        if store.execute("SELECT 1 FROM container WHERE name = ?", name).fetchone() is not None:
            return False
        store.execute(
            "INSERT INTO container (name, etag, modified, metadata, access) VALUES (?, ?, ?, ?, ?)",
            name, etag(store, next_change(store)), store.now(), json.dumps(metadata or {}), access,
        )  # fmt: skip
    return True


def get(store: Store, name: str) -> Container:
    """A container.

    Raises:
        BlobError: ContainerNotFound.
    """
    row = store.execute(
        "SELECT id, name, etag, modified, metadata, access FROM container WHERE name = ?", name
    ).fetchone()
    if row is None:
        raise BlobError("ContainerNotFound", f"There is no container '{name}'.")
    return _container(row)


def find_all(store: Store, prefix: str = "") -> list[Container]:
    """The containers whose name starts with a prefix, by name."""
    rows = store.execute("SELECT id, name, etag, modified, metadata, access FROM container ORDER BY name")
    return [_container(row) for row in rows if row[1].startswith(prefix)]


def _container(row: tuple[object, ...]) -> Container:
    return Container._make((*row[:4], json.loads(str(row[4])), row[5]))


def set_metadata(store: Store, name: str, metadata: dict[str, str]) -> Container:
    """Replace a container's metadata.

    Raises:
        BlobError: ContainerNotFound.
    """
    return _update(store, name, "metadata", json.dumps(metadata))


def set_access(store: Store, name: str, access: str) -> Container:
    """Say who may read a container's blobs without a key.

    Raises:
        BlobError: ContainerNotFound.
    """
    return _update(store, name, "access", access)


def _update(store: Store, name: str, column: str, value: str) -> Container:
    with store.transaction():
        container = get(store, name)
        store.execute(
            f"UPDATE container SET {column} = ?, etag = ?, modified = ? WHERE id = ?",  # noqa: S608 - columns of ours
            value, etag(store, next_change(store)), store.now(), container.id,
        )  # fmt: skip
        return get(store, name)


def delete(store: Store, name: str) -> None:
    """Delete a container with its blobs.

    Raises:
        BlobError: ContainerNotFound.
    """
    with store.transaction():
        container = get(store, name)
        rows = store.execute(
            "SELECT content FROM blob WHERE container = ? UNION SELECT content FROM block WHERE container = ?",
            container.id, container.id,
        ).fetchall()  # fmt: skip
        for (content,) in rows:
            contents.remove(store, content)
        store.execute("DELETE FROM container WHERE id = ?", container.id)
        store.execute("DELETE FROM lease WHERE owner = ? OR owner LIKE ?", f"{name}", f"{name}/%")


def next_change(store: Store) -> int:
    """The next number of the store's changes; within a transaction."""
    change = int(store.property("change") or 0) + 1
    store.set_property("change", str(change))
    return change


def etag(store: Store, change: int) -> str:
    """Unlike every other of the store, in the service's shape, with its quotes."""
    return f'"0x8D{int(store.now() * 1_000_000) & 0xFFFFFFFFFF:010X}{change & 0xFFF:03X}"'
