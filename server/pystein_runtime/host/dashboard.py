"""The page on the host's port: the functions, the last invocations and their logs."""

from __future__ import annotations

from pathlib import Path

from pystein_runtime.http.messages import Response

PAGE = Path(__file__).with_name("dashboard.html")
# Nothing from elsewhere, no frames around it: the page may use the admin API.
_POLICY = (
    "default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'; connect-src 'self';"
    " frame-ancestors 'none'; base-uri 'none'; form-action 'none'"
)
_HEADERS = (
    ("content-type", "text/html; charset=utf-8"),
    ("content-security-policy", _POLICY),
    ("x-content-type-options", "nosniff"),
    ("cache-control", "no-store"),
)


def page() -> Response:
    """The page; what it shows it asks the admin API for."""
    return Response(200, _HEADERS, PAGE.read_bytes())
