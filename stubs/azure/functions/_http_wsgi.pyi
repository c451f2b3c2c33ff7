from collections.abc import Callable, Iterable, Mapping
from io import BytesIO, StringIO
from threading import local
from typing import Any

from azure.functions._abc import Context, RetryContext, TraceContext
from azure.functions._http import HttpRequest, HttpResponse
from typing_extensions import Self, TypeAlias

_WsgiApp: TypeAlias = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]

def wsgi_encoding_dance(value: str | bytes) -> str: ...

class WsgiRequest:
    request_method: str
    script_name: str
    path_info: str
    query_string: str
    content_type: str | None
    content_length: str
    server_name: str
    server_port: str
    server_protocol: str
    wsgi_version: tuple[int, int]
    wsgi_url_scheme: str
    wsgi_input: BytesIO
    wsgi_multithread: bool
    wsgi_multiprocess: bool
    wsgi_run_once: bool
    af_function_directory: str | None
    af_function_name: str | None
    af_invocation_id: str | None
    af_thread_local_storage: local | None
    af_trace_context: TraceContext | None
    af_retry_context: RetryContext | None
    def __init__(self, func_req: HttpRequest, func_ctx: Context | None = None) -> None: ...
    def to_environ(self, errors_buffer: StringIO) -> dict[str, Any]: ...

class WsgiResponse:
    def __init__(self) -> None: ...
    @classmethod
    def from_app(cls, app: _WsgiApp, environ: Mapping[str, Any]) -> Self: ...
    def to_func_response(self) -> HttpResponse: ...

class WsgiMiddleware:
    """Hands requests to a WSGI application, such as Flask's or Django's.

    Args:
        app: The application.
    """

    main: Callable[[HttpRequest, Context], HttpResponse]
    def __init__(self, app: _WsgiApp) -> None: ...
    def handle(self, req: HttpRequest, context: Context | None = None) -> HttpResponse:
        """Answer a request with the application."""
