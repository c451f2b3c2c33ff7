"""Messages over the standard streams: a thread reads whole messages, the event loop handles them in order.

pygls hops to a thread three times a message, and it cannot see a cancellation before what is to be cancelled has run.
Reading ahead mends both.
"""

from __future__ import annotations

import asyncio
import json
import logging
import os
import sys
import threading
from collections import deque
from collections.abc import Iterator
from typing import Any

from pystein_lsp.lsp.protocol import Protocol

_log = logging.getLogger(__name__)

_CHUNK = 1 << 16
_MAX_LENGTH = 1 << 30
"""No message is longer: who announces one has lost count."""


class FramingError(Exception):
    """What came is no message; where the next one would start cannot be known."""


class Sink:
    """Writes whole messages to a file descriptor."""

    def __init__(self, descriptor: int) -> None:
        self._descriptor = descriptor

    def write(self, data: bytes) -> None:
        """Write all of it; waits while the client does not read."""
        view = memoryview(data)
        while view:
            view = view[os.write(self._descriptor, view) :]

    def close(self) -> None:
        """The descriptor stays open to the end of the process."""


def claim_streams() -> tuple[int, int]:
    """Take standard input and output for the protocol alone: whatever else is printed goes to standard error.

    Returns:
        The descriptors to read from and to write to.
    """
    source, sink = os.dup(0), os.dup(1)
    with open(os.devnull, "rb") as nothing:
        os.dup2(nothing.fileno(), 0)
    os.dup2(2, 1)
    sys.stdout = sys.stderr
    if os.name == "nt":
        import msvcrt  # noqa: PLC0415 (exists on Windows alone)

        for descriptor in (source, sink):
            msvcrt.setmode(descriptor, os.O_BINARY)  # type: ignore[attr-defined,unused-ignore]  # Windows has it
    return source, sink


async def serve(protocol: Protocol, source: int) -> None:
    """Handle messages until the client says `exit` or goes away."""
    loop = asyncio.get_running_loop()
    inbox: deque[Any] = deque()
    protocol.inbox = inbox

    def take() -> None:
        protocol.handle_message(inbox.popleft())

    def read() -> None:
        try:
            for body in messages(source):
                try:
                    message = json.loads(body)
                except (ValueError, RecursionError):  # no JSON, or JSON that is nested too deeply
                    message = None
                protocol.foresee(message)
                inbox.append(message)
                loop.call_soon_threadsafe(take)
        except FramingError as error:
            _log.error("%s", error)
        except OSError as error:
            _log.debug("reading ended: %s", error)
        except RuntimeError:
            return  # the loop has ended before us
        loop.call_soon_threadsafe(protocol.ended.set)

    threading.Thread(target=read, name="reader", daemon=True).start()
    await protocol.ended.wait()


def messages(source: int) -> Iterator[bytes]:
    """The bodies of messages, until the other end closes.

    Raises:
        FramingError: the header has no usable length.
    """
    buffer = bytearray()
    while True:
        while (end := buffer.find(b"\r\n\r\n")) < 0:
            if not _fill(buffer, source):
                return
            if len(buffer) > _CHUNK and buffer.find(b"\r\n\r\n") < 0:
                raise FramingError("no message header in what the client sent")
        length = length_of(bytes(buffer[:end]))
        start = end + 4
        while len(buffer) < start + length:
            if not _fill(buffer, source):
                return
        yield bytes(buffer[start : start + length])
        del buffer[: start + length]


def _fill(buffer: bytearray, source: int) -> bool:
    chunk = os.read(source, _CHUNK)
    buffer += chunk
    return bool(chunk)


def length_of(header: bytes) -> int:
    """The length that a header announces.

    Raises:
        FramingError: there is none that can be used.
    """
    for line in header.split(b"\r\n"):
        name, _, value = line.partition(b":")
        if name.strip().lower() == b"content-length" and value.strip().isdigit():
            length = int(value)
            if length <= _MAX_LENGTH:
                return length
    raise FramingError("a message header without a usable Content-Length")
