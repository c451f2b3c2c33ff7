"""What reaches into ordinary Python: jedi is asked, in a process of its own and within a time limit.

The process is ours alone: it runs with our interpreter, reads the app's packages as source and executes none of them.
"""

from __future__ import annotations

import asyncio
import glob
import json
import logging
import os
import subprocess
import sys
from typing import Any, NamedTuple

from pystein_lsp.lsp.session import Place
from pystein_lsp.model.module import Module
from pystein_lsp.syntax.document import Block
from pystein_lsp.syntax.span import Location, Span
from pystein_lsp.syntax.tree import FunctionDef

_log = logging.getLogger(__name__)
_WORKER = os.path.join(os.path.dirname(os.path.abspath(__file__)), "jedi_worker.py")
_PATIENCE = 3.0
"""Seconds for an answer; the first takes longest, for jedi is loaded for it."""
_LONGEST = 1 << 24
"""Bytes of an answer."""


class Answer(NamedTuple):
    """What a name is. `text` is Markdown."""

    text: str
    places: tuple[Location, ...]


class _File(NamedTuple):
    """An anchor for places in files that are no modules of ours."""

    path: str
    line: int = 0


class OrdinaryPython:
    """Asks jedi; starts its process with the first question, and anew after one that took too long."""

    def __init__(self) -> None:
        self._process: asyncio.subprocess.Process | None = None
        self._killed: list[asyncio.subprocess.Process] = []
        self._turn = asyncio.Lock()

    async def ask(self, place: Place, interpreter: str | None) -> Answer | None:
        """What the name at a position is; None where jedi does not know, or not in time."""
        question = {
            "root": place.app.root,
            "packages": packages_of(place.app.root, interpreter),
            "file": place.module.path,
            "source": declarations(place.module, place.module.document.block_at(place.line)),
            "line": place.line,
            "column": place.column,
        }
        try:
            async with self._turn:
                found = await asyncio.wait_for(self._answer(question), _PATIENCE)
        except (asyncio.TimeoutError, asyncio.CancelledError, OSError, ValueError) as error:
            self._kill()
            if isinstance(error, asyncio.CancelledError):
                raise
            _log.info("jedi gave no answer: %s", type(error).__name__)
            return None
        if "error" in found:
            _log.info("jedi failed: %s", found["error"])
            return None
        return Answer(found["text"], tuple(_location(each) for each in found["places"]))

    async def _answer(self, question: dict[str, Any]) -> dict[str, Any]:
        if self._process is None or self._process.returncode is not None:
            self._process = await asyncio.create_subprocess_exec(
                sys.executable,
                "-I",
                _WORKER,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                cwd=os.path.dirname(_WORKER),
                limit=_LONGEST,
            )
            self._say({"path": [path for path in sys.path if path]})
        process = self._process
        self._say(question)
        if process.stdout is None or not (line := await process.stdout.readline()):
            raise OSError("the process has ended")
        found = json.loads(line)
        return found if isinstance(found, dict) else {"error": "no answer"}

    def _say(self, message: dict[str, Any]) -> None:
        if self._process and self._process.stdin:
            self._process.stdin.write(json.dumps(message).encode() + b"\n")

    def _kill(self) -> None:
        self._killed = [process for process in self._killed if process.returncode is None]
        if self._process and self._process.returncode is None:
            self._process.kill()
            self._killed.append(self._process)
        self._process = None

    async def close(self) -> None:
        """End the process."""
        self._kill()
        for process in self._killed:
            await process.wait()


def is_ordinary(place: Place) -> bool:
    """Whether a position lies above or in the signature of a function of the app: the places that we have a say in."""
    line = place.line - place.module.document.block_at(place.line).line
    for function in place.app.block_functions(place.module, place.module.document.block_at(place.line)):
        first = min([function.definition.name_span.line, *(use.decorator.span.line for use in function.uses)])
        spans = [parameter.annotation.span for parameter in function.definition.parameters if parameter.annotation]
        spans += [function.definition.returns.span] if function.definition.returns else []
        last = max([function.definition.name_span.line, *(span.end_line for span in spans)])
        if first <= line <= last:
            return True
    return False


def packages_of(root: str, interpreter: str | None) -> list[str]:
    """The folders of the app's installed packages: of the interpreter that the user chose, else of its own environment."""
    homes = [os.path.dirname(os.path.dirname(interpreter))] if interpreter else []
    homes += [os.path.join(root, name) for name in (".venv", "venv")]
    for home in homes:
        found = glob.glob(os.path.join(glob.escape(home), "[Ll]ib*", "python3*", "site-packages"))
        windows = os.path.join(home, "Lib", "site-packages")
        if found or os.path.isdir(windows):
            return found or [windows]
    return []


def declarations(module: Module, current: Block) -> str:
    """A module without the functions that the position is not in: the longer the text, the longer jedi takes."""
    return "".join(
        block.text if block is current or not _is_function(block) else "\n" * block.height for block in module.document
    )


def _is_function(block: Block) -> bool:
    return bool(block.statements) and all(isinstance(each, FunctionDef) for each in block.statements)


def _location(place: dict[str, Any]) -> Location:
    line, column = int(place["line"]), int(place["column"])
    return Location(_File(str(place["path"])), Span(line, column, line, int(place["end"])))
