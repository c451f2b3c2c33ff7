"""Moments at which something is to happen. A hub knows the time from here only, so that tests can have another one."""

from __future__ import annotations

import asyncio
import heapq
import math
import time
from itertools import count
from typing import TYPE_CHECKING

from pystein_runtime.cloud.steady import CLOCK

if TYPE_CHECKING:
    from collections.abc import Callable

_LONGEST = 5.0  # seconds that a timer of the loop is set to: the machine may sleep, or its clock be set, meanwhile


class Clock:
    """The time of the machine. What is set before `start` or after `stop` waits for the next start."""

    def __init__(self) -> None:
        self._set: list[tuple[float, int, Callable[[], None]]] = []
        self._count = count()
        self._alarm: asyncio.TimerHandle | None = None
        self._runs = False

    def now(self) -> float:
        """Seconds since 1970."""
        return CLOCK.now()

    def at(self, moment: float, call: Callable[[], None]) -> None:
        """Call at a moment, or at once if that is past; calls of one moment are made in their order."""
        heapq.heappush(self._set, (moment, next(self._count), call))
        self._arm()

    def start(self) -> None:
        """Make calls from now on."""
        self._runs = True
        self._arm()

    def stop(self) -> None:
        """Make no calls."""
        self._runs = False
        self._disarm()

    def rest(self) -> None:
        """Nothing is going on until the next moment. The machine's time passes by itself."""

    def ring(self) -> None:
        """Make the calls that are due."""
        self._disarm()
        while self._runs and self._set and self._set[0][0] <= self.now():
            heapq.heappop(self._set)[2]()
        self._arm()

    def _arm(self) -> None:
        if self._runs and self._set:
            self._disarm()
            seconds = min(max(self._set[0][0] - self.now(), 0.0), _LONGEST)
            self._alarm = asyncio.get_running_loop().call_later(seconds, self.ring)

    def _disarm(self) -> None:
        if self._alarm is not None:
            self._alarm.cancel()
            self._alarm = None


class VirtualClock(Clock):
    """A time that stands still while there is work, and is then at once the next moment at which there is any.

    It goes no further than it may: to begin with, nowhere.
    """

    def __init__(self, start: float | None = None) -> None:
        super().__init__()
        self._now = time.time() if start is None else start
        self._limit = self._now
        self._still: list[asyncio.Future[None]] = []

    def now(self) -> float:
        """Seconds since 1970, as far as this clock has come."""
        return self._now

    def allow(self, moment: float) -> None:
        """Let time pass until a moment, infinity for as long as there is something set; the hub's `rest` begins it."""
        self._limit = max(moment, self._now)

    def stand(self) -> None:
        """Let no more time pass."""
        self._limit = self._now

    def still(self) -> asyncio.Future[None]:
        """Done when there is nothing to do and time has come as far as it may."""
        future: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._still.append(future)
        return future

    def rest(self) -> None:
        """Go on to the next moment, if there is one and it may come."""
        if self._set and self._set[0][0] <= self._limit:
            self._now = max(self._now, self._set[0][0])
            asyncio.get_running_loop().call_soon(self.ring)
            return
        if self._limit != math.inf:
            self._now = self._limit
        waiting, self._still = self._still, []
        for future in waiting:
            if not future.done():
                future.set_result(None)

    def _arm(self) -> None:
        if self._runs and self._set and self._set[0][0] <= self._now:
            asyncio.get_running_loop().call_soon(self.ring)
