"""What keeps web pages away from a host on loopback.

A page on the internet can make a browser send requests to 127.0.0.1, and a name of its own can be made to resolve there
(DNS rebinding), after which the browser would let it read the answers.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from .messages import Response, text

if TYPE_CHECKING:
    from .messages import Request

_LOOPBACK = re.compile(r"localhost\.?|[\w.-]+\.localhost\.?|127(?:\.\d{1,3}){3}|\[::1\]|host\.docker\.internal")


def is_local(authority: str) -> bool:
    """Whether `name[:port]` names this machine."""
    name = re.sub(r":\d*$", "", authority.strip().lower())
    return _LOOPBACK.fullmatch(name) is not None


def check_host(request: Request) -> Response | None:
    """A refusal when the request was meant for another name."""
    host = request.headers.get("host")
    if host is None or is_local(host):
        return None
    return text(403, "This host answers only under localhost: the request's Host header names another machine.")


def check_admin(request: Request) -> Response | None:
    """A refusal of the admin API when a web page of another origin sends the request."""
    return _check_site(request, "The admin API is closed to other web sites.")


def check_cloud(request: Request) -> Response | None:
    """A refusal of the local cloud when it is a web page that sends the request.

    Its key is known to everybody, and a form can send a signed request, although no page can read an answer.
    """
    return _check_site(request, "The local cloud is closed to web sites.")


def _check_site(request: Request, refusal: str) -> Response | None:
    site = request.headers.get("sec-fetch-site", "none").lower()
    origin = request.headers.get("origin")
    foreign = origin is not None and _place(origin) != request.headers.get("host", "").lower()
    if site in {"none", "same-origin"} and not foreign:
        return None
    return text(403, refusal)


def _place(origin: str) -> str | None:
    """Where a page came from, `name[:port]`; None for what is no address, which no browser sends."""
    try:
        return urlsplit(origin).netloc.lower()
    except ValueError:
        return None
