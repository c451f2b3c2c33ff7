"""HTTP."""

from collections.abc import Callable
from typing import Annotated, Any, TypeVar

from azure.functions._api.markers import Since, Trigger
from azure.functions._api.removed import NoDataTypeOnRoutes
from azure.functions._api.values import AuthLevelName, Extra, Methods, RequestName, ResponseName, Route
from azure.functions._http import HttpRequest, HttpResponse

_F = TypeVar("_F", bound=Callable[..., Any])

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
    ) -> Annotated[
        Callable[[_F], _F],
        Trigger(
            "httpTrigger",
            takes=(HttpRequest,),
            returns=(HttpResponse, str),
            since="1.10.0",
            bundle="host",
            see="functions-bindings-http-webhook-trigger",
            extra=False,
            also_tried=("http_trigger", "http", "get", "post"),
        ),
    ]:
        """Run for HTTP requests, and answer with what the function returns.

        The parameter `req` receives a `func.HttpRequest`. The function returns a `func.HttpResponse` or a `str`.
        Route parameters come in `req.route_params`, not as parameters of the function.

        Args:
            route: Route template below the prefix of host.json (`api`), as `users/{id:int}` or `files/{*path}`;
                nothing in it is resolved, and it must not start with `admin` or `runtime`. Default: the function's
                name.
            trigger_arg_name: Name of the function's parameter for the request. Default `req`.
            binding_arg_name: `$return`, the default: the return value is the response. Another name: a parameter
                annotated `func.Out[func.HttpResponse]`.
            methods: HTTP methods, as `["GET", "POST"]`; a list even for one. Default: all.
            auth_level: Key that a request needs: `ANONYMOUS`, `FUNCTION` or `ADMIN`, in any case. Default: the app's
                `http_auth_level`.
            trigger_extra_fields: Further fields of the trigger's JSON, by their names in snake case. Since 1.11.0.
            binding_extra_fields: Further fields of the response binding's JSON, by their names in snake case. Since
                1.11.0.

        Example:
            @app.route(route="users/{user_id:int}", methods=["GET"])
            def get_user(req: func.HttpRequest) -> func.HttpResponse:
                return func.HttpResponse(f"user {req.route_params['user_id']}")

        Binding type `httpTrigger`; azure-functions since 1.10.0 and in every 2.x; built into the host.
        https://learn.microsoft.com/azure/azure-functions/functions-bindings-http-webhook-trigger
        """
