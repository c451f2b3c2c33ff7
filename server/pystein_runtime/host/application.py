"""The app in its worker: loading, replacing and running it, with or without a host that listens."""

from __future__ import annotations

import asyncio
import json
from contextlib import suppress
from importlib import import_module
from typing import TYPE_CHECKING, NamedTuple

from pystein_runtime.host.connections import bus as bus_connections
from pystein_runtime.host.connections import cosmos as cosmos_connections
from pystein_runtime.host.connections import local_servers
from pystein_runtime.worker.messages import Datum, HttpResponse

from . import functions, host_config
from . import settings as app_settings
from .functions import FunctionSet
from .http import routes, streams
from .invocation import Invoker, invocation_id
from .local.bus_host import BusHost
from .local.cosmos_host import CosmosHost
from .services import Services
from .spawn import WorkerError, environment
from .worker_process import WorkerGoneError
from .workers import DRAIN_SECONDS, LoadError, Workers

if TYPE_CHECKING:
    import socket
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from pystein_runtime.cloud.store import Store
    from pystein_runtime.durable.task_hub import TaskHub
    from pystein_runtime.http.messages import Request, Response
    from pystein_runtime.worker.messages import Loaded, Log, Problem

    from .debugging import DebugPort
    from .functions import Function
    from .invocation import Outcome
    from .mcp_endpoint import McpEndpoint
    from .plan import Plan
    from .spawn import Spawned
    from .triggers import Event
    from .worker_process import Worker

DEFAULT_ENTRY = "function_app.py"


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
        self.left_out: Sequence[str] = ()
        """The functions that are not among those that shall run."""
        self.problems: Sequence[Problem] = ()
        self.http_uri: str | None = None
        """Where the app takes its HTTP requests itself."""
        self.workers = Workers(plan, worker_socket, observer, self)
        self._invoker = Invoker(self.workers.get, self.services, plan.config, observer.outcome)
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
    def documents_endpoint(self) -> str:
        """Where the local Cosmos DB listens; empty for an app that does not need it."""
        return self._cosmos_door.url

    @property
    def bus_endpoint(self) -> str:
        """Where the local Service Bus and Event Hubs listen; empty for an app that needs neither."""
        bound = self._door.socket
        return "" if bound is None else f"sb://127.0.0.1:{bound.getsockname()[1]}"

    @property
    def entry(self) -> str:
        """The app's entry file, relative to its folder."""
        return app_settings.get(self.settings, "PYTHON_SCRIPT_FILE_NAME") or DEFAULT_ENTRY

    # -- life ---------------------------------------------------------------------------------------------

    async def start(self, spawned: Spawned) -> None:
        """Take the first worker, which is booting already, and load the app.

        Raises:
            LoadError: the app cannot be loaded.
        """
        await self.workers.listen()
        await self._open_cloud()
        self._foresee_task_hub()
        worker, loaded = await self.workers.load(spawned, attended=True)
        await self._check_names(worker, loaded)
        self.adopt(worker, loaded)
        await self._open_cloud()
        self.workers.watch_time()

    async def reload(self) -> None:
        """Load the app afresh in a new worker. Invocations wait meanwhile; when it fails, the old worker serves on.

        Raises:
            LoadError: the new code or configuration cannot be loaded.
        """
        workers = self.workers
        workers.ready.clear()
        old, before = workers.current, (self.settings, self.config)
        try:
            self.settings = app_settings.read(self.plan.root)
            self.config = host_config.read(self.plan.root, self.settings)
            worker, loaded = await workers.load(workers.spawn())
        except (LoadError, asyncio.CancelledError):
            self.settings, self.config = before
            raise
        except (app_settings.SettingsError, host_config.HostConfigError, WorkerError) as error:
            self.settings, self.config = before
            raise LoadError(str(error)) from error
        else:
            has_ended = await workers.take_debugger_along(worker)
            self.adopt(worker, loaded)
            await self._open_cloud()
            if old is not None and not has_ended:
                workers.retire(old)
        finally:
            if workers.current is not None and not workers.current.lost.is_set():
                workers.ready.set()

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
        worker = self.workers.current
        return None if worker is None or worker.lost.is_set() else worker.process.pid

    def environment(self) -> dict[str, str]:
        """The variables of a new worker, by the settings of the moment."""
        plan, values = self.plan, self.settings.values
        variables = environment(values, plan.root, plan.address, plan.storage.connection_string)
        variables = bus_connections.environment(variables, values, self._door)
        variables = cosmos_connections.environment(variables, values, self._cosmos_door)
        return local_servers.environment(variables, values, plan.root)

    def adopt(self, worker: Worker, loaded: Loaded) -> None:
        """From now on this worker and its functions are the app.

        Raises:
            LoadError: the task hub's file cannot be used.
        """
        self.services.update(self.settings)
        is_debugged = self.workers.debugger is not None  # then a breakpoint may take its time
        self._invoker.config = self.config._replace(timeout=None) if is_debugged else self.config
        self.functions = functions.build(loaded.functions, self.settings, self.config, self.plan.only)
        self.left_out = functions.left_out(loaded.functions, self.config, self.plan.only)
        self.routes, errors = routes.build(self.functions.functions.values(), self.config.route_prefix)
        self.functions = self.functions.without([functions.FunctionError(*error) for error in errors])
        self.problems = loaded.problems
        self.http_uri = loaded.http_uri
        self._update_task_hub()
        self._update_mcp()
        self.workers.use(worker)

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

    async def stop(self, seconds: float = DRAIN_SECONDS) -> None:
        """Let running functions finish for some time, then end the workers."""
        if self.task_hub is not None:
            await self.task_hub.stop(seconds)
        await self.workers.stop(seconds)
        await self._bus.close()
        await self._cosmos.close()
        await self.services.close()
        await self.workers.close()

    # -- functions ----------------------------------------------------------------------------------------

    async def run(self, function: Function, event: Event) -> Outcome:
        """Run a function; what it sets is written to its services."""
        if self.task_hub is not None and function.trigger_type in functions.HUB_TRIGGERS:
            return await self.task_hub.run_by_hand(function, json.loads(event.datum.value))
        return await self._invoker.run(function, event)

    def run_at_once(self, function: Function, event: Event, done: Callable[[Outcome], None]) -> bool:
        """Run a function that has nothing but its trigger and its answer, and call back; False: not now, use `run`."""
        worker = self.workers.current
        if worker is None or not self.workers.ready.is_set():
            return False
        try:
            self._invoker.run_at_once(worker, function, event, done)
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
        for left_out in self.left_out:
            if left_out.lower() == name.lower():
                why = "--functions" if self.plan.only is not None else '"functions" in host.json'
                return f"The function '{left_out}' is left out by {why}; those that run: {names}."
        return f"{_no_function([name], self.plan.root)}; its functions: {names}."

    def report(self, message: str) -> None:
        """Tell the user what a listener has met."""
        self.observer.report("warning", message)

    def log(self, record: Log) -> None:
        """A record of the app."""
        self._invoker.log(record)
        self.observer.log(record, self._invoker.function_of(record.id) if record.id else None)


def _no_function(names: Sequence[str], root: Path) -> str:
    quoted = ", ".join(f"'{name}'" for name in names)
    return f"There is no function {quoted} in {root}"


def _host_id(root: Path) -> str:
    """Names the app in storage: at most 32 lower-case letters, digits and dashes, as the platform's host id has."""
    name = "".join(character if character.isascii() and character.isalnum() else "-" for character in root.name.lower())
    return "-".join(part for part in name.split("-") if part)[:32].strip("-") or "app"
