from ._abc import Context as Context
from ._http import HttpRequest as HttpRequest, HttpResponse as HttpResponse
from _typeshed import Incomplete
from io import StringIO
from typing import Any
from urllib.parse import ParseResult as ParseResult

def wsgi_encoding_dance(value): ...

class WsgiRequest:
    request_method: Incomplete
    script_name: str
    path_info: Incomplete
    query_string: Incomplete
    content_type: Incomplete
    content_length: Incomplete
    server_name: Incomplete
    server_port: Incomplete
    server_protocol: str
    wsgi_version: Incomplete
    wsgi_url_scheme: Incomplete
    wsgi_input: Incomplete
    wsgi_multithread: bool
    wsgi_multiprocess: bool
    wsgi_run_once: bool
    af_function_directory: Incomplete
    af_function_name: Incomplete
    af_invocation_id: Incomplete
    af_thread_local_storage: Incomplete
    af_trace_context: Incomplete
    af_retry_context: Incomplete
    def __init__(self, func_req: HttpRequest, func_ctx: Context | None = None) -> None: ...
    def to_environ(self, errors_buffer: StringIO) -> dict[str, Any]: ...

class WsgiResponse:
    def __init__(self) -> None: ...
    @classmethod
    def from_app(cls, app, environ) -> WsgiResponse: ...
    def to_func_response(self) -> HttpResponse: ...

class WsgiMiddleware:
    main: Incomplete
    def __init__(self, app) -> None: ...
    def handle(self, req: HttpRequest, context: Context | None = None): ...
