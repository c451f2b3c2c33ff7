import sys
from _typeshed import Incomplete
from azure.functions.decorators.constants import HTTP_OUTPUT as HTTP_OUTPUT, HTTP_TRIGGER as HTTP_TRIGGER
from azure.functions.decorators.core import (
    AuthLevel as AuthLevel,
    DataType as DataType,
    OutputBinding as OutputBinding,
    StringifyEnum as StringifyEnum,
    Trigger as Trigger,
)
from typing import Iterable

class HttpMethod(StringifyEnum):
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
    auth_level: Incomplete
    methods: Incomplete
    route: Incomplete
    def __init__(
        self,
        name,
        methods: Iterable[HttpMethod] | None = None,
        data_type: DataType | None = None,
        auth_level: AuthLevel | None = None,
        route: str | None = None,
        **kwargs,
    ) -> None: ...

class HttpOutput(OutputBinding):
    @staticmethod
    def get_binding_name() -> str: ...
    def __init__(self, name: str, data_type: DataType | None = None, **kwargs) -> None: ...
