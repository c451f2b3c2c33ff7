"""The official library and worker as processes that are asked about one app after the other."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

from worker_pythons import environment, pythons

_SCRIPT = Path(__file__).with_name("official_index.py")
_RUNTIME = "azure-functions-runtime==1.3.0"
"""Published for Python 3.13 and later; it runs on 3.11 and 3.12 all the same."""
_OLD, _NEW = ("3.11", "3.12"), ("3.13", "3.14")
_MISSING = (
    "there is no oracle: the official worker needs Python 3.11 or later, and this machine has {found}. "
    "Install one, or put it on the search path."
)


class Refusal(NamedTuple):
    """Why an app is refused."""

    stage: str
    """`import` (the entry file and the library's checks) or `worker`."""
    type: str
    text: str


class Answer(NamedTuple):
    """What an oracle says about an app."""

    functions: tuple[str, ...]
    refusal: Refusal | None


class Oracle:
    """One interpreter with the official packages."""

    def __init__(self, name: str, python: Path) -> None:
        self.name = name
        self._process = subprocess.Popen(
            [str(python), "-I", str(_SCRIPT)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            encoding="utf-8",
        )

    def ask(self, files: Mapping[str, str]) -> None:
        """Send an app; `answer` gets what is said about it."""
        assert self._process.stdin is not None
        self._process.stdin.write(json.dumps(files) + "\n")
        self._process.stdin.flush()

    def answer(self) -> Answer:
        """What is said about the app that was sent last."""
        assert self._process.stdout is not None
        line = self._process.stdout.readline()
        assert line, f"the oracle {self.name} ended with status {self._process.wait()}"
        said = json.loads(line)
        return Answer(tuple(said["functions"]), Refusal(**said["error"]) if said["error"] else None)

    def stop(self) -> None:
        """End it."""
        self._process.communicate()


def oracles() -> list[Oracle]:
    """The first and the second line of azure-functions, each on a Python that has it.

    Raises:
        RuntimeError: there is no Python that can run the official worker.
    """
    found = pythons()
    old = next((version for version in _OLD if version in found), None)
    new = next((version for version in _NEW if version in found), None)
    started = []
    if old:
        packages = (_RUNTIME, "azure-functions<2", "azure-functions-durable")
        started.append(Oracle(old, environment(found[old], *packages, options=("--ignore-requires-python",))))
    if new:
        packages = (_RUNTIME, "azure-functions", "azure-functions-durable")
        started.append(Oracle(new, environment(found[new], *packages)))
    if not started:
        raise RuntimeError(_MISSING.format(found=", ".join(found)))
    return started
