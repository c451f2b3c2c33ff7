"""The HTTP transports of MCP: streamable HTTP, one request with one answer, and the older one with an event stream.

What is answered when: azure-functions-mcp-extension, `StreamableHttpRequestHandler` and `SseRequestHandler`. As there,
streamable HTTP keeps no sessions: an id is given out and accepted, also after a restart.
"""

from __future__ import annotations

import asyncio
import json
import secrets
from contextlib import suppress
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qs, quote

from pystein_runtime.http.messages import Response, text

from .catalog import Caller
from .server import error

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator

    from pystein_runtime.http.messages import Request

    from .server import Server

_EVENTS = (("content-type", "text/event-stream"), ("cache-control", "no-cache,no-store"))
_ALIVE_SECONDS = 15.0  # between signs of life on a stream, without which a client that is gone is not noticed
_STATE = "azmcpcs"  # the query parameter that names a stream's session
_PARSE_ERROR = -32700


class Transports:
    """Both transports of one server."""

    def __init__(self, server: Server) -> None:
        self._server = server
        self._streams: dict[str, _Stream] = {}
        self._tasks: set[asyncio.Task[None]] = set()
        self.absolute_endpoint = False
        """Whether a stream names the place for messages by a full URL."""

    async def handle(self, request: Request, path: str) -> Response:
        """Answer a request; `path` is what follows the endpoint's."""
        place = path.strip("/").lower()
        if place == "sse":
            return self._open(request) if request.method == "GET" else Response(405)
        if place == "message":
            return self._post_message(request) if request.method == "POST" else Response(405)
        if place:
            return Response(404)
        return await self._post(request) if request.method == "POST" else Response(405)

    def close(self) -> None:
        """End the streams: nothing more comes."""
        for stream in self._streams.values():
            stream.messages.put_nowait(None)

    # -- streamable HTTP ----------------------------------------------------------------------------------

    async def _post(self, request: Request) -> Response:
        accepted = request.headers.get("accept", "")
        if not (_accepts(accepted, "application/json") and _accepts(accepted, "text/event-stream")):
            return _refusal(406, "Not Acceptable: Client must accept both application/json and text/event-stream")
        try:
            message = json.loads(request.body)
        except ValueError:
            return _refusal(400, "Bad Request: The POST body did not contain a valid JSON-RPC message.", _PARSE_ERROR)
        if not isinstance(message, dict):
            return _refusal(400, "Bad Request: The POST body did not contain a valid JSON-RPC message.")
        session = request.headers.get("mcp-session-id")
        answer = await self._server.answer(message, Caller("http-streamable", request.headers, session))
        if answer is None:
            return Response(202)
        fresh = (("mcp-session-id", secrets.token_urlsafe(24)),) if message.get("method") == "initialize" else ()
        return Response(200, (*_EVENTS, *fresh), _event("message", json.dumps(answer, ensure_ascii=False)))

    # -- the older transport ------------------------------------------------------------------------------

    def _open(self, request: Request) -> Response:
        session = secrets.token_urlsafe(24)
        endpoint = f"message?{_STATE}={session}"
        key = parse_qs(request.query).get("code", [request.headers.get("x-functions-key", "")])[0]
        if key:
            endpoint += f"&code={quote(key, safe='')}"
        if self.absolute_endpoint:
            base = request.path.rstrip("/").rpartition("/")[0]
            endpoint = f"http://{request.headers.get('host', 'localhost')}{base}/{endpoint}"
        stream = self._streams[session] = _Stream()
        return Response(200, _EVENTS, self._stream(session, stream, endpoint))

    async def _stream(self, session: str, stream: _Stream, endpoint: str) -> AsyncGenerator[bytes, None]:
        try:
            yield _event("endpoint", endpoint)
            while True:
                try:
                    message = await asyncio.wait_for(stream.messages.get(), _ALIVE_SECONDS)
                except asyncio.TimeoutError:
                    yield b": alive\n\n"
                    continue
                if message is None:
                    return
                yield _event("message", message)
        finally:
            self._streams.pop(session, None)

    def _post_message(self, request: Request) -> Response:
        session = parse_qs(request.query).get(_STATE, [""])[0]
        stream = self._streams.get(session)
        if stream is None:
            why = f"No active session for client '{session}'." if session else "Missing service context."
            return text(400, f"{why} Please connect to the /sse endpoint to initiate your session.")
        try:
            message = json.loads(request.body)
        except ValueError:
            return text(400, "No message in request body.")
        with suppress(KeyError, TypeError):
            if message["method"] == "initialize":
                stream.client = message["params"]["clientInfo"]
        task = asyncio.get_running_loop().create_task(self._answer(message, stream, session, request))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        return text(202, "Accepted")

    async def _answer(self, message: Any, stream: _Stream, session: str, request: Request) -> None:
        answer = await self._server.answer(message, Caller("http-sse", request.headers, session, stream.client))
        if answer is not None:
            stream.messages.put_nowait(json.dumps(answer, ensure_ascii=False))


class _Stream:
    """One client's stream of events; None among its messages ends it."""

    def __init__(self) -> None:
        self.messages: asyncio.Queue[str | None] = asyncio.Queue()
        self.client: dict[str, Any] | None = None


def _event(name: str, data: str) -> bytes:
    return f"event: {name}\ndata: {data}\n\n".encode(errors="backslashreplace")


def _accepts(accepted: str, wanted: str) -> bool:
    family = wanted.partition("/")[0]
    kinds = {item.partition(";")[0].strip().lower() for item in accepted.split(",")}
    return bool(kinds & {wanted, f"{family}/*", "*/*"})


def _refusal(status: int, message: str, code: int = -32000) -> Response:
    body = json.dumps(error(None, code, message)).encode()
    return Response(status, (("content-type", "application/json; charset=utf-8"),), body)
