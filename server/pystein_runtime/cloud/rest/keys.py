"""Shared Key and Shared Key Lite. REST reference: "Authorize with Shared Key"."""

from __future__ import annotations

import hmac
from base64 import b64decode, b64encode
from hashlib import sha256
from typing import TYPE_CHECKING
from urllib.parse import parse_qsl, unquote

from pystein_runtime.cloud.account import ACCOUNT, KEY

from .calls import Refused

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from pystein_runtime.http.messages import Request

_SIGNED = (
    "content-encoding", "content-language", "content-length", "content-md5", "content-type", "date",
    "if-modified-since", "if-match", "if-none-match", "if-unmodified-since", "range",
)  # fmt: skip


def sign(text: str) -> str:
    """The signature of a text with the account's key."""
    return b64encode(hmac.new(b64decode(KEY), text.encode(), sha256).digest()).decode()


def check(request: Request, scheme: str, credentials: str, *, tables: bool) -> None:
    """Whether an Authorization header fits the request.

    Raises:
        Refused: AuthenticationFailed.
    """
    account, _, signature = credentials.partition(":")
    if account != ACCOUNT:
        raise Refused("AuthenticationFailed", f"This is the account {ACCOUNT}, with the emulators' well-known key.")
    if tables:
        texts = [_table_text(request, lite=scheme == "sharedkeylite")]
    elif scheme == "sharedkeylite":
        texts = [_lite_text(request, order) for order in _ORDERS]
    else:
        texts = [_text(request, order) for order in _ORDERS]
    if not any(hmac.compare_digest(sign(text), signature) for text in texts):
        raise Refused("AuthenticationFailed")


def _plain(name: str) -> str:
    return name


def _cultural(name: str) -> str:
    """The order in which newer SDKs put headers, as .NET compares text: hyphens count last, an underscore is small."""
    return name.replace("-", "").replace("_", " ")


_ORDERS = (_plain, _cultural)


def _text(request: Request, order: Callable[[str], str]) -> str:
    headers = request.headers
    values = {name: headers.get(name, "") for name in _SIGNED}
    if values["content-length"] == "0":
        values["content-length"] = ""
    if "x-ms-date" in headers:
        values["date"] = ""
    lines = [request.method, *(values[name] for name in _SIGNED)]
    return "\n".join(lines) + "\n" + _canonical_headers(headers, order) + _resource(request)


def _lite_text(request: Request, order: Callable[[str], str]) -> str:
    headers = request.headers
    date = "" if "x-ms-date" in headers else headers.get("date", "")
    lines = [request.method, headers.get("content-md5", ""), headers.get("content-type", ""), date]
    return "\n".join(lines) + "\n" + _canonical_headers(headers, order) + _short_resource(request)


def _table_text(request: Request, *, lite: bool) -> str:
    headers = request.headers
    date = headers.get("x-ms-date") or headers.get("date", "")
    if lite:
        return f"{date}\n{_short_resource(request)}"
    lines = [request.method, headers.get("content-md5", ""), headers.get("content-type", ""), date]
    return "\n".join(lines) + "\n" + _short_resource(request)


def _canonical_headers(headers: Mapping[str, str], order: Callable[[str], str]) -> str:
    names = sorted((name for name in headers if name.startswith("x-ms-")), key=order)
    return "".join(f"{name}:{headers[name].strip()}\n" for name in names)


def _resource(request: Request) -> str:
    values: dict[str, list[str]] = {}
    for name, value in parse_qsl(request.query, keep_blank_values=True):
        values.setdefault(name.lower(), []).append(value)
    query = "".join(f"\n{name}:{','.join(sorted(values[name]))}" for name in sorted(values))
    return f"/{ACCOUNT}{request.path}{query}"


def _short_resource(request: Request) -> str:
    comp = next((value for name, value in parse_qsl(request.query) if name.lower() == "comp"), None)
    return f"/{ACCOUNT}{request.path}" + ("" if comp is None else f"?comp={unquote(comp)}")
