"""Starting worker processes. Imports no asyncio: the worker boots while the host imports it."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from pystein_runtime import worker as worker_package
from pystein_runtime.host.connections.emulators import storage_string
from pystein_runtime.worker.protocol import ADDRESS_VARIABLE, DEBUGPY_VARIABLE, TOKEN_VARIABLE

from .settings import is_development

if TYPE_CHECKING:
    from collections.abc import Mapping

    from .interpreter import Interpreter


_STORAGE_CHILDREN = ("AzureWebJobsStorage__", "AzureWebJobsStorage:")


class WorkerError(Exception):
    """A worker cannot be started; the text is for the user."""


class Spawned(NamedTuple):
    """A started process that has not said hello yet."""

    process: subprocess.Popen[bytes]
    token: str
    interpreter: Interpreter


def spawn(
    interpreter: Interpreter,
    address: tuple[str, int],
    root: Path,
    environment: Mapping[str, str],
    debugpy: str | None = None,
) -> Spawned:
    """Start a worker in the app's folder. Needs no event loop, so that the worker boots while the host imports.

    `debugpy` lets a debugger in, and says where that is found: see `DEBUGPY_VARIABLE`.

    Raises:
        WorkerError: the interpreter cannot be started.
    """
    token = os.urandom(16).hex()
    variables = {
        **environment,
        ADDRESS_VARIABLE: f"{address[0]}:{address[1]}",
        TOKEN_VARIABLE: token,
        "PYTHONUNBUFFERED": "1",
    }
    if debugpy is not None:
        variables[DEBUGPY_VARIABLE] = debugpy
    program = str(Path(worker_package.__file__).parent / "__main__.py")
    try:
        process = subprocess.Popen(  # noqa: S603 - the user's own choice of interpreter, and a file of ours
            [interpreter.path, program],
            cwd=root,
            env=variables,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            # Ctrl-C in the terminal is the host's business: it stops the worker in order.
            start_new_session=sys.platform != "win32",
            creationflags=getattr(subprocess, "CREATE_NEW_PROCESS_GROUP", 0),
        )
    except (OSError, ValueError) as error:
        raise WorkerError(f"{interpreter.path} cannot be started: {error}.") from error
    return Spawned(process, token, interpreter)


def environment(settings: Mapping[str, str], root: Path, address: str, storage: str) -> dict[str, str]:
    """The worker's environment: ours, the app's settings, and what the platform adds.

    Connection strings that mean an emulator, and the host's own where there is none, become the local cloud's.

    Names: azure-functions-core-tools, `StartHostAction`; azure-functions-host, `EnvironmentSettingNames`.
    """
    variables = {
        **os.environ,
        **{name: value for name, value in settings.items() if "\0" not in name + value and name and "=" not in name},
        "AzureWebJobsScriptRoot": str(root),
        "WEBSITE_HOSTNAME": address,
    }
    for name, value in variables.items():
        if "=" in value and is_development(value):
            variables[name] = storage_string(value, storage)
    if not variables.get("AzureWebJobsStorage") and not any(name.startswith(_STORAGE_CHILDREN) for name in variables):
        variables["AzureWebJobsStorage"] = storage
    return variables
