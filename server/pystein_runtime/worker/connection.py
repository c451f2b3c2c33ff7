"""The host's end of the protocol; the worker reads in the same way, and writes with `sender`, past the loop.

A plain `asyncio.Protocol`: it costs less per message than streams do, and all messages of one turn of the loop leave in
one write.
"""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from .protocol import BATCH, FRAME_LIMIT, FrameReader, Message, ProtocolError, decode, encode

if TYPE_CHECKING:
    from collections.abc import Callable


class Connection(asyncio.Protocol):
    """One connection between host and worker.

    `on_message` is called for every message, in order, on the loop's thread, and must not raise. `on_lost` is called
    once, when the connection has ended: with None when the peer closed it or we did, else with the OSError or
    ProtocolError that ended it.
    """

    def __init__(
        self,
        on_message: Callable[[Message], None],
        on_lost: Callable[[Exception | None], None],
        limit: int = FRAME_LIMIT,
    ) -> None:
        self._on_message = on_message
        self._on_lost = on_lost
        self._reader = FrameReader(limit)
        self._out: list[bytes] = []
        self._loop = asyncio.get_running_loop()
        self._transport: asyncio.Transport | None = None
        self._writable = asyncio.Event()
        self._error: Exception | None = None
        self.lost = False

    def raise_limit(self, limit: int = FRAME_LIMIT) -> None:
        """Let the peer send longer messages from now on."""
        self._reader.limit = limit

    def send(self, message: Message) -> None:
        """Send a message with the others of this turn of the loop; nobody hears it once the connection is lost.

        Raises:
            TypeError, ValueError, ProtocolError: the message cannot be encoded.
        """
        frame = encode(message)
        if not self._out:
            self._loop.call_soon(self._flush)
        self._out.append(frame)
        if len(self._out) >= BATCH:
            self._flush()

    async def drain(self) -> None:
        """Wait until the peer takes what was sent: for senders that could fill the memory."""
        await self._writable.wait()

    def close(self) -> None:
        """Send what is left and close."""
        self._flush()
        if self._transport is not None:
            self._transport.close()

    def _flush(self) -> None:
        if self._out and self._transport is not None and not self._transport.is_closing():
            self._transport.writelines(self._out)
        self._out.clear()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """The loop has connected us."""
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport
        self._writable.set()

    def data_received(self, data: bytes) -> None:
        """Hand on what is complete."""
        try:
            for header, payload in self._reader.feed(data):
                self._on_message(decode(header, payload))
        except ProtocolError as error:
            self._error = error
            assert self._transport is not None
            self._transport.abort()

    def pause_writing(self) -> None:
        """The peer is slow."""
        self._writable.clear()

    def resume_writing(self) -> None:
        """The peer has caught up."""
        self._writable.set()

    def connection_lost(self, error: Exception | None) -> None:
        """The loop has closed the socket."""
        self.lost = True
        self._writable.set()
        self._on_lost(self._error or error)
