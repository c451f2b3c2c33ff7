"""Blocks: the pieces of which large block blobs are made. REST reference: "Put Block", "Put Block List"."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from . import blobs, containers, contents
from .containers import BlobError

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from .blobs import Blob
    from .store import Store


class Block(NamedTuple):
    """A block; its id is as on the wire, in Base64."""

    id: str
    length: int
    content: int


async def stage(store: Store, container: str, name: str, id_: str, data: bytes) -> None:
    """Keep a block until it is committed, in place of an uncommitted one of the same id.

    Raises:
        BlobError: ContainerNotFound, InvalidResourceName, InvalidBlobOrBlock (ids of unequal length).
    """
    blobs.check_name(store, container, name)
    owner = containers.get(store, container).id
    row = store.execute("SELECT id FROM block WHERE container = ? AND name = ? LIMIT 1", owner, name).fetchone()
    if row is not None and len(row[0]) != len(id_):
        raise BlobError("InvalidBlobOrBlock", "The ids of a blob's blocks must have the same length.")
    content = await contents.write(store, data)
    add(store, owner, name, Block(id_, len(data), content))


def add(store: Store, owner: int, name: str, block: Block) -> None:
    """Keep a content as an uncommitted block."""
    with store.transaction():
        old = store.execute(
            "SELECT content FROM block WHERE container = ? AND name = ? AND id = ? AND committed = 0",
            owner, name, block.id,
        ).fetchall()  # fmt: skip
        for (content,) in old:
            contents.remove(store, content)
        store.execute(
            "DELETE FROM block WHERE container = ? AND name = ? AND id = ? AND committed = 0", owner, name, block.id
        )
        position = store.execute(
            "SELECT coalesce(max(position), 0) + 1 FROM block WHERE container = ? AND name = ? AND committed = 0",
            owner, name,
        ).fetchone()[0]  # fmt: skip
        store.execute(
            "INSERT INTO block VALUES (?, ?, ?, 0, ?, ?, ?)",
            owner, name, block.id, position, block.length, block.content,
        )  # fmt: skip


def blocks(store: Store, container: str, name: str, *, committed: bool) -> list[Block]:
    """The blocks of a blob, in the order in which they make it up or were staged.

    Raises:
        BlobError: ContainerNotFound.
    """
    owner = containers.get(store, container).id
    rows = store.execute(
        "SELECT id, length, content FROM block WHERE container = ? AND name = ? AND committed = ? ORDER BY position",
        owner, name, committed,
    )  # fmt: skip
    return [Block(*row) for row in rows]


def commit(
    store: Store,
    container: str,
    name: str,
    wanted: Sequence[tuple[str, str]],
    *,
    properties: Mapping[str, str],
    metadata: Mapping[str, str],
) -> Blob:
    """Make a blob of blocks.

    Args:
        store: the local cloud's store.
        container: where.
        name: of the blob.
        wanted: where to look for each block (`Committed`, `Uncommitted`, `Latest`) and its id.
        properties: of the blob.
        metadata: of the blob.

    Raises:
        BlobError: ContainerNotFound, InvalidBlockList.
    """
    with store.transaction():
        owner = containers.get(store, container).id
        staged = {block.id: block for block in blocks(store, container, name, committed=False)}
        present = {block.id: block for block in blocks(store, container, name, committed=True)}
        sources = {"Uncommitted": [staged], "Committed": [present], "Latest": [staged, present]}
        chosen: list[Block] = []
        for kind, id_ in wanted:
            block = next((source[id_] for source in sources.get(kind, []) if id_ in source), None)
            if block is None:
                raise BlobError("InvalidBlockList", f"There is no block {id_}.")
            # A content of its own for every place: one block may stand in several.
            chosen.append(Block(id_, block.length, contents.join(store, [block.content])[0]))
        content, length = contents.join(store, [block.content for block in chosen])
        blob = blobs.replace(store, container, name, content, length, properties=properties, metadata=metadata)
        for position, block in enumerate(chosen):
            store.execute(
                "INSERT INTO block VALUES (?, ?, ?, 1, ?, ?, ?)",
                owner, name, block.id, position, block.length, block.content,
            )  # fmt: skip
    return blob
