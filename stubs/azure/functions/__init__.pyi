from ._abc import Context as Context, InputStream as InputStream, Out as Out, TimerRequest as TimerRequest
from ._cosmosdb import Document as Document, DocumentList as DocumentList
from ._durable_functions import EntityContext as EntityContext, OrchestrationContext as OrchestrationContext
from ._eventgrid import (
    CloudEvent as CloudEvent,
    EventGridEvent as EventGridEvent,
    EventGridOutputEvent as EventGridOutputEvent,
)
from ._eventhub import EventHubEvent as EventHubEvent
from ._http import HttpRequest as HttpRequest, HttpResponse as HttpResponse
from ._http_asgi import AsgiMiddleware as AsgiMiddleware
from ._http_wsgi import WsgiMiddleware as WsgiMiddleware
from ._mysql import MySqlRow as MySqlRow, MySqlRowList as MySqlRowList
from ._queue import QueueMessage as QueueMessage
from ._servicebus import ServiceBusMessage as ServiceBusMessage
from ._sql import SqlRow as SqlRow, SqlRowList as SqlRowList
from .decorators import (
    AccessRights as AccessRights,
    AsgiFunctionApp as AsgiFunctionApp,
    AuthLevel as AuthLevel,
    BlobSource as BlobSource,
    Blueprint as Blueprint,
    Cardinality as Cardinality,
    DataType as DataType,
    DecoratorApi as DecoratorApi,
    ExternalHttpFunctionApp as ExternalHttpFunctionApp,
    Function as Function,
    FunctionApp as FunctionApp,
    HttpMethod as HttpMethod,
    McpPropertyType as McpPropertyType,
    PromptArgument as PromptArgument,
    WsgiFunctionApp as WsgiFunctionApp,
)
from .decorators.function_app import (
    BindingApi as BindingApi,
    FunctionRegister as FunctionRegister,
    SettingsApi as SettingsApi,
    TriggerApi as TriggerApi,
)
from .decorators.mcp import mcp_content as mcp_content
from .extension import (
    AppExtensionBase as AppExtensionBase,
    ExtensionMeta as ExtensionMeta,
    FuncExtensionBase as FuncExtensionBase,
    FunctionExtensionException as FunctionExtensionException,
)
from .kafka import (
    KafkaConverter as KafkaConverter,
    KafkaEvent as KafkaEvent,
    KafkaTriggerConverter as KafkaTriggerConverter,
)
from .mcp import MCPToolContext as MCPToolContext, PromptInvocationContext as PromptInvocationContext
from .meta import get_binding_registry as get_binding_registry

__all__ = [
    "get_binding_registry",
    "Context",
    "Out",
    "Document",
    "DocumentList",
    "CloudEvent",
    "EventGridEvent",
    "EventGridOutputEvent",
    "EventHubEvent",
    "HttpRequest",
    "HttpResponse",
    "InputStream",
    "KafkaEvent",
    "KafkaConverter",
    "KafkaTriggerConverter",
    "OrchestrationContext",
    "EntityContext",
    "QueueMessage",
    "ServiceBusMessage",
    "SqlRow",
    "SqlRowList",
    "TimerRequest",
    "WarmUpContext",
    "MySqlRow",
    "MySqlRowList",
    "WsgiMiddleware",
    "AsgiMiddleware",
    "AppExtensionBase",
    "FuncExtensionBase",
    "ExtensionMeta",
    "FunctionExtensionException",
    "FunctionApp",
    "Function",
    "FunctionRegister",
    "DecoratorApi",
    "TriggerApi",
    "BindingApi",
    "SettingsApi",
    "Blueprint",
    "ExternalHttpFunctionApp",
    "AsgiFunctionApp",
    "WsgiFunctionApp",
    "DataType",
    "AuthLevel",
    "Cardinality",
    "AccessRights",
    "HttpMethod",
    "BlobSource",
    "MCPToolContext",
    "PromptInvocationContext",
    "PromptArgument",
    "McpPropertyType",
    "mcp_content",
]

# Names in __all__ with no definition:
#   WarmUpContext
