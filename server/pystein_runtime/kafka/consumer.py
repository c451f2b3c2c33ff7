"""One consumer of a topic: it takes batches in a thread of its own, and remembers how far the function has come."""

from __future__ import annotations

import asyncio
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

from . import library

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

_T = TypeVar("_T")
_POLL_SECONDS = 0.5  # a consumer that is told to stop notices it after this
_ASK_SECONDS = 10.0
_AGAIN_SECONDS = 0.2  # between questions for a topic that is being created
_GATHER_SECONDS = 0.01  # for more than one record that come together


class Share(NamedTuple):
    """Which partitions of a topic a consumer takes that decides itself: every `of`-th, from `number` on."""

    number: int = 0
    of: int = 1


class Position(NamedTuple):
    """What comes next of a partition."""

    partition: int
    offset: int


class Consumer:
    """Reads a topic for a group. All but `create` runs in the consumer's thread."""

    def __init__(
        self, topic: str, config: Mapping[str, Any], *, share: Share | None, report: Callable[[str], None]
    ) -> None:
        self.topic = topic
        self._config = config
        self._share = share
        """What it takes where all of the group is known, without waiting for others to join; None: it joins."""
        self._report = report
        self._loop = asyncio.get_running_loop()
        self._thread = ThreadPoolExecutor(1, f"kafka-{topic}")
        self._client: Any = None
        self._assigned = False
        self._troubles = library.Troubles(self._tell)
        self._closing = False

    async def open(self) -> None:
        """Begin to read.

        Raises:
            KafkaError: the configuration cannot be used.
        """
        await self._run(self._open)

    async def take(self, limit: int) -> list[Any]:
        """The next messages, as many as there are up to a limit; none when there are none for some time.

        Raises:
            KafkaError: the broker refuses.
        """
        return await self._run(lambda: self._take(limit))

    async def store(self, positions: list[Position]) -> None:
        """The group begins here the next time; it is committed within a moment."""
        await self._run(lambda: self._store(positions))

    async def close(self) -> None:
        """Commit, leave the group and end the thread."""
        self._closing = True
        await self._run(self._close)
        self._thread.shutdown(wait=False)

    async def _run(self, work: Callable[[], _T]) -> _T:
        return await self._loop.run_in_executor(self._thread, work)

    # -- in the thread ------------------------------------------------------------------------------------

    def _open(self) -> None:
        self._client = library.create("Consumer", self._config, self._troubles)

    def _join(self) -> bool:
        """Join the group; or take partitions, where the local broker creates the topic when it is asked for it."""
        if self._share is None:
            self._client.subscribe([self.topic])
            self._assigned = True
            return True
        library_ = library.load()
        found = self._client.list_topics(self.topic, timeout=_ASK_SECONDS).topics[self.topic]
        partitions = [library_.TopicPartition(self.topic, number) for number in found.partitions]
        if not partitions:
            time.sleep(_AGAIN_SECONDS)
            return False
        mine = partitions[self._share.number :: self._share.of]
        if mine:
            self._client.assign(self._client.committed(mine, timeout=_ASK_SECONDS))
        self._assigned = True
        return True

    def _take(self, limit: int) -> list[Any]:
        if self._closing or (not self._assigned and not self._join()):
            return []
        messages = self._client.consume(1, _POLL_SECONDS)
        if messages and limit > 1:
            messages += self._client.consume(limit - 1, _GATHER_SECONDS)
        for message in messages:
            if message.error() is not None:
                self._troubles.hear(message.error())
        found = [message for message in messages if message.error() is None]
        if found:
            self._troubles.clear()
        return found

    def _store(self, positions: list[Position]) -> None:
        partition = library.load().TopicPartition
        with suppress(
            library.load().KafkaException
        ):  # others have got the partition meanwhile, and begin where we began
            self._client.store_offsets(offsets=[partition(self.topic, *position) for position in positions])

    def _close(self) -> None:
        if self._client is not None:
            self._client.close()

    def _tell(self, trouble: str) -> None:
        """The library tries again by itself; who looks hears of it."""
        if not self._closing:
            self._loop.call_soon_threadsafe(self._report, trouble)
