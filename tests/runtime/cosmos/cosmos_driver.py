"""The endpoint as tests use it: a thread with a loop, and what SDK clients need of it."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from pystein_runtime.cloud.cosmos import account, schema
from pystein_runtime.cloud.cosmos.server import CosmosServer
from pystein_runtime.cloud.store import Store
from pystein_runtime.http import sockets

T = TypeVar("T")
SECONDS = 30.0  # how long anything may take on a busy machine before the test gives up


class Cloud:
    """A running endpoint; its clock can be put forward."""

    def __init__(self, path: Path, key: str = account.KEY, port: int = 0) -> None:
        self.key = key
        self.port = port
        self.faults: list[BaseException] = []
        self.ahead = 0.0
        self._path = path
        self._ready = threading.Event()
        self._thread = threading.Thread(target=lambda: asyncio.run(self._main()), daemon=True)
        self._thread.start()
        assert self._ready.wait(SECONDS)

    async def _main(self) -> None:
        self._loop, self._end = asyncio.get_running_loop(), asyncio.Event()
        import time

        self.store = Store(self._path, lambda: time.time() + self.ahead)
        schema.prepare(self.store)
        server = CosmosServer(self.store, self.faults.append, self.key)
        bound = sockets.bind("127.0.0.1", self.port)
        self.port = bound.getsockname()[1]
        await server.listen([bound])
        self._ready.set()
        await self._end.wait()
        await server.close(1)
        self.store.close()

    def call(self, work: Callable[[Store], T]) -> T:
        """Do something with the store, in its thread."""

        async def within() -> T:
            return work(self.store)

        return asyncio.run_coroutine_threadsafe(within(), self._loop).result(SECONDS)

    @property
    def connection_string(self) -> str:
        return f"AccountEndpoint={self.url};AccountKey={self.key};"

    @property
    def url(self) -> str:
        return account.endpoint(self.port)

    def close(self) -> None:
        self._loop.call_soon_threadsafe(self._end.set)
        self._thread.join(SECONDS)
