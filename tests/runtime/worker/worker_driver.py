"""The smallest host: starts a real worker process and talks the protocol with it."""

import asyncio
import contextlib
import os
import sys
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any, NamedTuple

from pystein_runtime.worker import protocol as p
from pystein_runtime.worker.connection import Connection

WORKER = Path(p.__file__).parent / "__main__.py"
TOKEN = "token of the test"


class Ran(NamedTuple):
    """What one invocation gave."""

    result: p.Result
    logs: list[p.Log]

    @property
    def messages(self) -> list[str]:
        return [log.message for log in self.logs if not log.system]


class Driver:
    """A worker and what it has said so far."""

    process: asyncio.subprocess.Process

    def __init__(self) -> None:
        self.said: list[p.Message] = []
        self.connection: Connection | None = None
        self.ended = False
        self._changed = asyncio.Event()
        self._count = 0

    def hear(self, message: p.Message) -> None:
        self.said.append(message)
        self._changed.set()

    def lose(self, _: Exception | None) -> None:
        self.ended = True
        self._changed.set()

    async def until(self, kind: type, **fields: Any) -> Any:
        """The first message of a kind with these fields."""
        seen = 0
        while True:
            for message in self.said[seen:]:
                if isinstance(message, kind) and all(getattr(message, name) == value for name, value in fields.items()):
                    return message
            seen = len(self.said)
            if self.ended:
                raise ConnectionError(f"the worker is gone: {(await self.stderr())!r}")
            self._changed.clear()
            await asyncio.wait_for(self._changed.wait(), 30)

    async def stderr(self) -> str:
        assert self.process.stderr is not None
        return (await self.process.stderr.read()).decode()

    def send(self, message: p.Message) -> None:
        assert self.connection is not None
        self.connection.send(message)

    def write(self, data: bytes) -> None:
        """Bytes past the protocol."""
        assert self.connection is not None
        assert self.connection._transport is not None
        self.connection._transport.write(data)

    async def load(self, root: Path, entry: str = "function_app.py") -> p.Loaded | p.LoadFailed:
        self.send(p.Load(str(root), entry))
        answer: p.Loaded | p.LoadFailed = await self.until((p.Loaded, p.LoadFailed))  # type: ignore[arg-type]
        return answer

    def start(
        self,
        function: str,
        inputs: dict[str, p.Datum] | None = None,
        metadata: dict[str, p.Datum] | None = None,
        **more: Any,
    ) -> str:
        self._count += 1
        invocation = f"invocation-{self._count}"
        self.send(p.Invoke(invocation, function, inputs or {}, metadata or {}, **more))
        return invocation

    async def finish(self, invocation: str) -> Ran:
        result = await self.until(p.Result, id=invocation)
        return Ran(result, [said for said in self.said if isinstance(said, p.Log) and said.id == invocation])

    async def run(self, function: str, *args: Any, **more: Any) -> Ran:
        return await self.finish(self.start(function, *args, **more))

    async def stop(self) -> int:
        self.send(p.Stop())
        return await asyncio.wait_for(self.process.wait(), 30)


def _clean() -> dict[str, str]:
    """Our environment without what the tests of hosts put there."""
    return {name: value for name, value in os.environ.items() if not name.startswith("PYSTEIN_")}


@contextlib.asynccontextmanager
async def worker(
    root: Path, python: str = sys.executable, environment: dict[str, str] | None = None
) -> AsyncIterator[Driver]:
    """A worker in the app's folder, greeted; killed in the end when it still runs."""
    loop = asyncio.get_running_loop()
    connected: asyncio.Future[Connection] = loop.create_future()
    driver = Driver()

    def accept() -> Connection:
        connection = Connection(driver.hear, driver.lose)
        connected.set_result(connection)
        return connection

    server = await loop.create_server(accept, "127.0.0.1", 0)
    address = "{}:{}".format(*server.sockets[0].getsockname())
    driver.process = process = await asyncio.create_subprocess_exec(
        python,
        str(WORKER),
        cwd=root,
        env={**_clean(), p.ADDRESS_VARIABLE: address, p.TOKEN_VARIABLE: TOKEN, **(environment or {})},
        stdin=asyncio.subprocess.DEVNULL,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )
    try:
        driver.connection = await asyncio.wait_for(connected, 30)
        await driver.until(p.Hello)
        driver.send(p.HelloAck())
        yield driver
    finally:
        if driver.connection is not None:
            driver.connection.close()
        if process.returncode is None:
            with contextlib.suppress(ProcessLookupError):
                process.kill()
        await process.communicate()
        server.close()
        await server.wait_closed()


@contextlib.asynccontextmanager
async def loaded(root: Path, **options: Any) -> AsyncIterator[Driver]:
    """A worker with the app of this folder loaded."""
    async with worker(root, **options) as driver:
        answer = await driver.load(root)
        assert isinstance(answer, p.Loaded), answer.error.full_traceback or answer.error.traceback
        yield driver


def http(method: str = "GET", body: bytes = b"", **fields: Any) -> dict[str, p.Datum]:
    """The input of a function whose trigger parameter is `req`."""
    request = {"url": "http://localhost:7071/api/f", "headers": {}, "params": {}, "query": {}, **fields}
    return {"req": p.Datum("http", p.HttpRequest(method=method, body=p.Datum("bytes", body), **request))}
