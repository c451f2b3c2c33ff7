"""Content of blobs and blocks, cut into chunks, so that a large one neither holds up the loop nor needs one huge row.

A content is written first and owned afterwards, in the transaction that makes a blob point at it; what a crash leaves
without an owner is removed at the next start.
"""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from .store import Store

CHUNK = 512 * 1024  # bytes of a row: about a millisecond


async def write(store: Store, data: bytes) -> int:
    """Keep bytes under a new number, without an owner yet; small ones in one transaction."""
    with store.transaction():
        content = _create(store)
        _append(store, content, 0, 0, data[:CHUNK])
    for number, start in enumerate(range(CHUNK, len(data), CHUNK), 1):
        await asyncio.sleep(0)
        _append(store, content, number, start, data[start : start + CHUNK])
    return content


def write_small(store: Store, data: bytes) -> int:
    """As `write`, at once; within a transaction."""
    content = _create(store)
    for number, start in enumerate(range(0, max(len(data), 1), CHUNK)):
        _append(store, content, number, start, data[start : start + CHUNK])
    return content


async def concatenate(store: Store, parts: list[int]) -> tuple[int, int]:
    """A new content made of others, in order; gives its number and its length."""
    with store.transaction():
        content = _create(store)
    number = length = 0
    for part in parts:
        rows = store.execute("SELECT number FROM chunk WHERE content = ? ORDER BY number", part).fetchall()
        for (source,) in rows:
            store.execute(
                "INSERT INTO chunk SELECT ?, ?, ?, data FROM chunk WHERE content = ? AND number = ?",
                content, number, length, part, source,
            )  # fmt: skip
            row = store.execute("SELECT length(data) FROM chunk WHERE content = ? AND number = ?", content, number)
            length += int(row.fetchone()[0])
            number += 1
            await asyncio.sleep(0)
    return content, length


def _create(store: Store) -> int:
    content = store.execute("INSERT INTO content (owned) VALUES (0)").lastrowid
    assert content is not None
    return content


def _append(store: Store, content: int, number: int, start: int, data: bytes) -> None:
    store.execute("INSERT INTO chunk VALUES (?, ?, ?, ?)", content, number, start, data)


def own(store: Store, content: int) -> None:
    """Say that something points at a content; within the transaction that makes it so."""
    store.execute("UPDATE content SET owned = 1 WHERE id = ?", content)


def remove(store: Store, content: int | None) -> None:
    """Delete a content."""
    if content is not None:
        store.execute("DELETE FROM content WHERE id = ?", content)


def remove_unowned(store: Store) -> None:
    """Delete what a crash has left behind; only when no other process writes."""
    store.execute("DELETE FROM content WHERE owned = 0")


def read(store: Store, content: int, start: int = 0, end: int | None = None) -> bytes:
    """The bytes of a content, or those from `start` up to `end`."""
    limit = 2**62 if end is None else end
    rows = store.execute(
        "SELECT start, data FROM chunk WHERE content = ? AND start < ? AND start + length(data) > ? ORDER BY number",
        content, limit, start,
    )  # fmt: skip
    return b"".join(data[max(start - at, 0) : limit - at] for at, data in rows)


async def stream(store: Store, content: int, start: int, end: int) -> AsyncIterator[bytes]:
    """The bytes from `start` up to `end`, chunk by chunk.

    Raises:
        KeyError: the content was deleted meanwhile.
    """
    while start < end:
        row = store.execute(
            "SELECT start, data FROM chunk WHERE content = ? AND start <= ? ORDER BY start DESC LIMIT 1", content, start
        ).fetchone()
        if row is None or row[0] + len(row[1]) <= start:
            raise KeyError(content)
        part = row[1][start - row[0] : end - row[0]]
        start += len(part)
        yield part
