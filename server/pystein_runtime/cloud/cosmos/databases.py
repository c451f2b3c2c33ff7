"""Databases."""

from __future__ import annotations

import base64
import re
import struct
import uuid
from typing import TYPE_CHECKING, NamedTuple

from . import errors
from .errors import CosmosError

if TYPE_CHECKING:
    from pystein_runtime.cloud.store import Store

_FORBIDDEN = re.compile(r"[/\\#?]")
MAX_NAME = 255  # characters


class Database(NamedTuple):
    """A database."""

    id: int
    name: str
    etag: str
    modified: int
    """Seconds since 1970."""
    offer: str | None
    """Its throughput as the service describes it, JSON; None: its containers have each their own."""

    @property
    def rid(self) -> str:
        """The service's own id."""
        return encode_rid(struct.pack("<I", self.id))


def encode_rid(data: bytes) -> str:
    """A resource id as it is written."""
    return base64.b64encode(data).decode().replace("/", "-")


def new_etag() -> str:
    """An etag that nothing else has."""
    return f'"{uuid.uuid4()}"'


def check_name(name: object) -> str:
    """The name of a database, a container or a document.

    Raises:
        CosmosError: it cannot be one.
    """
    if not isinstance(name, str) or not name:
        raise CosmosError(400, "The input content is invalid because the required properties - 'id; ' - are missing")
    if len(name) > MAX_NAME or name.endswith(" ") or _FORBIDDEN.search(name):
        raise CosmosError(400, f"The input name '{name[:300]}' is invalid. Ensure to provide a unique non-empty string"
                               f" less than '{MAX_NAME}' characters without '/', '\\', '#' and '?'.")  # fmt: skip
    return name


def create(store: Store, name: object, offer: str | None = None) -> Database:
    """Create a database.

    Raises:
        CosmosError: the name is none, or there is one already.
    """
    wanted = check_name(name)
    with store.transaction():
        if find(store, wanted) is not None:
            raise errors.conflict()
        store.execute(
            "INSERT INTO cosmos_database (name, etag, modified, offer) VALUES (?, ?, ?, ?)",
            wanted, new_etag(), int(store.now()), offer,
        )  # fmt: skip
    return get(store, wanted)


def find(store: Store, name: str) -> Database | None:
    """A database by its name; None when there is none."""
    row = store.execute("SELECT id, name, etag, modified, offer FROM cosmos_database WHERE name = ?", name).fetchone()
    return None if row is None else Database._make(row)


def get(store: Store, name: str) -> Database:
    """A database by its name or its resource id.

    Raises:
        CosmosError: there is none.
    """
    found = find(store, name)
    if found is None:
        found = next((database for database in everything(store) if database.rid == name), None)
    if found is None:
        raise errors.missing()
    return found


def everything(store: Store) -> list[Database]:
    """All databases."""
    rows = store.execute("SELECT id, name, etag, modified, offer FROM cosmos_database ORDER BY id")
    return [Database._make(row) for row in rows]


def delete(store: Store, database: Database) -> None:
    """Delete a database with all that it has."""
    store.execute("DELETE FROM cosmos_database WHERE id = ?", database.id)


def set_offer(store: Store, database: Database, offer: str) -> None:
    """Keep a database's throughput."""
    store.execute("UPDATE cosmos_database SET offer = ? WHERE id = ?", offer, database.id)
