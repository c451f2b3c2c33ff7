"""Cookies of HTTP answers: what a function wrote into Set-Cookie, taken apart as the official worker does.

Rules and texts: azure-functions-runtime 1.3.0, bindings/datumdef.py and nullable_converters.py.
"""

from __future__ import annotations

import logging
from calendar import timegm
from time import strptime
from typing import TYPE_CHECKING, Any

from .messages import Cookie

if TYPE_CHECKING:
    from http.cookies import SimpleCookie

_SAME_SITE = {"lax": "Lax", "strict": "Strict", "none": "None"}


def to_cookies(headers: list[SimpleCookie]) -> list[Cookie]:
    """The cookies of the Set-Cookie headers, as the library has parsed them.

    Raises:
        ValueError: `Expires` is no date of HTTP.
        TypeError: `Max-Age` is no number.
    """
    return [_cookie(name, morsel) for header in headers for name, morsel in header.items()]


def _cookie(name: str, morsel: Any) -> Cookie:
    return Cookie(
        name,
        morsel.value,
        domain=morsel["domain"] or None,
        path=morsel["path"] or None,
        expires=_expires(morsel["expires"]),
        secure=bool(morsel["secure"]),
        http_only=bool(morsel["httponly"]),
        same_site=_SAME_SITE.get(morsel["samesite"].lower()),
        max_age=_max_age(morsel["max-age"]),
    )


def _expires(text: str) -> float | None:
    if not text:
        return None
    try:
        return float(timegm(strptime(text, "%a, %d %b %Y %H:%M:%S GMT")))
    except ValueError:
        logging.error("Can not parse value %s of expires in the cookie due to invalid format.", text)  # noqa: TRY400 - as the official worker does
        raise


def _max_age(value: str | float) -> float | None:
    if value == "":
        return None
    try:
        return float(value)
    except ValueError:
        raise TypeError(f"Cannot parse value {value} of 'cookie.maxAge' to float.") from None
