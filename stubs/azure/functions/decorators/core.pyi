import abc
import sys
from .utils import ABCBuildDictMeta as ABCBuildDictMeta, StringifyEnum as StringifyEnum, to_camel_case as to_camel_case
from _typeshed import Incomplete
from abc import ABC, abstractmethod

SCRIPT_FILE_NAME: str

class BindingDirection(StringifyEnum):
    IN = 0
    OUT = 1
    INOUT = 2

class DataType(StringifyEnum):
    UNDEFINED = 0
    STRING = 1
    BINARY = 2
    STREAM = 3

class AuthLevel(StringifyEnum):
    FUNCTION = "function"
    ANONYMOUS = "anonymous"
    ADMIN = "admin"

class Cardinality(StringifyEnum):
    ONE = "one"
    MANY = "many"

class AccessRights(StringifyEnum):
    MANAGE = "manage"
    LISTEN = "listen"

class BlobSource(StringifyEnum):
    EVENT_GRID = "EventGrid"
    LOGS_AND_CONTAINER_SCAN = "LogsAndContainerScan"

if sys.version_info >= (3, 13):
    class CosmosDBChangeFeedMode(StringifyEnum):
        LATEST_VERSION = "LatestVersion"
        ALL_VERSIONS_AND_DELETES = "AllVersionsAndDeletes"

class McpPropertyType(StringifyEnum):
    INTEGER = "integer"
    FLOAT = "float"
    STRING = "string"
    BOOLEAN = "boolean"
    OBJECT = "object"
    DATETIME = "string"

class Binding(ABC, metaclass=abc.ABCMeta):
    EXCLUDED_INIT_PARAMS: Incomplete
    @staticmethod
    @abstractmethod
    def get_binding_name() -> str: ...
    type: Incomplete
    name: Incomplete
    def __init__(
        self, name: str, direction: BindingDirection, data_type: DataType | None = None, type: str | None = None
    ) -> None: ...
    @property
    def data_type(self) -> int | None: ...
    @property
    def direction(self) -> int: ...
    def get_dict_repr(self) -> dict: ...

class Trigger(Binding, ABC, metaclass=ABCBuildDictMeta):
    @staticmethod
    def is_supported_trigger_type(trigger_instance: Trigger, trigger_type: type["Trigger"]): ...
    def __init__(self, name: str, data_type: DataType | None = None, type: str | None = None) -> None: ...

class InputBinding(Binding, ABC, metaclass=ABCBuildDictMeta):
    def __init__(self, name: str, data_type: DataType | None = None, type: str | None = None) -> None: ...

class OutputBinding(Binding, ABC, metaclass=ABCBuildDictMeta):
    def __init__(self, name: str, data_type: DataType | None = None, type: str | None = None) -> None: ...

class Setting(ABC, metaclass=ABCBuildDictMeta):
    EXCLUDED_INIT_PARAMS: Incomplete
    setting_name: Incomplete
    def __init__(self, setting_name: str) -> None: ...
    def get_setting_name(self) -> str: ...
    def get_dict_repr(self) -> dict: ...
    def get_settings_value(self, settings_attribute_key: str) -> str | None: ...
