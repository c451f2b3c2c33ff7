"""Durable HTTP calls (`context.call_http`), as azure-functions-durable-extension's `TaskHttpActivityShim` makes them."""

from __future__ import annotations

import http.client
import urllib.error
import urllib.request
from email.utils import parsedate_to_datetime
from time import time
from typing import TYPE_CHECKING, Any, NamedTuple
from urllib.parse import urljoin, urlsplit

if TYPE_CHECKING:
    from email.message import Message

POLL_SECONDS = 30.0  # where a 202 does not say when to ask again; the extension's default
TIMEOUT_SECONDS = 100.0  # of .NET's HttpClient


class CallError(Exception):
    """A call that has no answer."""


class Step(NamedTuple):
    """What one request has led to."""

    answer: dict[str, Any]
    """As the durable package gets it."""
    again: dict[str, Any] | None = None
    """The request with which to go on, when the answer was 202."""
    delay: float = 0.0
    """Seconds before that."""


def make(request: dict[str, Any]) -> Step:
    """Send a request; blocks.

    Raises:
        CallError: it cannot be sent, or nobody answers.
    """
    url, headers = str(request.get("uri")), request.get("headers") or {}
    if not _is_web(url):
        raise CallError(f"'{url}' is not the address of a web service.")
    if not isinstance(headers, dict):
        raise CallError(f"The headers of a call must be an object, not {headers!r}.")
    if request.get("tokenSource"):
        raise CallError("A managed identity, which this call wants a token of, exists in Azure only.")
    try:
        status, received, body = _send(url, request, headers)
    except (OSError, http.client.HTTPException, ValueError) as error:
        reason = error.reason if isinstance(error, urllib.error.URLError) else error
        raise CallError(f"{url} cannot be reached: {reason}") from error
    answer = {"statusCode": status, "headers": _headers(received), "content": body.decode("utf-8", "replace")}
    location = received.get("Location")
    if status != 202 or location is None or request.get("asynchronousPatternEnabled") is False:
        return Step(answer)
    try:
        uri = urljoin(url, location)
    except ValueError as error:
        raise CallError(f"{url} answers 202 with a Location that is no address: '{location}'.") from error
    return Step(answer, {"method": "GET", "uri": uri, "headers": headers}, _delay(received.get("Retry-After")))


def _is_web(url: str) -> bool:
    try:
        return urlsplit(url).scheme in {"http", "https"}
    except ValueError:
        return False


def _send(url: str, request: dict[str, Any], headers: dict[str, Any]) -> tuple[int, Message, bytes]:
    """The status, the headers and the content of the answer."""
    content = request.get("content")
    if content is not None and not any(name.lower() == "content-type" for name in headers):
        headers = {**headers, "Content-Type": "application/json"}
    call = urllib.request.Request(  # noqa: S310 - the scheme is checked above
        url, None if content is None else str(content).encode(), headers, method=str(request.get("method", "GET"))
    )
    try:
        with urllib.request.urlopen(call, timeout=TIMEOUT_SECONDS) as response:  # noqa: S310 - as above
            return response.status, response.headers, response.read()
    except urllib.error.HTTPError as error:
        with error:
            return error.code, error.headers, error.read()


def _headers(received: Message) -> dict[str, Any]:
    headers: dict[str, Any] = {}
    for name in received:
        values = received.get_all(name) or []
        headers[name] = values[0] if len(values) == 1 else values
    return headers


def _delay(text: str | None) -> float:
    if text is None:
        return POLL_SECONDS
    if text.strip().isdecimal():
        return float(text)
    try:
        return max(parsedate_to_datetime(text).timestamp() - time(), 0.0)
    except (TypeError, ValueError, OverflowError):
        return POLL_SECONDS
