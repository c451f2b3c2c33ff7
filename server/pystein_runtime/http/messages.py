"""A request and a response: plain data between the server and whoever answers."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Mapping, Sequence


class Request(NamedTuple):
    """A request that has arrived whole."""

    method: str
    path: str
    """As it came: percent-encoded, without the query."""
    query: str
    """What follows the `?`, as it came."""
    headers: Mapping[str, str]
    """Names in lower case; several values of one name joined by a comma."""
    body: bytes


class Response(NamedTuple):
    """An answer. `content-length`, `date` and `connection` are the server's business."""

    status: int
    headers: Sequence[tuple[str, str]] = ()
    body: bytes | AsyncIterator[bytes] = b""
    length: int | None = None
    """Bytes that an iterator yields, when known; and what a HEAD's `content-length` says when `body` is empty."""


def text(status: int, message: str, *headers: tuple[str, str]) -> Response:
    """An answer of plain text."""
    return Response(status, (("content-type", "text/plain; charset=utf-8"), *headers), message.encode())
