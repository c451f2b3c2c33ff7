from asyncio import Event, Queue
from collections.abc import Awaitable, Callable
from typing import Any

from azure.functions._abc import Context
from azure.functions._http import HttpRequest, HttpResponse
from azure.functions._http_wsgi import WsgiRequest
from typing_extensions import Self, TypeAlias, deprecated

_AsgiApp: TypeAlias = Callable[[Any, Callable[..., Any], Callable[..., Any]], Awaitable[Any]]

ASGI_VERSION: str
ASGI_SPEC_VERSION: str

class AsgiRequest(WsgiRequest):
    asgi_version: str
    asgi_spec_version: str
    asgi_url_scheme: str
    def __init__(self, func_req: HttpRequest, func_ctx: Context | None = None) -> None: ...
    def to_asgi_http_scope(self, state: dict[str, Any] | None = None) -> dict[str, Any]: ...

class AsgiResponse:
    def __init__(self) -> None: ...
    @classmethod
    async def from_app(cls, app: _AsgiApp, scope: dict[str, Any], body: bytes) -> Self: ...
    def to_func_response(self) -> HttpResponse: ...

class AsgiMiddleware:
    """Hands requests to an ASGI application, such as FastAPI's or Starlette's.

    Args:
        app: The application.
    """

    main: Callable[[HttpRequest, Context], HttpResponse]
    state: dict[str, Any]
    lifespan_receive_queue: Queue[Any] | None
    lifespan_startup_event: Event | None
    lifespan_shutdown_event: Event | None
    def __init__(self, app: _AsgiApp) -> None: ...
    @deprecated("Await handle_async instead.")
    def handle(self, req: HttpRequest, context: Context | None = None) -> HttpResponse: ...
    async def handle_async(self, req: HttpRequest, context: Context | None = None) -> HttpResponse:
        """Answer a request with the application."""

    async def notify_startup(self) -> bool:
        """Tell the application that it starts; whether it did."""

    async def notify_shutdown(self) -> None:
        """Tell the application that it ends."""
