"""Which Python runs the app's code."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping


class InterpreterError(Exception):
    """There is no such interpreter; the text is a whole sentence for the user."""


class Interpreter(NamedTuple):
    """A Python to run the app with, and why this one."""

    path: str
    reason: str


def choose(root: Path, wanted: str | None = None, environment: Mapping[str, str] | None = None) -> Interpreter:
    """The interpreter for the app in a folder: the wanted one, the app's `.venv`, `VIRTUAL_ENV`, else our own.

    Raises:
        InterpreterError: the wanted one does not exist.
    """
    if wanted:
        found = _executable(Path(wanted).expanduser())
        if found is None:
            raise InterpreterError(f"There is no Python at {wanted}.")
        return Interpreter(found, "chosen")
    for folder in (root / ".venv", root / "venv"):
        found = _executable(folder)
        if found is not None:
            return Interpreter(found, f"the app's {folder.name}")
    active = (os.environ if environment is None else environment).get("VIRTUAL_ENV")
    found = _executable(Path(active)) if active else None
    if found is not None:
        return Interpreter(found, "VIRTUAL_ENV")
    return Interpreter(sys.executable, "the one that runs this program")


def _executable(path: Path) -> str | None:
    """The interpreter itself, or that of a virtual environment's folder; links stay: they make it the environment's."""
    if path.is_dir():
        candidates = [path / "bin" / "python", path / "bin" / "python3", path / "Scripts" / "python.exe"]
        path = next((candidate for candidate in candidates if candidate.is_file()), path)
    return str(path.absolute()) if path.is_file() else None


def missing_library(interpreter: Interpreter, python: str) -> str:
    """What to tell the user whose interpreter has no azure-functions."""
    install = f'"{interpreter.path}" -m pip install azure-functions'
    own = "" if interpreter.path == sys.executable else f' Or use this program\'s own: --python "{sys.executable}".'
    return (
        f"The app's Python ({interpreter.path}, {python}; {interpreter.reason}) has no azure-functions."
        f" Install it with: {install}.{own}"
    )
