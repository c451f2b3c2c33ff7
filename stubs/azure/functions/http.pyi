from collections.abc import Mapping
from typing import Any

from azure.functions._http import HttpRequest as PlainHttpRequest
from azure.functions.meta import Datum, InConverter, OutConverter

class HttpRequest(PlainHttpRequest):
    """The request that the worker passes where `func.HttpRequest` is asked for."""

    def __init__(
        self,
        method: str,
        url: str,
        *,
        headers: Mapping[str, str],
        params: Mapping[str, str],
        route_params: Mapping[str, str],
        body_type: str,
        body: str | bytes,
    ) -> None: ...
    def get_body(self) -> bytes: ...
    def get_json(self) -> Any: ...

class HttpResponseConverter(OutConverter, binding="http"):
    @classmethod
    def check_output_type_annotation(cls, pytype: type[Any]) -> bool: ...
    @classmethod
    def encode(cls, obj: Any, *, expected_type: type[Any] | None) -> Datum: ...

class HttpRequestConverter(InConverter, binding="httpTrigger", trigger=True):
    @classmethod
    def check_input_type_annotation(cls, pytype: type[Any]) -> bool: ...
    @classmethod
    def decode(cls, data: Datum, *, trigger_metadata: Mapping[str, Datum] | None) -> Any: ...
