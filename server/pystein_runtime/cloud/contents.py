"""Content of blobs and blocks: pieces of bytes, shared where content is copied.

A content is a list of pieces (`chunk`), each at its offset, that point at rows of bytes (`data`). So copies, snapshots
and the joining of blocks move no bytes, and a large content neither holds up the loop nor needs one huge row. What a
crash leaves without a blob or block that points at it is removed at the next start. Gaps read as zeros.
"""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterable

    from .store import Store

CHUNK = 512 * 1024  # bytes of a row: about a millisecond


def create(store: Store) -> int:
    """A new, empty content."""
    content = store.execute("INSERT INTO content DEFAULT VALUES").lastrowid
    assert content is not None
    return content


def write_small(store: Store, data: bytes) -> int:
    """A new content of these bytes, at once; within a transaction."""
    content = create(store)
    for start in range(0, len(data), CHUNK):
        _insert(store, content, start, data[start : start + CHUNK])
    return content


async def write(store: Store, data: bytes) -> int:
    """A new content of these bytes, other work going on in between."""
    if len(data) <= CHUNK:
        with store.transaction():
            return write_small(store, data)
    content = create(store)
    for start in range(0, len(data), CHUNK):
        with store.transaction():
            _insert(store, content, start, data[start : start + CHUNK])
        await asyncio.sleep(0)
    return content


def _insert(store: Store, content: int, start: int, data: bytes) -> None:
    row = store.execute("INSERT INTO data (bytes) VALUES (?)", data).lastrowid
    store.execute("INSERT INTO chunk VALUES (?, ?, ?, ?, 0)", content, start, len(data), row)


def join(store: Store, parts: Iterable[int]) -> tuple[int, int]:
    """A new content of others, one after the other, and its length; within a transaction. The parts stay."""
    content, length = create(store), 0
    for part in parts:
        store.execute(
            "INSERT INTO chunk SELECT ?, start + ?, length, data, skip FROM chunk WHERE content = ?",
            content, length, part,
        )  # fmt: skip
        length += length_of(store, part)
    return content, length


def length_of(store: Store, content: int) -> int:
    """Where the last piece of a content ends."""
    row = store.execute("SELECT max(start + length) FROM chunk WHERE content = ?", content).fetchone()
    return int(row[0] or 0)


def append(store: Store, content: int, at: int, data: bytes) -> None:
    """Add bytes behind a content; within a transaction."""
    for start in range(0, len(data), CHUNK):
        _insert(store, content, at + start, data[start : start + CHUNK])


def overwrite(store: Store, content: int, at: int, data: bytes | None, length: int) -> None:
    """Put bytes over a part of a content, or nothing but zeros; within a transaction."""
    end = at + length
    rows = store.execute(
        "SELECT start, length, data, skip FROM chunk WHERE content = ? AND start < ? AND start + length > ?",
        content, end, at,
    ).fetchall()  # fmt: skip
    for start, size, row, skip in rows:
        store.execute("DELETE FROM chunk WHERE content = ? AND start = ?", content, start)
        if start < at:
            store.execute("INSERT INTO chunk VALUES (?, ?, ?, ?, ?)", content, start, at - start, row, skip)
        if start + size > end:
            rest = start + size - end
            store.execute("INSERT INTO chunk VALUES (?, ?, ?, ?, ?)", content, end, rest, row, skip + end - start)
        _drop_unused(store, row)
    if data is not None:
        append(store, content, at, data)


def truncate(store: Store, content: int, length: int) -> None:
    """Cut a content off; within a transaction."""
    overwrite(store, content, length, None, max(length_of(store, content) - length, 0))


def ranges(store: Store, content: int) -> list[tuple[int, int]]:
    """Where a content has bytes: start and end of each part without gaps."""
    found: list[tuple[int, int]] = []
    for start, length in store.execute("SELECT start, length FROM chunk WHERE content = ? ORDER BY start", content):
        if found and found[-1][1] == start:
            found[-1] = (found[-1][0], start + length)
        else:
            found.append((start, start + length))
    return found


def remove(store: Store, content: int | None) -> None:
    """Delete a content, and the bytes that no other one shares; within a transaction."""
    if content is None:
        return
    rows = store.execute("SELECT data FROM chunk WHERE content = ?", content).fetchall()
    store.execute("DELETE FROM chunk WHERE content = ?", content)
    store.execute("DELETE FROM content WHERE id = ?", content)
    for (row,) in rows:
        _drop_unused(store, row)


def _drop_unused(store: Store, row: int) -> None:
    store.execute("DELETE FROM data WHERE id = ? AND NOT EXISTS (SELECT 1 FROM chunk WHERE data = ?)", row, row)


def remove_unowned(store: Store) -> None:
    """Delete what a crash has left behind; only when no other process writes."""
    with store.transaction():
        rows = store.execute(
            "SELECT id FROM content WHERE id NOT IN (SELECT content FROM blob WHERE content IS NOT NULL)"
            " AND id NOT IN (SELECT content FROM block)"
        ).fetchall()
        for (content,) in rows:
            remove(store, content)


def read(store: Store, content: int, start: int, end: int) -> bytes:
    """The bytes of a content from `start` up to `end`."""
    parts: list[bytes] = []
    position = start
    for at, length, skip, data in _pieces(store, content, start, end):
        if at > position:
            parts.append(bytes(at - position))
            position = at
        parts.append(data[skip + position - at : skip + min(length, end - at)])
        position = min(at + length, end)
    parts.append(bytes(max(end - position, 0)))
    return b"".join(parts)


def _pieces(store: Store, content: int, start: int, end: int) -> Iterable[tuple[int, int, int, bytes]]:
    return store.execute(
        "SELECT start, length, skip, bytes FROM chunk JOIN data ON data.id = chunk.data"
        " WHERE content = ? AND start < ? AND start + length > ? ORDER BY start",
        content, end, start,
    )  # fmt: skip


async def stream(store: Store, content: int, start: int, end: int) -> AsyncIterator[bytes]:
    """The same bytes, piece by piece.

    Raises:
        KeyError: the content was deleted meanwhile.
    """
    while start < end:
        if store.execute("SELECT 1 FROM content WHERE id = ?", content).fetchone() is None:
            raise KeyError(content)
        part = read(store, content, start, min(start + CHUNK, end))
        start += len(part)
        yield part
