"""A gRPC server on loopback, for the durable package of 2.x: calls with one request and any number of answers.

HTTP/2 is h2's business; what gRPC puts on top of it is here. Only an app of the 2.x line has it imported. Format:
grpc.io, "gRPC over HTTP2".
"""

from __future__ import annotations

import asyncio
from contextlib import suppress
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import quote

from h2.config import H2Configuration
from h2.connection import H2Connection
from h2.events import (
    ConnectionTerminated,
    DataReceived,
    RequestReceived,
    StreamEnded,
    StreamReset,
    WindowUpdated,
)
from h2.exceptions import ProtocolError
from h2.settings import SettingCodes

from .model import DurableError

if TYPE_CHECKING:
    import socket
    from collections.abc import Awaitable, Callable, Mapping

    from h2.events import Event

_OK, _INVALID, _DEADLINE, _NOT_FOUND, _EXISTS, _PRECONDITION, _UNIMPLEMENTED, _INTERNAL = 0, 3, 4, 5, 6, 9, 12, 13
_STATUSES = {400: _INVALID, 404: _NOT_FOUND, 408: _DEADLINE, 409: _EXISTS, 410: _PRECONDITION, 412: _PRECONDITION,
             501: _UNIMPLEMENTED}  # fmt: skip
_TEXTS = {404: "There is no such instance.", 410: "The instance has come to its end."}
_UNITS = {"H": 3600.0, "M": 60.0, "S": 1.0, "m": 1e-3, "u": 1e-6, "n": 1e-9}
_PREFIX = 5  # bytes before a message: whether it is compressed, and its length
_WINDOW = 1 << 24  # bytes that a client may send ahead


class Call(NamedTuple):
    """A call that is to be answered."""

    method: str
    """`/service/method`."""
    message: bytes
    seconds: float | None
    """How long the caller waits; None: for ever."""


class GrpcServer:
    """The server. `handle` gives the answers to a call; a DurableError is told to the caller."""

    def __init__(
        self, handle: Callable[[Call], Awaitable[list[bytes]]], fault: Callable[[BaseException], None]
    ) -> None:
        self._handle = handle
        self._fault = fault
        self._server: asyncio.Server | None = None
        self._connections: set[_Connection] = set()

    async def listen(self, bound: socket.socket) -> None:
        """Serve a socket."""
        loop = asyncio.get_running_loop()
        self._server = await loop.create_server(self._accept, sock=bound)

    def close(self) -> None:
        """Listen no more, and end what is going on."""
        if self._server is not None:
            self._server.close()
        for connection in list(self._connections):
            connection.close()

    def _accept(self) -> _Connection:
        return _Connection(self._answer, self._connections)

    async def _answer(self, call: Call) -> tuple[list[bytes], int, str]:
        """Answers, status and what to say of it."""
        try:
            return await asyncio.wait_for(self._handle(call), call.seconds), _OK, ""
        except asyncio.TimeoutError:
            return [], _DEADLINE, "the time is over"
        except DurableError as error:
            return [], _STATUSES.get(error.status, _INTERNAL), str(error) or _TEXTS.get(error.status, "")
        except ValueError as error:
            return [], _INVALID, str(error)
        except Exception as error:
            self._fault(error)
            return [], _INTERNAL, f"{type(error).__name__}: {error}"


class _Stream:
    """One call on a connection."""

    def __init__(self, headers: Mapping[str, str]) -> None:
        self.headers = headers
        self.received = bytearray()
        self.unsent = bytearray()
        self.trailers: list[tuple[str, str]] | None = None
        self.task: asyncio.Task[None] | None = None


class _Connection(asyncio.Protocol):
    """A connection of a client."""

    def __init__(
        self, answer: Callable[[Call], Awaitable[tuple[list[bytes], int, str]]], all_of_them: set[_Connection]
    ) -> None:
        self._answer = answer
        self._all = all_of_them
        self._h2 = H2Connection(H2Configuration(client_side=False, header_encoding="utf-8"))
        self._streams: dict[int, _Stream] = {}
        self._transport: asyncio.Transport | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Say hello."""
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport
        self._all.add(self)
        self._h2.initiate_connection()
        self._h2.update_settings({SettingCodes.INITIAL_WINDOW_SIZE: _WINDOW})
        self._h2.increment_flow_control_window(_WINDOW)
        self._write()

    def connection_lost(self, _error: Exception | None) -> None:
        """Nobody waits for answers any more."""
        self._all.discard(self)
        for stream in self._streams.values():
            if stream.task is not None:
                stream.task.cancel()

    def close(self) -> None:
        """Hang up."""
        if self._transport is not None:
            self._transport.close()

    def data_received(self, data: bytes) -> None:
        """Do what the client wants."""
        try:
            for event in self._h2.receive_data(data):
                self._receive(event)
        except ProtocolError:
            self._write()
            self.close()
            return
        self._write()

    def _receive(self, event: Event) -> None:
        if isinstance(event, RequestReceived):
            self._streams[event.stream_id] = _Stream({str(name): str(value) for name, value in event.headers})
        elif isinstance(event, DataReceived):
            stream = self._streams.get(event.stream_id)
            if stream is not None:
                stream.received += event.data
            self._h2.acknowledge_received_data(event.flow_controlled_length, event.stream_id)
        elif isinstance(event, StreamEnded):
            stream = self._streams.get(event.stream_id)
            if stream is not None:
                stream.task = asyncio.get_running_loop().create_task(self._run(event.stream_id, stream))
        elif isinstance(event, StreamReset):
            stream = self._streams.pop(event.stream_id, None)
            if stream is not None and stream.task is not None:
                stream.task.cancel()
        elif isinstance(event, WindowUpdated):
            for id_ in [event.stream_id] if event.stream_id else list(self._streams):
                self._send(id_)
        elif isinstance(event, ConnectionTerminated):
            self.close()

    async def _run(self, id_: int, stream: _Stream) -> None:
        body = bytes(stream.received)
        if len(body) < _PREFIX or body[0] or int.from_bytes(body[1:_PREFIX], "big") != len(body) - _PREFIX:
            text, status, answers = "one uncompressed message is expected", _UNIMPLEMENTED, list[bytes]()
        else:
            seconds = _seconds(stream.headers.get("grpc-timeout"))
            call = Call(stream.headers[":path"], body[_PREFIX:], seconds)
            answers, status, text = await self._answer(call)
        if self._streams.get(id_) is not stream:
            return
        for answer in answers:
            stream.unsent += b"\0" + len(answer).to_bytes(4, "big") + answer
        stream.trailers = [("grpc-status", str(status)), *([("grpc-message", quote(text, safe=" "))] if text else [])]
        with suppress(ProtocolError):  # the client is about to leave
            self._h2.send_headers(id_, [(":status", "200"), ("content-type", "application/grpc")])
            self._send(id_)
        self._write()

    def _send(self, id_: int) -> None:
        """Send as much of an answer as the client takes now."""
        stream = self._streams.get(id_)
        if stream is None or stream.trailers is None:
            return
        while stream.unsent:
            size = min(self._h2.local_flow_control_window(id_), self._h2.max_outbound_frame_size)
            if size <= 0:
                return
            self._h2.send_data(id_, bytes(stream.unsent[:size]))
            del stream.unsent[:size]
        self._h2.send_headers(id_, stream.trailers, end_stream=True)
        del self._streams[id_]

    def _write(self) -> None:
        if self._transport is not None and not self._transport.is_closing():
            self._transport.write(self._h2.data_to_send())


def _seconds(timeout: str | None) -> float | None:
    """The header in which a caller says how long it waits."""
    if not timeout or timeout[-1] not in _UNITS or not timeout[:-1].isdecimal():
        return None
    return int(timeout[:-1]) * _UNITS[timeout[-1]]
