"""The HTTP parser: httptools where it is installed, else h11 behind the same face.

httptools is compiled and twenty times as fast; a package that is one for every system (the editor's extension) cannot bring
it. h11 is pure Python.
"""

from __future__ import annotations

from typing import Any

try:
    from httptools import (
        HttpParserCallbackError,
        HttpParserError,
        HttpParserUpgrade,
        HttpRequestParser,
        HttpResponseParser,
    )
except ImportError:
    import h11

    _LARGEST_HEAD = 1 << 17  # bytes of a head that h11 keeps while it is incomplete

    class HttpParserError(Exception):  # type: ignore[no-redef]  # the stand-in for httptools' own
        """What was received is no HTTP."""

    class HttpParserCallbackError(HttpParserError):  # type: ignore[no-redef]  # the same
        """A callback raised; its exception is the context."""

    class HttpParserUpgrade(Exception):  # type: ignore[no-redef]  # noqa: N818 (the name is httptools')
        """The client asks for another protocol."""

    class _Parser:
        """Feeds what is received to h11 and tells of each event."""

        _connection: h11.Connection

        def feed_data(self, data: bytes) -> None:
            """Parse what was received.

            Raises:
                HttpParserError: it is no HTTP.
                HttpParserCallbackError: a callback of a request's protocol raised.
                HttpParserUpgrade: the client asks for another protocol.
            """
            try:
                self._connection.receive_data(data)
                while True:
                    event = self._connection.next_event()
                    if event is h11.NEED_DATA or event is h11.PAUSED or isinstance(event, h11.ConnectionClosed):
                        return
                    self._tell(event)
            except h11.RemoteProtocolError as error:
                raise HttpParserError(str(error)) from error

        def _tell(self, event: Any) -> None:
            raise NotImplementedError

    class HttpRequestParser(_Parser):  # type: ignore[no-redef]  # the same
        """Calls `protocol` back for requests as httptools does."""

        def __init__(self, protocol: Any) -> None:
            self._protocol = protocol
            self._connection = self._next()
            self._method = b""
            self._keep_alive = True

        @staticmethod
        def _next(rest: bytes = b"") -> h11.Connection:
            connection = h11.Connection(h11.SERVER, max_incomplete_event_size=_LARGEST_HEAD)
            if rest:
                connection.receive_data(rest)
            return connection

        def _tell(self, event: Any) -> None:
            try:
                if isinstance(event, h11.Request):
                    self._request(event)
                elif isinstance(event, h11.Data):
                    self._protocol.on_body(bytes(event.data))
                elif isinstance(event, h11.EndOfMessage):
                    rest, _ = self._connection.trailing_data
                    self._connection = self._next(rest)
                    self._protocol.on_message_complete()
            except (HttpParserUpgrade, h11.RemoteProtocolError):
                raise
            except Exception:
                raise HttpParserCallbackError("a callback failed")  # noqa: B904 (its exception is the context, as in httptools)

        def _request(self, event: h11.Request) -> None:
            headers = dict(event.headers)
            connection = headers.get(b"connection", b"").lower()
            self._method = event.method
            self._keep_alive = b"close" not in connection and (
                event.http_version == b"1.1" or b"keep-alive" in connection
            )
            if b"upgrade" in connection:
                raise HttpParserUpgrade
            self._protocol.on_url(event.target)
            for name, value in event.headers:
                self._protocol.on_header(name, value)
            self._protocol.on_headers_complete()

        def get_method(self) -> bytes:
            """The method of the request that was read last."""
            return self._method

        def should_keep_alive(self) -> bool:
            """Whether the client wants to go on with this connection."""
            return self._keep_alive

    class HttpResponseParser(_Parser):  # type: ignore[no-redef]  # the same
        """Calls `protocol` back for one answer as httptools does."""

        def __init__(self, protocol: Any) -> None:
            self._protocol = protocol
            self._status = 0
            self._connection = h11.Connection(h11.CLIENT, max_incomplete_event_size=_LARGEST_HEAD)
            # h11 reads an answer only to a request that it knows of.
            self._connection.send(h11.Request(method="GET", target="/", headers=[("host", "localhost")]))
            self._connection.send(h11.EndOfMessage())

        def _tell(self, event: Any) -> None:
            if isinstance(event, h11.Response):
                self._status = event.status_code
                for name, value in event.headers:
                    self._protocol.on_header(name, value)
                self._protocol.on_headers_complete()
            elif isinstance(event, h11.Data):
                self._protocol.on_body(bytes(event.data))
            elif isinstance(event, h11.EndOfMessage):
                self._protocol.on_message_complete()

        def get_status_code(self) -> int:
            """The status of the answer."""
            return self._status


__all__ = [
    "HttpParserCallbackError",
    "HttpParserError",
    "HttpParserUpgrade",
    "HttpRequestParser",
    "HttpResponseParser",
]
