"""The worker's way to the host."""

from __future__ import annotations

import os
import threading
from typing import TYPE_CHECKING

from .protocol import BATCH, encode

if TYPE_CHECKING:
    import asyncio
    from socket import socket

    from .messages import Message

_FOREVER = 1e6  # seconds; a host that does not read stops the worker instead of filling its memory


class Sender:
    """Sends messages, from any thread, in the order of the calls.

    It does not go through the event loop, because the app's code may block that, in an import or in an `async def`, or
    end the process: a record must have left before the next statement runs. What can wait, results of async functions,
    leaves with the next turn of the loop in one write.
    """

    def __init__(self, connection: socket, loop: asyncio.AbstractEventLoop) -> None:
        # A socket object of our own: with a timeout, Python waits for a descriptor that the loop keeps non-blocking.
        self._socket = connection.dup()
        self._socket.settimeout(_FOREVER)
        self._loop = loop
        self._lock = threading.RLock()  # re-entrant: a finalizer or signal handler of the app may log while we send
        self._sending = False
        self._waiting: list[bytes] = []
        self.broken = False
        if hasattr(os, "register_at_fork"):
            os.register_at_fork(after_in_child=self._abandon)

    def send(self, message: Message) -> None:
        """Send now.

        Raises:
            TypeError, ValueError, ProtocolError: the message cannot be encoded.
        """
        frame = encode(message)
        with self._lock:
            self._waiting.append(frame)
            self._flush()

    def post(self, message: Message) -> None:
        """Send with the others of this turn of the loop; only from the loop's thread.

        Raises:
            TypeError, ValueError, ProtocolError: the message cannot be encoded.
        """
        frame = encode(message)
        with self._lock:
            if not self._waiting:
                self._loop.call_soon(self.flush)
            self._waiting.append(frame)
            if len(self._waiting) >= BATCH:
                self._flush()

    def flush(self) -> None:
        """Send what was posted."""
        with self._lock:
            self._flush()

    def _flush(self) -> None:
        if self._sending:  # further up in this very thread, which will find what has been added
            return
        self._sending = True
        try:
            while self._waiting:
                data = self._waiting[0] if len(self._waiting) == 1 else b"".join(self._waiting)
                self._waiting.clear()
                if not self.broken:
                    self._socket.sendall(data)
        except OSError:  # the reading side finds out, and ends the worker
            self.broken = True
        finally:
            self._sending = False

    def _abandon(self) -> None:
        """In a process that the app forked: the connection stays its parent's."""
        self._socket.close()
        self._lock = threading.RLock()
        self._waiting.clear()
        self._sending = False
        self.broken = True
