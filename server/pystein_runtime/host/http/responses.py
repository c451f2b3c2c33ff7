"""From what an HTTP function returned to the response.

Rules: azure-functions-host, `RawScriptResult` and `GrpcMessageConversionExtensions`.
"""

from __future__ import annotations

from datetime import datetime, timezone
from email.utils import format_datetime
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from pystein_runtime.http.messages import Response

if TYPE_CHECKING:
    from pystein_runtime.worker.messages import Cookie, Datum, HttpResponse

_OWN = {"content-length", "transfer-encoding", "connection", "date", "keep-alive"}
_TEXT = ("content-type", "text/plain; charset=utf-8")
_JSON = ("content-type", "application/json; charset=utf-8")


def to_response(datum: Datum | None) -> Response:
    """The response for a function's return value; without any: 204."""
    if datum is None or datum.type is None:
        return Response(204)
    kind, value = datum
    if kind == "http":
        return _http(value)
    body, content_type = _body(datum)
    return Response(200, (content_type,), body)


def _http(value: HttpResponse) -> Response:
    status_text, headers, cookies, body_datum = value
    status = int(status_text) if status_text.isdecimal() else 0
    if not 100 <= status <= 999:
        return Response(500)
    body, content_type = _body(body_datum)
    lines = [(name, content) for name, content in headers.items() if name.lower() not in _OWN]
    if body and not any(name.lower() == "content-type" for name, _ in lines):
        lines.append(content_type)
    lines.extend(("set-cookie", set_cookie(cookie)) for cookie in cookies)
    return Response(status, lines, body)


def _body(datum: Datum) -> tuple[bytes, tuple[str, str]]:
    kind, value = datum
    if kind is None:
        return b"", _TEXT
    if kind == "bytes":
        return value, ("content-type", "application/octet-stream")
    return str(value).encode(), _JSON if kind == "json" else _TEXT


def set_cookie(cookie: Cookie) -> str:
    """A `set-cookie` header's value."""
    parts = [f"{quote(cookie.name, safe=_COOKIE_SAFE)}={quote(cookie.value, safe=_COOKIE_SAFE)}"]
    if cookie.expires is not None:
        parts.append(f"expires={format_datetime(datetime.fromtimestamp(cookie.expires, timezone.utc), usegmt=True)}")
    if cookie.max_age is not None:
        parts.append(f"max-age={int(cookie.max_age)}")
    parts.extend(
        f"{name}={value}" for name, value in (("domain", cookie.domain), ("path", cookie.path or "/")) if value
    )
    if cookie.secure:
        parts.append("secure")
    if cookie.same_site:
        parts.append(f"samesite={cookie.same_site.lower()}")
    if cookie.http_only:
        parts.append("httponly")
    return "; ".join(parts)


_COOKIE_SAFE = "!#$&'()*+/:<=>?@[]^_`{|}~-."


def shown(response: Response) -> dict[str, Any]:
    """A response in the shape of `invoke`: status, headers, body as text, or in Base64 when it is none."""
    headers: dict[str, str] = {}
    for name, value in response.headers:
        headers[name.lower()] = f"{headers[name.lower()]}, {value}" if name.lower() in headers else value
    body = response.body if isinstance(response.body, bytes) else b""
    return {"status": response.status, "headers": headers, **shown_bytes("body", body)}


def shown_bytes(name: str, data: bytes) -> dict[str, str]:
    """Bytes as JSON can have them: text, or Base64 with `<name>Encoding` beside it."""
    try:
        return {name: data.decode()}
    except UnicodeDecodeError:
        from base64 import b64encode  # noqa: PLC0415 - seldom needed

        return {name: b64encode(data).decode(), f"{name}Encoding": "base64"}
