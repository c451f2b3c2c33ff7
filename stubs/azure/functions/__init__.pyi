"""Azure Functions for Python: apps, blueprints, and what functions receive and set."""

import sys

from . import blob as blob
from . import connectors as connectors
from . import cosmosdb as cosmosdb
from . import durable_functions as durable_functions
from . import eventgrid as eventgrid
from . import eventhub as eventhub
from . import http as http
from . import kafka as kafka
from . import mcp as mcp
from . import mysql as mysql
from . import queue as queue
from . import servicebus as servicebus
from . import sql as sql
from . import timer as timer
from . import warmup as warmup
from ._abc import Context, Out
from ._cosmosdb import Document, DocumentList
from ._durable_functions import EntityContext, OrchestrationContext
from ._eventgrid import CloudEvent, EventGridEvent, EventGridOutputEvent
from ._eventhub import EventHubEvent
from ._http import HttpRequest, HttpResponse
from ._http_asgi import AsgiMiddleware
from ._http_wsgi import WsgiMiddleware
from ._mysql import MySqlRow, MySqlRowList
from ._queue import QueueMessage
from ._servicebus import ServiceBusMessage
from ._sql import SqlRow, SqlRowList
from .decorators import (
    AccessRights,
    AsgiFunctionApp,
    AuthLevel,
    BlobSource,
    Blueprint,
    Cardinality,
    DataType,
    DecoratorApi,
    ExternalHttpFunctionApp,
    Function,
    FunctionApp,
    HttpMethod,
    McpPropertyType,
    PromptArgument,
    WsgiFunctionApp,
)
from .decorators.function_app import BindingApi, FunctionRegister, SettingsApi, TriggerApi
from .decorators.mcp import mcp_content
from .extension import AppExtensionBase, ExtensionMeta, FuncExtensionBase, FunctionExtensionException
from .kafka import KafkaConverter, KafkaEvent, KafkaTriggerConverter
from .mcp import MCPToolContext, PromptInvocationContext
from .meta import get_binding_registry

if sys.version_info >= (3, 13):
    from ._blob import InputStream
    from ._timer import TimerRequest
    from .decorators import CosmosDBChangeFeedMode
    from .meta import register_converter
else:
    from ._abc import InputStream, TimerRequest

__version__: str

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

if sys.version_info >= (3, 13):
    __all__ += ["CosmosDBChangeFeedMode", "register_converter"]
