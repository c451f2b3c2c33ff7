"""Servers of HTTP to measure: started, asked until they answer, ended."""

from __future__ import annotations

import http.client
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path

PATIENCE = 60.0
"""Seconds that anything may take."""


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def host(root: Path, port: int) -> list[str]:
    """The command that serves an app."""
    return [sys.executable, "-m", "pystein_lsp", "start", str(root), "--port", str(port), "--json"]


def get(port: int, path: str) -> str:
    """The body of an answer."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=PATIENCE)
    try:
        connection.request("GET", path)
        return connection.getresponse().read().decode()
    finally:
        connection.close()


def wait_for(port: int, path: str, text: str) -> None:
    """Ask until that is the answer."""
    end, said = time.monotonic() + PATIENCE, "nothing"
    while time.monotonic() < end:
        with suppress(OSError, http.client.HTTPException):
            said = get(port, path)
            if said == text:
                return
        time.sleep(0.001)
    raise TimeoutError(f"{path} answers {said}")


@contextmanager
def serving(command: Sequence[str], folder: Path) -> Iterator[int]:
    """A server for as long as the block takes; gives its process's number."""
    process = subprocess.Popen(command, cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    assert process.stdout is not None
    reader = threading.Thread(target=process.stdout.read)  # else the pipe is full before long
    reader.start()
    try:
        yield process.pid
    finally:
        process.terminate()
        process.wait()
        reader.join()
        process.stdout.close()
