"""An HTTP/1.1 server on asyncio and httptools (see `parsing.py` for where that is missing).

Why not uvicorn, which has the same parser: measured on two cores, importing it costs 33 ms of a start that shall take
200, and ASGI's calls 18 us of a request that shall take 50. What is left out is what a loopback server does not need:
TLS, proxies, websockets, other loops.
"""

from __future__ import annotations

import asyncio
import time
from collections import deque
from collections.abc import AsyncGenerator
from email.utils import formatdate
from functools import partial
from http import HTTPStatus
from typing import TYPE_CHECKING

from .messages import Request, Response, text
from .parsing import HttpParserCallbackError, HttpParserError, HttpParserUpgrade, HttpRequestParser

if TYPE_CHECKING:
    import socket
    from collections.abc import AsyncIterator, Awaitable, Callable

    Handler = Callable[[Request], Awaitable[Response]]
    Shortcut = Callable[[Request, Callable[[Response], None]], bool]
    """Takes a request and calls back with its answer, at once or later; False: not this one."""

HEADER_LIMIT = 64 * 1024  # bytes of a request's line and headers
BODY_LIMIT = 100 * 1024 * 1024  # bytes of a request's body; the platform's own limit
PIPELINE_LIMIT = 32  # requests of one connection that wait for their turn
IDLE_SECONDS = 75.0  # an unused connection is closed after this

_STATUS = {status.value: f"HTTP/1.1 {status.value} {status.phrase}\r\n" for status in HTTPStatus}
_FORBIDDEN = str.maketrans("", "", "\r\n\0")
_BODILESS = {204, 205, 304}
_SMALL = 65536  # bytes of a body that is copied behind its head, so that both leave in one call of the system


class Server:
    """A listening server. Every request is one call of the handler; what the handler raises is answered with 500.

    The shortcut, where there is one, is asked first. It spares a request the task that the handler runs in.
    """

    def __init__(
        self,
        handler: Handler,
        on_error: Callable[[BaseException], None],
        body_limit: int = BODY_LIMIT,
        shortcut: Shortcut | None = None,
    ) -> None:
        self.handler = handler
        self.shortcut = shortcut
        self.on_error = on_error
        self.body_limit = body_limit
        self.connections: set[_Connection] = set()
        self.closing = False
        self._servers: list[asyncio.Server] = []
        self._idle = asyncio.Event()
        self._sweeper: asyncio.Task[None] | None = None
        self._date = (0, "")

    async def listen(self, sockets: list[socket.socket]) -> None:
        """Serve on bound sockets."""
        loop = asyncio.get_running_loop()
        for bound in sockets:
            self._servers.append(await loop.create_server(lambda: _Connection(self), sock=bound, backlog=1024))
        self._sweeper = loop.create_task(self._sweep())

    async def close(self, seconds: float) -> None:
        """Stop listening, let running requests finish for some time, then close what is left."""
        self.closing = True
        for server in self._servers:
            server.close()
        if self._sweeper is not None:
            self._sweeper.cancel()
        for connection in list(self.connections):
            connection.close_when_idle()
        if self.connections:
            self._idle.clear()
            try:
                await asyncio.wait_for(self._idle.wait(), seconds)
            except asyncio.TimeoutError:
                for connection in list(self.connections):
                    connection.abort()

    def forget(self, connection: _Connection) -> None:
        """A connection has ended."""
        self.connections.discard(connection)
        if not self.connections:
            self._idle.set()

    def date(self) -> str:
        """The `date` header's value, made once per second."""
        second = int(time.time())
        if self._date[0] != second:
            self._date = (second, f"date: {formatdate(second, usegmt=True)}\r\n")
        return self._date[1]

    async def _sweep(self) -> None:
        while True:
            await asyncio.sleep(5)
            oldest = time.monotonic() - IDLE_SECONDS
            for connection in [item for item in self.connections if item.idle_since < oldest]:
                connection.close_when_idle()


class _Connection(asyncio.Protocol):
    """One connection: requests are answered one after the other, in their order."""

    def __init__(self, server: Server) -> None:
        self._server = server
        self._loop = asyncio.get_running_loop()
        self._parser = HttpRequestParser(self)
        self._waiting: deque[tuple[Request, bool]] = deque()
        self._task: asyncio.Task[None] | None = None
        self._busy = False
        self._writable = asyncio.Event()
        self._writable.set()
        self._close_after = False
        self._refusal: Response | None = None
        self.idle_since = time.monotonic()
        self._reset()

    def _reset(self) -> None:
        self._url = b""
        self._headers: dict[str, str] = {}
        self._header_size = 0
        self._body: list[bytes] = []
        self._body_size = 0

    # -- asyncio ------------------------------------------------------------------------------------------

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport
        self._server.connections.add(self)

    def connection_lost(self, _error: Exception | None) -> None:
        self._writable.set()
        self._server.forget(self)

    def pause_writing(self) -> None:
        self._writable.clear()

    def resume_writing(self) -> None:
        self._writable.set()

    def data_received(self, data: bytes) -> None:
        try:
            self._parser.feed_data(data)
        except HttpParserUpgrade:
            self._refuse(501, "This server does not switch protocols.")
        except HttpParserCallbackError as error:
            refusal = error.__context__
            if isinstance(refusal, _Refusal):
                self._refuse(refusal.status, refusal.message)
            else:
                self._server.on_error(error)
                self._refuse(400, "The request is not valid HTTP.")
        except HttpParserError:
            self._refuse(400, "The request is not valid HTTP.")

    # -- httptools ----------------------------------------------------------------------------------------

    def on_url(self, url: bytes) -> None:
        self._url += url
        self._count(len(url))

    def on_header(self, name: bytes, value: bytes) -> None:
        self._count(len(name) + len(value))
        key, content = name.decode("latin-1").lower(), value.decode("latin-1")
        known = self._headers.get(key)
        self._headers[key] = content if known is None else f"{known},{content}"

    def on_headers_complete(self) -> None:
        length = self._headers.get("content-length", "")
        if length.isdecimal() and int(length) > self._server.body_limit:
            raise _Refusal(413, f"The request's body is larger than {self._server.body_limit} bytes.")
        if self._headers.get("expect", "").lower() == "100-continue" and not self._waiting and not self._busy:
            self._transport.write(b"HTTP/1.1 100 Continue\r\n\r\n")

    def on_body(self, data: bytes) -> None:
        self._body_size += len(data)
        if self._body_size > self._server.body_limit:
            raise _Refusal(413, f"The request's body is larger than {self._server.body_limit} bytes.")
        self._body.append(data)

    def on_message_complete(self) -> None:
        target = self._url.decode("latin-1")
        if not target.startswith("/"):  # absolute form, as clients of proxies send it
            target = "/" + target.partition("://")[2].partition("/")[2]
        path, _, query = target.partition("?")
        body = self._body[0] if len(self._body) == 1 else b"".join(self._body)
        request = Request(self._parser.get_method().decode("latin-1"), path, query, self._headers, body)
        item = (request, self._parser.should_keep_alive())
        self._reset()
        if self._close_after:
            return
        if not self._busy:
            self.idle_since = float("inf")
            self._busy = True
            self._begin(*item)
        else:
            self._waiting.append(item)
            if len(self._waiting) == PIPELINE_LIMIT:
                self._transport.pause_reading()

    def _count(self, size: int) -> None:
        self._header_size += size
        if self._header_size > HEADER_LIMIT:
            raise _Refusal(431, f"The request's headers are larger than {HEADER_LIMIT} bytes.")

    # -- answers ------------------------------------------------------------------------------------------

    def _begin(self, request: Request, keep_alive: bool) -> None:
        shortcut = self._server.shortcut
        try:
            is_taken = shortcut is not None and shortcut(request, partial(self._answer, request, keep_alive))
        except Exception as error:
            self._server.on_error(error)
            is_taken = False
        if not is_taken:
            self._task = self._loop.create_task(self._serve(request, keep_alive))

    def _answer(self, request: Request, keep_alive: bool, response: Response) -> None:
        """Send what the shortcut has brought."""
        if self._transport.is_closing() or not keep_alive or self._server.closing or not _is_small(response):
            self._task = self._loop.create_task(self._send(request, response, keep_alive))
            return
        self._write_whole(request, response, keep_alive=True)
        self._go_on()

    async def _serve(self, request: Request, keep_alive: bool) -> None:
        try:
            response = await self._server.handler(request)
        except RecursionError:
            response = text(400, "The request is nested too deeply.")
        except Exception as error:
            self._server.on_error(error)
            response = Response(500)
        await self._send(request, response, keep_alive)

    async def _send(self, request: Request, response: Response, keep_alive: bool) -> None:
        keep_alive = keep_alive and not self._server.closing
        try:
            await self._write(request, response, keep_alive)
        except Exception as error:
            self._server.on_error(error)
            self._transport.abort()
        if not keep_alive or self._transport.is_closing():
            self._transport.close()
        elif self._close_after and not self._waiting:
            await self._finish()
        else:
            self._go_on()

    def _go_on(self) -> None:
        """Take the next request, if one is waiting."""
        if self._waiting:
            item = self._waiting.popleft()
            if len(self._waiting) == PIPELINE_LIMIT - 1:
                self._transport.resume_reading()
            self._begin(*item)
        elif self._close_after:
            self._task = self._loop.create_task(self._finish())
        else:
            self._busy = False
            self.idle_since = time.monotonic()

    async def _write(self, request: Request, response: Response, keep_alive: bool) -> None:
        status, _, body, length = response
        if isinstance(body, bytes):
            self._write_whole(request, response, keep_alive)
            await self._writable.wait()
            return
        lines = self._head(response, keep_alive)
        lines.append("transfer-encoding: chunked\r\n\r\n" if length is None else f"content-length: {length}\r\n\r\n")
        self._transport.write("".join(lines).encode("latin-1", "replace"))
        if not _is_bodiless(status) and request.method != "HEAD":
            await self._stream(body, chunked=length is None)

    def _write_whole(self, request: Request, response: Response, keep_alive: bool) -> None:
        status, _, body, length = response
        assert isinstance(body, bytes)
        lines = self._head(response, keep_alive)
        bodiless = _is_bodiless(status)
        if not bodiless:
            lines.append(f"content-length: {length if length is not None and not body else len(body)}\r\n")
        lines.append("\r\n")
        head = "".join(lines).encode("latin-1", "replace")
        if bodiless or request.method == "HEAD" or not body:
            self._transport.write(head)
        elif len(body) < _SMALL:
            self._transport.write(head + body)
        else:
            self._transport.writelines((head, body))

    def _head(self, response: Response, keep_alive: bool) -> list[str]:
        """The lines of a response's head, but for those about its body."""
        lines = [_STATUS.get(response.status) or f"HTTP/1.1 {response.status} \r\n", self._server.date()]
        for name, value in response.headers:
            lines.append(
                f"{name}: {value}\r\n" if value.isprintable() else f"{name}: {value.translate(_FORBIDDEN)}\r\n"
            )
        if not keep_alive:
            lines.append("connection: close\r\n")
        return lines

    async def _stream(self, body: AsyncIterator[bytes], chunked: bool) -> None:
        try:
            async for part in body:
                if self._transport.is_closing():
                    return
                if part:
                    self._transport.writelines((f"{len(part):x}\r\n".encode(), part, b"\r\n") if chunked else (part,))
                    await self._writable.wait()
            if chunked:
                self._transport.write(b"0\r\n\r\n")
        finally:
            if isinstance(body, AsyncGenerator):  # whoever yields shall know that nobody listens any more
                await body.aclose()

    def _refuse(self, status: int, message: str) -> None:
        """Answer what cannot be read any further, after the answers that are still due, and close."""
        if self._close_after or self._transport.is_closing():
            return
        self._close_after = True
        self._transport.pause_reading()
        self._refusal = text(status, message)
        if not self._busy:
            self._busy = True
            self._task = self._loop.create_task(self._finish())

    async def _finish(self) -> None:
        """Send the refusal, if there is one, and close."""
        if self._refusal is not None and not self._transport.is_closing():
            await self._write(Request("GET", "/", "", {}, b""), self._refusal, keep_alive=False)
        self._transport.close()

    def close_when_idle(self) -> None:
        """Close now, or after the answer that is due."""
        self._close_after = True
        if not self._busy:
            self._transport.close()

    def abort(self) -> None:
        """Close without waiting for anything."""
        self._transport.abort()


def _is_bodiless(status: int) -> bool:
    return status in _BODILESS or status < 200


def _is_small(response: Response) -> bool:
    return isinstance(response.body, bytes) and len(response.body) < _SMALL


class _Refusal(Exception):  # noqa: N818 - not an error of ours: an answer
    """Why a request is not read to its end."""

    def __init__(self, status: int, message: str) -> None:
        super().__init__(message)
        self.status = status
        self.message = message
