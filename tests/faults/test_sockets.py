"""Small answers leave at once: the delay of small writes costs the second of two answers 40 ms."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import Callable

import pytest

from pystein_runtime.cloud.bus.amqp import sockets as amqp
from pystein_runtime.http import sockets as http


@pytest.mark.parametrize("bind", [lambda: http.bind("127.0.0.1", 0), lambda: amqp.bind(0)], ids=["HTTP", "AMQP"])
async def test_nothing_waits_for_more(bind: Callable[[], socket.socket]) -> None:
    bound = bind()
    met: asyncio.Future[asyncio.StreamWriter] = asyncio.get_running_loop().create_future()
    server = await asyncio.start_server(lambda _, writer: met.set_result(writer), sock=bound)
    _, ours = await asyncio.open_connection(*bound.getsockname())
    theirs = await met
    accepted = theirs.get_extra_info("socket")
    assert accepted.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY) != 0
    for writer in ours, theirs:
        writer.close()
        await writer.wait_closed()
    server.close()
