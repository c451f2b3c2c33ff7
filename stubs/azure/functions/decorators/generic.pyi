"""The classes behind the decorators: bindings of any type."""

from typing import Any

from azure.functions.decorators.core import DataType, InputBinding, OutputBinding, Trigger

class GenericInputBinding(InputBinding):
    @staticmethod
    def get_binding_name() -> str: ...
    def __init__(self, name: str, type: str, data_type: DataType | None = None, **kwargs: Any) -> None: ...

class GenericOutputBinding(OutputBinding):
    @staticmethod
    def get_binding_name() -> str: ...
    def __init__(self, name: str, type: str, data_type: DataType | None = None, **kwargs: Any) -> None: ...

class GenericTrigger(Trigger):
    @staticmethod
    def get_binding_name() -> str: ...
    def __init__(self, name: str, type: str, data_type: DataType | None = None, **kwargs: Any) -> None: ...
