"""Cross-origin requests to functions, as `Host.CORS` of local.settings.json allows them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pystein_runtime.http.messages import Response

if TYPE_CHECKING:
    from pystein_runtime.host.settings import Settings
    from pystein_runtime.http.messages import Request


def allowed_origin(settings: Settings, request: Request) -> str | None:
    """The request's origin, when pages from there may call functions."""
    origin = request.headers.get("origin")
    if origin is None or not settings.cors:
        return None
    if "*" in settings.cors:
        return origin if settings.cors_credentials else "*"
    return origin if origin.rstrip("/") in {item.rstrip("/") for item in settings.cors} else None


def preflight(settings: Settings, request: Request) -> Response | None:
    """The answer to the question of a browser whether it may; None when the request is none."""
    headers = request.headers
    if request.method != "OPTIONS" or not settings.cors or "access-control-request-method" not in headers:
        return None
    origin = allowed_origin(settings, request)
    if origin is None:
        return Response(204)
    lines = [("access-control-allow-methods", headers["access-control-request-method"])]
    wanted = headers.get("access-control-request-headers")
    if wanted:
        lines.append(("access-control-allow-headers", wanted))
    return decorate(Response(204, lines), origin, settings)


def decorate(response: Response, origin: str, settings: Settings) -> Response:
    """A response with the headers that let a page from the origin read it."""
    lines = [*response.headers, ("access-control-allow-origin", origin)]
    if origin != "*":
        lines.append(("vary", "Origin"))
    if settings.cors_credentials:
        lines.append(("access-control-allow-credentials", "true"))
    return response._replace(headers=lines)
