"""Values and moments as the page shows them."""

from __future__ import annotations

import base64
import json
from typing import TYPE_CHECKING, Any

from pystein_runtime.host import datetimes, results
from pystein_runtime.http.messages import Response

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pystein_runtime.worker.messages import Datum

SECRET_HEADERS = {"authorization", "cookie", "set-cookie", "x-functions-key", "x-zumo-auth", "proxy-authorization"}
HIDDEN = "(hidden)"
SHOWN_BYTES = 256 * 1024
"""Of a blob or another large thing."""


class Unusable(Exception):  # noqa: N818 - it is an answer
    """What was asked for cannot be done; the text is a whole sentence for the user."""

    def __init__(self, message: str, status: int = 400) -> None:
        super().__init__(message)
        self.status = status


def given(datum: Datum) -> Any:
    """What set a function off. The headers of a request that carry secrets are not shown."""
    if datum.type != "http":
        return results.value_of(datum)
    request = datum.value
    return {
        "method": request.method,
        "url": request.url.partition("?")[0],
        "headers": without_secrets(request.headers),
        "route": request.params,
        "query": {name: HIDDEN if name.lower() == "code" else value for name, value in request.query.items()},
        **content(_bytes_of(request.body)),
    }


def without_secrets(headers: Mapping[str, str]) -> dict[str, str]:
    """Headers, with the names of those that carry secrets alone."""
    return {name: HIDDEN if name.lower() in SECRET_HEADERS else value for name, value in headers.items()}


def content(data: bytes, name: str = "body") -> dict[str, Any]:
    """Bytes as text where they are text, else in Base64; large ones without their end, which is said."""
    shown = data[:SHOWN_BYTES]
    more = {"truncated": True} if len(shown) < len(data) else {}
    try:
        return {name: shown.decode(), **more}
    except UnicodeDecodeError as error:
        if more and error.start >= len(shown) - 3:  # cut within a character
            return {name: shown[: error.start].decode(), **more}
        return {name: base64.b64encode(shown).decode(), f"{name}Encoding": "base64", **more}


def moment(seconds: float | None) -> str | None:
    """Seconds since 1970 as ISO 8601."""
    return None if seconds is None or seconds <= 0 else datetimes.iso(seconds)


def answer(value: Any, status: int = 200) -> Response:
    """An answer of JSON."""
    headers = (("content-type", "application/json; charset=utf-8"), ("cache-control", "no-store"))
    return Response(status, headers, json.dumps(value, ensure_ascii=False, default=str).encode("utf-8", "replace"))


def _bytes_of(datum: Datum) -> bytes:
    value = datum.value
    return value if isinstance(value, bytes) else str("" if value is None else value).encode()
