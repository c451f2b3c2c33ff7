"""An HTTP/1.1 client for loopback, whose answers may be streams: for apps whose worker serves HTTP by itself."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from .messages import Response
from .parsing import HttpParserError, HttpResponseParser

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from .messages import Request

_READ = 65536  # bytes at once
_HOPS = {"connection", "keep-alive", "proxy-connection", "te", "trailer", "transfer-encoding", "upgrade", "expect"}
"""Headers between neighbours, which are not passed on (RFC 9110, 7.6.1)."""


async def send(host: str, port: int, request: Request) -> Response:
    """Send a request and wait for the head of its answer; the body is read as it comes.

    Raises:
        OSError: nobody listens, or the connection ended too early.
    """
    reader, writer = await asyncio.open_connection(host, port)
    try:
        writer.writelines((_head(request), request.body))
        answer = _Answer()
        parser = HttpResponseParser(answer)
        while not answer.has_head:
            await _feed(reader, parser)
    except BaseException:
        writer.close()
        raise
    headers = [(name, value) for name, value in answer.headers if name not in _HOPS and name != "content-length"]
    length = next(
        (int(value) for name, value in answer.headers if name == "content-length" and value.isdecimal()), None
    )
    if request.method == "HEAD":
        writer.close()
        return Response(parser.get_status_code(), headers, b"", length)
    return Response(parser.get_status_code(), headers, _body(reader, writer, parser, answer), length)


def _head(request: Request) -> bytes:
    lines = [f"{request.method} {request.path}{'?' + request.query if request.query else ''} HTTP/1.1\r\n"]
    lines += [
        f"{name}: {value}\r\n"
        for name, value in request.headers.items()
        if name not in _HOPS and name != "content-length"
    ]
    lines.append(f"content-length: {len(request.body)}\r\nconnection: close\r\n\r\n")
    return "".join(lines).encode("latin-1")


async def _feed(reader: asyncio.StreamReader, parser: HttpResponseParser) -> None:
    data = await reader.read(_READ)
    if not data:
        raise ConnectionResetError("The connection ended before the answer did.")
    try:
        parser.feed_data(data)
    except HttpParserError as error:
        raise ConnectionError("The answer is not valid HTTP.") from error


async def _body(
    reader: asyncio.StreamReader, writer: asyncio.StreamWriter, parser: HttpResponseParser, answer: _Answer
) -> AsyncIterator[bytes]:
    try:
        while True:
            parts, answer.parts = answer.parts, []
            for part in parts:
                yield part
            if answer.is_complete:
                return
            await _feed(reader, parser)
    finally:
        writer.close()


class _Answer:
    """What the parser has found."""

    def __init__(self) -> None:
        self.headers: list[tuple[str, str]] = []
        self.parts: list[bytes] = []
        self.has_head = False
        self.is_complete = False

    def on_header(self, name: bytes, value: bytes) -> None:
        self.headers.append((name.decode("latin-1").lower(), value.decode("latin-1")))

    def on_headers_complete(self) -> None:
        self.has_head = True

    def on_body(self, data: bytes) -> None:
        self.parts.append(data)

    def on_message_complete(self) -> None:
        self.is_complete = True
