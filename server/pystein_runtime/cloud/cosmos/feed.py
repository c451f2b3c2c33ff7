"""The change feed of a container: the latest version of documents, or every version, by their numbers (LSN)."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, NamedTuple

from .documents import COLUMNS, Document

if TYPE_CHECKING:
    from pystein_runtime.cloud.store import Store

    from .containers import Container


class Part(NamedTuple):
    """Which changes are wanted."""

    after: int
    """The number of the last change that is known."""
    limit: int
    since: float = 0.0
    """Seconds since 1970."""
    low: str = ""
    high: str = "FF"
    """The range of effective partition keys."""


def changes(store: Store, container: Container, part: Part) -> list[Document]:
    """Documents that have changed, in the order of their last change; what was deleted is not there."""
    rows = store.execute(
        f"SELECT {COLUMNS} FROM cosmos_document WHERE container = ? AND lsn > ? AND modified >= ?"  # noqa: S608 - constant
        " AND epk >= ? AND epk < ? AND (expires IS NULL OR expires > ?) ORDER BY lsn LIMIT ?",
        container.id, part.after, int(part.since), part.low, part.high, store.now(), part.limit,
    )  # fmt: skip
    return [Document._make(row) for row in rows]


def versions(store: Store, container: Container, part: Part) -> list[tuple[int, dict[str, Any]]]:
    """Every change with its number, deletions too, as the service has it in its second format.

    Format: Microsoft's "Change feed modes", all versions and deletes.
    """
    rows = store.execute(
        "SELECT lsn, modified, operation, expired, previous_lsn, current, previous FROM cosmos_version"
        " WHERE container = ? AND lsn > ? AND modified >= ? AND epk >= ? AND epk < ? ORDER BY lsn LIMIT ?",
        container.id, part.after, int(part.since), part.low, part.high, part.limit,
    )  # fmt: skip
    found = []
    for lsn, modified, operation, expired, previous_lsn, current, previous in rows:
        metadata: dict[str, Any] = {"lsn": lsn, "crts": modified, "operationType": operation}
        if previous_lsn is not None:
            metadata["previousImageLSN"] = previous_lsn
        if expired:
            metadata["timeToLiveExpired"] = True
        item: dict[str, Any] = {"current": json.loads(current) if current else {}, "metadata": metadata}
        if operation == "delete":
            item["previous"] = json.loads(previous)
        found.append((lsn, item))
    return found
