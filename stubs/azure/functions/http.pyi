import abc
import typing
from . import meta as meta
from ._jsonutils import json as json
from azure.functions import _http as azf_http
from werkzeug.datastructures import Headers as Headers

class HttpRequest(azf_http.HttpRequest):
    def __init__(
        self,
        method: str,
        url: str,
        *,
        headers: typing.Mapping[str, str],
        params: typing.Mapping[str, str],
        route_params: typing.Mapping[str, str],
        body_type: str,
        body: str | bytes,
    ) -> None: ...
    def get_body(self) -> bytes: ...
    def get_json(self) -> typing.Any: ...

class HttpResponseConverter(meta.OutConverter, binding="http"):
    @classmethod
    def check_output_type_annotation(cls, pytype: type) -> bool: ...
    @classmethod
    def encode(cls, obj: typing.Any, *, expected_type: type | None) -> meta.Datum: ...

class HttpRequestConverter(meta.InConverter, binding="httpTrigger", trigger=True, metaclass=abc.ABCMeta):
    @classmethod
    def check_input_type_annotation(cls, pytype: type) -> bool: ...
    @classmethod
    def decode(cls, data: meta.Datum, *, trigger_metadata) -> typing.Any: ...
