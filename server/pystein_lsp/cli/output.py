"""Standard output and standard error as they may really be: closed, full, without a reader, or short of characters."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from contextlib import suppress
from typing import NoReturn, TextIO

from pystein_lsp.cli.status import UnusableError


def prepare() -> None:
    """Let both streams take any text; what a stream's encoding lacks is escaped."""
    if sys.stderr is None:
        sys.stderr = _nowhere()
    if sys.stdout is None:
        sys.stdout = _nowhere()
        print("pystein-lsp: standard output is closed: nothing is printed", file=sys.stderr)
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)  # a stand-in of a test or an embedding program has none
        if reconfigure:
            reconfigure(errors="backslashreplace")


def emit_bytes(data: bytes) -> None:
    """Print a file's content as it is.

    Raises:
        UnusableError: it cannot be written.
    """
    sys.stdout.flush()
    _guarded(lambda: (sys.stdout.buffer.write(data), sys.stdout.buffer.flush()))


def emit(text: str, *, for_machines: bool = False) -> None:
    """Print a command's result, in UTF-8 where a program is to read it.

    A reader that went away has what it wanted: that is no failure.

    Raises:
        UnusableError: it cannot be written.
    """
    reconfigure = getattr(sys.stdout, "reconfigure", None)
    if for_machines and reconfigure and not sys.stdout.isatty():
        reconfigure(encoding="utf-8", errors="backslashreplace", newline="\n")
    _guarded(lambda: (sys.stdout.write(text), sys.stdout.flush()))


def _guarded(write: Callable[[], object]) -> None:
    try:
        write()
    except BrokenPipeError:
        abandon()
    except OSError as error:
        abandon()
        raise UnusableError(f"standard output cannot be written: {error.strerror or error}") from error


def abandon() -> None:
    """Give standard output up, so that the interpreter does not stumble over it once more when it ends."""
    try:
        descriptor = sys.stdout.fileno()
    except (OSError, ValueError):
        return
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, descriptor)
    os.close(nowhere)


def leave(status: int) -> NoReturn:
    """End the process at once."""
    for stream in (sys.stdout, sys.stderr):
        with suppress(OSError, ValueError):  # closed, or without a reader
            stream.flush()
    os._exit(status)


def _nowhere() -> TextIO:
    return open(os.devnull, "w", encoding="utf-8")
