"""The host of one app: it listens, keeps the worker, the triggers and the local cloud going, and ends in order."""

from __future__ import annotations

import asyncio
import contextlib
import errno
import os
import signal
import time
from typing import TYPE_CHECKING, Any, NamedTuple

from pystein_runtime.cloud.contents import remove_unowned
from pystein_runtime.cloud.queues import release_held
from pystein_runtime.cloud.storage import StorageServer
from pystein_runtime.http.server import Server

from . import events, triggers
from .application import Application, Observer
from .history import History
from .hotkeys import Hotkeys
from .http.pipeline import Pipeline
from .reload import Watcher
from .workers import LoadError

if TYPE_CHECKING:
    import socket
    from collections.abc import Coroutine

    from pystein_runtime.cloud.store import Store
    from pystein_runtime.worker.messages import Error

    from .console import Console
    from .functions import Function
    from .invocation import Outcome
    from .keys import Keys
    from .plan import Plan
    from .spawn import Spawned
    from .triggers import Event, Listener

POLL_SECONDS = 0.1  # how often the app's files are looked at
GLANCE_SECONDS = 0.02  # and how soon again when a request comes
SLOW_SECONDS = 10.0  # for an app to be loaded before that is remarkable
SHORT_SECONDS = 60.0  # until it is said again that there are too many open files
DRAIN_SECONDS = 5.0  # for what runs when the host is told to stop, all together


class Options(NamedTuple):
    """How a host behaves."""

    reload: bool = True
    stay: bool = False
    """Whether to wait for an edit when the app cannot be loaded at the start, instead of ending."""
    keys: Keys | None = None
    """What callers must show; None: nothing."""


class Sockets(NamedTuple):
    """What a host listens on."""

    http: list[socket.socket]
    worker: socket.socket
    storage: list[list[socket.socket]]


class AppHost:
    """A host. `run` returns when it has ended."""

    def __init__(
        self,
        plan: Plan,
        store: Store,
        sockets: Sockets,
        console: Console,
        options: Options,
    ) -> None:
        self.instance = os.urandom(8).hex()
        self.console = console
        self.state = "Starting"
        self.failure: str | None = None
        """Why the app, or its last change, cannot be loaded."""
        self.error: Error | None = None
        self.url = f"http://{plan.address}"
        self.options = options
        self._started = time.monotonic()
        self.store = store
        self.keys = options.keys
        self._sockets = sockets
        self.history = History()
        observer = Observer(console.log, self._ended, console.note, console.debugger)
        self.app = Application(plan, store, sockets.worker, observer, self.instance)
        if options.keys is not None:
            self.app.system_key = options.keys.of_extension
        self._pipeline = Pipeline(self, options.keys)
        self._server = Server(self._pipeline.handle, self._fault, shortcut=self._pipeline.answer_at_once)
        self._storage = StorageServer(store, self._fault)
        self._listeners: list[Listener] = []
        self._watcher = Watcher(plan.root, self.app.entry) if options.reload else None
        self._glanced = 0.0
        self._short_until = 0.0
        self._reloading: asyncio.Task[None] | None = None
        self._end = asyncio.Event()
        self._settled = asyncio.Event()
        self._tasks: set[asyncio.Task[Any]] = set()

    @property
    def uptime(self) -> float:
        """Seconds since the start."""
        return time.monotonic() - self._started

    # -- life ---------------------------------------------------------------------------------------------

    async def run(self, spawned: Spawned) -> int:
        """Serve until told to stop; gives the exit status."""
        self._handle_signals()
        asyncio.get_running_loop().set_exception_handler(lambda _, context: self._unforeseen(context))
        await self._server.listen(self._sockets.http)
        await self._storage.listen(self._sockets.storage)
        release_held(self.store)
        remove_unowned(self.store)
        hotkeys = Hotkeys({"r": self.request_reload, "q": self.stop})
        hotkeys.start()
        status = await self._start(spawned)
        if status == 0 and not self._end.is_set():
            self.console.ready(self)
        self._settled.set()
        if status == 0 or (status == 1 and self.options.stay):
            if self._watcher is not None:
                self.later(self._watch())
            self.later(self._tick())
            await self._end.wait()
        hotkeys.stop()
        await self._close()
        return 0 if self._end.is_set() else status

    async def _start(self, spawned: Spawned) -> int:
        """Load the app, unless told to stop meanwhile; gives the exit status if nothing more comes of it."""
        start = self.app.start(spawned)
        loading = asyncio.ensure_future(start if self.app.plan.debugging else self._patiently(start))
        ended = asyncio.ensure_future(self._end.wait())
        await asyncio.wait((loading, ended), return_when=asyncio.FIRST_COMPLETED)
        ended.cancel()
        if not loading.done():
            loading.cancel()
            await asyncio.wait((loading,))
            return 0
        try:
            loading.result()
        except LoadError as error:
            self._failed(error)
            return 2 if error.unusable else 1
        await self._open()
        return 0

    async def _open(self) -> None:
        """Start what sets functions off; then the host is ready."""
        self.failure = None
        self._pipeline.forget()
        self._listeners = triggers.create(list(self.app.functions.functions.values()), self.app)
        for listener in self._listeners:
            try:
                await listener.start()
            except Exception as error:  # noqa: PERF203 - one trigger's fault is not the others'
                self.console.note("error", f"The listener for {listener.label} was unable to start. {error}")
        self.state = "Running"

    def _ended(self, outcome: Outcome) -> None:
        self.history.add(outcome)
        self.console.outcome(outcome)

    async def settled(self) -> None:
        """Wait while the app is being loaded."""
        await self._settled.wait()

    def stop(self) -> None:
        """End in order: the platform calls it draining."""
        self._end.set()

    async def _close(self) -> None:
        self.state = "Stopping"
        self._settled.set()
        end = time.monotonic() + DRAIN_SECONDS
        await self._stop_listeners(self._listeners)
        if self.app.mcp is not None:
            self.app.mcp.close()
        await self._server.close(max(end - time.monotonic(), 0.0))
        await self.app.stop(max(end - time.monotonic(), 0.0))
        await self._storage.close(0.0)
        for task in list(self._tasks):
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        self.console.flush(all_=True)

    async def _stop_listeners(self, listeners: list[Listener]) -> None:
        await asyncio.gather(*(listener.stop(DRAIN_SECONDS) for listener in listeners))

    def _handle_signals(self) -> None:
        loop = asyncio.get_running_loop()
        for name in ("SIGINT", "SIGTERM", "SIGBREAK", "SIGHUP"):
            number = getattr(signal, name, None)
            if number is not None:
                with contextlib.suppress(ValueError, OSError):  # not on the main thread
                    signal.signal(number, lambda *_: self._interrupted(loop))

    def _interrupted(self, loop: asyncio.AbstractEventLoop) -> None:
        """Asked once, end in order; asked again, at once."""
        if self._end.is_set():
            raise SystemExit(130)
        loop.call_soon_threadsafe(self.stop)

    def later(self, work: Coroutine[Any, Any, Any]) -> asyncio.Task[Any]:
        """Do something beside everything else."""
        task = asyncio.get_running_loop().create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        return task

    def _unforeseen(self, context: dict[str, Any]) -> None:
        """What the loop met outside of a request, and would print as a traceback."""
        error = context.get("exception")
        if not isinstance(error, OSError) or error.errno not in {errno.EMFILE, errno.ENFILE}:
            self._fault(error or RuntimeError(context["message"]))
        elif time.monotonic() > self._short_until:
            self._short_until = time.monotonic() + SHORT_SECONDS
            self.console.note(
                "warning", f"New connections wait: {error.strerror}. `ulimit -n` says how many files it may have."
            )

    def _fault(self, error: BaseException) -> None:
        self.console.note("error", f"A fault of this host: {type(error).__name__}: {error}")

    # -- reload -------------------------------------------------------------------------------------------

    async def _tick(self) -> None:
        while True:
            await asyncio.sleep(1)
            self.console.flush()

    async def _watch(self) -> None:
        while True:
            await asyncio.sleep(POLL_SECONDS)
            self._glance()

    def _glance(self) -> None:
        """Look whether the app's files have changed, and begin to load them."""
        is_loading = self._reloading is not None and not self._settled.is_set()
        if self._watcher is None or not (is_loading or self._reloading is None) or not self._watcher.changed():
            return
        if self._reloading is not None:  # what is being loaded is out of date, and might never end
            self._reloading.cancel()
            self._reloading = None
            self._settled.set()
        self.request_reload()

    def request_reload(self) -> None:
        """Load the app afresh."""
        if self._reloading is None and self._settled.is_set() and not self._end.is_set():
            self._settled.clear()
            self._reloading = self.later(self._reload())

    async def _reload(self) -> None:
        begun = time.monotonic()
        self.console.write("Loading the app again...")  # editors wait for it: see package.json's problem matchers
        if self._watcher is not None:
            self._watcher.refresh()
        try:
            await self._patiently(self.app.reload())
        except LoadError as error:
            self._failed(error)
        else:
            old, self.state = self._listeners, "Running"
            self._settled.set()
            self.later(self._stop_listeners(old))
            await self._open()
            self.console.reloaded(self, time.monotonic() - begun)
        finally:
            if self._reloading is asyncio.current_task():
                self._settled.set()
                self._reloading = None

    async def _patiently(self, loading: Coroutine[Any, Any, None]) -> None:
        """Wait for an app to be loaded, and say so when that takes long."""
        loop = asyncio.get_running_loop()
        text = f"The app is still being imported after {SLOW_SECONDS:.0f} seconds; requests wait for it."
        slow = loop.call_later(SLOW_SECONDS, self.console.note, "warning", text)
        try:
            await loading
        finally:
            slow.cancel()

    def _failed(self, error: LoadError) -> None:
        self.failure, self.error = str(error), error.error
        serving = self.app.workers.ready.is_set()
        if not serving:
            self.state = "Error"
        self.console.failed(str(error), serving=serving)

    # -- requests -----------------------------------------------------------------------------------------

    def is_up_to_date(self) -> bool:
        """Whether the code that runs was that on disk a moment ago."""
        was_seen = time.monotonic() - self._glanced <= GLANCE_SECONDS
        return self._reloading is None and self.state == "Running" and was_seen

    async def wait_for_code(self) -> None:
        """A request that comes after a change is served by the changed code."""
        now = time.monotonic()
        if self._watcher is not None and now - self._glanced > GLANCE_SECONDS:
            self._glanced = now
            self._glance()
        if self._reloading is not None:
            await asyncio.sleep(0)  # it may only just begin
        await self._settled.wait()

    # -- for the admin API --------------------------------------------------------------------------------

    def address_of(self, function: Function) -> str | None:
        """The URL of an HTTP function, with its route's parameters as they are written."""
        route = next((route for route in self.app.routes.all if route.function.name == function.name), None)
        return None if route is None else f"{self.url}/{route.template.text}"

    async def event_by_hand(self, function: Function, given: events.Given) -> Event:
        """The event to run a function with by hand.

        Raises:
            BindingError, ExpressionError, ServiceError: it cannot be made.
        """
        return await events.make(function, given, self.app.plan.root, self.app, self.url)
