"""The endpoint as tests use it: a thread with a loop, and what the test wants done on the store."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

from pystein_runtime.cloud.bus import entities
from pystein_runtime.cloud.bus.amqp.endpoint import Endpoint
from pystein_runtime.cloud.bus.amqp.sockets import bind
from pystein_runtime.cloud.store import Store
from pystein_runtime.host.connections import bus as bus_connections

T = TypeVar("T")
SECONDS = 30.0  # how long anything may take on a busy machine before the test gives up


class Cloud:
    """A running endpoint, and what SDK clients need of it."""

    def __init__(self, path: Path, port: int = 0) -> None:
        self.reports: list[str] = []
        self._path = path
        self._port = port
        self._ready = threading.Event()
        self._thread = threading.Thread(target=self._run, daemon=True)
        self._thread.start()
        self._ready.wait(SECONDS)

    def _run(self) -> None:
        asyncio.run(self._main())

    async def _main(self) -> None:
        self._loop = asyncio.get_running_loop()
        self._end = asyncio.Event()
        self.store = Store(self._path)
        entities.prepare(self.store)
        self.endpoint = Endpoint(self.store, self.reports.append)
        self.endpoint.marks = ()  # so that a host takes it for an emulator
        self.port = await self.endpoint.listen(bind(self._port))
        self._ready.set()
        await self._end.wait()
        await self.endpoint.close()
        self.store.close()

    def call(self, work: Callable[[Store], T]) -> T:
        """Do something with the store, in its thread."""

        async def within() -> T:
            return work(self.store)

        return asyncio.run_coroutine_threadsafe(within(), self._loop).result(SECONDS)

    def queue(self, name: str, **options: Any) -> str:
        """Create a queue; gives its name."""
        self.call(lambda store: entities.create_queue(store, name, entities.Options(**options)))
        return name

    @property
    def connection_string(self) -> str:
        return bus_connections.connection_string(self.port)

    def close(self) -> None:
        self._loop.call_soon_threadsafe(self._end.set)
        self._thread.join(SECONDS)
