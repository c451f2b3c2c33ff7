"""Queues of the local cloud, in process."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pystein_runtime.cloud import queues

from . import POLL_SECONDS, wait

if TYPE_CHECKING:
    from pystein_runtime.cloud.queues import Message
    from pystein_runtime.cloud.store import Store

    from . import Cloud


def connect(cloud: Cloud) -> LocalQueues:
    """The queues."""
    return LocalQueues(cloud.store, cloud.holder)


class LocalQueues:
    """Queues of the local cloud."""

    def __init__(self, store: Store, holder: str) -> None:
        self._store = store
        self._holder = holder

    async def ensure(self, queue: str) -> None:
        """Create the queue unless it is there."""
        queues.create(self._store, queue)

    async def send(self, queue: str, body: str) -> None:
        """Put a message into a queue, which is created when it is missing."""
        try:
            queues.send(self._store, queue, body)
        except queues.QueueError as error:
            if error.code != "QueueNotFound":
                raise
            queues.create(self._store, queue)
            queues.send(self._store, queue, body)

    async def receive(self, queue: str, limit: int, hidden: float) -> list[Message]:
        """Take up to so many messages and hide them for some seconds."""
        try:
            return queues.receive(self._store, queue, limit, hidden, self._holder)
        except queues.QueueError:  # somebody has deleted the queue
            queues.create(self._store, queue)
            return []

    async def renew(self, queue: str, message: Message, hidden: float) -> Message:
        """Hide a taken message for other some seconds."""
        return queues.update(self._store, queue, message.id, message.receipt, hidden=hidden, holder=self._holder)

    async def release(self, queue: str, message: Message, delay: float) -> None:
        """Give a taken message back, to be received again after some seconds."""
        queues.update(self._store, queue, message.id, message.receipt, hidden=delay)

    async def delete(self, queue: str, message: Message) -> None:
        """Delete a taken message: it has been dealt with."""
        queues.delete(self._store, queue, message.id, message.receipt)

    async def move(self, queue: str, message: Message, target: str) -> None:
        """Put a taken message into another queue, which is created when it is missing."""
        with self._store.transaction():
            queues.create(self._store, target)
            queues.send(self._store, target, message.body)
            queues.delete(self._store, queue, message.id, message.receipt)

    async def wait(self, queue: str) -> None:
        """Wait until it may be worth to receive again."""
        try:
            due = queues.next_visible(self._store, queue)
        except queues.QueueError:
            due = None
        seconds = POLL_SECONDS if due is None else min(POLL_SECONDS, due - self._store.now())
        if seconds > 0:
            await wait(self._store, f"queue:{queue}", seconds)
