"""The unmodified azure-servicebus against the endpoint. Closing a handler takes it a second, so few are opened."""

from __future__ import annotations

import asyncio
import datetime as dt
from collections.abc import Iterator

import pytest
from azure.servicebus import NEXT_AVAILABLE_SESSION, ServiceBusClient, ServiceBusMessage, ServiceBusReceiveMode
from azure.servicebus.aio import ServiceBusClient as AsyncClient
from azure.servicebus.exceptions import (
    MessageLockLostError,
    MessageNotFoundError,
    MessageSizeExceededError,
    MessagingEntityNotFoundError,
    OperationTimeoutError,
    ServiceBusAuthenticationError,
    ServiceBusError,
    SessionCannotBeLockedError,
)
from bus_driver import SECONDS, Cloud

from pystein_runtime.cloud.bus import entities

pytestmark = pytest.mark.filterwarnings("ignore")  # the SDK leaves sockets to the collector


@pytest.fixture(scope="module")
def client(cloud: Cloud) -> Iterator[ServiceBusClient]:
    with ServiceBusClient.from_connection_string(cloud.connection_string, retry_total=0) as opened:
        yield opened


def utc() -> dt.datetime:
    return dt.datetime.now(dt.timezone.utc)


def test_send_receive_settle(cloud: Cloud, client: ServiceBusClient) -> None:
    queue = cloud.queue("life")
    sender, receiver = client.get_queue_sender(queue), client.get_queue_receiver(queue)
    sender.send_messages(
        ServiceBusMessage(
            "hello", application_properties={"a": 1, "b": "x", "c": True, "d": 1.5}, subject="s", message_id="m",
            correlation_id="c", content_type="text/plain", reply_to="r", to="t",
            time_to_live=dt.timedelta(seconds=90),
        )
    )  # fmt: skip
    batch = sender.create_message_batch()
    for number in range(5):
        batch.add_message(ServiceBusMessage(f"batch {number}"))
    sender.send_messages(batch)
    sender.send_messages([ServiceBusMessage("list 1"), ServiceBusMessage(b"\x00\xff")])

    message = receiver.receive_messages(max_message_count=1)[0]
    assert str(message) == "hello"
    assert message.application_properties == {b"a": 1, b"b": b"x", b"c": True, b"d": 1.5}
    assert (message.subject, message.message_id, message.correlation_id, message.content_type) == (
        "s",
        "m",
        "c",
        "text/plain",
    )
    assert (message.reply_to, message.to, message.delivery_count, message.sequence_number) == ("r", "t", 0, 1)
    assert message.time_to_live == dt.timedelta(seconds=90)
    assert message.expires_at_utc - message.enqueued_time_utc == dt.timedelta(seconds=90)
    assert 50 < (message.locked_until_utc - utc()).total_seconds() <= 60
    assert receiver.renew_message_lock(message) > utc()
    receiver.abandon_message(message)

    message = receiver.receive_messages(max_message_count=1)[0]
    assert (str(message), message.delivery_count) == ("hello", 1)
    receiver.complete_message(message)
    got: list[bytes] = []
    while len(got) < 7:
        for message in receiver.receive_messages(max_message_count=10, max_wait_time=SECONDS):
            got.append(b"".join(message.body))
            receiver.complete_message(message)
    assert got == [*(f"batch {number}".encode() for number in range(5)), b"list 1", b"\x00\xff"]

    # Put aside, and had back by number.
    sender.send_messages(ServiceBusMessage("later"))
    message = receiver.receive_messages()[0]
    receiver.defer_message(message)
    assert [(str(m), m.sequence_number) for m in receiver.peek_messages(sequence_number=1)] == [
        ("later", message.sequence_number)
    ]
    back = receiver.receive_deferred_messages(message.sequence_number)[0]
    receiver.dead_letter_message(back, reason="because", error_description="it is so")
    with pytest.raises(MessageNotFoundError):
        receiver.receive_deferred_messages(message.sequence_number)
    dead = client.get_queue_receiver(queue, sub_queue="deadletter")
    message = dead.receive_messages()[0]
    assert (message.dead_letter_reason, message.dead_letter_error_description) == ("because", "it is so")
    assert message.dead_letter_source == queue
    dead.complete_message(message)
    assert receiver.peek_messages(sequence_number=1) == []


def test_schedules_and_large_messages_and_removal(cloud: Cloud, client: ServiceBusClient) -> None:
    queue = cloud.queue("later")
    sender = client.get_queue_sender(queue)
    receiver = client.get_queue_receiver(queue, receive_mode=ServiceBusReceiveMode.RECEIVE_AND_DELETE)
    far = utc() + dt.timedelta(hours=1)
    numbers = sender.schedule_messages([ServiceBusMessage("far"), ServiceBusMessage("farther")], far)
    assert [(str(m), m.scheduled_enqueue_time_utc.replace(microsecond=0)) for m in receiver.peek_messages(5)] == [
        ("far", far.replace(microsecond=0)), ("farther", far.replace(microsecond=0)),
    ]  # fmt: skip
    sender.cancel_scheduled_messages(numbers)
    assert receiver.peek_messages(sequence_number=1) == []
    sender.schedule_messages(ServiceBusMessage("soon"), utc() + dt.timedelta(milliseconds=300))
    assert [str(m) for m in receiver.receive_messages(max_wait_time=SECONDS)] == ["soon"]
    sender.send_messages(ServiceBusMessage("z" * 900_000))
    assert [len(str(m)) for m in receiver.receive_messages(max_wait_time=SECONDS)] == [900_000]
    with pytest.raises(MessageSizeExceededError):
        sender.send_messages(ServiceBusMessage("z" * 1_100_000))
    assert receiver.peek_messages(sequence_number=1) == []


def test_a_lock_that_is_lost(cloud: Cloud, client: ServiceBusClient) -> None:
    queue = cloud.queue("short", lock=0.2)
    client.get_queue_sender(queue).send_messages(ServiceBusMessage("a"))
    receiver = client.get_queue_receiver(queue, prefetch_count=0)
    first = receiver.receive_messages(max_wait_time=SECONDS)[0]
    again = receiver.receive_messages(max_wait_time=SECONDS)[0]
    assert (first.sequence_number, again.delivery_count) == (again.sequence_number, 1)
    with pytest.raises(MessageLockLostError):
        receiver.complete_message(first)


def test_sessions(cloud: Cloud, client: ServiceBusClient) -> None:
    queue = cloud.queue("sessions", sessions=True)
    sender = client.get_queue_sender(queue)
    sender.send_messages([ServiceBusMessage(f"{s}{n}", session_id=s) for n in (1, 2) for s in ("a", "b")])
    with pytest.raises(ServiceBusError):
        sender.send_messages(ServiceBusMessage("without"))
    receiver = client.get_queue_receiver(queue, session_id=NEXT_AVAILABLE_SESSION, max_wait_time=SECONDS)
    got = receiver.receive_messages(max_message_count=2, max_wait_time=SECONDS)
    assert receiver.session.session_id == "a"
    got += [] if len(got) == 2 else receiver.receive_messages(max_wait_time=SECONDS)
    assert [str(m) for m in got] == ["a1", "a2"]
    receiver.session.set_state(b"half done")
    assert receiver.session.get_state() == b"half done"
    assert receiver.session.renew_lock() > utc()
    receiver.complete_message(got[0])
    with pytest.raises(SessionCannotBeLockedError):
        client.get_queue_receiver(queue, session_id="a", max_wait_time=2).receive_messages()
    receiver.close()
    again = client.get_queue_receiver(queue, session_id="a")
    rest = again.receive_messages(max_wait_time=SECONDS)
    assert [(str(m), m.delivery_count) for m in rest] == [("a2", 1)]
    empty = client.get_queue_receiver(
        cloud.queue("none", sessions=True), session_id=NEXT_AVAILABLE_SESSION, max_wait_time=1
    )
    with pytest.raises(OperationTimeoutError):
        empty.receive_messages()


def test_a_topic_with_filters(cloud: Cloud, client: ServiceBusClient) -> None:
    def create(store: object) -> None:
        entities.create_subscription(cloud.store, "news", "all")
        red = entities.create_subscription(cloud.store, "news", "red")
        entities.remove_rule(cloud.store, red, "$Default")
        entities.set_rule(cloud.store, red, "colour", {"kind": "sql", "expression": "colour = 'red'"})

    cloud.call(create)
    sender = client.get_topic_sender("news")
    sender.send_messages([ServiceBusMessage(c, application_properties={"colour": c}) for c in ("red", "blue")])
    for name, wanted in (("all", ["red", "blue"]), ("red", ["red"])):
        receiver = client.get_subscription_receiver("news", name, receive_mode="receiveanddelete")
        got = []
        while len(got) < len(wanted):
            got += [str(m) for m in receiver.receive_messages(max_message_count=5, max_wait_time=SECONDS)]
        assert got == wanted


def test_what_does_not_exist(cloud: Cloud, client: ServiceBusClient) -> None:
    with pytest.raises(MessagingEntityNotFoundError):
        client.get_queue_sender("nothing").send_messages(ServiceBusMessage("x"))
    with pytest.raises(MessagingEntityNotFoundError):
        client.get_queue_receiver("nothing").receive_messages(max_wait_time=1)


async def test_aio(cloud: Cloud) -> None:
    queue = cloud.queue("aio")
    waiting = cloud.queue("aio-sessions", sessions=True)
    client = AsyncClient.from_connection_string(cloud.connection_string)
    sender, receiver = client.get_queue_sender(queue), client.get_queue_receiver(queue, prefetch_count=20)
    await sender.send_messages([ServiceBusMessage(str(number)) for number in range(100)])
    got: list[str] = []
    async for message in receiver:
        got.append(str(message))
        await receiver.complete_message(message)
        if len(got) == 100:
            break
    assert got == [str(number) for number in range(100)]
    session = client.get_queue_receiver(waiting, session_id="s")
    async with client.get_queue_sender(waiting) as other:
        await other.send_messages(ServiceBusMessage("x", session_id="s"))
        assert [str(m) for m in await session.receive_messages(max_wait_time=SECONDS)] == ["x"]
    await sender.schedule_messages(ServiceBusMessage("s"), utc())
    message = (await receiver.receive_messages(max_wait_time=SECONDS))[0]
    await receiver.abandon_message(message)
    message = (await receiver.receive_messages(max_wait_time=SECONDS))[0]
    assert message.delivery_count == 1
    await receiver.dead_letter_message(message)
    await asyncio.gather(sender.close(), receiver.close(), session.close())
    await client.close()
    assert cloud.reports == []


@pytest.mark.parametrize(
    "token",
    [
        "SharedAccessSignature sr=sb%3A%2F%2Flocalhost&sig=x&se=1000000000&skn=Root",
        "SharedAccessSignature sr=sb%3A%2F%2Flocalhost&se=5000000000&skn=Root",
        "something",
    ],
    ids=["expired", "without a signature", "no token"],
)
def test_tokens_that_are_refused(cloud: Cloud, token: str) -> None:
    cloud.queue("closed")
    place = f"Endpoint=sb://127.0.0.1:{cloud.port};SharedAccessSignature={token};UseDevelopmentEmulator=true;"
    with (
        ServiceBusClient.from_connection_string(place, retry_total=0) as client,
        pytest.raises(ServiceBusAuthenticationError),
        client.get_queue_sender("closed") as sender,
    ):
        sender.send_messages(ServiceBusMessage("x"))
