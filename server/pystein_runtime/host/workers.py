"""An app's worker over time: loaded, replaced by a newer one, given up when it hangs, started again when it ends."""

from __future__ import annotations

import asyncio
import time
from typing import TYPE_CHECKING, Protocol

from pystein_runtime.worker.messages import Error, Load, Loaded, Log

from .interpreter import missing_library
from .spawn import WorkerError, spawn
from .worker_process import STOP_SECONDS, Worker, WorkerGoneError, WorkerListener

if TYPE_CHECKING:
    import socket
    from collections.abc import Coroutine, Mapping

    from pystein_runtime.worker.messages import LoadFailed

    from .application import Observer
    from .debugging import Debugging, DebugPort
    from .plan import Plan
    from .spawn import Spawned

DRAIN_SECONDS = 10.0  # for running functions of a worker that is replaced or stopped
CRASH_SECONDS = 10.0  # a worker that ends within this time after its start is started again only after a pause
CRASH_PAUSES = (0.0, 0.0, 1.0, 2.0, 5.0, 10.0, 30.0)
LOST_SECONDS = 0.01  # between looks at a worker that is lost and about to be replaced
RETURN_SECONDS = 5.0  # for a debugger to come back to the code that a reload has brought
LOOK_SECONDS = 0.25  # how often it is asked whether a function has run too long


class LoadError(Exception):
    """The app cannot be loaded, and why; the text is for the user."""

    def __init__(self, message: str, error: Error | None = None, *, unusable: bool = False) -> None:
        super().__init__(message)
        self.error = error
        self.unusable = unusable
        """Whether it is not the app's fault, but that of what was asked for."""


class App(Protocol):
    """What a worker's life needs of the app."""

    @property
    def entry(self) -> str:
        """The entry file, relative to the app's folder."""

    def environment(self) -> Mapping[str, str]:
        """The variables of a new worker."""

    def adopt(self, worker: Worker, loaded: Loaded) -> None:
        """From now on this worker and its functions are the app; calls `use`."""

    def log(self, record: Log) -> None:
        """A record of the app."""


class Workers:
    """The worker of the moment, and those that come and go."""

    def __init__(self, plan: Plan, bound: socket.socket, observer: Observer, app: App) -> None:
        self.current: Worker | None = None
        self.ready = asyncio.Event()
        """Set while functions can be run."""
        self.library: str | None = None
        """The version of the app's azure-functions."""
        self.debugger: DebugPort | None = None
        self._plan = plan
        self._observer = observer
        self._app = app
        self._address: tuple[str, int] = bound.getsockname()[:2]
        self._listener = WorkerListener(bound)
        self._stopping = False
        self._crashes = 0
        self._tasks: set[asyncio.Task[None]] = set()

    # -- begin and end ------------------------------------------------------------------------------------

    async def listen(self) -> None:
        """Accept workers, and the debugger that is wanted from the start."""
        await self._listener.listen()
        if self._plan.debugging is not None:
            await self.debug(self._plan.debugging)

    async def debug(self, debugging: Debugging) -> DebugPort:
        """Let debuggers in, with the next worker that is started."""
        if self.debugger is None:
            from .debugging import DebugPort  # noqa: PLC0415 - seldom needed

            self.debugger = DebugPort(debugging, self._observer.debugger)
            await self.debugger.listen()
        return self.debugger

    async def stop(self, seconds: float) -> None:
        """Let running functions finish for some time, then end the worker."""
        self._stopping = True
        worker, self.current = self.current, None
        if worker is not None:
            await worker.drain(seconds)
            await worker.stop(STOP_SECONDS if not worker.busy else 0.0)
        self.ready.set()

    async def close(self) -> None:
        """Accept nobody any more."""
        self._listener.close()
        if self.debugger is not None:
            await self.debugger.close()
        for task in list(self._tasks):
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    # -- one worker ---------------------------------------------------------------------------------------

    async def get(self) -> Worker:
        """The worker that takes new work; waits while there is none.

        Raises:
            WorkerGoneError: the app cannot be loaded, or the host is stopping.
        """
        while True:
            if not self.ready.is_set():
                await self.ready.wait()
            if self.current is None:
                raise WorkerGoneError("there is no worker")
            if not self.current.lost.is_set():
                return self.current
            await asyncio.sleep(LOST_SECONDS)  # whoever guards it has not noticed yet

    def spawn(self) -> Spawned:
        """Start a worker process.

        Raises:
            WorkerError: it cannot be started.
        """
        debugpy = None if self.debugger is None else self.debugger.source
        return spawn(self._plan.interpreter, self._address, self._plan.root, self._app.environment(), debugpy)

    async def load(self, spawned: Spawned, *, attended: bool = False) -> tuple[Worker, Loaded]:
        """Let a process load the app; `attended` is not before a debugger has come, where one is to come.

        Raises:
            LoadError: it cannot be loaded.
        """
        worker = Worker(spawned, self._app.log, self._output)
        self._listener.expect(worker)
        try:
            hello = await worker.greet()
            if attended and self.debugger is not None and hello.debugger is not None:
                self.debugger.aim(hello.debugger)
                await self.debugger.wait()
            load = hello.library and not hello.problem
            answer = await worker.load(Load(str(self._plan.root), self._app.entry)) if load else None
        except (WorkerError, WorkerGoneError) as error:
            await worker.stop(0.0)
            raise LoadError(f"The app could not be loaded: {error}") from error
        except asyncio.CancelledError:
            worker.kill()
            raise
        if isinstance(answer, Loaded):
            self.library = hello.library
            return worker, answer
        await worker.stop(0.0)
        if hello.problem is not None:
            raise LoadError(hello.problem, unusable=True)
        if answer is None:
            raise LoadError(missing_library(self._plan.interpreter, f"Python {hello.python}"))
        raise LoadError(_load_failure(answer), answer.error)

    def use(self, worker: Worker) -> None:
        """Give new work to this worker, and start another one when it ends by itself."""
        if self.debugger is not None and worker.hello is not None:
            self.debugger.aim(worker.hello.debugger)
        self.current = worker
        self.ready.set()
        self._later(self._guard(worker))

    # -- from one to the next -----------------------------------------------------------------------------

    async def take_debugger_along(self, new: Worker) -> bool:
        """End the old worker when nothing is stopped in it any more; its client hears that, and may come to the new one.

        Returns:
            Whether there was a client; else the old worker goes on.
        """
        old, debugger = self.current, self.debugger
        if old is None or debugger is None or not debugger.is_attached:
            return False
        self.current = new
        debugger.aim(None)
        await old.drain(None)
        await old.stop()
        debugger.aim(new.hello and new.hello.debugger)
        await debugger.wait(RETURN_SECONDS)
        return True

    def retire(self, worker: Worker) -> None:
        """Let what runs in an old worker finish, and end it."""
        self._later(self._retire(worker))

    async def _retire(self, worker: Worker) -> None:
        await worker.drain(DRAIN_SECONDS)
        await worker.stop()

    async def _guard(self, worker: Worker) -> None:
        """When the worker ends by itself, say so and start another."""
        started = time.monotonic()
        await worker.lost.wait()
        if self._stopping or self.current is not worker:
            return
        self.ready.clear()
        if self.debugger is not None:
            self.debugger.aim(None)
        await worker.stop(0.1)
        self._observer.report("error", f"The worker ended unexpectedly: {worker.epitaph}. It is started again.")
        self._crashes = self._crashes + 1 if time.monotonic() - started < CRASH_SECONDS else 0
        while self.current is worker:  # `stop` takes it away
            await asyncio.sleep(CRASH_PAUSES[min(self._crashes, len(CRASH_PAUSES) - 1)])
            try:
                self._app.adopt(*await self.load(self.spawn()))
            except (LoadError, WorkerError) as error:
                self._crashes += 1
                self._observer.report("error", str(error))

    def watch_time(self) -> None:
        """From now on give up functions that run too long, with their worker: a thread cannot be stopped otherwise."""
        self._later(self._watch_time())

    async def _watch_time(self) -> None:
        while True:
            await asyncio.sleep(LOOK_SECONDS)
            worker = self.current
            if worker is None or not worker.expire() or self._stopping:
                continue
            self._observer.report("warning", "A function ran into functionTimeout; its worker is replaced.")
            self.ready.clear()
            try:
                self._app.adopt(*await self.load(self.spawn()))
            except (LoadError, WorkerError) as error:
                self._observer.report("error", str(error))
                self.ready.set()
            else:
                self.retire(worker)

    def _later(self, work: Coroutine[None, None, None]) -> None:
        task = asyncio.get_running_loop().create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    def _output(self, line: str) -> None:
        if line.strip():
            self._observer.log(Log(None, "information", "worker", line, None, False, time.time()), None)


def _load_failure(answer: LoadFailed) -> str:
    error = answer.error
    text = error.traceback.rstrip() or f"{error.type}: {error.message}"
    # The platform's message may say more than the exception itself; Python's of a syntax error says it all again.
    is_said = error.message in text or error.type in {"SyntaxError", "IndentationError", "TabError"}
    return text if is_said else f"{text}\n{error.message}"
