"""Queues of a storage account."""

from __future__ import annotations

import asyncio
import contextlib
from typing import TYPE_CHECKING

from azure.core.exceptions import ResourceExistsError, ResourceNotFoundError
from azure.storage.queue.aio import QueueServiceClient

from pystein_runtime.cloud.queues import NEVER, Message

from . import refusals, storage

if TYPE_CHECKING:
    from datetime import datetime

    from azure.storage.queue import QueueMessage
    from azure.storage.queue.aio import QueueClient

    from pystein_runtime.host.settings import Connection

IDLE_SECONDS = (0.1, 2.0)  # between two looks into an empty queue: the first time, and in the end
MOST_MESSAGES = 32  # that the service gives at once


def connect(connection: Connection) -> AzureQueues:
    """The queues of an account."""
    return AzureQueues(storage.client(QueueServiceClient, connection, "queue"))


class AzureQueues:
    """Queues of an account."""

    def __init__(self, service: QueueServiceClient) -> None:
        self._service = service
        self._clients: dict[str, QueueClient] = {}
        self._idle: dict[str, float] = {}

    def _client(self, queue: str) -> QueueClient:
        if queue not in self._clients:
            self._clients[queue] = self._service.get_queue_client(queue)
        return self._clients[queue]

    async def ensure(self, queue: str) -> None:
        """A trigger waits for its queue to be created, as on the platform."""

    async def send(self, queue: str, body: str) -> None:
        """Put a message into a queue, which is created when it is missing."""
        client = self._client(queue)
        with refusals():
            try:
                await client.send_message(body)
            except ResourceNotFoundError:
                await self._create(client)
                await client.send_message(body)

    async def _create(self, client: QueueClient) -> None:
        with contextlib.suppress(ResourceExistsError):
            await client.create_queue()

    async def receive(self, queue: str, limit: int, hidden: float) -> list[Message]:
        """Take up to so many messages and hide them for some seconds; none when there is no such queue."""
        limit = min(limit, MOST_MESSAGES)
        with refusals():
            try:
                pages = self._client(queue).receive_messages(
                    messages_per_page=limit, max_messages=limit, visibility_timeout=round(hidden)
                )
                found = [_message(item) async for item in pages]
            except ResourceNotFoundError:
                return []
        if found:
            self._idle.pop(queue, None)
        return found

    async def renew(self, queue: str, message: Message, hidden: float) -> Message:
        """Hide a taken message for other some seconds."""
        with refusals():
            changed = await self._client(queue).update_message(
                message.id, message.receipt, visibility_timeout=round(hidden)
            )
        return message._replace(receipt=changed.pop_receipt or "", visible=_seconds(changed.next_visible_on))

    async def release(self, queue: str, message: Message, delay: float) -> None:
        """Give a taken message back, to be received again after some seconds."""
        await self.renew(queue, message, delay)

    async def delete(self, queue: str, message: Message) -> None:
        """Delete a taken message: it has been dealt with."""
        with refusals():
            await self._client(queue).delete_message(message.id, message.receipt)

    async def move(self, queue: str, message: Message, target: str) -> None:
        """Put a taken message into another queue, which is created when it is missing."""
        await self.send(target, message.body)
        await self.delete(queue, message)

    async def wait(self, queue: str) -> None:
        """Wait until it may be worth to receive again: longer the longer nothing has come."""
        first, longest = IDLE_SECONDS
        seconds = self._idle.get(queue, first)
        self._idle[queue] = min(seconds * 1.5, longest)
        await asyncio.sleep(seconds)

    async def close(self) -> None:
        """Close the connections."""
        await self._service.close()


def _message(item: QueueMessage) -> Message:
    return Message(
        str(item.id),
        str(item.content),
        _seconds(item.inserted_on),
        _seconds(item.expires_on),
        _seconds(item.next_visible_on),
        int(item.dequeue_count or 0),
        str(item.pop_receipt),
    )


def _seconds(moment: datetime | None) -> float:
    return NEVER if moment is None else moment.timestamp()
