"""The debugger's port: one port of the host for all workers that come one after the other.

Each worker's debugpy listens on a port of its own. A client connects here and is passed on to the worker of the moment, so
that it finds the app under the same port after a reload. Two messages of the Debug Adapter Protocol matter on the way: the
answer to `configurationDone` tells that the client has set its breakpoints, and `terminated` tells the client to come back
when it is only the worker that has ended.
"""

from __future__ import annotations

import asyncio
import contextlib
import importlib.util
import json
import re
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from pystein_runtime import worker as worker_package
from pystein_runtime.http import sockets

if TYPE_CHECKING:
    import socket
    from collections.abc import Callable

LOOPBACK = "127.0.0.1"
DEFAULT_PORT = 5678  # debugpy's own
_LENGTH = re.compile(rb"(?i)content-length: *([0-9]+)")
_WORKER = Path(worker_package.__file__).parent


class DebugError(Exception):
    """The app cannot be debugged; the text is a whole sentence for the user."""


class Debugging(NamedTuple):
    """That an app is to be debugged, and how."""

    bound: socket.socket
    """Where clients connect to."""
    source: str
    """Where the worker finds debugpy, for `DEBUGPY_VARIABLE`."""


def prepare_port(port: int | None, folder: str | None) -> Debugging:
    """Take the port and find debugpy, before anything is started.

    Args:
        port: on loopback; 0: a free one; None: debugpy's usual one, or a free one where that is taken.
        folder: what holds the package `debugpy`; None: the app's environment, or else our own.

    Raises:
        DebugError: the port is taken, or there is no debugpy in the folder.
    """
    if folder is not None and not (Path(folder) / "debugpy" / "__init__.py").is_file():
        raise DebugError(f"There is no debugpy in {folder}.")
    source = f"+{Path(folder).absolute()}" if folder is not None else f"-{_own()}"
    try:
        if port is None:
            return Debugging(sockets.bind_preferred([DEFAULT_PORT])[0][0], source)
        if port and sockets.is_taken(port):
            raise DebugError(f"Port {port} is taken: choose another one with --debug PORT.")
        return Debugging(sockets.bind(LOOPBACK, port), source)
    except (OSError, OverflowError) as error:
        raise DebugError(f"Port {port} cannot be used ({error}): choose another one with --debug PORT.") from error


def _own() -> str:
    """The folder of our own debugpy; empty when there is none."""
    spec = importlib.util.find_spec("debugpy")
    return str(Path(spec.origin).parents[1]) if spec is not None and spec.origin is not None else ""


class DebugPort:
    """Passes clients on to the worker's debugger. `on_change` is told "waiting", "attached" and "detached"."""

    def __init__(self, given: Debugging, on_change: Callable[[str, DebugPort], None]) -> None:
        self.source = given.source
        self.host = LOOPBACK
        self.port: int = given.bound.getsockname()[1]
        self._bound = given.bound
        self._on_change = on_change
        self._server: asyncio.Server | None = None
        self._target: int | None = None
        self._aimed = asyncio.Event()
        self._attached = asyncio.Event()
        self._client: asyncio.StreamWriter | None = None
        """The one that is attached to the worker of the moment."""
        self._connections: set[asyncio.StreamWriter] = set()

    @property
    def is_attached(self) -> bool:
        """Whether a client is there that has set its breakpoints."""
        return self._attached.is_set()

    async def listen(self) -> None:
        """Accept clients; those that come before there is a worker wait for it."""
        self._server = await asyncio.start_server(self._pass_on, sock=self._bound)

    def aim(self, port: int | None) -> None:
        """From now on this is where the worker's debugger listens; None: there is none at present."""
        if port != self._target:
            self._leave(self._client)
        self._target = port
        if port is None:
            self._aimed.clear()
        else:
            self._aimed.set()

    async def wait(self, seconds: float | None = None) -> bool:
        """Wait until a client is attached; says whether one is."""
        if not self.is_attached:
            self._on_change("waiting", self)
            with contextlib.suppress(asyncio.TimeoutError):
                await asyncio.wait_for(self._attached.wait(), seconds)
        return self.is_attached

    async def close(self) -> None:
        """End."""
        if self._server is not None:
            self._server.close()
        for writer in list(self._connections):
            writer.close()

    async def _pass_on(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._connections.add(writer)
        try:
            await self._aimed.wait()
            target = self._target
            debugger = await asyncio.open_connection(LOOPBACK, target)
        except OSError:  # the worker has just ended; the client may try again
            self._connections.discard(writer)
            writer.close()
            return
        try:
            there = asyncio.ensure_future(_copy(reader, debugger[1], _asked))
            await _copy(debugger[0], writer, lambda body: self._heard(body, target, writer))
            there.cancel()
        finally:
            self._connections.discard(writer)
            writer.close()
            debugger[1].close()
            self._leave(writer)

    def _leave(self, client: asyncio.StreamWriter | None) -> None:
        """A client is attached no more, if it was."""
        if client is not None and client is self._client:
            self._client = None
            self._attached.clear()
            self._on_change("detached", self)

    def _heard(self, body: bytes, target: int | None, client: asyncio.StreamWriter) -> bytes:
        """Look at a message of the worker's debugger; gives what the client gets to hear."""
        if target == self._target and not self.is_attached and b'"configurationDone"' in body:
            message = json.loads(body)
            if message.get("command") == "configurationDone" and message.get("success"):
                self._client = client
                self._attached.set()
                self._on_change("attached", self)
        if target != self._target and b'"terminated"' in body:
            message = json.loads(body)
            if message.get("event") == "terminated":  # only this worker has ended: come back to the next one
                return json.dumps({**message, "body": {"restart": True}}).encode()
        return body


def _asked(body: bytes) -> bytes:
    """A message of the client; when it attaches, our own frames are none of its business, wherever we are installed."""
    if b'"attach"' in body:
        message = json.loads(body)
        if message.get("command") == "attach":
            arguments = message.get("arguments") or {}
            rules = [*(arguments.get("rules") or ()), {"path": str(_WORKER / "**"), "include": False}]
            return json.dumps({**message, "arguments": {**arguments, "rules": rules}}).encode()
    return body


async def _copy(reader: asyncio.StreamReader, writer: asyncio.StreamWriter, look: Callable[[bytes], bytes]) -> None:
    """Pass messages on, as `look` gives them back, until there are no more."""
    with contextlib.suppress(OSError, asyncio.IncompleteReadError, asyncio.LimitOverrunError, ValueError):
        while True:
            body = look(await _message(reader))
            writer.write(b"Content-Length: %d\r\n\r\n%s" % (len(body), body))
            await writer.drain()
    with contextlib.suppress(OSError):
        writer.write_eof()


async def _message(reader: asyncio.StreamReader) -> bytes:
    """The next message of the protocol.

    Raises:
        asyncio.IncompleteReadError, asyncio.LimitOverrunError, OSError, ValueError: there is none, or it is no message.
    """
    head = await reader.readuntil(b"\r\n\r\n")
    match = _LENGTH.search(head)
    if match is None:
        raise ValueError("a message without its length")
    return await reader.readexactly(int(match[1]))
