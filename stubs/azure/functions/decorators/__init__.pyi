"""Apps, blueprints and the enums of their decorators."""

import sys

from .core import AccessRights, AuthLevel, BlobSource, Cardinality, DataType, McpPropertyType
from .function_app import (
    AsgiFunctionApp,
    BindingApi,
    Blueprint,
    DecoratorApi,
    ExternalHttpFunctionApp,
    Function,
    FunctionApp,
    FunctionRegister,
    SettingsApi,
    TriggerApi,
    WsgiFunctionApp,
)
from .http import HttpMethod
from .mcp import PromptArgument

if sys.version_info >= (3, 13):
    from .core import CosmosDBChangeFeedMode

__all__ = [
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
    "McpPropertyType",
    "PromptArgument",
]

if sys.version_info >= (3, 13):
    __all__ += ["CosmosDBChangeFeedMode"]
