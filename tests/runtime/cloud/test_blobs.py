"""Blobs of the local cloud, their changes, and what survives of them."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from pathlib import Path

import pytest

from pystein_runtime.cloud import blobs, contents
from pystein_runtime.cloud.blobs import BlobError
from pystein_runtime.cloud.store import Store


@pytest.fixture
def store() -> Iterator[Store]:
    store = Store(None)
    blobs.create_container(store, "images")
    yield store
    store.close()


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
    blobs.delete(store, "images", "a/b.png")
    assert blobs.get(store, "images", "a/b.png") is None
    assert store.execute("SELECT (SELECT count(*) FROM content) + (SELECT count(*) FROM chunk)").fetchone() == (0,)


async def test_large_content(store: Store) -> None:
    data = bytes(range(256)) * 8192  # several chunks
    blob = await blobs.put(store, "images", "large", data)
    assert blobs.read(store, blob) == data
    assert blob.content is not None
    start, end = contents.CHUNK - 10, 2 * contents.CHUNK + 10
    assert contents.read(store, blob.content, start, end) == data[start:end]
    assert b"".join([part async for part in contents.stream(store, blob.content, start, end)]) == data[start:end]
    joined, length = await contents.concatenate(store, [blob.content, blob.content])
    assert length == 2 * len(data)
    assert contents.read(store, joined) == data * 2


async def test_what_nothing_points_at_is_removed(store: Store) -> None:
    blob = await blobs.put(store, "images", "a", b"kept")
    await contents.write(store, b"lost in a crash")
    contents.remove_unowned(store)
    assert blobs.read(store, blob) == b"kept"
    assert store.execute("SELECT count(*) FROM content").fetchone() == (1,)


async def test_listing(store: Store) -> None:
    for name in ("b", "a%", "a_x", "a/1"):
        await blobs.put(store, "images", name, b"")
    assert [blob.name for blob in blobs.list_blobs(store, "images")] == ["a%", "a/1", "a_x", "b"]
    assert [blob.name for blob in blobs.list_blobs(store, "images", "a_")] == ["a_x"]


async def test_changes_are_in_order_and_not_reused(store: Store) -> None:
    await blobs.put(store, "images", "a", b"1")
    await blobs.put(store, "images", "b", b"1")
    last = await blobs.put(store, "images", "a", b"2")
    assert [blob.name for blob in blobs.changes(store, "images", 0, 10)] == ["b", "a"]
    blobs.delete(store, "images", "a")
    following = await blobs.put(store, "images", "c", b"")
    assert following.change > last.change
    assert [blob.name for blob in blobs.changes(store, "images", last.change, 10)] == ["c"]
    assert blobs.changes(store, "nowhere", 0, 10) == []


async def test_what_the_service_refuses(store: Store) -> None:
    for container in ("ab", "Images", "a--b", "-ab"):
        with pytest.raises(BlobError) as refused:
            blobs.create_container(store, container)
        assert refused.value.code == "InvalidResourceName"
    for name in ("", "x" * 1025, "a.", "a/"):
        with pytest.raises(BlobError) as refused:
            await blobs.put(store, "images", name, b"")
        assert refused.value.code == "InvalidResourceName"
    with pytest.raises(BlobError) as refused:
        await blobs.put(store, "nowhere", "a", b"")
    assert refused.value.code == "ContainerNotFound"
    with pytest.raises(BlobError) as refused:
        blobs.delete(store, "images", "nothing")
    assert refused.value.code == "BlobNotFound"


def test_names_that_look_like_paths_stay_names(tmp_path: Path) -> None:
    store = Store(tmp_path / ".pystein" / "cloud.sqlite")
    blobs.create_container(store, "images")
    for name in ("../../outside", "/etc/passwd", "C:/x", "a/../../b"):
        blob = asyncio.run(blobs.put(store, "images", name, b"x"))
        assert blobs.read(store, blob) == b"x"
    store.close()
    assert {path.name for path in tmp_path.rglob("*")} == {".pystein", ".gitignore", "cloud.sqlite"}
    assert not (tmp_path.parent / "outside").exists()


async def test_deleting_a_container(store: Store) -> None:
    await blobs.put(store, "images", "a", b"x")
    blobs.delete_container(store, "images")
    assert store.execute("SELECT (SELECT count(*) FROM blob) + (SELECT count(*) FROM content)").fetchone() == (0,)
    assert blobs.create_container(store, "images") is True
    assert blobs.create_container(store, "images") is False
