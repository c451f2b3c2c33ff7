"""What bindings do with storage services, alike in process and through the SDKs: over our own endpoints and over Azurite."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from cloud_driver import AZURITE, Cloud, shared_access

from pystein_runtime.cloud.account import PORTS, Endpoints
from pystein_runtime.cloud.blobs import Blob
from pystein_runtime.cloud.queues import Message, QueueError
from pystein_runtime.cloud.store import Store
from pystein_runtime.cloud.tables import TableError
from pystein_runtime.host import settings
from pystein_runtime.host.services import BlobFollower, BlobService, QueueService, ServiceError, Services

Refused = (ServiceError, QueueError, TableError)


@pytest.fixture(params=["in process", "local", *(["azurite"] if AZURITE else [])])
async def services(
    request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> AsyncIterator[Services]:
    """The services of an app: those of the local cloud, or what an SDK reaches."""
    monkeypatch.delenv("PYSTEIN_LOCAL_CLOUD")
    environment = {"AzureWebJobsStorage": "UseDevelopmentStorage=true"}
    if request.param != "in process":
        cloud: Cloud = request.getfixturevalue(f"_{request.param}")
        environment["AzureWebJobsStorage"] = (
            shared_access(cloud) if request.param == "local" else cloud.connection_string
        )
    store = Store(tmp_path / "store.sqlite")
    found = Services(settings.read(tmp_path, environment), store, Endpoints(*PORTS), "host")
    yield found
    await found.close()
    store.close()


async def receive(queues: QueueService, queue: str, count: int, hidden: float = 30.0) -> list[Message]:
    """So many messages, as soon as there are any."""
    found: list[Message] = []
    while len(found) < count:
        found += await queues.receive(queue, count - len(found), hidden)
        if len(found) < count:
            await queues.wait(queue)
    return found


async def test_a_message_is_received_hidden_and_deleted(services: Services, name: str) -> None:
    queues = services.queues("")
    await queues.send(name, "PGE+ &amp; \u00e4")
    [message] = await receive(queues, name, 1)
    assert (message.body, message.dequeued) == ("PGE+ &amp; \u00e4", 1)
    assert message.expires - message.inserted == pytest.approx(7 * 86400, abs=2)
    assert await queues.receive(name, 32, 30.0) == []
    await queues.delete(name, message)
    with pytest.raises(Refused) as refused:
        await queues.delete(name, message)
    assert refused.value.code == "MessageNotFound"


async def test_a_message_comes_back_with_its_count(services: Services, name: str) -> None:
    queues = services.queues("")
    await queues.send(name, "again")
    [first] = await receive(queues, name, 1)
    kept = await queues.renew(name, first, 30.0)
    with pytest.raises(Refused) as refused:
        await queues.delete(name, first)
    assert refused.value.code == "PopReceiptMismatch"
    await queues.release(name, kept, 0.0)
    [second] = await receive(queues, name, 1)
    assert (second.id, second.dequeued) == (first.id, 2)


async def test_a_message_is_moved_to_a_queue_that_is_new(services: Services, name: str) -> None:
    queues = services.queues("")
    await queues.send(name, "bad")
    [message] = await receive(queues, name, 1)
    await queues.move(name, message, f"{name}-poison")
    [moved] = await receive(queues, f"{name}-poison", 1)
    assert moved.body == "bad"
    assert await queues.receive(name, 1, 1.0) == []


async def test_a_queue_that_is_not_there_is_empty(services: Services, name: str) -> None:
    assert await services.queues("").receive(name, 1, 1.0) == []


async def test_a_name_that_is_none_is_refused(services: Services) -> None:
    with pytest.raises(Refused) as refused:
        await services.queues("").send("Not_A_Queue", "x")
    assert refused.value.code in {"InvalidResourceName", "OutOfRangeInput"}


async def test_a_blob_is_written_over_and_read(services: Services, name: str) -> None:
    blobs = services.blobs("")
    assert await blobs.get(name, "a b/\u00e4.txt") is None
    await blobs.put(name, "a b/\u00e4.txt", b"one")
    first = await blobs.get(name, "a b/\u00e4.txt")
    await blobs.put(name, "a b/\u00e4.txt", b"\x00\xff" * 3)
    found = await blobs.get(name, "a b/\u00e4.txt")
    assert first is not None
    assert found is not None
    blob, content = found
    assert content == b"\x00\xff" * 3
    assert (blob.container, blob.name, blob.length) == (name, "a b/\u00e4.txt", 6)
    assert blob.etag.startswith('"')
    assert blob.etag != first[0].etag
    assert blob.properties["type"] == "BlockBlob"
    assert blob.properties["content-type"] == "application/octet-stream"
    assert blob.modified >= blob.created
    assert blobs.address(name, "a b/\u00e4.txt").endswith(f"/{name}/a%20b/%C3%A4.txt")


def follower(services: Services, name: str, queue: str) -> BlobFollower:
    """Wants the blobs of a container whose names begin with `in`."""

    def accept(blob: Blob) -> str | None:
        return f"{blob.name} {blob.length}" if blob.name.startswith("in") else None

    return BlobFollower("app", name, f"{name}/in", accept, services.queues(""), queue, services.blobs(""))


async def bodies(queues: QueueService, queue: str) -> list[str]:
    """The bodies of all messages of a queue, which are taken."""
    found = []
    while taken := await queues.receive(queue, 32, 60.0):
        found += [message.body for message in taken]
    return sorted(found)


async def settle(blobs: BlobService, container: str, mine: BlobFollower) -> None:
    """Pull until there is nothing new."""
    while await blobs.pull(container, mine):
        pass


async def test_changes_of_a_container_become_messages_once(services: Services, name: str) -> None:
    blobs, mine = services.blobs(""), follower(services, "work", f"{name}-messages")
    await mine.queues.send(mine.queue, "first")
    await settle(blobs, name, mine)
    await blobs.put(name, "in1", b"1")
    await blobs.put(name, "out", b"1")
    await blobs.put(name, "in2", b"22")
    await settle(blobs, name, mine)
    await settle(blobs, name, mine)
    assert await bodies(mine.queues, mine.queue) == ["first", "in1 1", "in2 2"]
    await blobs.put(name, "in1", b"333")
    await settle(blobs, name, mine)
    assert await bodies(mine.queues, mine.queue) == ["in1 3"]


async def test_the_next_host_goes_on_where_the_last_was(services: Services, name: str) -> None:
    blobs, mine = services.blobs(""), follower(services, "work", f"{name}-messages")
    await blobs.put(name, "in1", b"1")
    await mine.queues.send(mine.queue, "first")
    await settle(blobs, name, mine)
    await services.close()
    blobs, mine = services.blobs(""), follower(services, "work", f"{name}-messages")
    await blobs.put(name, "in2", b"1")
    await settle(blobs, name, mine)
    assert await bodies(mine.queues, mine.queue) == ["first", "in1 1", "in2 1"]
    other = follower(services, "other", f"{name}-messages")
    await settle(blobs, name, other)
    assert await bodies(mine.queues, mine.queue) == ["in1 1", "in2 1"]


async def test_entities(services: Services, name: str) -> None:
    tables = services.tables("")
    assert await tables.get(name, "p", "r") is None
    assert await tables.query(name, None, "", None) == []
    whole = {
        "PartitionKey": "p'q",
        "RowKey": "1",
        "n": 5,
        "big": 2**40,
        "f": 1.5,
        "b": True,
        "t": "\u00e4",
        "none": None,
    }
    await tables.insert(name, whole)
    await tables.insert(name, {"PartitionKey": "p'q", "RowKey": "2", "n": 6})
    await tables.insert(name, {"PartitionKey": "z", "RowKey": "1", "n": 7})
    del whole["none"]
    assert await tables.get(name, "p'q", "1") == whole
    assert [item["n"] for item in await tables.query(name, "p'q", "", None)] == [5, 6]
    assert [item["n"] for item in await tables.query(name, "p'q", "n gt 5 or n lt 0", None)] == [6]
    assert [item["n"] for item in await tables.query(name, None, "n gt 5", None)] == [6, 7]
    assert [item["n"] for item in await tables.query(name, None, "", 2)] == [5, 6]


async def test_entities_that_are_refused(services: Services, name: str) -> None:
    tables = services.tables("")
    await tables.insert(name, {"PartitionKey": "p", "RowKey": "1"})
    with pytest.raises(Refused, match="already exists") as there:
        await tables.insert(name, {"PartitionKey": "p", "RowKey": "1"})
    assert there.value.code == "EntityAlreadyExists"
    with pytest.raises(Refused):
        await tables.query(name, None, "n gg 5", None)
    with pytest.raises(Refused, match="value of d"):
        await tables.insert(name, {"PartitionKey": "p", "RowKey": "2", "d": {}})
