"""Starting a host or running a function once, from the command line's point of view.

The order matters: everything that can be refused is refused first, then the worker is started, and only while it boots
are asyncio and the rest of the host imported.
"""

from __future__ import annotations

import gc
import os
import sys
from typing import IO, TYPE_CHECKING, NamedTuple

from pystein_runtime.host.connections import bus as bus_connections
from pystein_runtime.host.connections import cosmos as cosmos_connections
from pystein_runtime.host.connections import emulators, local_servers
from pystein_runtime.http import sockets

from . import host_config, interpreter, running
from . import settings as app_settings
from .plan import Booted, Plan
from .spawn import WorkerError, environment, spawn

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from .debugging import Debugging
    from .keys import Keys

DEFAULT_PORT = 7071
ENTRY = "function_app.py"


class LaunchError(Exception):
    """What was asked for cannot be done; the text is a whole sentence for the user."""


def find_app(place: Path, *, upwards: bool) -> Path:
    """The folder of the app at a place: a folder, its entry file, or, with `upwards`, a folder within it.

    Raises:
        LaunchError: there is none.
    """
    place = place.expanduser().absolute()
    folder = place.parent if place.is_file() else place
    if not folder.is_dir():
        raise LaunchError(f"There is no folder {place}.")
    for candidate in (folder, *folder.parents) if upwards else (folder,):
        if (candidate / ENTRY).is_file() or (candidate / host_config.FILE).is_file():
            return candidate.resolve()
    raise LaunchError(f"There is no function app in {folder}: neither {ENTRY} nor {host_config.FILE} is there.")


def prepare(root: Path, python: str | None, extra: Mapping[str, str] | None = None) -> Plan:
    """Read what the app needs before its code; `extra` are settings that go before all others.

    Raises:
        LaunchError: settings, host.json, the entry file or the interpreter cannot be used.
    """
    try:
        settings = app_settings.read(root)
        if extra:
            settings = app_settings.override(settings, extra)
        config = host_config.read(root, settings)
        chosen = interpreter.choose(root, python)
    except (app_settings.SettingsError, host_config.HostConfigError, interpreter.InterpreterError) as error:
        raise LaunchError(str(error)) from error
    entry = app_settings.get(settings, "PYTHON_SCRIPT_FILE_NAME") or ENTRY
    if not (root / entry).is_file():
        raise LaunchError(f"There is no {entry} in {root}, which is where the platform looks for the functions.")
    return Plan(root, settings, config, chosen)


def boot(plan: Plan) -> tuple[Plan, Booted]:
    """Start the worker and open the local cloud; gives the plan with the cloud's ports.

    Raises:
        LaunchError: the worker cannot be started, or the store not be opened.
    """
    bound = sockets.bind("127.0.0.1", 0)
    endpoints, storage = emulators.open_storage(plan.settings.values)
    plan = plan._replace(storage=endpoints)
    door = bus_connections.Door()
    cosmos = cosmos_connections.Door()
    plan = plan._replace(bus=door, cosmos=cosmos)
    variables = environment(plan.settings.values, plan.root, plan.address, plan.storage.connection_string)
    variables = bus_connections.environment(variables, plan.settings.values, door)
    variables = cosmos_connections.environment(variables, plan.settings.values, cosmos)
    variables = local_servers.environment(variables, plan.settings.values, plan.root)
    debugpy = None if plan.debugging is None else plan.debugging.source
    try:
        spawned = spawn(plan.interpreter, bound.getsockname()[:2], plan.root, variables, debugpy)
    except WorkerError as error:
        raise LaunchError(str(error)) from error
    from pystein_runtime.cloud.store import Store, StoreError, path_for  # noqa: PLC0415 - while the worker boots

    try:
        store = Store(path_for(plan.root))
    except StoreError as error:
        spawned.process.kill()
        raise LaunchError(str(error)) from error
    if store.aside is not None:
        text = (
            f"{store.path} was made by another version of this program; it is {store.aside} now, and a new one begins."
        )
        sys.stderr.write(f"{text}\n")  # whoever starts an app has no console yet
    return plan, Booted(spawned, bound, storage, store)


class DebugOptions(NamedTuple):
    """How a debugger is let in."""

    port: int | None = None
    """On loopback; 0: a free one; None: debugpy's usual one, or a free one."""
    debugpy: str | None = None
    """The folder that holds the package; None: the app's environment, or our own."""


class StartOptions(NamedTuple):
    """What `start` was asked for."""

    port: int | None = None
    functions: Sequence[str] | None = None
    enable_auth: bool = False
    reload: bool = True
    stay: bool = False
    """Whether to wait for an edit when the app cannot be loaded."""
    as_json: bool = False
    python: str | None = None
    debug: DebugOptions | None = None


def start(root: Path, options: StartOptions, output: IO[str]) -> int:
    """Run a host until it is stopped; gives the exit status.

    Raises:
        LaunchError: it cannot be started.
    """
    plan = prepare(root, options.python)
    lock = running.Lock(root)
    try:
        if not lock.acquire():
            return _running_already(root, options, output)
    except OSError as error:
        raise LaunchError(f"{root} cannot be written to: {error.strerror}.") from error
    try:
        return _serve(plan, options, output)
    finally:
        lock.release()


def _running_already(root: Path, options: StartOptions, output: IO[str]) -> int:
    host = running.wait_for(root, 10.0)
    if host is None:
        raise LaunchError("Another process runs a host of this app and does not answer.")
    from .console import Console  # noqa: PLC0415 - seldom needed

    _check_functions(host, options.functions or ())
    console = Console(output, as_json=options.as_json)
    console.event("already-running", url=host.url, pid=host.pid)
    console.write(f"The host of this app already runs at {host.url} (process {host.pid}).")
    if ignored := _ignored(host, options):
        console.note("warning", f"It keeps the options it was started with; these do not apply: {', '.join(ignored)}.")
    if options.debug is not None:
        try:
            port = running.debug(host, *options.debug)
        except running.DebugRefusedError as error:
            raise LaunchError(str(error)) from error
        console.event("debugger", state="waiting", host=port["host"], port=port["port"])
        console.write(f"Waiting for a debugger to attach to {port['host']}:{port['port']}")
    return 0


def _check_functions(host: running.RunningHost, names: Sequence[str]) -> None:
    """Raises LaunchError: the host that runs does not run one of these functions."""
    known = running.request(host, "/admin/functions", None) if names and host.serves else None
    if not isinstance(known, list):
        return
    there = [str(function["name"]) for function in known]
    for name in names:
        if name.lower() not in map(str.lower, there):
            raise LaunchError(
                f"The host at {host.url}, which runs this app already, has no function '{name}'; its functions:"
                f" {', '.join(there) or 'none'}."
            )


def _ignored(host: running.RunningHost, options: StartOptions) -> list[str]:
    """The options that mean nothing to a host that runs already."""
    other_port = options.port and not host.url.endswith(f":{options.port}")
    given = {
        "--port": other_port, "--functions": options.functions, "--enable-auth": options.enable_auth,
        "--no-reload": not options.reload, "--python": options.python,
    }  # fmt: skip
    return [name for name, value in given.items() if value]


def _serve(plan: Plan, options: StartOptions, output: IO[str]) -> int:
    port = options.port if options.port is not None else plan.settings.port
    port = DEFAULT_PORT if port is None else port
    try:
        http = sockets.bind_both(port)
    except (OSError, OverflowError) as error:
        raise LaunchError(f"Port {port} cannot be used ({_why(error)}): choose another one with --port.") from error
    port = http[0].getsockname()[1]
    plan = plan._replace(address=f"localhost:{port}", only=options.functions, debugging=debugging(options.debug))
    plan, booted = boot(plan)

    import asyncio  # noqa: PLC0415 - while the worker boots

    from .app_host import AppHost, Options, Sockets  # noqa: PLC0415 - the same
    from .console import Console  # noqa: PLC0415

    console = Console(output, as_json=options.as_json)
    gc.set_threshold(20_000, 20, 50)  # invocations are remembered for a while and make no cycles: 5 % of their time

    async def main() -> int:
        try:
            behaviour = Options(options.reload, options.stay, _keys(plan.root) if options.enable_auth else None)
            host = AppHost(plan, booted.store, Sockets(http, booted.worker, booted.storage), console, behaviour)
            description = running.RunningHost(host.instance, os.getpid(), f"http://127.0.0.1:{port}")
            running.write(plan.root, description)
        except OSError as error:
            raise LaunchError(f"{plan.root} cannot be written to: {error.strerror}.") from error
        try:
            return await host.run(booted.spawned)
        finally:
            running.remove(plan.root, description)

    try:
        return asyncio.run(main())
    finally:
        if booted.spawned.process.poll() is None:
            booted.spawned.process.kill()
        booted.store.close()


def _keys(root: Path) -> Keys:
    from .keys import Keys  # noqa: PLC0415 - only with --enable-auth

    return Keys(root)


def debugging(wanted: DebugOptions | None) -> Debugging | None:
    """The port for debuggers and where debugpy is, if that is wanted.

    Raises:
        LaunchError: the port is taken, or there is no debugpy in the folder.
    """
    if wanted is None:
        return None
    from .debugging import DebugError, prepare_port  # noqa: PLC0415 - seldom needed

    try:
        return prepare_port(*wanted)
    except DebugError as error:
        raise LaunchError(str(error)) from error


def _why(error: Exception) -> str:
    return (error.strerror or str(error)) if isinstance(error, OSError) else str(error)
