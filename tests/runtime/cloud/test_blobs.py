"""Blobs of the local cloud, their changes, and what survives of them."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from pathlib import Path

import pytest

from pystein_runtime.cloud import blobs, containers, contents
from pystein_runtime.cloud.blobs import BlobError
from pystein_runtime.cloud.store import Store


@pytest.fixture
def store() -> Iterator[Store]:
    store = Store(None)
    containers.create(store, "images")
    yield store
    store.close()


def rows(store: Store) -> int:
    """What is kept of blobs."""
    tables = ("blob", "block", "content", "chunk", "data")
    return sum(store.execute(f"SELECT count(*) FROM {table}").fetchone()[0] for table in tables)


async def test_write_read_replace_delete(store: Store) -> None:
    first = await blobs.put(
        store, "images", "a/b.png", b"one", properties={"content-type": "image/png"}, metadata={"k": "v"}
    )
    assert blobs.get(store, "images", "a/b.png") == first
    assert blobs.read(store, first) == b"one"
    assert (first.length, first.metadata, first.properties["content-type"]) == (3, {"k": "v"}, "image/png")
    second = await blobs.put(store, "images", "a/b.png", b"")
    assert second.etag != first.etag
    assert second.change > first.change
    assert second.created == first.created
    assert blobs.read(store, second) == b""
    assert store.execute("SELECT count(*) FROM content").fetchone() == (1,)
    blobs.delete(store, second)
    assert blobs.get(store, "images", "a/b.png") is None
    assert rows(store) == 0


async def test_large_content(store: Store) -> None:
    data = bytes(range(256)) * 8192  # several chunks
    blob = await blobs.put(store, "images", "large", data)
    assert blobs.read(store, blob) == data
    start, end = contents.CHUNK - 10, 2 * contents.CHUNK + 10
    assert contents.read(store, blob.content, start, end) == data[start:end]
    assert b"".join([part async for part in contents.stream(store, blob.content, start, end)]) == data[start:end]
    joined, length = contents.join(store, [blob.content, blob.content])
    assert length == 2 * len(data)
    blobs.delete(store, blob)
    assert contents.read(store, joined, 0, length) == data * 2  # the bytes are shared, and stay for who has them
    contents.remove(store, joined)
    assert rows(store) == 0


async def test_what_nothing_points_at_is_removed(store: Store) -> None:
    blob = await blobs.put(store, "images", "a", b"kept")
    await contents.write(store, b"lost in a crash")
    contents.remove_unowned(store)
    assert blobs.read(store, blob) == b"kept"
    assert store.execute("SELECT count(*) FROM content").fetchone() == (1,)


async def test_listing(store: Store) -> None:
    for name in ("b", "a%", "a_x", "a/1"):
        await blobs.put(store, "images", name, b"")
    assert [blob.name for blob in blobs.find_all(store, "images")] == ["a%", "a/1", "a_x", "b"]
    assert [blob.name for blob in blobs.find_all(store, "images", "a_")] == ["a_x"]


async def test_changes_are_in_order_and_not_reused(store: Store) -> None:
    await blobs.put(store, "images", "a", b"1")
    await blobs.put(store, "images", "b", b"1")
    last = await blobs.put(store, "images", "a", b"2")
    assert [blob.name for blob in blobs.changes(store, "images", 0, 10)] == ["b", "a"]
    blobs.delete(store, last)
    following = await blobs.put(store, "images", "c", b"")
    assert following.change > last.change
    assert [blob.name for blob in blobs.changes(store, "images", last.change, 10)] == ["c"]
    assert blobs.changes(store, "nowhere", 0, 10) == []


async def test_what_the_service_refuses(store: Store) -> None:
    for container in ("ab", "Images", "a--b", "-ab"):
        with pytest.raises(BlobError) as refused:
            containers.create(store, container)
        assert refused.value.code == "InvalidResourceName"
    for name in ("", "x" * 1025, "a.", "a/"):
        with pytest.raises(BlobError) as refused:
            await blobs.put(store, "images", name, b"")
        assert refused.value.code == "InvalidResourceName"
    with pytest.raises(BlobError) as refused:
        await blobs.put(store, "nowhere", "a", b"")
    assert refused.value.code == "ContainerNotFound"


def test_names_that_look_like_paths_stay_names(tmp_path: Path) -> None:
    store = Store(tmp_path / ".pystein" / "cloud.sqlite")
    containers.create(store, "images")
    for name in ("../../outside", "/etc/passwd", "C:/x", "a/../../b"):
        blob = asyncio.run(blobs.put(store, "images", name, b"x"))
        assert blobs.read(store, blob) == b"x"
    store.close()
    assert {path.name for path in tmp_path.rglob("*")} == {".pystein", ".gitignore", "cloud.sqlite"}
    assert not (tmp_path.parent / "outside").exists()


async def test_deleting_a_container(store: Store) -> None:
    await blobs.put(store, "images", "a", b"x")
    containers.delete(store, "images")
    assert rows(store) == 0
    assert containers.create(store, "images") is True
    assert containers.create(store, "images") is False


async def test_parts_are_overwritten_cleared_and_cut_off(store: Store) -> None:
    content = await contents.write(store, b"0123456789")
    contents.overwrite(store, content, 3, b"abc", 3)
    assert contents.read(store, content, 0, 10) == b"012abc6789"
    contents.overwrite(store, content, 5, None, 2)
    assert contents.read(store, content, 0, 12) == b"012ab\0\x00789\0\0"
    assert contents.ranges(store, content) == [(0, 5), (7, 10)]
    contents.truncate(store, content, 8)
    assert contents.read(store, content, 4, 8) == b"b\0\x007"
    contents.append(store, content, 8, b"xyz")
    assert contents.read(store, content, 6, 11) == b"\x007xyz"
    contents.remove(store, content)
    assert rows(store) == 0


async def test_snapshots(store: Store) -> None:
    blob = await blobs.put(store, "images", "a", b"old")
    snapshot = blobs.snapshot(store, blob)
    new = await blobs.put(store, "images", "a", b"new")
    assert blobs.read(store, snapshot) == b"old"
    assert [item.snapshot for item in blobs.find_all(store, "images", snapshots=True)] == [snapshot.snapshot, ""]
    assert [item.name for item in blobs.find_all(store, "images")] == ["a"]
    with pytest.raises(BlobError) as refused:
        blobs.delete(store, new)
    assert refused.value.code == "SnapshotsPresent"
    blobs.delete(store, new, snapshots="only")
    blobs.delete(store, new)
    assert rows(store) == 0
