"""Run a function: the one place that starts anything of the workspace."""

from __future__ import annotations

import asyncio
import json
import os
import subprocess
import sys
from typing import Any, NamedTuple

import pystein_lsp

_ENDING = 5.0
"""Seconds that a run gets to stop by itself when it is cancelled."""


class RunError(Exception):
    """The function could not be run at all; the message says why."""


class Run(NamedTuple):
    """What to run."""

    root: str
    """The app's folder."""
    function: str
    data: Any = None
    """Text as it is, anything else as JSON; None where nothing is given."""
    interpreter: str | None = None


async def invoke(run: Run) -> dict[str, Any]:
    """Run a function in the bundled runtime.

    Returns:
        The result, in the shape that `pystein-lsp invoke` prints.

    Raises:
        RunError: it could not be run.
        asyncio.CancelledError: the run was cancelled; what was started has ended.
    """
    command = [
        sys.executable,
        os.path.join(os.path.dirname(pystein_lsp.__file__), "__main__.py"),
        "invoke",
        run.function,
        "--app",
        run.root,
        "--output-format",
        "json",
    ]
    if run.interpreter:
        command += ["--python", run.interpreter]
    if run.data is not None:
        command += ["--data", "-"]
    process = await asyncio.create_subprocess_exec(
        *command,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        cwd=run.root,
        env={**os.environ, "PYTHONIOENCODING": "utf-8"},
    )
    try:
        output, errors = await process.communicate(_payload(run.data))
    except asyncio.CancelledError:
        await _end(process)
        raise
    return _result(run, output, errors, process.returncode)


def _payload(data: Any) -> bytes:
    if data is None:
        return b""
    return (data if isinstance(data, str) else json.dumps(data)).encode("utf-8", "replace")


def _result(run: Run, output: bytes, errors: bytes, status: int | None) -> dict[str, Any]:
    try:
        result = json.loads(output)
    except ValueError:
        result = None
    if isinstance(result, dict) and result.get("status") in ("succeeded", "failed"):
        return result
    lines = errors.decode("utf-8", "replace").strip().splitlines()
    reason = lines[-1].removeprefix("pystein-lsp: ") if lines else f"the runtime ended with status {status}"
    raise RunError(f"{run.function} could not be run: {reason}")


async def _end(process: asyncio.subprocess.Process) -> None:
    if process.returncode is None:
        process.terminate()
        try:
            await asyncio.wait_for(process.wait(), _ENDING)
        except asyncio.TimeoutError:
            process.kill()
            await process.wait()
