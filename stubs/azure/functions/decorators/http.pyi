"""The classes behind the decorators: HTTP bindings."""

import sys
from collections.abc import Iterable
from typing import Any

from azure.functions.decorators.core import AuthLevel, DataType, OutputBinding, Trigger
from azure.functions.decorators.utils import StringifyEnum

class HttpMethod(StringifyEnum):
    """Methods of HTTP requests."""

    GET = "GET"
    POST = "POST"
    DELETE = "DELETE"
    HEAD = "HEAD"
    PATCH = "PATCH"
    PUT = "PUT"
    OPTIONS = "OPTIONS"
    if sys.version_info >= (3, 13):
        QUERY = "QUERY"

class HttpTrigger(Trigger):
    @staticmethod
    def get_binding_name() -> str: ...
    auth_level: AuthLevel | None
    methods: Iterable[HttpMethod] | None
    route: str | None

    def __init__(
        self,
        name: str,
        methods: Iterable[HttpMethod] | None = None,
        data_type: DataType | None = None,
        auth_level: AuthLevel | None = None,
        route: str | None = None,
        **kwargs: Any,
    ) -> None: ...

class HttpOutput(OutputBinding):
    @staticmethod
    def get_binding_name() -> str: ...
    def __init__(self, name: str, data_type: DataType | None = None, **kwargs: Any) -> None: ...
