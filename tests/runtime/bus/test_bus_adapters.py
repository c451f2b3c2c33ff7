"""What triggers and outputs do with Service Bus and Event Hubs, alike in process and through the SDKs over our endpoint."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator, Callable, Sequence
from pathlib import Path
from typing import NamedTuple

import pytest
from bus_driver import Cloud

from pystein_runtime.amqp import message as amqp
from pystein_runtime.cloud.account import PORTS, Endpoints
from pystein_runtime.cloud.bus import entities
from pystein_runtime.cloud.bus.entities import BusError
from pystein_runtime.cloud.store import Store
from pystein_runtime.host import local
from pystein_runtime.host.azure import event_hubs as azure_event_hubs
from pystein_runtime.host.azure import service_bus as azure_service_bus
from pystein_runtime.host.local import blobs as local_blobs
from pystein_runtime.host.local import event_hubs as local_event_hubs
from pystein_runtime.host.local import service_bus as local_service_bus
from pystein_runtime.host.services import BlobService, ServiceError
from pystein_runtime.host.services.messaging import (
    Checkpoint,
    EventService,
    HubReader,
    MessageService,
    Outgoing,
    Received,
    ReceivedEvent,
    Receiver,
    Source,
)
from pystein_runtime.host.settings import Connection

Refused = (ServiceError, BusError)


class Namespace(NamedTuple):
    """Services, and what makes their entities."""

    messages: MessageService
    events: EventService
    blobs: BlobService
    call: Callable[[Callable[[Store], object]], object]


@pytest.fixture(params=["in process", "sdk"])
async def namespace(
    request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> AsyncIterator[Namespace]:
    monkeypatch.setattr(azure_service_bus, "WAIT_SECONDS", 0.4)
    monkeypatch.setattr(azure_service_bus, "SESSION_SECONDS", 2.0)
    store = Store(tmp_path / "store.sqlite")
    entities.prepare(store)
    place = local.Cloud(store, Endpoints(*PORTS), "host")
    blobs = local_blobs.connect(place)
    if request.param == "in process":
        yield Namespace(local_service_bus.connect(place), local_event_hubs.connect(place), blobs, lambda do: do(store))
    else:
        cloud = Cloud(tmp_path / "cloud.sqlite")
        connection = Connection("SB", "string", cloud.connection_string)
        messages, events = azure_service_bus.connect(connection), azure_event_hubs.connect(connection)
        yield Namespace(messages, events, blobs, cloud.call)
        await messages.close()
        await events.close()
        cloud.close()
        assert cloud.reports == []
    store.close()


def queue(name: str = "orders", *, sessions: bool = False, dead_letters: bool = False) -> Source:
    return Source(name, "", "", sessions, dead_letters)


async def receive(receiver: Receiver, count: int) -> list[Received]:
    """So many messages, as soon as there are any."""
    found: list[Received] = []
    while len(found) < count:
        found += await receiver.receive(count - len(found))
    return found


def bodies(taken: Sequence[Received] | Sequence[ReceivedEvent]) -> list[str]:
    return [amqp.body_bytes(item.message).decode() for item in taken]


async def test_messages_are_locked_and_completed(namespace: Namespace) -> None:
    namespace.call(lambda store: entities.create_queue(store, "orders"))
    receiver = await namespace.messages.receiver(queue())
    assert receiver.path == "orders"
    assert await receiver.receive(10) == []
    await namespace.messages.send("orders", [Outgoing(b"a", "one", "text/plain"), Outgoing(b"b")], topic=False)
    first, second = await receive(receiver, 2)
    assert bodies([first, second]) == ["a", "b"]
    assert (first.message.properties.message_id, first.message.properties.content_type) == ("one", "text/plain")
    assert (first.sequence, second.sequence, first.deliveries) == (1, 2, 0)
    assert first.locked > first.enqueued > 1e9
    assert first.expires is None or first.expires > first.enqueued
    assert await receiver.receive(10) == []
    await receiver.complete([first, second])
    with pytest.raises(Refused):
        await receiver.complete([first])
    await receiver.close()


async def test_messages_that_are_abandoned_come_back_and_die(namespace: Namespace) -> None:
    namespace.call(lambda store: entities.create_queue(store, "orders", entities.Options(max_deliveries=3)))
    receiver = await namespace.messages.receiver(queue())
    await namespace.messages.send("orders", [Outgoing(b"bad")], topic=False)
    for deliveries in range(3):
        [item] = await receive(receiver, 1)
        assert item.deliveries == deliveries
        assert await receiver.renew(item) >= item.locked
        await receiver.abandon(item)
    dead = await namespace.messages.receiver(queue(dead_letters=True))
    [item] = await receive(dead, 1)
    assert item.message.application["DeadLetterReason"] == "MaxDeliveryCountExceeded"
    assert item.message.annotations["x-opt-deadletter-source"] == "orders"
    await dead.complete([item])
    await dead.close()
    await receiver.close()


async def test_topics_and_many_at_once(namespace: Namespace) -> None:
    for name in ("one", "two"):
        namespace.call(lambda store, name=name: entities.create_subscription(store, "news", name))
    await namespace.messages.send("news", [Outgoing(str(n).encode()) for n in range(40)], topic=True)
    for name in ("one", "two"):
        receiver = await namespace.messages.receiver(Source("", "news", name, sessions=False, dead_letters=False))
        assert receiver.path == f"news/subscriptions/{name}"
        taken = await receive(receiver, 40)
        assert bodies(taken) == [str(n) for n in range(40)]
        await receiver.complete(taken)
        assert await receiver.receive(1) == []
        await receiver.close()


async def test_settling_while_receiving(namespace: Namespace) -> None:
    namespace.call(lambda store: entities.create_queue(store, "orders"))
    receiver = await namespace.messages.receiver(queue())
    await namespace.messages.send("orders", [Outgoing(b"a"), Outgoing(b"b"), Outgoing(b"c")], topic=False)
    taken = await receive(receiver, 3)
    waiting = asyncio.ensure_future(receive(receiver, 1))
    await asyncio.sleep(0)
    await asyncio.gather(receiver.complete(taken[:2]), receiver.abandon(taken[2]))
    [again] = await waiting
    assert (bodies([again]), again.deliveries) == (["c"], 1)
    await receiver.complete([again])
    assert await receiver.receive(1) == []
    await receiver.close()


async def test_a_receiver_that_is_cancelled_loses_nothing(namespace: Namespace) -> None:
    namespace.call(lambda store: entities.create_queue(store, "orders"))
    receiver = await namespace.messages.receiver(queue())
    waiting = asyncio.ensure_future(receiver.receive(1))
    await asyncio.sleep(0)
    waiting.cancel()
    with contextlib.suppress(asyncio.CancelledError):
        await waiting
    await namespace.messages.send("orders", [Outgoing(b"a")], topic=False)
    await receiver.close()
    other = await namespace.messages.receiver(queue())
    [item] = await receive(other, 1)
    assert bodies([item]) == ["a"]
    await other.complete([item])
    await other.close()


async def test_sessions(namespace: Namespace) -> None:
    namespace.call(lambda store: entities.create_queue(store, "orders", entities.Options(sessions=True)))
    receiver = await namespace.messages.receiver(queue(sessions=True))
    assert await receiver.next_session() is None
    for name in ("x", "y"):
        raws = [amqp.build(f"{name}{n}".encode(), amqp.Properties(group_id=name)) for n in range(3)]
        namespace.call(lambda store, raws=raws: _send(store, "orders", raws))
    found = {}
    for _ in range(2):
        session = await receiver.next_session()
        assert session is not None
        taken = await receive(session, 3)
        assert await session.renew(None) >= session.locked - 1 > 1e9
        await session.complete(taken)
        assert await session.receive(1) == []
        found[session.session] = bodies(taken)
        await session.close()
    assert found == {"x": ["x0", "x1", "x2"], "y": ["y0", "y1", "y2"]}
    await receiver.close()


def _send(store: Store, name: str, raws: list[bytes]) -> None:
    from pystein_runtime.cloud.bus import messages

    messages.send(store, entities.get(store, name), raws)


async def test_what_is_not_there(namespace: Namespace, request: pytest.FixtureRequest) -> None:
    if "sdk" not in request.node.name:
        pytest.skip("the local cloud creates what is missing")
    receiver = await namespace.messages.receiver(queue("nothing"))
    with pytest.raises(ServiceError, match="could not be found"):
        await receiver.receive(1)
    with pytest.raises(ServiceError, match="could not be found"):
        await namespace.messages.send("nothing", [Outgoing(b"a")], topic=False)


# -- events ---------------------------------------------------------------------------------------------------


class Seen:
    """What a reader was given; it sets the checkpoint unless it is told not to."""

    def __init__(self, namespace: Namespace, owner: str = "here", *, checkpoints: bool = True) -> None:
        self.events: list[tuple[str, str]] = []
        self.partitions: set[str] = set()
        self.reports: list[str] = []
        self._changed = asyncio.Event()
        self._checkpoints = checkpoints
        reader = HubReader(
            "hub", "$Default", "work", 10, lambda: 0.0, self._handle, owner, namespace.blobs, 0.2, 3.0,
            self.reports.append,
        )  # fmt: skip
        self.task = asyncio.ensure_future(namespace.events.follow(reader))

    async def _handle(self, partition: str, events: Sequence[ReceivedEvent], checkpoint: Checkpoint) -> None:
        assert len(events) <= 10
        self.partitions.add(partition)
        self.events += [(partition, body) for body in bodies(events)]
        if self._checkpoints:
            await checkpoint(events[-1])
        self._changed.set()

    async def until(self, condition: Callable[[], bool]) -> None:
        while not condition():
            self._changed.clear()
            await asyncio.wait_for(self._changed.wait(), 30)

    async def stop(self) -> None:
        self.task.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await self.task


async def test_events_are_followed_and_checkpoints_kept(namespace: Namespace) -> None:
    namespace.call(lambda store: entities.create_hub(store, "hub"))
    for n in range(30):
        await namespace.events.send("hub", [Outgoing(f"{n}".encode())])
    first = Seen(namespace)
    await first.until(lambda: len(first.events) == 30)
    assert sorted(int(body) for _, body in first.events) == list(range(30))
    for partition in "0123":
        mine = [int(body) for place, body in first.events if place == partition]
        assert mine == sorted(mine)
        assert mine
    await first.stop()
    await namespace.events.send("hub", [Outgoing(f"later {n}".encode()) for n in range(5)])
    second = Seen(namespace)
    await second.until(lambda: len(second.events) >= 5)
    assert sorted(body for _, body in second.events) == [f"later {n}" for n in range(5)]
    await second.stop()
    assert first.reports == second.reports == []


async def test_without_a_checkpoint_events_come_again(namespace: Namespace) -> None:
    namespace.call(lambda store: entities.create_hub(store, "hub"))
    await namespace.events.send("hub", [Outgoing(b"a"), Outgoing(b"b")])
    first = Seen(namespace, checkpoints=False)
    await first.until(lambda: len(first.events) == 2)
    await first.stop()
    second = Seen(namespace)
    await second.until(lambda: len(second.events) == 2)
    await second.stop()
    assert [body for _, body in second.events] == ["a", "b"]


@pytest.mark.parametrize("namespace", ["sdk"], indirect=True)
async def test_two_machines_share_the_partitions(namespace: Namespace) -> None:
    namespace.call(lambda store: entities.create_hub(store, "hub"))
    here, there = Seen(namespace, "here"), Seen(namespace, "there")
    for number in range(2000):
        await namespace.events.send("hub", [Outgoing(f"{number}".encode())])
        recent = {place for place, _ in here.events[-4:]}, {place for place, _ in there.events[-4:]}
        if [len(places) for places in recent] == [2, 2] and not recent[0] & recent[1]:
            break
        await asyncio.sleep(0.01)
    else:
        pytest.fail(f"not shared: {here.partitions} {there.partitions}")
    await there.stop()
    before = len(here.events)
    for extra in range(8):
        await namespace.events.send("hub", [Outgoing(f"after {extra}".encode())])
    await here.until(lambda: sum(body.startswith("after") for _, body in here.events[before:]) >= 8)
    await here.stop()
    seen = {body for _, body in here.events + there.events}
    assert {str(n) for n in range(number + 1)} <= seen
