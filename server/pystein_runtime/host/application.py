"""The app in its worker: loading, replacing and running it, with or without a host that listens."""

from __future__ import annotations

import asyncio
import json
import time
from contextlib import suppress
from importlib import import_module
from typing import TYPE_CHECKING, Any, NamedTuple

from pystein_runtime.worker.messages import Datum, Error, HttpResponse, Load, Loaded, Log

from . import bus_connections, cosmos_connections, functions, host_config, local_servers
from . import settings as app_settings
from .functions import FunctionSet
from .http import routes, streams
from .interpreter import missing_library
from .invocation import Invoker, invocation_id
from .local.bus_host import BusHost
from .local.cosmos_host import CosmosHost
from .services import Services
from .spawn import WorkerError, environment, spawn
from .worker_process import STOP_SECONDS, Worker, WorkerGoneError, WorkerListener

if TYPE_CHECKING:
    import socket
    from collections.abc import Callable, Coroutine, Sequence
    from pathlib import Path

    from pystein_runtime.cloud.store import Store
    from pystein_runtime.durable.task_hub import TaskHub
    from pystein_runtime.http.messages import Request, Response
    from pystein_runtime.worker.messages import LoadFailed, Problem

    from .debugging import Debugging, DebugPort
    from .functions import Function
    from .invocation import Outcome
    from .mcp_endpoint import McpEndpoint
    from .plan import Plan
    from .settings import Settings
    from .spawn import Spawned
    from .triggers import Event

DRAIN_SECONDS = 10.0  # for running functions of a worker that is replaced or stopped
CRASH_SECONDS = 10.0  # a worker that ends within this time after its start is started again only after a pause
CRASH_PAUSES = (0.0, 0.0, 1.0, 2.0, 5.0, 10.0, 30.0)
RETURN_SECONDS = 5.0  # for a debugger to come back to the code that a reload has brought
DEFAULT_ENTRY = "function_app.py"


class LoadError(Exception):
    """The app cannot be loaded, and why; the text is for the user."""

    def __init__(self, message: str, error: Error | None = None, *, unusable: bool = False) -> None:
        super().__init__(message)
        self.error = error
        self.unusable = unusable
        """Whether it is not the app's fault, but that of what was asked for."""


class Observer(NamedTuple):
    """Who hears what happens in an app."""

    log: Callable[[Log, str | None], None]
    """A record of the app, and the function that it belongs to."""
    outcome: Callable[[Outcome], None]
    report: Callable[[str, str], None]
    """Something that the host has to say: its level and its text."""
    debugger: Callable[[str, DebugPort], None] = lambda *_: None
    """A debugger is waited for, has come, or has gone: "waiting", "attached", "detached"."""


class Application:
    """An app with its worker. `start` comes first."""

    def __init__(
        self,
        plan: Plan,
        store: Store,
        worker_socket: socket.socket,
        observer: Observer,
        instance: str,
    ) -> None:
        self.plan = plan
        self.settings = plan.settings
        self.config = plan.config
        self.observer = observer
        self.id = _host_id(plan.root)
        self.services = Services(plan.settings, store, plan.storage, instance)
        self.functions = FunctionSet({})
        self.routes = routes.Routes([])
        self.problems: Sequence[Problem] = ()
        self.library: str | None = None
        self.http_uri: str | None = None
        """Where the app takes its HTTP requests itself."""
        self._worker_address: tuple[str, int] = worker_socket.getsockname()[:2]
        self._listener = WorkerListener(worker_socket)
        self._invoker = Invoker(self.worker, self.services, plan.config, observer.outcome)
        self.debugger: DebugPort | None = None
        self._worker: Worker | None = None
        self._ready = asyncio.Event()
        self._stopping = False
        self._tasks: set[asyncio.Task[None]] = set()
        self._crashes = 0
        self._door = plan.bus or bus_connections.Door()
        self._bus = BusHost(store, self._door, self.report)
        self._cosmos_door = plan.cosmos or cosmos_connections.Door()
        self._cosmos = CosmosHost(store, self._cosmos_door, self.report)
        self.mcp: McpEndpoint | None = None
        """What MCP clients reach, from the first time on that the app has functions for them."""
        self.system_key: Callable[[str], str] | None = None
        """Gives the key of an extension's webhooks; None: they want none."""

    @property
    def task_hub(self) -> TaskHub | None:
        """The task hub, from the first time on that the app has durable functions."""
        return self.services.task_hub

    @property
    def entry(self) -> str:
        """The app's entry file, relative to its folder."""
        return app_settings.get(self.settings, "PYTHON_SCRIPT_FILE_NAME") or DEFAULT_ENTRY

    # -- the worker ---------------------------------------------------------------------------------------

    async def start(self, spawned: Spawned) -> None:
        """Take the first worker, which is booting already, and load the app.

        Raises:
            LoadError: the app cannot be loaded.
        """
        await self._listener.listen()
        await self._open_cloud()
        if self.plan.debugging is not None:
            await self.debug(self.plan.debugging)
        self._foresee_task_hub()
        worker, loaded = await self._load(spawned, attended=True)
        await self._check_names(worker, loaded)
        self._use(worker, loaded)
        await self._open_cloud()
        self._later(self._watch_time())

    async def reload(self) -> None:
        """Load the app afresh in a new worker. Invocations wait meanwhile; when it fails, the old worker serves on.

        Raises:
            LoadError: the new code or configuration cannot be loaded.
        """
        self._ready.clear()
        old = self._worker
        try:
            settings = app_settings.read(self.plan.root)
            config = host_config.read(self.plan.root, settings)
            worker, loaded = await self._load(self.spawn(settings))
        except (app_settings.SettingsError, host_config.HostConfigError, WorkerError) as error:
            raise LoadError(str(error)) from error
        else:
            self.settings, self.config = settings, config
            if old is not None and self.debugger is not None and self.debugger.is_attached:
                await self._take_debugger_along(old, worker, self.debugger)
                old = None
            self._use(worker, loaded)
            await self._open_cloud()
            if old is not None:
                self._later(self._retire(old))
        finally:
            if self._worker is not None and not self._worker.lost.is_set():
                self._ready.set()

    async def _check_names(self, worker: Worker, loaded: Loaded) -> None:
        """Raises LoadError: a function that was asked for by name is not there; nobody wants a host without it."""
        known = [function.name for function in loaded.functions]
        there = {name.lower() for name in known}
        missing = [name for name in self.plan.only or () if name.lower() not in there]
        if missing:
            await worker.stop(0.0)
            names = ", ".join(known) or "none"
            raise LoadError(f"{_no_function(missing, self.plan.root)}; its functions: {names}.", unusable=True)

    async def _open_cloud(self) -> None:
        """What of the local cloud listens only where an app needs it, with what the functions name."""
        known = self.functions.functions.values()
        await self._bus.open(known, self.settings)
        await self._cosmos.open(known, self.settings)

    @property
    def worker_process(self) -> int | None:
        """The id of the process that runs the app's code."""
        return None if self._worker is None or self._worker.lost.is_set() else self._worker.process.pid

    @property
    def is_ready(self) -> bool:
        """Whether functions can be run at once."""
        return self._ready.is_set()

    async def ready(self) -> None:
        """Wait while the app is being loaded."""
        await self._ready.wait()

    def spawn(self, settings: Settings) -> Spawned:
        """Start a worker process with these settings.

        Raises:
            WorkerError: it cannot be started.
        """
        plan = self.plan
        variables = environment(settings.values, plan.root, plan.address, plan.storage.connection_string)
        variables = bus_connections.environment(variables, settings.values, self._door)
        variables = cosmos_connections.environment(variables, settings.values, self._cosmos_door)
        variables = local_servers.environment(variables, settings.values, plan.root)
        debugpy = None if self.debugger is None else self.debugger.source
        return spawn(plan.interpreter, self._worker_address, plan.root, variables, debugpy)

    async def worker(self) -> Worker:
        """The worker that takes new work; waits while there is none.

        Raises:
            WorkerGoneError: the app cannot be loaded, or the host is stopping.
        """
        if not self._ready.is_set():
            await self._ready.wait()
        if self._worker is None or self._worker.lost.is_set():
            raise WorkerGoneError("there is no worker")
        return self._worker

    async def debug(self, debugging: Debugging) -> DebugPort:
        """Let debuggers in, with the next worker that is started."""
        if self.debugger is None:
            from .debugging import DebugPort  # noqa: PLC0415 - seldom needed

            self.debugger = DebugPort(debugging, self.observer.debugger)
            await self.debugger.listen()
        return self.debugger

    async def _load(self, spawned: Spawned, *, attended: bool = False) -> tuple[Worker, Loaded]:
        """Load the app; `attended` is not before a debugger has come, where one is to come."""
        worker = Worker(spawned, self._log, self._output)
        self._listener.expect(worker)
        try:
            hello = await worker.greet()
            if attended and self.debugger is not None and hello.debugger is not None:
                self.debugger.aim(hello.debugger)
                await self.debugger.wait()
            load = hello.library and not hello.problem
            answer = await worker.load(Load(str(self.plan.root), self.entry)) if load else None
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
            raise LoadError(missing_library(self.plan.interpreter, f"Python {hello.python}"))
        raise LoadError(_load_failure(answer), answer.error)

    def _use(self, worker: Worker, loaded: Loaded) -> None:
        """From now on this worker and its functions are the app."""
        self.services.update(self.settings)
        self._invoker.config = self.config
        if self.debugger is not None and worker.hello is not None:
            self.debugger.aim(worker.hello.debugger)
            self._invoker.config = self.config._replace(timeout=None)  # a breakpoint may take its time
        self.functions = functions.build(loaded.functions, self.settings, self.config, self.plan.only)
        self.routes, errors = routes.build(self.functions.functions.values(), self.config.route_prefix)
        self.functions = self.functions.without([functions.FunctionError(*error) for error in errors])
        self.problems = loaded.problems
        self.http_uri = loaded.http_uri
        self._update_task_hub()
        self._update_mcp()
        self._worker = worker
        self._ready.set()
        self._later(self._guard(worker))

    def _foresee_task_hub(self) -> None:
        """Import what durable functions need while the worker starts, where the entry file looks as if it had some."""
        with suppress(OSError):
            if b"durable_functions" in (self.plan.root / self.entry).read_bytes():
                import_module("pystein_runtime.durable.task_hub")

    def _update_task_hub(self) -> None:
        """Raises LoadError: the task hub's file cannot be used."""
        known = list(self.functions.functions.values())
        if self.services.task_hub is None:
            if not any(map(functions.is_durable, known)):
                return
            from pystein_runtime.durable.store import TaskHubError  # noqa: PLC0415 - of durable apps only
            from pystein_runtime.durable.task_hub import Address, TaskHub  # noqa: PLC0415

            try:
                address = Address(self.plan.address, self._durable_key)
                self.services.task_hub = TaskHub(self.plan.state or self.plan.root, self, address)
            except TaskHubError as error:
                raise LoadError(str(error)) from error
        self.services.task_hub.update(known)

    def _update_mcp(self) -> None:
        known = self.functions.functions
        if self.mcp is None:
            if not any(function.trigger_type.startswith("mcp") for function in known.values()):
                return
            from .mcp_endpoint import McpEndpoint  # noqa: PLC0415 - of apps with MCP functions only

            self.mcp = McpEndpoint(self)
        self.functions = self.functions.without(self.mcp.update(known.values()))

    def _durable_key(self) -> str:
        return "" if self.system_key is None else self.system_key("durabletask_extension")

    async def _guard(self, worker: Worker) -> None:
        """When the worker ends by itself, say so and start another."""
        started = time.monotonic()
        await worker.lost.wait()
        if self._stopping or self._worker is not worker:
            return
        self._ready.clear()
        if self.debugger is not None:
            self.debugger.aim(None)
        await worker.stop(0.1)
        self.observer.report("error", f"The worker ended unexpectedly: {worker.epitaph}. It is started again.")
        self._crashes = self._crashes + 1 if time.monotonic() - started < CRASH_SECONDS else 0
        while self._worker is worker:  # `stop` takes it away
            await asyncio.sleep(CRASH_PAUSES[min(self._crashes, len(CRASH_PAUSES) - 1)])
            try:
                self._use(*await self._load(self.spawn(self.settings)))
            except (LoadError, WorkerError) as error:
                self._crashes += 1
                self.observer.report("error", str(error))

    async def _take_debugger_along(self, old: Worker, new: Worker, debugger: DebugPort) -> None:
        """End the old worker when nothing is stopped in it any more; its client hears that, and may come to the new one."""
        self._worker = new
        debugger.aim(None)
        await old.drain(None)
        await old.stop()
        debugger.aim(new.hello and new.hello.debugger)
        await debugger.wait(RETURN_SECONDS)

    async def _retire(self, worker: Worker) -> None:
        await worker.drain(DRAIN_SECONDS)
        await worker.stop()

    async def _watch_time(self) -> None:
        """Give up functions that run too long, and replace their worker: a thread cannot be stopped otherwise."""
        while True:
            await asyncio.sleep(0.25)
            worker = self._worker
            if worker is None or not worker.expire() or self._stopping:
                continue
            self.observer.report("warning", "A function ran into functionTimeout; its worker is replaced.")
            self._ready.clear()
            try:
                self._use(*await self._load(self.spawn(self.settings)))
            except (LoadError, WorkerError) as error:
                self.observer.report("error", str(error))
                self._ready.set()
            else:
                self._later(self._retire(worker))

    def _later(self, work: Coroutine[Any, Any, None]) -> None:
        task = asyncio.get_running_loop().create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def stop(self, seconds: float = DRAIN_SECONDS) -> None:
        """Let running functions finish for some time, then end the workers."""
        self._stopping = True
        if self.task_hub is not None:
            await self.task_hub.stop(seconds)
        worker, self._worker = self._worker, None
        if worker is not None:
            await worker.drain(seconds)
            await worker.stop(STOP_SECONDS if not worker.busy else 0.0)
        self._ready.set()
        await self._bus.close()
        await self._cosmos.close()
        await self.services.close()
        self._listener.close()
        if self.debugger is not None:
            await self.debugger.close()
        for task in list(self._tasks):
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    # -- functions ----------------------------------------------------------------------------------------

    async def run(self, function: Function, event: Event) -> Outcome:
        """Run a function; what it sets is written to its services."""
        if self.task_hub is not None and function.trigger_type in functions.HUB_TRIGGERS:
            return await self.task_hub.run_by_hand(function, json.loads(event.datum.value))
        return await self._invoker.run(function, event)

    def run_at_once(self, function: Function, event: Event, done: Callable[[Outcome], None]) -> bool:
        """Run a function that has nothing but its trigger and its answer, and call back; False: not now, use `run`."""
        if self._worker is None or not self._ready.is_set():
            return False
        try:
            self._invoker.run_at_once(self._worker, function, event, done)
        except WorkerGoneError:
            return False
        return True

    async def run_silently(self, function: Function, event: Event) -> Outcome:
        """Run a function without telling anybody: who runs it says what became of it, with `show`."""
        return await self._invoker.run(function, event, silent=True)

    def show(self, outcome: Outcome) -> None:
        """Tell what became of an invocation."""
        self.observer.outcome(outcome)

    async def stream(self, function: Function, request: Request, event: Event) -> Response:
        """Run an HTTP function of an app that takes its requests itself; the answer may be a stream."""
        return (await self._stream(function, request, event, local_only=False))[0]

    async def _stream(
        self, function: Function, request: Request, event: Event, *, local_only: bool
    ) -> tuple[Response, asyncio.Task[Outcome]]:
        assert self.http_uri is not None
        id_ = invocation_id()
        run = self._invoker.run(function, event._replace(id=id_), local_only=local_only)
        invocation = asyncio.get_running_loop().create_task(run)
        return await streams.answer(self.http_uri, request, id_, invocation), invocation

    async def run_by_hand(self, function: Function, event: Event, *, send: bool) -> Outcome:
        """Run a function for somebody who looks at the outcome; real services are written to only with `send`."""
        if self.http_uri is not None and function.trigger_type == "httptrigger":
            response, invocation = await self._stream(function, streams.request_of(event), event, local_only=not send)
            answer = await streams.collect(response)
            headers, body = dict(answer.headers), Datum("bytes", answer.body)
            outcome = await invocation
            return outcome._replace(return_value=Datum("http", HttpResponse(str(answer.status), headers, [], body)))
        if self.task_hub is not None and function.trigger_type in functions.HUB_TRIGGERS:
            return await self.task_hub.run_by_hand(function, json.loads(event.datum.value))
        return await self._invoker.run(function, event, local_only=not send)

    def unknown(self, name: str) -> str:
        """What to tell somebody who asks for a function that is not there."""
        for error in self.functions.errors:
            if error.function.lower() == name.lower():
                return f"The '{error.function}' function is in error: {error.message}"
        names = ", ".join(self.functions.functions) or "none"
        return f"{_no_function([name], self.plan.root)}; its functions: {names}."

    def report(self, message: str) -> None:
        """Tell the user what a listener has met."""
        self.observer.report("warning", message)

    def _log(self, record: Log) -> None:
        self._invoker.log(record)
        self.observer.log(record, self._invoker.function_of(record.id) if record.id else None)

    def _output(self, line: str) -> None:
        if line.strip():
            self.observer.log(Log(None, "information", "worker", line, None, False, time.time()), None)


def _load_failure(answer: LoadFailed) -> str:
    error = answer.error
    text = error.traceback.rstrip() or f"{error.type}: {error.message}"
    # The platform's message may say more than the exception itself; Python's of a syntax error says it all again.
    is_said = error.message in text or error.type in {"SyntaxError", "IndentationError", "TabError"}
    return text if is_said else f"{text}\n{error.message}"


def _no_function(names: Sequence[str], root: Path) -> str:
    quoted = ", ".join(f"'{name}'" for name in names)
    return f"There is no function {quoted} in {root}"


def _host_id(root: Path) -> str:
    """Names the app in storage: at most 32 lower-case letters, digits and dashes, as the platform's host id has."""
    name = "".join(character if character.isascii() and character.isalnum() else "-" for character in root.name.lower())
    return "-".join(part for part in name.split("-") if part)[:32].strip("-") or "app"
