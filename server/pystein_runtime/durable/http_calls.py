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
    url = str(request.get("uri"))
    if urlsplit(url).scheme not in {"http", "https"}:
        raise CallError(f"'{url}' is not the address of a web service.")
    if request.get("tokenSource"):
        raise CallError("A managed identity, which this call wants a token of, exists in Azure only.")
    content = request.get("content")
    headers = dict(request.get("headers") or {})
    if content is not None and not any(name.lower() == "content-type" for name in headers):
        headers["Content-Type"] = "application/json"
    call = urllib.request.Request(  # noqa: S310 - the scheme is checked above
        url, None if content is None else str(content).encode(), headers, method=str(request.get("method", "GET"))
    )
    try:
        try:
            with urllib.request.urlopen(call, timeout=TIMEOUT_SECONDS) as response:  # noqa: S310 - as above
                status, received, body = response.status, response.headers, response.read()
        except urllib.error.HTTPError as error:
            with error:
                status, received, body = error.code, error.headers, error.read()
    except (OSError, http.client.HTTPException, ValueError) as error:
        reason = error.reason if isinstance(error, urllib.error.URLError) else error
        raise CallError(f"{url} cannot be reached: {reason}") from error
    answer = {"statusCode": status, "headers": _headers(received), "content": body.decode("utf-8", "replace")}
    location = received.get("Location")
    if status != 202 or location is None or request.get("asynchronousPatternEnabled") is False:
        return Step(answer)
    again = {"method": "GET", "uri": urljoin(url, location), "headers": request.get("headers")}
    return Step(answer, again, _delay(received.get("Retry-After")))


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
    except (TypeError, ValueError):
        return POLL_SECONDS
