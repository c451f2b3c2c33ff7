"""The unmodified azure-eventhub against the endpoint, sync and aio."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Iterator
from typing import Any

import pytest
from azure.eventhub import EventData, EventHubConsumerClient, EventHubProducerClient
from azure.eventhub.aio import EventHubConsumerClient as AsyncConsumer
from azure.eventhub.aio import EventHubProducerClient as AsyncProducer
from azure.eventhub.exceptions import ConnectError, EventHubError
from bus_driver import SECONDS, Cloud

from pystein_runtime.cloud.bus import entities

pytestmark = pytest.mark.filterwarnings("ignore")  # the SDK leaves sockets to the collector


@pytest.fixture(scope="module")
def producer(cloud: Cloud) -> Iterator[EventHubProducerClient]:
    cloud.call(lambda store: entities.create_hub(store, "hub", ("mine",)))
    with EventHubProducerClient.from_connection_string(
        cloud.connection_string, eventhub_name="hub", retry_total=0
    ) as opened:
        yield opened


def read(cloud: Cloud, count: int, position: Any, group: str = "$Default", **options: Any) -> list[tuple[str, Any]]:
    """The first so many events from a position on: partition and event."""
    client = EventHubConsumerClient.from_connection_string(
        cloud.connection_string, consumer_group=group, eventhub_name="hub", retry_total=0
    )
    got: list[tuple[str, Any]] = []
    done = threading.Event()

    def on_event(context: Any, event: Any) -> None:
        got.append((context.partition_id, event))
        if len(got) == count:
            done.set()

    failed: list[Exception] = []

    def on_error(_context: Any, error: Exception) -> None:
        failed.append(error)
        done.set()

    thread = threading.Thread(
        target=client.receive, args=(on_event,), daemon=True,
        kwargs={"starting_position": position, "on_error": on_error, **options},
    )  # fmt: skip
    thread.start()
    assert done.wait(SECONDS), got
    threading.Thread(target=client.close, daemon=True).start()
    if failed:
        raise failed[0]
    return got[:count]


def test_events_by_position(cloud: Cloud, producer: EventHubProducerClient) -> None:
    assert producer.get_partition_ids() == ["0", "1", "2", "3"]
    assert producer.get_eventhub_properties()["eventhub_name"] == "hub"
    assert producer.get_partition_properties("2")["is_empty"] is True
    batch = producer.create_batch(partition_id="2")
    for number in range(3):
        event = EventData(f"event {number}")
        event.properties = {"number": number}
        event.message_id, event.content_type = f"m{number}", "text/plain"
        batch.add(event)
    producer.send_batch(batch)
    held = producer.get_partition_properties("2")
    assert (held["beginning_sequence_number"], held["last_enqueued_sequence_number"], held["is_empty"]) == (0, 2, False)

    got = read(cloud, 3, "-1", partition_id="2", track_last_enqueued_event_properties=True)
    assert [event.body_as_str() for _, event in got] == ["event 0", "event 1", "event 2"]
    first = got[0][1]
    assert (first.sequence_number, first.offset, first.properties) == (0, "0", {b"number": 0})
    assert (first.message_id, first.content_type) == ("m0", "text/plain")
    producer.send_batch([EventData("event 3")], partition_id="2")
    for position, inclusive, count in (("1", False, 2), (1, True, 3), (first.enqueued_time, True, 4)):
        got = read(cloud, count, position, "mine", partition_id="2", starting_position_inclusive=inclusive)
        assert [event.sequence_number for _, event in got] == list(range(4 - count, 4))


def test_keys_and_lists(cloud: Cloud, producer: EventHubProducerClient) -> None:
    before = {number: producer.get_partition_properties(number)["last_enqueued_sequence_number"] for number in "0123"}
    producer.send_batch([EventData("k1")], partition_key="key")
    producer.send_event(EventData("k2"), partition_key="key")
    after = {number: producer.get_partition_properties(number)["last_enqueued_sequence_number"] for number in "0123"}
    (partition,) = [number for number in "0123" if after[number] != before[number]]
    assert after[partition] == before[partition] + 2
    got = read(cloud, 2, before[partition], partition_id=partition)
    assert [(event.body_as_str(), event.partition_key) for _, event in got] == [("k1", b"key"), ("k2", b"key")]


def test_a_reader_with_an_epoch_is_alone(cloud: Cloud, producer: EventHubProducerClient) -> None:
    producer.send_batch([EventData("x")], partition_id="3")
    client = EventHubConsumerClient.from_connection_string(
        cloud.connection_string, consumer_group="mine", eventhub_name="hub", retry_total=0
    )
    seen, lost = threading.Event(), threading.Event()
    errors: list[Exception] = []

    def on_error(_context: Any, error: Exception) -> None:
        errors.append(error)
        lost.set()

    options: dict[str, Any] = {
        "partition_id": "3", "owner_level": 1, "starting_position": "-1", "on_error": on_error,
    }  # fmt: skip
    threading.Thread(target=client.receive, args=(lambda *_: seen.set(),), kwargs=options, daemon=True).start()
    assert seen.wait(SECONDS)
    with pytest.raises(EventHubError):
        read(cloud, 1, "-1", "mine", partition_id="3")
    assert len(read(cloud, 1, "-1", "mine", partition_id="3", owner_level=2)) == 1
    assert lost.wait(SECONDS)
    assert "epoch" in str(errors[0])
    threading.Thread(target=client.close, daemon=True).start()


def test_what_does_not_exist(cloud: Cloud, producer: EventHubProducerClient) -> None:
    with pytest.raises(EventHubError):
        read(cloud, 1, "-1", "unknown group", partition_id="0")
    with (
        EventHubProducerClient.from_connection_string(
            cloud.connection_string, eventhub_name="nothing", retry_total=0
        ) as client,
        pytest.raises((ConnectError, EventHubError)),
    ):
        client.send_batch([EventData("x")])


async def test_aio(cloud: Cloud) -> None:
    cloud.call(lambda store: entities.create_hub(store, "aio"))
    async with AsyncProducer.from_connection_string(cloud.connection_string, eventhub_name="aio") as producer:
        for _ in range(5):
            batch = await producer.create_batch()
            for number in range(20):
                batch.add(EventData(str(number)))
            await producer.send_batch(batch)
    client = AsyncConsumer.from_connection_string(
        cloud.connection_string, consumer_group="$Default", eventhub_name="aio"
    )
    got: list[str] = []
    done = asyncio.Event()

    async def on_batch(_context: Any, events: list[Any]) -> None:
        got.extend(event.body_as_str() for event in events)
        if len(got) == 100:
            done.set()

    task = asyncio.create_task(client.receive_batch(on_batch, starting_position="-1"))
    await asyncio.wait_for(done.wait(), SECONDS)
    assert sorted(got) == sorted(str(number) for number in range(20) for _ in range(5))
    task.cancel()
    await client.close()
    await asyncio.wait([task])
    assert cloud.reports == []
