"""Enums of the decorators, and what all bindings have in common."""

import sys
from abc import ABC, abstractmethod
from typing import Any

from azure.functions.decorators.utils import ABCBuildDictMeta, StringifyEnum

SCRIPT_FILE_NAME: str

class BindingDirection(StringifyEnum):
    """Which way a binding's data go."""

    IN = 0
    OUT = 1
    INOUT = 2

class DataType(StringifyEnum):
    """How the host hands a value over."""

    UNDEFINED = 0
    STRING = 1
    BINARY = 2
    STREAM = 3

class AuthLevel(StringifyEnum):
    """The key that an HTTP request needs."""

    FUNCTION = "function"
    """A key of the function or the host."""
    ANONYMOUS = "anonymous"
    """No key."""
    ADMIN = "admin"
    """The master key."""

class Cardinality(StringifyEnum):
    """Messages per call."""

    ONE = "one"
    """One; the parameter is the message."""
    MANY = "many"
    """A batch; the parameter is a list."""

class AccessRights(StringifyEnum):
    """Rights of a Service Bus connection; version 5 of the extension ignores them."""

    MANAGE = "manage"
    LISTEN = "listen"

class BlobSource(StringifyEnum):
    """How a blob trigger learns of blobs."""

    EVENT_GRID = "EventGrid"
    """By events, within seconds."""
    LOGS_AND_CONTAINER_SCAN = "LogsAndContainerScan"
    """By scanning, within minutes."""

if sys.version_info >= (3, 13):
    class CosmosDBChangeFeedMode(StringifyEnum):
        """What a Cosmos DB trigger sees."""

        LATEST_VERSION = "LatestVersion"
        """The latest version of each changed document."""
        ALL_VERSIONS_AND_DELETES = "AllVersionsAndDeletes"
        """Every version, and deletions."""

class McpPropertyType(StringifyEnum):
    """Types of an MCP tool's properties."""

    INTEGER = "integer"
    FLOAT = "float"
    STRING = "string"
    BOOLEAN = "boolean"
    OBJECT = "object"
    DATETIME = "string"

class Binding(ABC):
    """A binding: what becomes an entry of `bindings` in function.json."""

    EXCLUDED_INIT_PARAMS: set[str]
    type: str | None
    name: str
    @staticmethod
    @abstractmethod
    def get_binding_name() -> str: ...
    def __init__(
        self, name: str, direction: BindingDirection, data_type: DataType | None = None, type: str | None = None
    ) -> None: ...
    @property
    def data_type(self) -> int | None: ...
    @property
    def direction(self) -> int: ...
    def get_dict_repr(self) -> dict[str, Any]: ...

class Trigger(Binding, ABC, metaclass=ABCBuildDictMeta):
    @staticmethod
    def is_supported_trigger_type(trigger_instance: Trigger, trigger_type: type[Trigger]) -> bool: ...
    def __init__(self, name: str, data_type: DataType | None = None, type: str | None = None) -> None: ...

class InputBinding(Binding, ABC, metaclass=ABCBuildDictMeta):
    def __init__(self, name: str, data_type: DataType | None = None, type: str | None = None) -> None: ...

class OutputBinding(Binding, ABC, metaclass=ABCBuildDictMeta):
    def __init__(self, name: str, data_type: DataType | None = None, type: str | None = None) -> None: ...

class Setting(ABC, metaclass=ABCBuildDictMeta):
    """What describes a function without binding a parameter."""

    EXCLUDED_INIT_PARAMS: set[str]
    setting_name: str
    def __init__(self, setting_name: str) -> None: ...
    def get_setting_name(self) -> str: ...
    def get_dict_repr(self) -> dict[str, Any]: ...
    def get_settings_value(self, settings_attribute_key: str) -> str | None: ...
