"""Tables with the semantics of Azure Table Storage.

Entities keep their properties as the wire has them: a JSON object with `name@odata.type` beside what JSON cannot say.
Limits and errors: the service's REST reference, "Understanding the Table service data model".
"""

from __future__ import annotations

import json
import re
from datetime import datetime, timezone
from typing import TYPE_CHECKING, Any, NamedTuple
from urllib.parse import quote

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from .store import Store

_NAME = re.compile(r"[A-Za-z][A-Za-z0-9]{2,62}")
_KEY_FORBIDDEN = re.compile(r"[/\\#?\x00-\x1f\x7f-\x9f]")
MAX_KEY = 1024  # bytes in UTF-16
MAX_PROPERTIES = 252
MAX_ENTITY = 1024 * 1024


class TableError(Exception):
    """A request that the service refuses, by the service's own code: `TableNotFound`, `ResourceNotFound`, ..."""

    def __init__(self, code: str, message: str = "") -> None:
        super().__init__(message or code)
        self.code = code


class Entity(NamedTuple):
    """One entity."""

    partition: str
    row: str
    etag: str
    """As in an `ETag` header: `W/"datetime'...'"`."""
    modified: float
    properties: dict[str, Any]
    """Without keys and timestamp."""


def is_valid_name(name: str) -> bool:
    """Whether the service takes this name for a table."""
    return _NAME.fullmatch(name) is not None and name.lower() != "tables"


def create(store: Store, name: str) -> bool:
    """Create a table; False when it is already there, names being the same without regard to case.

    Raises:
        TableError: InvalidResourceName.
    """
    if not is_valid_name(name):
        raise TableError("InvalidResourceName", f"'{name}' is not a valid name for a table.")
    return store.execute("INSERT OR IGNORE INTO entity_table (name) VALUES (?)", name).rowcount == 1


def delete(store: Store, name: str) -> None:
    """Delete a table with its entities.

    Raises:
        TableError: ResourceNotFound.
    """
    if store.execute("DELETE FROM entity_table WHERE name = ?", name).rowcount == 0:
        raise TableError("ResourceNotFound")


def names(store: Store) -> list[str]:
    """The tables, by name."""
    return [row[0] for row in store.execute("SELECT name FROM entity_table ORDER BY name COLLATE NOCASE")]


def table_id(store: Store, name: str) -> int:
    """The row of a table.

    Raises:
        TableError: TableNotFound.
    """
    row = store.execute("SELECT id FROM entity_table WHERE name = ?", name).fetchone()
    if row is None:
        raise TableError("TableNotFound")
    return int(row[0])


def get(store: Store, table: str, partition: str, row: str) -> Entity | None:
    """An entity, or None.

    Raises:
        TableError: TableNotFound.
    """
    found = store.execute(
        "SELECT partition, row, etag, modified, properties FROM entity WHERE owner = ? AND partition = ? AND row = ?",
        table_id(store, table), partition, row,
    ).fetchone()  # fmt: skip
    return None if found is None else _entity(found)


def scan(
    store: Store, table: str, *, partition: str | None = None, after: tuple[str, str] | None = None
) -> Iterator[Entity]:
    """The entities of a table in the order of their keys: of one partition, and from a pair of keys on.

    Raises:
        TableError: TableNotFound.
    """
    condition = "owner = ?"
    values: list[int | str] = [table_id(store, table)]
    if partition is not None:
        condition += " AND partition = ?"
        values.append(partition)
    if after is not None:
        condition += " AND (partition, row) >= (?, ?)"
        values += after
    rows = store.execute(
        f"SELECT partition, row, etag, modified, properties FROM entity WHERE {condition} ORDER BY partition, row",  # noqa: S608 - ours
        *values,
    )
    return map(_entity, rows)


def _entity(row: tuple[Any, ...]) -> Entity:
    return Entity(row[0], row[1], row[2], row[3], json.loads(row[4]))


def insert(store: Store, table: str, partition: str, row: str, properties: Mapping[str, Any]) -> Entity:
    """Add an entity.

    Raises:
        TableError: TableNotFound, EntityAlreadyExists, PropertyValueTooLarge, ...
    """
    with store.transaction():
        if get(store, table, partition, row) is not None:
            raise TableError(
                "EntityAlreadyExists", f"The entity {partition!r}, {row!r} already exists in the table {table!r}."
            )
        return _write(store, table, partition, row, dict(properties))


def put(
    store: Store,
    table: str,
    partition: str,
    row: str,
    properties: Mapping[str, Any],
    *,
    merge: bool,
    match: str | None,
) -> Entity:
    """Change an entity, or add it.

    Args:
        store: the local cloud's store.
        table: its name.
        partition: the entity's partition key.
        row: the entity's row key.
        properties: the new ones.
        merge: whether properties that are not given stay.
        match: the etag that it must have, `*`: any; None: it may be missing.

    Raises:
        TableError: TableNotFound, ResourceNotFound, UpdateConditionNotSatisfied, ...
    """
    with store.transaction():
        old = _checked(store, table, partition, row, match)
        kept = old.properties if old is not None and merge else {}
        for name in properties:  # a type goes with its value
            if not name.endswith("@odata.type"):
                kept.pop(f"{name}@odata.type", None)
        return _write(store, table, partition, row, {**kept, **properties})


def remove(store: Store, table: str, partition: str, row: str, match: str) -> None:
    """Delete an entity that has an etag, `*`: any.

    Raises:
        TableError: TableNotFound, ResourceNotFound, UpdateConditionNotSatisfied.
    """
    with store.transaction():
        _checked(store, table, partition, row, match)
        store.execute(
            "DELETE FROM entity WHERE owner = ? AND partition = ? AND row = ?", table_id(store, table), partition, row
        )


def _checked(store: Store, table: str, partition: str, row: str, match: str | None) -> Entity | None:
    old = get(store, table, partition, row)
    if match is not None:
        if old is None:
            raise TableError("ResourceNotFound")
        if match not in {"*", old.etag}:
            raise TableError("UpdateConditionNotSatisfied")
    return old


def _write(store: Store, table: str, partition: str, row: str, properties: dict[str, Any]) -> Entity:
    _check(partition, row, properties)
    text = json.dumps(properties, ensure_ascii=False)
    if len(text.encode("utf-16-le", "surrogatepass")) > 2 * MAX_ENTITY:
        raise TableError("EntityTooLarge")
    owner, now = table_id(store, table), store.now()
    last = store.execute("SELECT max(modified) FROM entity WHERE owner = ?", owner).fetchone()[0]
    now = max(now, (last or 0.0) + 1e-6) if last is not None and last >= now else now
    entity = Entity(partition, row, etag(now), now, properties)
    store.execute(
        "INSERT OR REPLACE INTO entity VALUES (?, ?, ?, ?, ?, ?)", owner, partition, row, entity.etag, now, text
    )
    return entity


def _check(partition: str, row: str, properties: Mapping[str, Any]) -> None:
    for key in (partition, row):
        if _KEY_FORBIDDEN.search(key):
            raise TableError("OutOfRangeInput", "A key has a character that is not allowed: / \\ # ? or a control one.")
        if len(key.encode("utf-16-le", "surrogatepass")) > MAX_KEY:
            raise TableError("KeyValueTooLarge", "A key may have at most 1 KiB.")
    found = [name for name in properties if not name.endswith("@odata.type")]
    if len(found) > MAX_PROPERTIES:
        raise TableError("TooManyProperties", f"An entity may have at most {MAX_PROPERTIES} properties.")
    for name in found:
        value = properties[name]
        if len(name) > 255:
            raise TableError("PropertyNameTooLong")
        if isinstance(value, str) and len(value.encode("utf-16-le", "surrogatepass")) > 64 * 1024:
            is_binary = properties.get(f"{name}@odata.type") == "Edm.Binary"
            if not is_binary or len(value) > 4 * ((64 * 1024 + 2) // 3):
                raise TableError("PropertyValueTooLarge", f"The value of {name} is larger than 64 KiB.")


def timestamp(seconds: float) -> str:
    """A moment as the service writes it: `2026-02-03T04:05:06.0780000Z`."""
    moment = datetime.fromtimestamp(seconds, timezone.utc)
    return f"{moment:%Y-%m-%dT%H:%M:%S}.{moment.microsecond:06}0Z"


def etag(seconds: float) -> str:
    """The etag of an entity that was changed at a moment."""
    return f"W/\"datetime'{quote(timestamp(seconds), safe='')}'\""
