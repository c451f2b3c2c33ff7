from ._abc import Context as Context
from ._http import HttpRequest as HttpRequest, HttpResponse as HttpResponse
from ._http_wsgi import WsgiRequest as WsgiRequest
from _typeshed import Incomplete
from asyncio import Event, Queue
from typing import Any
from urllib.parse import ParseResult as ParseResult

ASGI_VERSION: str
ASGI_SPEC_VERSION: str

class AsgiRequest(WsgiRequest):
    asgi_version: Incomplete
    asgi_spec_version: Incomplete
    asgi_url_scheme: Incomplete
    def __init__(self, func_req: HttpRequest, func_ctx: Context | None = None) -> None: ...
    def to_asgi_http_scope(self, state: dict | None = None): ...

class AsgiResponse:
    def __init__(self) -> None: ...
    @classmethod
    async def from_app(cls, app, scope: dict[str, Any], body: bytes) -> AsgiResponse: ...
    def to_func_response(self) -> HttpResponse: ...

class AsgiMiddleware:
    main: Incomplete
    state: Incomplete
    lifespan_receive_queue: Queue | None
    lifespan_startup_event: Event | None
    lifespan_shutdown_event: Event | None
    def __init__(self, app) -> None: ...
    def handle(self, req: HttpRequest, context: Context | None = None): ...
    async def handle_async(self, req: HttpRequest, context: Context | None = None): ...
    async def notify_startup(self): ...
    async def notify_shutdown(self) -> None: ...
