"""Queues and topics of a Service Bus namespace.

A receiver of the SDK is one connection; what it does waits its turn there, so that nothing is cut off in its middle.
"""

from __future__ import annotations

import asyncio
import contextlib
import uuid
from typing import TYPE_CHECKING, NamedTuple

from azure.servicebus import NEXT_AVAILABLE_SESSION, ServiceBusMessage, ServiceBusSubQueue
from azure.servicebus.aio import ServiceBusClient
from azure.servicebus.exceptions import MessageSizeExceededError, OperationTimeoutError

from pystein_runtime.host.services import ServiceError
from pystein_runtime.host.services.messaging import Received

from . import bus

if TYPE_CHECKING:
    from collections.abc import Awaitable, Sequence
    from datetime import datetime

    from azure.servicebus import ServiceBusReceivedMessage
    from azure.servicebus.aio import ServiceBusReceiver, ServiceBusSender

    from pystein_runtime.host.services.messaging import Outgoing, Source
    from pystein_runtime.host.settings import Connection

WAIT_SECONDS = 5.0  # for a first message
SESSION_SECONDS = 10.0  # for a session
MORE_SECONDS = 0.05  # for others that are there already


def connect(connection: Connection) -> AzureServiceBus:
    """The queues and topics of a namespace."""
    # A receiver that connects anew by itself would settle by numbers of the connection before.
    return AzureServiceBus(
        bus.client(ServiceBusClient, connection), bus.client(ServiceBusClient, connection, retry_total=0)
    )


class AzureServiceBus:
    """A namespace."""

    def __init__(self, sending: ServiceBusClient, receiving: ServiceBusClient) -> None:
        self._sending = sending
        self._receiving = receiving
        self._senders: dict[tuple[str, bool], tuple[ServiceBusSender, asyncio.Lock]] = {}

    async def receiver(self, source: Source) -> AzureReceiver:
        """What takes messages."""
        return AzureReceiver(self._receiving, source, _open(self._receiving, source))

    async def send(self, name: str, messages: Sequence[Outgoing], *, topic: bool) -> None:
        """Put messages into a queue or a topic: all or none, where they are small enough to be sent together."""
        key = (name.lower(), topic)
        if key not in self._senders:
            sender = self._sending.get_topic_sender(name) if topic else self._sending.get_queue_sender(name)
            self._senders[key] = sender, asyncio.Lock()
        sender, lock = self._senders[key]
        whole = [
            ServiceBusMessage(body, message_id=message_id, content_type=content_type)
            for body, message_id, content_type in messages
        ]
        async with lock:
            with bus.refusals():
                try:
                    await sender.send_messages(whole)
                except MessageSizeExceededError:
                    if len(whole) == 1:
                        raise
                    for message in whole:
                        await sender.send_messages(message)

    async def close(self) -> None:
        """Close the connections."""
        for sender, _ in self._senders.values():
            await sender.close()
        await self._sending.close()
        await self._receiving.close()


def _open(client: ServiceBusClient, source: Source, *, session: bool = False) -> ServiceBusReceiver:
    place: dict[str, str] = (
        {"topic_name": source.topic, "subscription_name": source.subscription}
        if source.topic
        else {"queue_name": source.queue}
    )
    get = client.get_subscription_receiver if source.topic else client.get_queue_receiver
    return get(
        **place,  # type: ignore[arg-type]  # the names are of one of the two
        sub_queue=ServiceBusSubQueue.DEAD_LETTER if source.dead_letters else None,
        session_id=NEXT_AVAILABLE_SESSION if session else None,
        max_wait_time=SESSION_SECONDS if session else None,
    )


class AzureReceiver:
    """Takes messages of an entity, or of one session of it."""

    def __init__(
        self, client: ServiceBusClient, source: Source, receiver: ServiceBusReceiver, session: str | None = None
    ) -> None:
        self.path = f"{source.topic}/subscriptions/{source.subscription}" if source.topic else source.queue
        self.session = session
        self._client = client
        self._source = source
        self._receiver = receiver
        self._receiving: asyncio.Task[list[Received]] | None = None

    async def receive(self, limit: int) -> list[Received]:
        """Lock up to so many messages as soon as there are any; none when nothing has come for a while."""
        if self._receiving is None:
            self._receiving = asyncio.get_running_loop().create_task(self._receive(limit))
        try:
            # The SDK must not be interrupted: who is cancelled here leaves to `close` what it receives.
            return await asyncio.shield(self._receiving)
        finally:
            if self._receiving.done():
                self._receiving = None

    async def _receive(self, limit: int) -> list[Received]:
        receiver = self._receiver
        try:
            with bus.refusals():
                await receiver.__aenter__()  # connects unless it is connected, in a time of its own
                taken = await receiver.receive_messages(1, WAIT_SECONDS)
                if taken and limit > 1:
                    taken += await receiver.receive_messages(limit - 1, MORE_SECONDS)
        except ServiceError:  # what it had locked comes back when its time is over
            if self.session is None:
                self._receiver = _open(self._client, self._source)
            await _close(receiver)
            raise
        return [_received(item, receiver) for item in taken]

    async def complete(self, taken: Sequence[Received]) -> None:
        """Messages have been dealt with."""
        await self._settle(*(item.handle.receiver.complete_message(item.handle.message) for item in taken))

    async def abandon(self, taken: Received) -> None:
        """A message is to be delivered again."""
        await self._settle(taken.handle.receiver.abandon_message(taken.handle.message))

    async def _settle(self, *settling: Awaitable[None]) -> None:
        results = await asyncio.gather(*settling, return_exceptions=True)
        with bus.refusals():
            for error in results:
                if error is not None:
                    raise error

    @property
    def locked(self) -> float:
        """Until when the session is."""
        return _seconds(self._receiver.session.locked_until_utc) or 0.0

    async def renew(self, taken: Received | None) -> float:
        """Keep a message's lock, or the session's; gives its new end."""
        with bus.refusals():
            if taken is None:
                until = await self._receiver.session.renew_lock()
            else:
                until = await taken.handle.receiver.renew_message_lock(taken.handle.message)
        return _seconds(until) or 0.0

    async def next_session(self) -> AzureReceiver | None:
        """Lock the next session that has messages; None when there was none for a while."""
        receiver = _open(self._client, self._source, session=True)
        with bus.refusals():
            try:
                await receiver.__aenter__()
            except OperationTimeoutError:
                await _close(receiver)
                return None
        return AzureReceiver(self._client, self._source, receiver, receiver.session.session_id)

    async def close(self) -> None:
        """Receive no more, give back what nobody waits for any more, and let go of the session."""
        if self._receiving is not None:
            with contextlib.suppress(ServiceError):
                for item in await self._receiving:
                    await self.abandon(item)
        await _close(self._receiver)


class _Handle(NamedTuple):
    receiver: ServiceBusReceiver
    message: ServiceBusReceivedMessage


async def _close(receiver: ServiceBusReceiver) -> None:
    with contextlib.suppress(Exception):  # its connection may be gone
        await receiver.close()


def _received(item: ServiceBusReceivedMessage, receiver: ServiceBusReceiver) -> Received:
    return Received(
        item.sequence_number or 0,
        _seconds(item.enqueued_time_utc) or 0.0,
        _seconds(item.expires_at_utc),
        _seconds(item.locked_until_utc) or 0.0,
        item.delivery_count or 0,
        uuid.UUID(str(item.lock_token)).bytes,
        bus.message(item.raw_amqp_message),
        _Handle(receiver, item),
    )


def _seconds(moment: datetime | None) -> float | None:
    return None if moment is None else moment.timestamp()
