"""Apps and blueprints: the classes whose methods are the decorators.

The decorators themselves stand in `azure.functions._api`, one file per service.
"""

import abc
from abc import ABC
from collections.abc import Callable
from typing import Any

from azure.functions._api.blob import BlobBindings, BlobTriggers
from azure.functions._api.connector import ConnectorTriggers
from azure.functions._api.cosmos import CosmosBindings, CosmosTriggers
from azure.functions._api.cosmos_v3 import CosmosV3Bindings, CosmosV3Triggers
from azure.functions._api.dapr import DaprBindings, DaprTriggers
from azure.functions._api.durable import DurableBindings, DurableTriggers
from azure.functions._api.event_grid import EventGridBindings, EventGridTriggers
from azure.functions._api.event_hub import EventHubBindings, EventHubTriggers
from azure.functions._api.generic import GenericBindings, GenericTriggers
from azure.functions._api.http import HttpTriggers
from azure.functions._api.kafka import KafkaBindings, KafkaTriggers
from azure.functions._api.mcp import McpTriggers
from azure.functions._api.mysql import MySqlBindings, MySqlTriggers
from azure.functions._api.openai import OpenAIBindings, OpenAITriggers
from azure.functions._api.removed import (
    NoAppKeywords,
    NowAsgiFunctionApp,
    NowHttpAuthLevel,
    NowWsgiFunctionApp,
    RemovedBindings,
    RemovedTriggers,
)
from azure.functions._api.service_bus import ServiceBusBindings, ServiceBusTriggers
from azure.functions._api.settings import FunctionSettings, Settings
from azure.functions._api.sql import SqlBindings, SqlTriggers
from azure.functions._api.storage_queue import QueueBindings, QueueTriggers
from azure.functions._api.table import TableBindings
from azure.functions._api.timer import TimerTriggers
from azure.functions._api.values import AppAuthLevelName, FunctionName
from azure.functions._api.warmup import WarmUpTriggers
from azure.functions._http_asgi import AsgiMiddleware
from azure.functions._http_wsgi import WsgiMiddleware
from azure.functions.decorators.core import AuthLevel, Binding, Setting, Trigger

class Function:
    """One function with its bindings and settings, as the worker indexes it."""

    function_script_file: str
    http_type: str
    def __init__(self, func: Callable[..., Any], script_file: str) -> None: ...
    def __call__(self, *args: Any, **kwargs: Any) -> Any: ...
    def add_binding(self, binding: Binding) -> None: ...
    def add_trigger(self, trigger: Trigger) -> None: ...
    def add_setting(self, setting: Setting) -> None: ...
    def set_http_type(self, http_type: str) -> None: ...
    def is_http_function(self) -> bool: ...
    def get_trigger(self) -> Trigger | None: ...
    def get_bindings(self) -> list[Binding]: ...
    def get_setting(self, setting_name: str) -> Setting | None: ...
    def get_settings_dict(self, setting_name: str) -> dict[str, Any] | None: ...
    def get_function_name(self) -> str | None: ...
    def get_raw_bindings(self) -> list[str]: ...
    def get_bindings_dict(self) -> dict[str, Any]: ...
    def get_dict_repr(self) -> dict[str, Any]: ...
    def get_user_function(self) -> Callable[..., Any]: ...
    def get_function_json(self) -> str: ...

class FunctionBuilder:
    """What a decorated name holds at run time; calling it calls the decorated function."""

    def __init__(self, func: Callable[..., Any], function_script_file: str) -> None: ...
    def __call__(self, *args: Any, **kwargs: Any) -> Any: ...
    def configure_http_type(self, http_type: str) -> FunctionBuilder: ...
    def add_trigger(self, trigger: Trigger) -> FunctionBuilder: ...
    def add_binding(self, binding: Binding) -> FunctionBuilder: ...
    def add_setting(self, setting: Setting) -> FunctionBuilder: ...
    def build(self, auth_level: AuthLevel | None = None) -> Function: ...

class DecoratorApi(FunctionSettings, ABC):
    """What every container of functions has."""

    def __init__(self, *args: Any, **kwargs: Any) -> None: ...
    @property
    def app_script_file(self) -> str: ...

class HttpFunctionsAuthLevelMixin(ABC):
    def __init__(self, auth_level: AppAuthLevelName, *args: Any, **kwargs: Any) -> None: ...
    @property
    def auth_level(self) -> AuthLevel: ...

class TriggerApi(
    DecoratorApi,
    HttpTriggers,
    TimerTriggers,
    WarmUpTriggers,
    QueueTriggers,
    BlobTriggers,
    EventHubTriggers,
    EventGridTriggers,
    ServiceBusTriggers,
    CosmosTriggers,
    CosmosV3Triggers,
    KafkaTriggers,
    SqlTriggers,
    MySqlTriggers,
    DurableTriggers,
    DaprTriggers,
    McpTriggers,
    OpenAITriggers,
    ConnectorTriggers,
    GenericTriggers,
    RemovedTriggers,
    ABC,
):
    """The triggers: each starts a function, and a function has exactly one."""

class BindingApi(
    DecoratorApi,
    QueueBindings,
    BlobBindings,
    TableBindings,
    EventHubBindings,
    EventGridBindings,
    ServiceBusBindings,
    CosmosBindings,
    CosmosV3Bindings,
    KafkaBindings,
    SqlBindings,
    MySqlBindings,
    DurableBindings,
    DaprBindings,
    OpenAIBindings,
    GenericBindings,
    RemovedBindings,
    ABC,
):
    """The inputs and outputs: what a function gets besides its trigger, and where its results go."""

class SettingsApi(DecoratorApi, Settings, ABC):
    """What describes a function without binding a parameter."""

class FunctionRegister(DecoratorApi, HttpFunctionsAuthLevelMixin, ABC):
    """What the worker looks for at the top level of function_app.py: exactly one instance."""

    functions_bindings: dict[str, Any] | None
    def __init__(self, auth_level: AppAuthLevelName, *args: Any, **kwargs: Any) -> None: ...
    def get_functions(self) -> list[Function]: ...
    def validate_function_names(self, functions: list[Function]) -> None: ...
    def register_functions(self, function_container: DecoratorApi) -> None: ...
    register_blueprint = register_functions

class FunctionApp(FunctionRegister, TriggerApi, BindingApi, SettingsApi):
    """A function app. function_app.py has exactly one at its top level.

    Args:
        http_auth_level: Key that HTTP requests need where a route says nothing: `FUNCTION`, `ANONYMOUS` or `ADMIN`, in upper
            case where it is text. Default `FUNCTION`.

    Example:
        app = func.FunctionApp(http_auth_level=func.AuthLevel.ANONYMOUS)

    azure-functions since 1.10.0 and in every 2.x.
    https://learn.microsoft.com/azure/azure-functions/functions-reference-python
    """

    def __init__(
        self,
        http_auth_level: AppAuthLevelName = AuthLevel.FUNCTION,
        *,
        auth_level: NowHttpAuthLevel = ...,
        wsgi_app: NowWsgiFunctionApp = ...,
        asgi_app: NowAsgiFunctionApp = ...,
        app_kwargs: NoAppKeywords = ...,
    ) -> None: ...

class Blueprint(TriggerApi, BindingApi, SettingsApi):
    """Functions of another file, which the app takes over with `register_functions` once they are all there.

    Example:
        bp = func.Blueprint()

        @bp.route(route="health")
        def health(req: func.HttpRequest) -> str:
            return "well"

    azure-functions since 1.12.0 and in every 2.x.
    https://learn.microsoft.com/azure/azure-functions/functions-reference-python
    """

class ExternalHttpFunctionApp(FunctionRegister, TriggerApi, SettingsApi, BindingApi, ABC):
    """The base of apps that hand every request to a web framework."""

    @abc.abstractmethod
    def _add_http_app(
        self, http_middleware: AsgiMiddleware | WsgiMiddleware, function_name: str = "http_app_func"
    ) -> None: ...

class AsgiFunctionApp(ExternalHttpFunctionApp):
    """An app whose HTTP function `http_app_func` is an ASGI application, such as FastAPI's or Starlette's.

    Args:
        app: The application.
        http_auth_level: Key that HTTP requests need where a route says nothing: `FUNCTION`, `ANONYMOUS` or `ADMIN`, in upper
            case where it is text. Default `FUNCTION`.
        function_name: Name of the function. Default `http_app_func`.

    Example:
        app = func.AsgiFunctionApp(app=fastapi_app, http_auth_level=func.AuthLevel.ANONYMOUS)

    azure-functions since 1.12.0 and in every 2.x.
    https://learn.microsoft.com/azure/azure-functions/functions-reference-python
    """

    middleware: AsgiMiddleware
    startup_task_done: bool
    def __init__(
        self,
        app: Any,
        http_auth_level: AppAuthLevelName = AuthLevel.FUNCTION,
        function_name: FunctionName = "http_app_func",
    ) -> None: ...
    def __del__(self) -> None: ...
    def _add_http_app(
        self, http_middleware: AsgiMiddleware | WsgiMiddleware, function_name: str = "http_app_func"
    ) -> None: ...

class WsgiFunctionApp(ExternalHttpFunctionApp):
    """An app whose HTTP function `http_app_func` is a WSGI application, such as Flask's or Django's.

    Args:
        app: The application.
        http_auth_level: Key that HTTP requests need where a route says nothing: `FUNCTION`, `ANONYMOUS` or `ADMIN`, in upper
            case where it is text. Default `FUNCTION`.
        function_name: Name of the function. Default `http_app_func`.

    Example:
        app = func.WsgiFunctionApp(app=flask_app.wsgi_app, http_auth_level=func.AuthLevel.ANONYMOUS)

    azure-functions since 1.12.0 and in every 2.x.
    https://learn.microsoft.com/azure/azure-functions/functions-reference-python
    """

    def __init__(
        self,
        app: Any,
        http_auth_level: AppAuthLevelName = AuthLevel.FUNCTION,
        function_name: FunctionName = "http_app_func",
    ) -> None: ...
    def _add_http_app(
        self, http_middleware: AsgiMiddleware | WsgiMiddleware, function_name: str = "http_app_func"
    ) -> None: ...
