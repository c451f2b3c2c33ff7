"""For the language server and other programs: find, start and stop an app's host, and run one of its functions.

Nothing of the host is loaded into the caller: without a running host, the command line does the work in a process of
its own.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import pystein_lsp
from pystein_runtime.cloud.folder import FOLDER, prepare_folder
from pystein_runtime.host import running
from pystein_runtime.host.running import RunningHost

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["ClientError", "Request", "RunningHost", "debug", "find_host", "invoke", "invoke_async", "start", "stop"]

START_SECONDS = 60.0
LOG = "host.log"
_PROGRAM = (sys.executable, str(Path(pystein_lsp.__file__).with_name("__main__.py")))
"""Ourselves, by path: that works where the package is not installed, and takes no module from the working directory."""
_started: list[subprocess.Popen[bytes]] = []
"""Hosts of this process: asked now and then whether they have ended, so that no zombies stay."""


class ClientError(Exception):
    """What was asked for cannot be done; the text is a whole sentence for the user."""


class Request(NamedTuple):
    """What to run, and with what."""

    function: str
    data: Any = None
    """None: the remembered event, or a sample; text: as it is; anything else: as JSON."""
    method: str | None = None
    route: Mapping[str, str] = {}
    query: Mapping[str, str] = {}
    headers: Mapping[str, str] = {}
    send: bool = False
    """Whether outputs are written to real services too."""
    remember: bool = False
    """Whether to use this again when nothing is said the next time."""
    debug: bool = False
    """Whether to wait until a debugger is attached; only a running host does."""
    python: str | None = None
    """The app's interpreter, when no host runs; None: as the command line chooses."""


def find_host(root: str | Path) -> RunningHost | None:
    """The running host of the app in a folder, asked whether it is there; None when there is none."""
    _started[:] = [process for process in _started if process.poll() is None]
    return running.find(Path(root))


def invoke(root: str | Path, request: Request, timeout: float | None = None) -> dict[str, Any]:
    """Run a function once, by the app's host or without; gives what `invoke` prints as JSON.

    Raises:
        ClientError: it cannot be run with what was given.
    """
    host = find_host(root)
    if host is not None:
        return _checked(running.request(host, "/admin/pystein/invoke", _body(request), timeout), host.url)
    try:
        done = subprocess.run(  # noqa: S603 - ourselves
            _command(root, request), input=_data(request) or "", capture_output=True, text=True, encoding="utf-8",
            timeout=timeout, check=False,
        )  # fmt: skip
    except subprocess.TimeoutExpired as error:
        raise ClientError(f"{request.function} did not end within {timeout:g} seconds.") from error
    return _parsed(done.stdout, done.stderr)


async def invoke_async(root: str | Path, request: Request) -> dict[str, Any]:
    """The same for an event loop; cancelling it ends the process that runs the function.

    Raises:
        ClientError: it cannot be run with what was given.
    """
    host = await asyncio.to_thread(find_host, root)
    if host is not None:
        answer = await asyncio.to_thread(running.request, host, "/admin/pystein/invoke", _body(request))
        return _checked(answer, host.url)
    process = await asyncio.create_subprocess_exec(
        *_command(root, request),
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )
    try:
        out, err = await process.communicate((_data(request) or "").encode())
    finally:
        if process.returncode is None:
            with contextlib.suppress(ProcessLookupError):
                process.kill()
            await process.wait()
    return _parsed(out.decode("utf-8", "replace"), err.decode("utf-8", "replace"))


def start(root: str | Path, *options: str, python: str | None = None) -> RunningHost:
    """Start a host that outlives the caller, or find the one that runs; returns once it serves or waits for a debugger.

    What it says, one JSON object per line, goes to `.pystein/host.log`.

    Raises:
        ClientError: it ended instead, or took too long; the text is what it said.
    """
    known = find_host(root)
    if known is not None:
        return known
    command = [*_PROGRAM, "start", str(root), "--json", *options]
    command += ["--python", python] if python else []
    try:
        prepare_folder(Path(root) / FOLDER)
        log = (Path(root) / FOLDER / LOG).open("w+", encoding="utf-8", errors="replace")
    except OSError as error:
        raise ClientError(f"{root} cannot be written to: {error.strerror}.") from error
    with log:
        process = subprocess.Popen(  # noqa: S603 - ourselves
            command, stdin=subprocess.DEVNULL, stdout=log, stderr=subprocess.STDOUT,
            start_new_session=sys.platform != "win32",
            creationflags=getattr(subprocess, "CREATE_NEW_PROCESS_GROUP", 0),
        )  # fmt: skip
        _started.append(process)
        end = time.monotonic() + START_SECONDS
        while process.poll() is None and time.monotonic() < end:
            host = running.find(Path(root))
            if host is not None and (host.serves or host.debug_port is not None):
                return host
            time.sleep(0.02)
        log.seek(0)
        said = [_event(line).get("message", line).rstrip() for line in log]
    raise ClientError("\n".join(said) or "The host did not say why it does not serve.")


def debug(root: str | Path, *options: str, python: str | None = None, debugpy: str | None = None) -> RunningHost:
    """The same with the app under a debugger, which connects to 127.0.0.1 and the host's `debug_port`.

    A host that is started waits for the debugger before it loads the app; one that runs loads it afresh, and goes on
    meanwhile.

    Args:
        root: the app's folder.
        options: for `start`, where no host runs.
        python: the app's interpreter, where no host runs; None: as the command line chooses.
        debugpy: the folder that holds the package `debugpy`; None: the app's environment, or our own.

    Raises:
        ClientError: the app cannot be run, or not be debugged.
    """
    known = find_host(root)
    if known is None:
        places = ("--debugpy", debugpy) if debugpy else ()
        return start(root, "--debug", "0", *places, *options, python=python)
    try:
        return known._replace(debug_port=running.debug(known, 0, debugpy)["port"])
    except running.DebugRefusedError as error:
        raise ClientError(str(error)) from error


def stop(root: str | Path) -> bool:
    """Let the app's host end in order; False when none runs, or it does not accept that."""
    host = find_host(root)
    return host is not None and running.stop(host)


def _event(line: str) -> dict[str, Any]:
    try:
        value = json.loads(line)
    except ValueError:
        return {}
    return value if isinstance(value, dict) else {}


def _data(request: Request) -> str | None:
    data = request.data
    return data if data is None or isinstance(data, str) else json.dumps(data, ensure_ascii=False)


def _body(request: Request) -> dict[str, Any]:
    return {**request._asdict(), "data": _data(request)}


def _command(root: str | Path, request: Request) -> list[str]:
    command = [*_PROGRAM, "invoke", request.function, "--app", str(root)]
    command += ["--output-format", "json"]
    command += ["--data", "-"] if request.data is not None else []
    command += ["--method", request.method] if request.method else []
    command += [part for name, value in request.route.items() for part in ("--route", f"{name}={value}")]
    command += [part for name, value in request.query.items() for part in ("--query", f"{name}={value}")]
    command += [part for name, value in request.headers.items() for part in ("--header", f"{name}:{value}")]
    command += ["--send"] if request.send else []
    command += ["--remember"] if request.remember else []
    command += ["--python", request.python] if request.python else []
    return command


def _checked(answer: Any, url: str) -> dict[str, Any]:
    if not isinstance(answer, dict):
        raise ClientError(f"The host at {url} gave no answer; look at what it prints.")
    if "unusable" in answer:
        raise ClientError(answer["unusable"])
    return answer


def _parsed(out: str, err: str) -> dict[str, Any]:
    result = _event(out)
    if not result:
        raise ClientError(err.strip().removeprefix("pystein-lsp: ") or "The function's process ended without a word.")
    return result
