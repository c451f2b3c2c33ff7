"""Running workers: the connection to them, what they are busy with, and their end."""

from __future__ import annotations

import asyncio
import contextlib
import hmac
import threading
from typing import TYPE_CHECKING

from pystein_runtime.worker.connection import Connection
from pystein_runtime.worker.messages import Cancel, Hello, HelloAck, Loaded, LoadFailed, Log, Result, Stop
from pystein_runtime.worker.protocol import GREETING_LIMIT

from .spawn import WorkerError

if TYPE_CHECKING:
    import socket
    from collections.abc import Callable

    from pystein_runtime.worker.messages import Invoke, Message

    from .spawn import Spawned

GREETING_SECONDS = 30.0  # for a Python to start and say hello
LONGEST_LINE = 64 * 1024  # bytes that a process writes without an end of line, until they are shown
STOP_SECONDS = 5.0  # for a worker to leave after Stop, before it is killed


class WorkerGoneError(Exception):
    """The worker process ended while it was needed."""


class FunctionTimeoutError(Exception):
    """A function ran longer than host.json's functionTimeout."""


class Worker:
    """A running worker and what it is busy with."""

    def __init__(self, spawned: Spawned, on_log: Callable[[Log], None], on_output: Callable[[str], None]) -> None:
        self.process, self._token, self.interpreter = spawned
        self.hello: Hello | None = None
        self.lost = asyncio.Event()
        self._loop = asyncio.get_running_loop()
        self._on_log = on_log
        self._on_output = on_output
        self._connection: Connection | None = None
        self._greeted: asyncio.Future[Hello] = self._loop.create_future()
        self._loaded: asyncio.Future[Loaded | LoadFailed] = self._loop.create_future()
        self._pending: dict[str, tuple[Callable[[Result | Exception], None], float]] = {}
        self._drained = asyncio.Event()
        self.early_output: list[str] = []
        self._exited = asyncio.Event()
        threading.Thread(target=self._read_output, name="worker-output", daemon=True).start()

    @property
    def busy(self) -> int:
        """How many invocations are running."""
        return len(self._pending)

    async def greet(self) -> Hello:
        """Wait until the process has connected and shown its token.

        Raises:
            WorkerError: it ended or said nothing in time; the text has what it printed.
        """
        exited = self._loop.create_task(self._exited.wait())
        await asyncio.wait((self._greeted, exited), timeout=GREETING_SECONDS, return_when=asyncio.FIRST_COMPLETED)
        exited.cancel()
        if self._greeted.done():
            self.hello = self._greeted.result()
            return self.hello
        self.kill()
        output = "\n".join(self.early_output)
        raise WorkerError(f"The app's Python ({self.interpreter.path}) did not start as a worker.\n{output}".rstrip())

    async def load(self, message: Message) -> Loaded | LoadFailed:
        """Let it import the app.

        Raises:
            WorkerGoneError: the process ended meanwhile, for instance because the app called `os._exit`.
        """
        assert self._connection is not None
        self._connection.send(message)
        return await self._loaded

    def invoke(self, message: Invoke, timeout: float | None) -> asyncio.Future[Result]:
        """Send an invocation. The future ends with its result, or with WorkerGoneError or FunctionTimeoutError.

        Raises:
            WorkerGoneError: the worker is gone already.
        """
        future: asyncio.Future[Result] = self._loop.create_future()

        def end(result: Result | Exception) -> None:
            if future.done():
                return
            if isinstance(result, Exception):
                future.set_exception(result)
            else:
                future.set_result(result)

        self.call(message, timeout, end)
        return future

    def call(self, message: Invoke, timeout: float | None, end: Callable[[Result | Exception], None]) -> None:
        """The same with a callback, which gets the exception where there is no result.

        Raises:
            WorkerGoneError: the worker is gone already.
        """
        if self._connection is None or self.lost.is_set():
            raise WorkerGoneError(self.epitaph)
        self._connection.send(message)
        self._pending[message.id] = (end, float("inf") if timeout is None else self._loop.time() + timeout)

    def expire(self) -> bool:
        """Give up what has run longer than it may; says whether anything was."""
        now = self._loop.time()
        expired = [id_ for id_, (_, deadline) in self._pending.items() if deadline < now]
        for id_ in expired:
            end, _ = self._pending.pop(id_)
            end(FunctionTimeoutError())
            if self._connection is not None:
                self._connection.send(Cancel(id_))
        return bool(expired)

    async def drain(self, seconds: float | None) -> None:
        """Wait for running invocations to end; None: as long as they take."""
        if self._pending and not self.lost.is_set():
            self._drained.clear()
            with contextlib.suppress(asyncio.TimeoutError):
                await asyncio.wait_for(self._drained.wait(), seconds)

    async def stop(self, seconds: float = STOP_SECONDS) -> None:
        """Ask the process to leave, and kill it when it does not."""
        if self._connection is not None and not self.lost.is_set():
            self._connection.send(Stop())
        if seconds > 0:
            with contextlib.suppress(asyncio.TimeoutError):
                await asyncio.wait_for(self._exited.wait(), seconds)
        self.kill()
        with contextlib.suppress(asyncio.TimeoutError):
            await asyncio.wait_for(self._exited.wait(), STOP_SECONDS)
        if self._connection is not None:
            self._connection.close()

    def kill(self) -> None:
        """End the process at once."""
        if self.process.poll() is None:
            with contextlib.suppress(OSError):
                self.process.kill()

    # -- the connection -----------------------------------------------------------------------------------

    def owns(self, token: str) -> bool:
        """Whether a hello's token is that of this worker."""
        return hmac.compare_digest(token.encode(), self._token.encode()) and not self._greeted.done()

    def attach(self, connection: Connection, hello: Hello) -> None:
        """The process has connected."""
        self._connection = connection
        self._greeted.set_result(hello)

    def receive(self, message: Message) -> None:
        """A message of the process."""
        if isinstance(message, Result):
            entry = self._pending.pop(message.id, None)
            if entry is not None:
                entry[0](message)
            if not self._pending:
                self._drained.set()
        elif isinstance(message, Log):
            self._on_log(message)
        elif isinstance(message, Loaded | LoadFailed) and not self._loaded.done():
            self._loaded.set_result(message)

    def detach(self) -> None:
        """The connection has ended: nothing that was asked will be answered."""
        self.lost.set()
        self._drained.set()
        epitaph = self.epitaph
        pending, self._pending = self._pending, {}
        for end, _ in pending.values():
            end(WorkerGoneError(epitaph))
        if not self._loaded.done():
            self._loaded.set_exception(WorkerGoneError(epitaph))
            self._loaded.exception()  # seen: nobody may be waiting

    @property
    def epitaph(self) -> str:
        """How the process ended."""
        code = self.process.poll()
        if code is None:
            return f"the worker process {self.process.pid} ended"
        how = f"was killed by signal {-code}" if code < 0 else f"ended with status {code}"
        return f"the worker process {self.process.pid} {how}"

    # -- what the process writes by itself ----------------------------------------------------------------

    def _read_output(self) -> None:
        """On a thread: pass on lines, then bury the process."""
        stream = self.process.stdout
        assert stream is not None
        with contextlib.suppress(OSError, ValueError):
            while line := stream.readline(LONGEST_LINE):
                self._call(self._output, line.decode(errors="replace").rstrip("\r\n"))
        self.process.wait()
        stream.close()
        self._call(self._exited.set)

    def _call(self, callback: Callable[..., None], *values: str) -> None:
        with contextlib.suppress(RuntimeError):  # the loop is closed: nobody listens any more
            self._loop.call_soon_threadsafe(callback, *values)

    def _output(self, line: str) -> None:
        if self.hello is None:
            self.early_output.append(line)
        else:
            self._on_output(line)


class WorkerListener:
    """The socket to which workers connect; each is told apart by its token."""

    def __init__(self, bound: socket.socket) -> None:
        self._socket = bound
        self._server: asyncio.Server | None = None
        self._expected: list[Worker] = []

    async def listen(self) -> None:
        """Start to accept workers."""
        loop = asyncio.get_running_loop()
        self._server = await loop.create_server(self._accept, sock=self._socket)

    def expect(self, worker: Worker) -> None:
        """A worker was spawned and will connect."""
        self._expected.append(worker)

    def close(self) -> None:
        """Stop to accept workers."""
        if self._server is None:
            self._socket.close()
        else:
            self._server.close()

    def _accept(self) -> Connection:
        """A connection that must say hello before anything else."""
        owner: Worker | None = None

        def on_message(message: Message) -> None:
            nonlocal owner
            if owner is not None:
                owner.receive(message)
                return
            token = message.token if isinstance(message, Hello) else ""
            owner = next((worker for worker in self._expected if worker.owns(token)), None)
            if owner is None or not isinstance(message, Hello):
                connection.close()
                return
            self._expected.remove(owner)
            connection.raise_limit()
            connection.send(HelloAck())
            owner.attach(connection, message)

        def on_lost(_error: Exception | None) -> None:
            if owner is not None:
                owner.detach()

        connection = Connection(on_message, on_lost, GREETING_LIMIT)
        return connection
