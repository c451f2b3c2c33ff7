"""The two HTTP parsers tell the same of the same bytes, however these are cut."""

from __future__ import annotations

import builtins
import importlib
from collections.abc import Iterator
from typing import Any

import httptools
import pytest

from pystein_runtime.http import parsing

GET = b"GET /a?b=c HTTP/1.1\r\nHost: x\r\nX-Y: 1\r\nX-Y: 2\r\n\r\n"
POST = b"POST /p HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\n\r\nhello"
CHUNKED = b"PUT /c HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n2\r\nde\r\n0\r\n\r\n"
CLOSING = b"HEAD / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"
OLD = b"GET / HTTP/1.0\r\nHost: x\r\n\r\n"


class Listener:
    """Notes what a parser tells."""

    def __init__(self) -> None:
        self.told: list[Any] = []
        self.parser: Any = None
        self.body = b""

    def on_url(self, url: bytes) -> None:
        self.told.append(url)

    def on_header(self, name: bytes, value: bytes) -> None:
        self.told.append((name.lower(), value))

    def on_headers_complete(self) -> None:
        self.told.append("headers")

    def on_body(self, data: bytes) -> None:
        self.body += data

    def on_message_complete(self) -> None:
        self.told.append((self.parser.get_method(), self.body, self.parser.should_keep_alive()))
        self.body = b""


@pytest.fixture
def pure(monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    """The parser of an interpreter without httptools."""
    real = builtins.__import__

    def without(name: str, *args: Any, **kwargs: Any) -> Any:
        if name == "httptools":
            raise ImportError(name)
        return real(name, *args, **kwargs)

    monkeypatch.setattr(builtins, "__import__", without)
    yield importlib.reload(parsing)
    monkeypatch.undo()
    importlib.reload(parsing)


def told(module: Any, data: bytes, size: int) -> list[Any]:
    listener = Listener()
    listener.parser = module.HttpRequestParser(listener)
    for start in range(0, len(data), size):
        listener.parser.feed_data(data[start : start + size])
    return listener.told


@pytest.mark.parametrize("size", [1, 7, 1000])
@pytest.mark.parametrize("data", [GET, POST, CHUNKED, CLOSING, OLD, GET + POST + CHUNKED + GET], ids=range(6))
def test_the_same_is_told(pure: Any, data: bytes, size: int) -> None:
    assert told(pure, data, size) == told(httptools, data, 1000)


@pytest.mark.parametrize(
    "data",
    [b"\x16\x03\x01\x02\x00", b"GET / HTTP/1.1\r\nbad header\r\n\r\n", b"POST / HTTP/1.1\r\nContent-Length: x\r\n\r\n"],
)
def test_what_is_no_http_is_refused(pure: Any, data: bytes) -> None:
    with pytest.raises(pure.HttpParserError):
        told(pure, data, 1000)


def test_a_failing_callback_is_told(pure: Any) -> None:
    listener = Listener()
    listener.parser = pure.HttpRequestParser(listener)

    def fail(_url: bytes) -> None:
        raise ValueError("too much")

    listener.on_url = fail  # type: ignore[method-assign, assignment]
    with pytest.raises(pure.HttpParserCallbackError) as caught:
        listener.parser.feed_data(GET)
    assert isinstance(caught.value.__context__, ValueError)


class Reader:
    """Notes what is told of an answer."""

    def __init__(self) -> None:
        self.headers: list[tuple[bytes, bytes]] = []
        self.body = b""
        self.steps: list[str] = []

    def on_header(self, name: bytes, value: bytes) -> None:
        self.headers.append((name.lower(), value))

    def on_headers_complete(self) -> None:
        self.steps.append("headers")

    def on_body(self, data: bytes) -> None:
        self.body += data

    def on_message_complete(self) -> None:
        self.steps.append("end")


def answered(module: Any, data: bytes, size: int) -> object:
    reader = Reader()
    parser = module.HttpResponseParser(reader)
    for start in range(0, len(data), size):
        parser.feed_data(data[start : start + size])
    return parser.get_status_code(), reader.headers, reader.body, reader.steps


@pytest.mark.parametrize("size", [1, 7, 1000])
@pytest.mark.parametrize(
    "data",
    [
        b"HTTP/1.1 200 OK\r\nX-Y: 1\r\nContent-Length: 5\r\n\r\nhello",
        b"HTTP/1.1 418 Teapot\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n2\r\nde\r\n0\r\n\r\n",
        b"HTTP/1.1 204 No Content\r\nX-Y: 1\r\nX-Y: 2\r\n\r\n",
    ],
    ids=range(3),
)
def test_the_same_is_told_of_an_answer(pure: Any, data: bytes, size: int) -> None:
    assert answered(pure, data, size) == answered(httptools, data, 1000)


def test_an_answer_that_is_no_http_is_refused(pure: Any) -> None:
    with pytest.raises(pure.HttpParserError):
        answered(pure, b"\x16\x03\x01 nothing\r\n\r\n", 1000)
