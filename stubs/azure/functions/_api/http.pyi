"""http."""

from collections.abc import Callable
from typing import Annotated, Any, List, Literal, TypeVar

from azure.functions._api.markers import Trigger, Since
from azure.functions._api.removed import NoDataTypeOnRoutes
from azure.functions._api.values import RequestName, ResponseName, Route, AuthLevelName, Methods, Extra
from azure.functions._http import HttpRequest, HttpResponse

F = TypeVar("F", bound=Callable[..., Any])

class HttpTriggers:
    def route(
        self,
        route: Route | None = None,
        trigger_arg_name: RequestName = "req",
        binding_arg_name: ResponseName = "$return",
        methods: Methods | None = None,
        auth_level: AuthLevelName | None = None,
        trigger_extra_fields: Annotated[Extra | None, Since("1.11.0")] = None,
        binding_extra_fields: Annotated[Extra | None, Since("1.11.0")] = None,
        *,
        trigger_arg_data_type: NoDataTypeOnRoutes = ...,
        output_arg_data_type: NoDataTypeOnRoutes = ...,
    ) -> Annotated[Callable[[F], F], Trigger("httpTrigger", takes=(HttpRequest,), returns=(HttpResponse, str), since="1.10.0", bundle="host", see="functions-bindings-http-webhook-trigger", extra=False, also_tried=("http_trigger", "http", "get", "post",))]:
        """TODO."""
