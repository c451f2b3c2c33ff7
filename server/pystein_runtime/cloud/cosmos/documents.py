"""Documents: created, replaced, read, deleted, listed; their etags, unique keys and times to live."""

from __future__ import annotations

import json
import sqlite3
import struct
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, NamedTuple

from . import errors, partition_keys
from .databases import check_name, encode_rid, new_etag
from .errors import KEY_MISMATCH, CosmosError
from .sql.values import UNDEFINED, canonical, parse_float, parse_int

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from pystein_runtime.cloud.store import Store

    from .containers import Container
    from .partition_keys import PartitionKey

MAX_SIZE = 2 * 1024 * 1024  # bytes of a document
SYSTEM = ("_rid", "_self", "_etag", "_attachments", "_ts", "_lsn")
COLUMNS = "id, container, partition, name, epk, lsn, modified, expires, etag, body"
_KEY_DIFFERS = "PartitionKey extracted from document doesn't match the one specified in the header"


class Document(NamedTuple):
    """A document."""

    id: int
    container: int
    partition: str
    name: str
    epk: str
    lsn: int
    """The number of its last change in its container."""
    modified: int
    """Seconds since 1970."""
    expires: int | None
    etag: str
    body: str
    """JSON without what the service adds."""

    def text(self, container: Container, *, with_lsn: bool = False) -> str:
        """The document as the service gives it, JSON."""
        rid = encode_rid(container.rid_bytes + struct.pack("<Q", self.id))
        added = (
            f'"_rid":"{rid}","_self":"{container.link}docs/{rid}/","_etag":{json.dumps(self.etag)},"_attachments":"attachments/",'
            f'"_ts":{self.modified}' + (f',"_lsn":{self.lsn}' if with_lsn else "")
        )
        return f"{self.body[:-1]},{added}}}"

    def value(self, container: Container) -> dict[str, Any]:
        """The document as the service gives it."""
        found: dict[str, Any] = json.loads(self.text(container))
        return found


class Condition(NamedTuple):
    """What a request wants the document to be."""

    match: str | None = None
    """Its etag, `*`: any."""
    none_match: str | None = None
    """The etag that it must not have, `*`: it must not be there."""

    def check(self, document: Document) -> None:
        """Raises CosmosError unless the document is as wanted."""
        if self.match is not None and self.match not in {"*", document.etag}:
            raise errors.changed()
        if self.none_match is not None and self.none_match in {"*", document.etag}:
            raise errors.changed()


ANY = Condition()


def parse(text: str | bytes) -> Any:
    """JSON as the service reads it.

    Raises:
        CosmosError: it is none.
    """
    try:
        return json.loads(text, parse_float=parse_float, parse_int=parse_int, parse_constant=_no_number)
    except (ValueError, RecursionError):
        raise CosmosError(400, "The request payload is invalid. Ensure to provide a valid request payload.") from None


def _no_number(name: str) -> Any:
    raise ValueError(name)


def find(store: Store, container: Container, key: PartitionKey, name: str) -> Document | None:
    """A document; None when there is none."""
    row = store.execute(
        f"SELECT {COLUMNS} FROM cosmos_document WHERE container = ? AND partition = ? AND name = ?"  # noqa: S608 - constant
        " AND (expires IS NULL OR expires > ?)",
        container.id, key.text, name, store.now(),
    ).fetchone()  # fmt: skip
    return None if row is None else Document._make(row)


def get(store: Store, container: Container, key: PartitionKey, name: str) -> Document:
    """A document.

    Raises:
        CosmosError: there is none.
    """
    found = find(store, container, key, name)
    if found is None:
        raise errors.missing()
    return found


def create(store: Store, container: Container, body: Any, key: PartitionKey | None) -> Document:
    """Add a document; `key` is the one that the request names.

    Raises:
        CosmosError: there is one already, or it cannot be one.
    """
    with _writing(store, container):
        name, own = _identify(container, body, key)
        remove_expired(store, container)
        if find(store, container, own, name) is not None:
            raise errors.conflict()
        return _insert(store, container, name, own, body)


def upsert(
    store: Store, container: Container, body: Any, key: PartitionKey | None, condition: Condition = ANY
) -> tuple[Document, bool]:
    """Add a document or replace the one that is there; says whether it was added.

    Raises:
        CosmosError: it cannot be one, or the one that is there is not as wanted.
    """
    with _writing(store, container):
        name, own = _identify(container, body, key)
        remove_expired(store, container)
        old = find(store, container, own, name)
        if old is None:
            return _insert(store, container, name, own, body), True
        condition.check(old)
        return _update(store, container, old, body), False


def replace(
    store: Store,
    container: Container,
    key: PartitionKey,
    old_name: str,
    change: Callable[[Document], Any],
    condition: Condition = ANY,
) -> Document:
    """Replace a document by what `change` makes of it.

    Raises:
        CosmosError: there is none, it is not as wanted, or the new one cannot take its place.
    """
    with _writing(store, container):
        old = get(store, container, key, old_name)
        condition.check(old)
        body = change(old)
        name, _ = _identify(container, body, key)
        if name != old_name and find(store, container, key, name) is not None:
            raise errors.conflict()
        return _update(store, container, old._replace(name=name), body)


def delete(store: Store, container: Container, key: PartitionKey, name: str, condition: Condition = ANY) -> None:
    """Delete a document.

    Raises:
        CosmosError: there is none, or it is not as wanted.
    """
    with _writing(store, container):
        old = get(store, container, key, name)
        condition.check(old)
        _remove(store, container, old, expired=False)


def delete_partition(store: Store, container: Container, key: PartitionKey) -> None:
    """Delete all documents of a partition key."""
    with _writing(store, container):
        for document in scan(store, container, Wanted(key.epk, key.epk + "FF")):
            _remove(store, container, document, expired=False)


class Wanted(NamedTuple):
    """Which documents are looked at."""

    low: str = ""
    high: str = "FF"
    """The range of effective partition keys."""
    name: str | None = None
    """The one id; None: any."""


EVERYTHING = Wanted()


def scan(
    store: Store, container: Container, wanted: Wanted = EVERYTHING, after: int = 0, limit: int = -1
) -> list[Document]:
    """Documents in the order in which they were added, behind one of them."""
    condition, values = ("", ()) if wanted.name is None else (" AND name = ?", (wanted.name,))
    rows = store.execute(
        f"SELECT {COLUMNS} FROM cosmos_document WHERE container = ? AND id > ? AND epk >= ? AND epk < ?{condition}"  # noqa: S608 - constants
        " AND (expires IS NULL OR expires > ?) ORDER BY id LIMIT ?",
        container.id, after, wanted.low, wanted.high, *values, store.now(), limit,
    )  # fmt: skip
    return [Document._make(row) for row in rows]


def usage(store: Store, container: Container) -> tuple[int, int]:
    """How many documents a container has, and their bytes."""
    row = store.execute(
        "SELECT count(*), coalesce(sum(length(body)), 0) FROM cosmos_document WHERE container = ?", container.id
    ).fetchone()
    return int(row[0]), int(row[1])


def remove_expired(store: Store, container: Container) -> None:
    """Delete what has outlived its time."""
    if container.rules.ttl is None:
        return
    rows = store.execute(
        f"SELECT {COLUMNS} FROM cosmos_document WHERE container = ? AND expires <= ?",  # noqa: S608 - constant
        container.id,
        store.now(),
    ).fetchall()
    for row in rows:
        _remove(store, container, Document._make(row), expired=True)


@contextmanager
def _writing(store: Store, container: Container) -> Iterator[None]:
    """One change, or several together: all or nothing, and told to those who watch."""
    try:
        with store.transaction():
            yield
    except sqlite3.IntegrityError as error:
        if "cosmos_unique" in str(error):
            raise CosmosError(409, "Unique index constraint violation.") from None
        raise errors.owner_missing() from None  # the container was deleted meanwhile
    store.announce(container.topic)


def _identify(container: Container, body: Any, key: PartitionKey | None) -> tuple[str, PartitionKey]:
    """A document's name and key; raises CosmosError."""
    if not isinstance(body, dict):
        raise CosmosError(400, "The input content is invalid: a document is a JSON object.")
    name = check_name(body.get("id"))
    own = container.rules.key_of(body)
    if key is not None and own.text != key.text:
        raise CosmosError(400, _KEY_DIFFERS, KEY_MISMATCH)
    return name, own


def _as_text(body: dict[str, Any]) -> str:
    text = json.dumps({name: value for name, value in body.items() if name not in SYSTEM}, ensure_ascii=False)
    if len(text) > MAX_SIZE or len(text.encode("utf-8", "surrogatepass")) > MAX_SIZE:
        raise CosmosError(413, "Request size is too large")
    return text


def _expiry(store: Store, container: Container, body: dict[str, Any]) -> int | None:
    default, own = container.rules.ttl, body.get("ttl")
    if default is None:
        return None
    if own is not None and (not isinstance(own, int) or isinstance(own, bool) or own == 0 or own < -1):
        raise CosmosError(
            400, f"The input ttl '{own}' is invalid. Ensure to provide a nonzero positive integer, or -1."
        )
    seconds = default if own is None else own
    return None if seconds == -1 else int(store.now()) + seconds


def _next_lsn(store: Store, container: Container) -> int:
    store.execute("UPDATE cosmos_container SET lsn = lsn + 1 WHERE id = ?", container.id)
    row = store.execute("SELECT lsn FROM cosmos_container WHERE id = ?", container.id).fetchone()
    if row is None:
        raise errors.owner_missing()
    return int(row[0])


def _insert(store: Store, container: Container, name: str, key: PartitionKey, body: dict[str, Any]) -> Document:
    text, expires = _as_text(body), _expiry(store, container, body)
    lsn, now, etag = _next_lsn(store, container), int(store.now()), new_etag()
    row = (container.id, key.text, name, key.epk, lsn, now, expires, etag, text)
    number = store.execute(
        "INSERT INTO cosmos_document (container, partition, name, epk, lsn, modified, expires, etag, body)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        *row,
    ).lastrowid
    assert number is not None
    document = Document(number, *row)
    _keep_unique(store, container, document, body)
    _keep_version(store, container, "create", document, None)
    return document


def _update(store: Store, container: Container, old: Document, body: dict[str, Any]) -> Document:
    text, expires = _as_text(body), _expiry(store, container, body)
    document = old._replace(
        lsn=_next_lsn(store, container), modified=int(store.now()), expires=expires, etag=new_etag(), body=text
    )
    store.execute(
        "UPDATE cosmos_document SET name = ?, lsn = ?, modified = ?, expires = ?, etag = ?, body = ? WHERE id = ?",
        document.name, document.lsn, document.modified, expires, document.etag, text, document.id,
    )  # fmt: skip
    _keep_unique(store, container, document, body)
    _keep_version(store, container, "replace", document, old)
    return document


def _remove(store: Store, container: Container, old: Document, *, expired: bool) -> None:
    store.execute("DELETE FROM cosmos_document WHERE id = ?", old.id)
    gone = old._replace(lsn=_next_lsn(store, container), modified=int(store.now()))
    _keep_version(store, container, "delete", gone, old, expired=expired)


def _keep_unique(store: Store, container: Container, document: Document, body: dict[str, Any]) -> None:
    policies = container.rules.unique
    if not policies:
        return
    store.execute("DELETE FROM cosmos_unique WHERE document = ?", document.id)
    for policy, paths in enumerate(policies):
        values = [partition_keys.value_at(body, path) for path in paths]
        value = canonical([None if item is UNDEFINED else item for item in values])
        store.execute(
            "INSERT INTO cosmos_unique VALUES (?, ?, ?, ?, ?)",
            container.id, document.partition, policy, value, document.id,
        )  # fmt: skip


def _keep_version(
    store: Store, container: Container, operation: str, new: Document, old: Document | None, *, expired: bool = False
) -> None:
    if not container.rules.keeps_versions:
        return
    current = None if operation == "delete" else new.text(container)
    store.execute(
        "INSERT INTO cosmos_version VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        container.id, new.lsn, new.epk, new.modified, operation, expired, None if old is None else old.lsn, current,
        None if old is None else old.text(container),
    )  # fmt: skip
