"""The storage services of the local cloud, in process."""

from __future__ import annotations

import asyncio
import contextlib
from typing import TYPE_CHECKING
from urllib.parse import quote

from pystein_runtime.cloud import blobs, containers, queues
from pystein_runtime.cloud.account import ACCOUNT

if TYPE_CHECKING:
    from collections.abc import Callable

    from pystein_runtime.cloud.account import Endpoints
    from pystein_runtime.cloud.blobs import Blob
    from pystein_runtime.cloud.queues import Message
    from pystein_runtime.cloud.store import Store

POLL_SECONDS = 1.0  # other processes that write to the store are noticed after this at the latest
PULL_LIMIT = 100  # changes that are turned into messages in one transaction


async def _wait(store: Store, topic: str, seconds: float) -> None:
    """Wait for an announcement about a topic, or some seconds."""
    event = asyncio.Event()
    forget = store.watch(topic, event.set)
    try:
        with contextlib.suppress(asyncio.TimeoutError):
            await asyncio.wait_for(event.wait(), seconds)
    finally:
        forget()


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
            await _wait(self._store, f"queue:{queue}", seconds)


class LocalBlobs:
    """Blobs of the local cloud."""

    def __init__(self, store: Store, endpoints: Endpoints) -> None:
        self._store = store
        self._endpoints = endpoints

    async def ensure(self, container: str) -> None:
        """Create the container unless it is there."""
        containers.create(self._store, container)

    async def get(self, container: str, name: str) -> tuple[Blob, bytes] | None:
        """A blob with its bytes, or None."""
        blob = blobs.get(self._store, container, name)
        return None if blob is None else (blob, blobs.read(self._store, blob))

    async def put(self, container: str, name: str, data: bytes) -> None:
        """Write a blob, into a container that is created when it is missing."""
        containers.create(self._store, container)
        await blobs.put(self._store, container, name, data)

    async def pull(self, reader: str, container: str, accept: Callable[[Blob], str | None], queue: str) -> int:
        """Turn the changes of a container since the reader's last call into messages of a queue."""
        with self._store.transaction():
            changed = blobs.changes(self._store, container, blobs.position(self._store, reader), PULL_LIMIT)
            for blob in changed:
                body = accept(blob)
                if body is not None:
                    queues.send(self._store, queue, body)
            if changed:
                blobs.set_position(self._store, reader, changed[-1].change)
        return len(changed)

    async def wait(self, container: str) -> None:
        """Wait until it may be worth to pull again."""
        await _wait(self._store, f"container:{container}", POLL_SECONDS)

    def address(self, container: str, name: str) -> str:
        """The URL of a blob."""
        return f"http://127.0.0.1:{self._endpoints.blob}/{ACCOUNT}/{container}/{quote(name)}"
