"""The other ways to be reached: one client over TCP, or over WebSocket; on loopback only."""

from __future__ import annotations

import asyncio
import json
import sys
from importlib import import_module
from typing import Any

from pystein_lsp.lsp.protocol import Protocol
from pystein_lsp.lsp.stdio import FramingError, length_of

HOST = "127.0.0.1"


async def serve_tcp(protocol: Protocol, port: int) -> None:
    """Wait for one client, and serve it until it leaves."""

    async def connected(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        listener.close()
        protocol.set_writer(writer)
        try:
            while not protocol.ended.is_set():
                header = await reader.readuntil(b"\r\n\r\n")
                _take(protocol, await reader.readexactly(length_of(header)))
        except (FramingError, OSError, asyncio.IncompleteReadError, asyncio.LimitOverrunError):
            pass
        writer.close()
        protocol.ended.set()

    listener = await asyncio.start_server(connected, HOST, port)
    _announce(listener.sockets[0].getsockname()[1])
    await protocol.ended.wait()


async def serve_ws(protocol: Protocol, port: int) -> None:
    """The same over WebSocket: a message is a frame, without headers.

    Raises:
        ImportError: the package `websockets` is not installed.
    """
    from pygls.io_ import WebSocketWriter  # noqa: PLC0415 (an optional way in)

    serve = import_module("websockets.asyncio.server").serve

    async def connected(connection: Any) -> None:
        if protocol.writer is not None:
            return  # somebody is here already
        protocol.set_writer(WebSocketWriter(connection), include_headers=False)
        async for body in connection:
            _take(protocol, body)
        protocol.ended.set()

    async with serve(connected, HOST, port, max_size=None) as listener:
        _announce(next(iter(listener.sockets)).getsockname()[1])
        await protocol.ended.wait()


def _take(protocol: Protocol, body: bytes | str) -> None:
    message: Any
    try:
        message = json.loads(body)
    except (ValueError, RecursionError):
        message = None
    protocol.handle_message(message)


def _announce(port: int) -> None:
    sys.stderr.write(f"pystein-lsp: listening on {HOST}:{port}\n")
    sys.stderr.flush()
