"""HTTP functions whose worker takes the requests itself, as streams (azurefunctions-extensions-http-fastapi).

The request goes to the worker's own server with the invocation's id, the invocation beside it; the answer is what comes
from there, piece by piece.
"""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from pystein_runtime.http import client
from pystein_runtime.http.messages import Request, Response

if TYPE_CHECKING:
    from pystein_runtime.host.invocation import Outcome
    from pystein_runtime.host.triggers import Event

INVOCATION_HEADER = "x-ms-invocation-id"
FAILURE_SECONDS = 5.0  # for the answer to come when the invocation has ended already


async def answer(uri: str, request: Request, id_: str, invocation: asyncio.Task[Outcome]) -> Response:
    """The answer to a request whose invocation has begun; 500 when there is none to come."""
    address = urlsplit(uri)
    assert address.hostname is not None
    assert address.port is not None
    passed = request._replace(headers={**request.headers, INVOCATION_HEADER: id_})
    sent = asyncio.ensure_future(client.send(address.hostname, address.port, passed))
    await asyncio.wait((sent, invocation), return_when=asyncio.FIRST_COMPLETED)
    if not sent.done():
        await asyncio.wait((sent,), timeout=FAILURE_SECONDS)
    if not sent.done():
        sent.cancel()
        return Response(500)
    try:
        return sent.result()
    except OSError:
        return Response(500)


async def collect(response: Response) -> Response:
    """A response with its whole body."""
    if isinstance(response.body, bytes):
        return response
    return response._replace(body=b"".join([part async for part in response.body]), length=None)


def request_of(event: Event) -> Request:
    """The request that an event was made of."""
    value = event.datum.value
    url = urlsplit(value.url)
    return Request(value.method, url.path, url.query, value.headers, value.body.value)
