"""Work that waits for its turn: so many items at a time, and none while the lane is closed."""

from __future__ import annotations

import asyncio
from collections import deque
from typing import TYPE_CHECKING, Generic, TypeVar

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

T = TypeVar("T")


class Lane(Generic[T]):
    """Runs items in their order. What `run` raises goes to `fault`, and the lane goes on."""

    def __init__(
        self,
        run: Callable[[T], Awaitable[None]],
        fault: Callable[[BaseException], None],
        rest: Callable[[], None] = lambda: None,
    ) -> None:
        """`rest` is called when the last item has come to its end."""
        self.limit = 1
        self._run = run
        self._fault = fault
        self._rest = rest
        self._waiting: deque[T] = deque()
        self._tasks: set[asyncio.Task[None]] = set()
        self._is_open = False

    def add(self, item: T, *, first: bool = False) -> None:
        """Run an item when its turn has come, or before all that waits."""
        if first:
            self._waiting.appendleft(item)
        else:
            self._waiting.append(item)
        self._fill()

    def open(self) -> None:
        """Begin, or go on, to run items."""
        self._is_open = True
        self._fill()

    def close(self) -> None:
        """Begin no further item."""
        self._is_open = False

    @property
    def is_idle(self) -> bool:
        """Whether nothing runs and nothing waits."""
        return not self._tasks and not self._waiting

    async def settle(self, seconds: float) -> None:
        """Let what runs finish for some time, then cancel it."""
        if self._tasks:
            await asyncio.wait(self._tasks, timeout=seconds)
        tasks = list(self._tasks)
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    def _fill(self) -> None:
        loop = asyncio.get_running_loop()
        while self._is_open and self._waiting and len(self._tasks) < self.limit:
            task = loop.create_task(self._one(self._waiting.popleft()))
            self._tasks.add(task)
            task.add_done_callback(self._end)

    async def _one(self, item: T) -> None:
        await self._run(item)

    def _end(self, task: asyncio.Task[None]) -> None:
        self._tasks.discard(task)
        error = None if task.cancelled() else task.exception()
        if error is not None:
            self._fault(error)
        self._fill()
        if self.is_idle:
            self._rest()
