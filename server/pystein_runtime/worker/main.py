"""The worker's process: connects to the host, loads the app and runs its functions."""

from __future__ import annotations

import asyncio
import atexit
import contextlib
import faulthandler
import gc
import os
import signal
import socket
import sys
from contextvars import Context as Variables
from contextvars import copy_context
from functools import partial
from time import perf_counter, time
from typing import TYPE_CHECKING, Any

from . import protocol
from .context import invocation, thread_local_storage
from .loading import App, LoadError, describe, find_library, load_app, use_app_folder
from .logs import capture
from .messages import (
    VERSION,
    Cancel,
    Hello,
    Invoke,
    Load,
    Loaded,
    LoadFailed,
    Log,
    Message,
    Result,
    Stop,
)
from .pool import ThreadPool, default_size
from .running import Answer, answer, arguments
from .sender import Sender
from .tracebacks import make_error, place_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from .indexing import IndexedFunction
    from .streaming import Streaming

_PATIENCE = 1.0  # seconds that an app's tasks have to end when the worker stops


def run() -> None:
    """Serve the host that the environment names until it says stop or goes away."""
    try:
        address, token = os.environ.pop(protocol.ADDRESS_VARIABLE), os.environ.pop(protocol.TOKEN_VARIABLE)
    except KeyError:
        sys.exit("This is the worker of the runtime; the host starts it.")
    host, _, port = address.rpartition(":")
    connection = socket.create_connection((host, int(port)))
    connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    if sys.__stderr__ is not None:
        faulthandler.enable(sys.__stderr__)  # so that a crash in C code shows the app's line
    # Ctrl+C reaches the whole group of processes: what to do about it is the host's decision. Not SIG_IGN, which the
    # app's subprocesses would inherit.
    signal.signal(signal.SIGINT, lambda *_: None)
    use_app_folder(os.getcwd())  # noqa: PTH109 - pathlib costs 3 ms
    debugger, problem = _debugger()
    library = find_library()
    loop = asyncio.new_event_loop()
    asyncio.set_event_loop(loop)
    worker = Worker(loop, connection)
    version = sys.version.split()[0]
    hello = Hello(token, os.getpid(), version, getattr(library, "__version__", None), VERSION, debugger, problem)
    loop.run_until_complete(worker.start(hello))
    worker.serve()


def _debugger() -> tuple[int | None, str | None]:
    if protocol.DEBUGPY_VARIABLE not in os.environ:
        return None, None
    from .debugging import DebuggerError, listen  # noqa: PLC0415 - a start without it is faster

    try:
        return listen(), None
    except DebuggerError as error:
        return None, str(error)


class Worker:
    """The app and what runs of it."""

    def __init__(self, loop: asyncio.AbstractEventLoop, connection: socket.socket) -> None:
        self._loop = loop
        self._connection = connection
        self._sender = Sender(connection, loop)
        self._end_lines = capture(self._log)
        self._pool: ThreadPool | None = None
        self._app: App | None = None
        self._root = ""
        self._running: dict[str, asyncio.Task[None] | None] = {}  # by invocation; None runs in a thread
        self._stopping = False

    # -- the process --------------------------------------------------------------------------------------------------

    async def start(self, hello: Hello) -> None:
        """Greet the host and hear what it says from then on."""
        connection = self._connection
        await self._loop.connect_accepted_socket(lambda: _Inbox(self.receive, self._lost), connection)
        self._sender.send(hello)

    def serve(self) -> None:
        """Run until stopped. An exit in one of the app's tasks ends that task, not the others."""
        while not self._run_until_stopped():
            pass
        self._loop.run_until_complete(self._say_goodbye())
        self._end_lines()
        self._sender.flush()
        # What the interpreter does at an exit, without waiting for threads that may never end or tearing down objects
        # whose loop is gone, as the one of AsgiFunctionApp would hang.
        atexit._run_exitfuncs()
        os._exit(0)

    async def _say_goodbye(self) -> None:
        """End the app's lifespan, if it has one, and what else is going on."""
        container: Any = self._app and self._app.container
        if getattr(container, "startup_task_done", False):  # of an AsgiFunctionApp
            with contextlib.suppress(Exception):
                await asyncio.wait_for(container.middleware.notify_shutdown(), _PATIENCE)
        tasks = asyncio.all_tasks() - {asyncio.current_task()}
        for task in tasks:
            task.cancel()
        if tasks:
            await asyncio.wait(tasks, timeout=_PATIENCE)

    def _run_until_stopped(self) -> bool:
        try:
            self._loop.run_forever()
        except (SystemExit, KeyboardInterrupt) as error:
            text = f"A task of the app raised {error!r}."
            self._log(Log(None, "error", "root", text, None, system=False, time=time()))
            return False
        return True

    def _lost(self, error: Exception | None) -> None:
        """The host is gone, and with it the reason to be here.

        What still runs while we are to stop has nobody left to answer to either: it may never end.
        """
        if not self._stopping or self._running:
            os._exit(0 if error is None else 1)

    def _log(self, log: Log) -> bool:
        if self._sender.broken:
            return False
        self._sender.send(log)
        return True

    # -- messages -----------------------------------------------------------------------------------------------------

    def receive(self, message: Message) -> None:
        """Do what the host says."""
        if isinstance(message, Invoke):
            self._invoke(message)
        elif isinstance(message, Load):
            task = self._loop.create_task(self._load(message))
            task.add_done_callback(lambda task: task.result())
        elif isinstance(message, Cancel):
            task_of = self._running.get(message.id)
            if task_of is not None:
                task_of.cancel()
        elif isinstance(message, Stop):
            self._stopping = True
            self._end_if_idle()

    async def _load(self, load: Load) -> None:
        """Import the app. In a task of the running loop, as on the platform, because apps look for either at import."""
        self._root = load.root
        gc.freeze()  # what has been imported stays: collections need not look at it
        gc.enable()  # off since __main__.py
        try:
            use_app_folder(load.root)
            self._app = load_app(load.root, load.entry)
            self._pool = ThreadPool(default_size())
            streaming = self._app.streaming
            uri = None if streaming is None else await streaming.start()
        except LoadError as error:
            self._sender.send(LoadFailed(error.error))
        except Exception as error:  # e.g. no such folder, or a web server that does not start
            self._sender.send(LoadFailed(make_error(error, load.root)))
        else:
            functions = [describe(function) for function in self._app.functions.values()]
            self._sender.send(Loaded(functions, self._app.problems, uri))
            gc.freeze()
        self._end_lines()

    def _invoke(self, invoke: Invoke) -> None:
        start = perf_counter()
        function = self._app and self._app.functions.get(invoke.function)
        if self._app is None or self._pool is None or function is None:
            error = RuntimeError(f"function {invoke.function} not loaded")
            self._sender.send(self._failed(invoke.id, error, start))
            return
        app = self._app
        if app.streaming is not None and function.http_parameter is not None:
            self._running[invoke.id] = self._loop.create_task(
                self._run_streamed(function, app, app.streaming, invoke, start)
            )
        elif function.is_async:
            self._running[invoke.id] = self._loop.create_task(self._run_task(function, app, invoke, start))
        else:
            self._running[invoke.id] = None
            self._pool.submit(lambda: Variables().run(self._run_thread, function, app, invoke, start))

    # -- invocations --------------------------------------------------------------------------------------------------

    async def _run_task(self, function: IndexedFunction, app: App, invoke: Invoke, start: float) -> None:
        invocation.set(invoke.id)
        thread_local_storage.invocation_id = None
        try:
            values = arguments(function, app.bindings, invoke)
            result = _done(invoke.id, answer(function, app.bindings, values, await function.call(**values)), start)
        except BaseException as error:  # whatever the app raises is its result
            result = self._failed(invoke.id, error, start, function)
        self._finish(result, self._sender.post, start)

    def _run_thread(self, function: IndexedFunction, app: App, invoke: Invoke, start: float) -> None:
        invocation.set(invoke.id)
        thread_local_storage.invocation_id = invoke.id
        try:
            values = arguments(function, app.bindings, invoke)
            result = _done(invoke.id, answer(function, app.bindings, values, function.call(**values)), start)
        except BaseException as error:  # whatever the app raises is its result
            result = self._failed(invoke.id, error, start, function)
        self._finish(result, self._sender.send, start)
        thread_local_storage.invocation_id = None

    async def _run_streamed(
        self, function: IndexedFunction, app: App, streaming: Streaming, invoke: Invoke, start: float
    ) -> None:
        assert function.http_parameter is not None
        invocation.set(invoke.id)
        try:
            values = arguments(function, app.bindings, invoke)
            params = values[function.http_parameter].route_params
            values[function.http_parameter] = await streaming.take(invoke.id, params)
            returned = await (function.call(**values) if function.is_async else self._in_thread(function, values))
            result = _done(invoke.id, answer(function._replace(returns=None), app.bindings, values, returned), start)
            streaming.give(invoke.id, returned)
        except BaseException as error:  # whatever the app raises is its result
            streaming.give(invoke.id, error)
            result = self._failed(invoke.id, error, start, function)
        self._finish(result, self._sender.post, start)

    async def _in_thread(self, function: IndexedFunction, values: dict[str, Any]) -> Any:
        assert self._pool is not None
        done = self._loop.create_future()

        def call() -> None:
            try:
                finish = partial(done.set_result, variables.run(function.call, **values))
            except StopIteration as error:  # a future refuses it, and would never be done
                finish = partial(done.set_exception, RuntimeError(f"function raised {error!r}"))
            except BaseException as error:  # whatever the app raises is its result
                finish = partial(done.set_exception, error)
            self._loop.call_soon_threadsafe(lambda: None if done.done() else finish())

        variables = copy_context()
        self._pool.submit(call)
        return await done

    def _finish(self, result: Result, send: Callable[[Message], None], start: float) -> None:
        self._end_lines()
        try:
            send(result)
        except (TypeError, ValueError, protocol.ProtocolError) as error:
            send(self._failed(result.id, error, start))
        self._running.pop(result.id, None)
        if self._stopping:
            self._loop.call_soon_threadsafe(self._end_if_idle)

    def _failed(
        self, invocation_id: str, error: BaseException, start: float, function: IndexedFunction | None = None
    ) -> Result:
        place = place_of(function.call) if function is not None else None
        return Result(invocation_id, False, None, {}, make_error(error, self._root, place), _ms(start))

    def _end_if_idle(self) -> None:
        if not self._running:
            self._loop.stop()


def _done(invocation_id: str, given: Answer, start: float) -> Result:
    return Result(invocation_id, True, given.returned, given.outputs, None, _ms(start))  # by position, it is hot


def _ms(start: float) -> float:
    return (perf_counter() - start) * 1000


class _Inbox(asyncio.Protocol):
    """What the host sends. The other direction does not go through the loop: see `Sender`."""

    def __init__(self, receive: Callable[[Message], None], lost: Callable[[Exception | None], None]) -> None:
        self._receive = receive
        self._lost = lost
        self._reader = protocol.FrameReader()

    def data_received(self, data: bytes) -> None:
        for header, payload in self._reader.feed(data):
            self._receive(protocol.decode(header, payload))

    def connection_lost(self, error: Exception | None) -> None:
        self._lost(error)
