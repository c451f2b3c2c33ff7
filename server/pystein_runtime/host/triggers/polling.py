"""What listeners that ask again and again have in common: beginning after their predecessor, and ending in order."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Hashable
from typing import TYPE_CHECKING

from . import RETRY_SECONDS

if TYPE_CHECKING:
    from pystein_runtime.host.functions import Function
    from pystein_runtime.host.invocation import Outcome

    from . import Event, Listening

AGAIN_SECONDS = 0.1  # until a worker that has died is asked again
_last: dict[Hashable, asyncio.Event] = {}
"""When the last listener of a function has ended. A reload starts the next one before."""


class Poller:
    """Asks for one function, until it is stopped; what for is the subclass's `poll`."""

    refusals: tuple[type[Exception], ...] = ()
    """What a service raises that is away or refuses, with a whole sentence; it is asked again after some time."""

    def __init__(self, function: Function, host: Listening) -> None:
        self.label = f"function '{function.name}'"
        self.function = function
        self.host = host
        self.stopping = asyncio.Event()
        self._ended = asyncio.Event()
        self._task: asyncio.Task[None] | None = None

    def begin(self, *key: Hashable) -> None:
        """Start to ask, when the listener before has ended that had the same key: it may still deal with what it took."""
        key = (self.function.name, *key)
        before, _last[key] = _last.get(key), self._ended
        self._task = asyncio.get_running_loop().create_task(self._ask(before))

    async def stop(self, seconds: float) -> None:
        """Ask no more; let what runs finish for some time. What does not comes again where the service can do that."""
        self.stopping.set()
        if self._task is None:
            return
        await asyncio.wait([self._task], timeout=seconds)
        while not self._task.done():  # some clients' timeouts swallow a cancellation that comes at the wrong moment
            self._task.cancel()
            await asyncio.wait([self._task], timeout=AGAIN_SECONDS)
        try:
            await self.close()
        finally:
            self._ended.set()

    async def poll(self) -> None:
        """Ask once and deal with what comes; waits where there is nothing."""
        raise NotImplementedError

    async def close(self) -> None:
        """Give back what is held."""

    async def sleep(self, seconds: float) -> None:
        """Wait for some time, or until there is nothing to wait for any more."""
        with contextlib.suppress(asyncio.TimeoutError):
            await asyncio.wait_for(self.stopping.wait(), seconds)

    async def run(self, event: Event) -> Outcome:
        """Run the function; again after its worker has died, because the event has not had its chance."""
        while True:
            outcome = await self.host.run(self.function, event)
            if not outcome.interrupted or self.stopping.is_set():
                return outcome
            await self.sleep(AGAIN_SECONDS)

    async def _ask(self, before: asyncio.Event | None) -> None:
        if before is not None:
            await before.wait()
        while not self.stopping.is_set():
            try:
                await self.poll()
            except Exception as error:  # noqa: PERF203 - a service that is away comes back
                known = isinstance(error, self.refusals)
                self.host.report(str(error) if known else f"{self.label}: {type(error).__name__}: {error}")
                await self.sleep(RETRY_SECONDS)
