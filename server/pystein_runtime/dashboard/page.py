"""The page itself. It is one file without anything from elsewhere; its policy lets run what stands in it and no more."""

from __future__ import annotations

import base64
import hashlib
import re
from functools import cache
from pathlib import Path

from pystein_runtime.http.messages import Response

PAGE = Path(__file__).with_name("page.html")
_INLINE = re.compile(r"<(script|style)[^>]*>(.*?)</\1>", re.DOTALL)


def page() -> Response:
    """The page; what it shows it asks the admin API for."""
    content, policy = _read()
    headers = (
        ("content-type", "text/html; charset=utf-8"),
        ("content-security-policy", policy),
        ("x-content-type-options", "nosniff"),
        ("referrer-policy", "no-referrer"),
        ("cache-control", "no-store"),
    )
    return Response(200, headers, content)


@cache
def _read() -> tuple[bytes, str]:
    """The file, and a policy that names its script and its style by what they are.

    Nothing from elsewhere and no frames around it, because the page may use the admin API.
    """
    text = PAGE.read_text(encoding="utf-8")
    allowed: dict[str, str] = {}
    for kind, content in _INLINE.findall(text):
        digest = base64.b64encode(hashlib.sha256(content.encode()).digest()).decode()
        allowed[kind] = f"{allowed.get(kind, '')} 'sha256-{digest}'"
    policy = (
        f"default-src 'none'; script-src{allowed.get('script', '')}; style-src{allowed.get('style', '')};"
        " img-src data:; connect-src 'self'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'"
    )
    return text.encode(), policy
