"""One client's connection: headers, SASL, frames, and what is answered to them.

All frames of one read are dealt with in one transaction of the store, and the answers leave only after it: what a client
was told has been kept.
"""

from __future__ import annotations

import asyncio
import sqlite3
import struct
import uuid
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from pystein_runtime.amqp import performatives as p
from pystein_runtime.amqp.types import Array, CodecError, Symbol, UByte, UInt, UShort

from .session import LinkError, Session

if TYPE_CHECKING:
    from collections.abc import Iterator

    from .endpoint import Endpoint

MAX_FRAME = 65536
IDLE_MILLISECONDS = 240_000  # after which we would like to have heard of a client; it is never cut off for that
MAX_SESSIONS = 256
MECHANISMS = ("MSSBCBS", "PLAIN", "ANONYMOUS", "EXTERNAL")
_header = struct.Struct(">IBBH").unpack_from


class Connection(asyncio.Protocol):
    """A connection."""

    def __init__(self, endpoint: Endpoint) -> None:
        self.endpoint = endpoint
        self.store = endpoint.store
        self.id = uuid.uuid4().hex
        self.max_frame = MAX_FRAME
        self.paused = False
        self.closed = False
        self.loop = asyncio.get_running_loop()
        self._sessions: dict[int, Session] = {}
        self._in = bytearray()
        self._out: list[bytes] = []
        self._state = "header"
        self._is_batch = False
        self._beat: asyncio.TimerHandle | None = None

    # -- the transport ------------------------------------------------------------------------------------

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Somebody has connected."""
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport
        self.endpoint.connections.add(self)

    def connection_lost(self, exc: Exception | None) -> None:  # noqa: ARG002 - asyncio's signature
        """The client is gone."""
        self.closed = True
        self.endpoint.connections.discard(self)
        if self._beat is not None:
            self._beat.cancel()
        for session in self._sessions.values():
            session.close()
        self._sessions.clear()

    def pause_writing(self) -> None:
        """The client reads more slowly than we send."""
        self.paused = True

    def resume_writing(self) -> None:
        """The client has caught up."""
        self.paused = False
        for session in self._sessions.values():
            session.wake()

    def data_received(self, data: bytes) -> None:
        """Deal with everything that is complete."""
        self._in += data
        with self.batch():
            try:
                while not self.closed and self._next():
                    pass
            except CodecError as error:
                self.fail("amqp:decode-error", str(error))
            except (TypeError, AttributeError, ValueError, LookupError, RecursionError) as error:
                self.fail("amqp:invalid-field", f"A field of a frame has a value that it cannot have: {error}")

    @contextmanager
    def batch(self) -> Iterator[None]:
        """What is done within is kept together and then told to the client."""
        if self._is_batch:
            yield
            return
        self._is_batch = True
        try:
            with self.store.transaction():
                yield
        except sqlite3.Error as error:
            self._out.clear()  # nothing was kept, so nothing may be said
            self.closed = True
            self.endpoint.report(f"The local Service Bus could not keep something: {error}")
        finally:
            self._is_batch = False
            if self._out:
                self._transport.write(b"".join(self._out))
                self._out.clear()
            if self.closed:
                self._transport.close()

    def send(self, channel: int, code: int, *fields: Any, payload: bytes = b"") -> None:
        """Send a frame at the end of the batch."""
        self._out.append(p.frame(channel, code, *fields, payload=payload))

    def fail(self, condition: str, description: str) -> None:
        """End the connection with an error."""
        if self._state == "frames":
            self.send(0, p.CLOSE, p.error(condition, description))
        self.closed = True

    # -- frames -------------------------------------------------------------------------------------------

    def _next(self) -> bool:
        """Deal with the next frame or header; False: it is not complete."""
        if self._state == "header":
            return self._read_header()
        if len(self._in) < p.MIN_FRAME:
            return False
        size, offset, kind, channel = _header(self._in)
        if not p.MIN_FRAME <= size <= MAX_FRAME or not 2 <= offset <= size // 4:
            self.fail("amqp:connection:framing-error", f"A frame of {size} bytes is malformed or too large.")
            return False
        if len(self._in) < size:
            return False
        body = bytes(self._in[offset * 4 : size])
        del self._in[:size]
        if body:
            code, fields, payload = p.read(body)
            if self._state == "sasl":
                self._sasl(kind, code, fields)
            else:
                self._dispatch(channel, code, fields, payload)
        return True

    def _read_header(self) -> bool:
        if len(self._in) < 8:
            return False
        header = bytes(self._in[:8])
        del self._in[:8]
        if header == p.SASL_HEADER:
            self._out.append(header)
            mechanisms = Array([Symbol(name) for name in (*self.endpoint.marks, *MECHANISMS)])
            self._out.append(p.frame(0, p.SASL_MECHANISMS, mechanisms, kind=1))
            self._state = "sasl"
        else:  # what we speak, also when it is not what the client asked for
            self._out.append(p.AMQP_HEADER)
            if header != p.AMQP_HEADER:
                self.closed = True
            self._state = "frames"
        return True

    def _sasl(self, kind: int, code: int, fields: list[Any]) -> None:
        """Everybody on this machine may come in: the development keys are public."""
        if kind != 1 or code != p.SASL_INIT:
            raise CodecError("A SASL frame is expected.")
        outcome = 0 if fields[0] in MECHANISMS else 1
        self._out.append(p.frame(0, p.SASL_OUTCOME, UByte(outcome), None, kind=1))
        self._state = "header"
        if outcome:
            self.closed = True

    def _dispatch(self, channel: int, code: int, fields: list[Any], payload: bytes) -> None:
        if code == p.OPEN:
            self._open(fields)
        elif code == p.CLOSE:
            self.send(0, p.CLOSE)
            self.closed = True
        elif code == p.BEGIN:
            self._begin(channel, fields)
        else:
            session = self._sessions.get(channel)
            if session is None:
                if code in {p.END, p.DETACH, p.DISPOSITION, p.FLOW}:  # late words about what has ended
                    return
                self.fail("amqp:not-allowed", f"There is no session on channel {channel}.")
            elif code == p.END:
                self._sessions.pop(channel).close()
                self.send(channel, p.END)
            else:
                try:
                    session.handle(code, fields, payload)
                except LinkError as error:
                    self._sessions.pop(channel).close()
                    self.send(channel, p.END, p.error(error.condition, str(error)))

    def _open(self, fields: list[Any]) -> None:
        wanted = fields[2]
        if isinstance(wanted, int):
            if wanted < 512:
                self.fail("amqp:invalid-field", "A frame must be allowed to have 512 bytes.")
                return
            self.max_frame = min(wanted, MAX_FRAME)
        idle = fields[4]
        self.send(
            0, p.OPEN, "pystein", fields[1] or "localhost", UInt(MAX_FRAME), UShort(MAX_SESSIONS - 1),
            UInt(IDLE_MILLISECONDS), None, None, None, None, {Symbol("product"): "pystein"},
        )  # fmt: skip
        if isinstance(idle, int) and idle > 0:
            self._keep_alive(max(idle / 2000, 0.05))

    def _keep_alive(self, seconds: float) -> None:
        """Let the client hear of us now and then; first when it has been told what is waiting."""
        if self._beat is not None:
            self._beat.cancel()
        self._beat = self.loop.call_later(seconds, self._say, seconds)

    def _say(self, seconds: float) -> None:
        if not self.closed:
            self._transport.write(b"\x00\x00\x00\x08\x02\x00\x00\x00")
            self._keep_alive(seconds)

    def _begin(self, channel: int, fields: list[Any]) -> None:
        if channel in self._sessions or channel >= MAX_SESSIONS:
            self.fail("amqp:not-allowed", f"Channel {channel} cannot begin a session.")
            return
        self._sessions[channel] = Session(self, channel, int(fields[1] or 0))
        self.send(
            channel, p.BEGIN, UShort(channel), UInt(0), UInt(0x7FFFFFFF), UInt(0x7FFFFFFF), UInt(255), None, None, None
        )
