import http
from collections.abc import Iterator, Mapping
from typing import Any

from azure.functions._abc import HttpRequest as AbstractHttpRequest
from azure.functions._abc import HttpResponse as AbstractHttpResponse
from werkzeug.datastructures import FileStorage, Headers, MultiDict

class BaseHeaders(Mapping[str, str]):
    """Headers; names in any case."""

    def __init__(self, source: Mapping[str, str] | None = None) -> None: ...
    def __getitem__(self, key: str) -> str: ...
    def __len__(self) -> int: ...
    def __contains__(self, key: object) -> bool: ...
    def __iter__(self) -> Iterator[str]: ...

class HttpRequestHeaders(BaseHeaders): ...
class HttpResponseHeaders(Headers): ...

class HttpResponse(AbstractHttpResponse):
    """An HTTP response.

    Args:
        body: Text, sent in `charset`, or bytes. Default empty.
        status_code: Default 200.
        headers: By name.
        mimetype: Default `text/plain`; give `application/json` for JSON.
        charset: Default `utf-8`.
    """

    def __init__(
        self,
        body: str | bytes | None = None,
        *,
        status_code: http.HTTPStatus | int | None = None,
        headers: Mapping[str, str] | None = None,
        mimetype: str | None = None,
        charset: str | None = None,
    ) -> None: ...
    @property
    def mimetype(self) -> str: ...
    @property
    def charset(self) -> str: ...
    @property
    def headers(self) -> HttpResponseHeaders: ...
    @property
    def status_code(self) -> int: ...
    def get_body(self) -> bytes: ...

class HttpRequest(AbstractHttpRequest):
    """An HTTP request. Tests build one with this constructor."""

    def __init__(
        self,
        method: str,
        url: str,
        *,
        headers: Mapping[str, str] | None = None,
        params: Mapping[str, str] | None = None,
        route_params: Mapping[str, str] | None = None,
        body: bytes,
    ) -> None: ...
    @property
    def url(self) -> str:
        """The whole address with its query."""

    @property
    def method(self) -> str:
        """In upper case."""

    @property
    def headers(self) -> HttpRequestHeaders:
        """By name, in any case."""

    @property
    def params(self) -> Mapping[str, str]:
        """The query."""

    @property
    def route_params(self) -> Mapping[str, str]:
        """What the `{parameters}` of the route matched."""

    @property
    def form(self) -> MultiDict[str, str]:
        """The fields of a form."""

    @property
    def files(self) -> MultiDict[str, FileStorage]:
        """The files of a form."""

    def get_body(self) -> bytes: ...
    def get_json(self) -> Any:
        """The body, decoded from JSON.

        Raises:
            ValueError: The body is no JSON.
        """
