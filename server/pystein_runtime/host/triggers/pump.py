"""Taking messages out of a queue, having them processed, and settling them: at least once, whatever happens.

Rules: azure-webjobs-sdk, `QueueListener` and `QueueProcessor`. A message is deleted after its function has succeeded;
while it runs, the message is kept hidden from others; when it fails, the message comes back, and after too many
deliveries it goes to the poison queue.
"""

from __future__ import annotations

import asyncio
import contextlib
from typing import TYPE_CHECKING, NamedTuple

from pystein_runtime.cloud.queues import QueueError
from pystein_runtime.host.services.outage import GONE, Outage, steadily

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from pystein_runtime.cloud.queues import Message
    from pystein_runtime.host.services import QueueService

HIDDEN_SECONDS = 60.0  # a taken message comes back after this when its host is gone
RENEW_SECONDS = 20.0


class PumpOptions(NamedTuple):
    """How a queue is emptied."""

    label: str
    """For whom: `function 'orders'`."""
    queue: str
    poison_queue: str
    batch_size: int
    new_batch_threshold: int
    """New messages are taken when no more than this many are being processed."""
    max_dequeue_count: int
    retry_delay: float
    """Seconds until a message whose function failed is delivered again."""


class Pump:
    """Empties one queue. `process` says whether a message has been dealt with, and raises only what is in GONE."""

    def __init__(
        self,
        service: Callable[[], QueueService],
        options: PumpOptions,
        process: Callable[[Message], Awaitable[bool]],
        report: Callable[[str], None],
    ) -> None:
        self._connect = service
        self._options = options
        self.label = options.label
        self._process = process
        self._report = report
        self._taken: dict[str, Message] = {}
        self._tasks: set[asyncio.Task[None]] = set()
        self._free = asyncio.Event()
        self._loops: list[asyncio.Task[None]] = []

    async def start(self) -> None:
        """Create the queue and begin.

        Raises:
            ServiceError, QueueError: the service is out of reach or refuses.
        """
        self._service = self._connect()
        with contextlib.suppress(*GONE):  # it is told by who receives
            await self._service.ensure(self._options.queue)
        loop = asyncio.get_running_loop()
        self._loops = [loop.create_task(self._receive()), loop.create_task(self._renew())]

    async def stop(self, seconds: float) -> None:
        """Take no more; let what runs finish for some time, and give the rest back."""
        if not self._loops:
            return
        self._loops[0].cancel()
        if self._tasks:
            await asyncio.wait(self._tasks, timeout=seconds)
        for loop in self._loops:
            loop.cancel()
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._loops, *self._tasks, return_exceptions=True)
        for message in list(self._taken.values()):
            with contextlib.suppress(Exception):  # it comes back by itself when its time is over
                await self._service.release(self._options.queue, message, 0.0)

    async def _receive(self) -> None:
        queue, outage = self._options.queue, Outage(self._report)
        while True:
            try:
                messages = await self._take()
                outage.over(f"The queue '{queue}' can be read again.")
                if not messages:
                    await self._service.wait(queue)
                else:
                    await asyncio.sleep(0)
            except Exception as error:  # noqa: PERF203 - the service may come back, and the loop goes on
                await outage.failed(f"The queue '{queue}' cannot be read: {error}")

    async def _take(self) -> list[Message]:
        """The next messages, when there is room for them."""
        options = self._options
        while len(self._tasks) > options.new_batch_threshold:
            self._free.clear()
            await self._free.wait()
        messages = await self._service.receive(options.queue, options.batch_size, HIDDEN_SECONDS)
        for message in messages:
            self._begin(message)
        return messages

    def _begin(self, message: Message) -> None:
        self._taken[message.id] = message
        task = asyncio.get_running_loop().create_task(self._handle(message))
        self._tasks.add(task)
        task.add_done_callback(self._end)

    def _end(self, task: asyncio.Task[None]) -> None:
        self._tasks.discard(task)
        if len(self._tasks) <= self._options.new_batch_threshold:
            self._free.set()

    async def _handle(self, message: Message) -> None:
        # A message that was delivered too often without ever being settled may be what kills the host.
        may = message.dequeued <= self._options.max_dequeue_count
        try:
            done = may and await steadily(lambda: self._process(message))
            await steadily(lambda: self._settle(self._taken[message.id], done=done))
        except QueueError as error:  # deleted or taken by somebody else meanwhile
            self._report(f"A message of the queue '{self._options.queue}' could not be settled: {error.code}.")
        except Exception as error:  # it comes back when its time is over
            self._report(f"A message of the queue '{self._options.queue}' could not be settled: {error}")
        del self._taken[message.id]

    async def _settle(self, message: Message, *, done: bool) -> None:
        options = self._options
        if done:
            await self._service.delete(options.queue, message)
        elif message.dequeued >= options.max_dequeue_count:
            await self._service.move(options.queue, message, options.poison_queue)
            self._report(
                f"Message has reached MaxDequeueCount of {options.max_dequeue_count}."
                f" Moving message to queue '{options.poison_queue}'."
            )
        else:
            await self._service.release(options.queue, message, options.retry_delay)

    async def _renew(self) -> None:
        """Keep what is being processed hidden from others."""
        while True:
            await asyncio.sleep(RENEW_SECONDS)
            for message in list(self._taken.values()):
                try:
                    renewed = await self._service.renew(self._options.queue, message, HIDDEN_SECONDS)
                except Exception as error:  # noqa: PERF203 - tried again in time
                    self._report(f"A message of the queue '{self._options.queue}' could not be kept: {error}")
                else:
                    if message.id in self._taken:
                        self._taken[message.id] = renewed
