"""The warm-up trigger: runs once when the host begins, as on the platform when an instance is added."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

from pystein_runtime.worker.messages import Datum

from . import BY_HAND, Event

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pystein_runtime.host.functions import Function

    from . import Listener, Listening

_EVENT = Event(Datum("json", "{}"), {}, {}, "The host has started.")


def create(functions: Sequence[Function], host: Listening) -> list[Listener]:
    """One listener for each function."""
    return [WarmUp(function, host) for function in functions]


class WarmUp:
    """Runs one function once."""

    def __init__(self, function: Function, host: Listening) -> None:
        self.label = f"function '{function.name}'"
        self._function = function
        self._host = host
        self._task: asyncio.Task[Any] | None = None

    async def start(self) -> None:
        """Run it, while the others begin."""
        self._task = asyncio.get_running_loop().create_task(self._host.run(self._function, _EVENT))

    async def stop(self, seconds: float) -> None:
        """Let it finish for some time."""
        if self._task is not None:
            await asyncio.wait([self._task], timeout=seconds)
            self._task.cancel()


def sample(_function: Function) -> Any:
    """An event to begin with."""
    return {}


async def from_data(_function: Function, _data: str, _host: Listening) -> Event:
    """The event, whatever the data."""
    return _EVENT._replace(reason=BY_HAND)
