"""The classes behind the decorators: storage queue bindings."""

from typing import Any

from azure.functions.decorators.core import DataType, OutputBinding, Trigger

class QueueTrigger(Trigger):
    @staticmethod
    def get_binding_name() -> str: ...
    queue_name: str
    connection: str

    def __init__(
        self, name: str, queue_name: str, connection: str, data_type: DataType | None = None, **kwargs: Any
    ) -> None: ...

class QueueOutput(OutputBinding):
    @staticmethod
    def get_binding_name() -> str: ...
    queue_name: str
    connection: str

    def __init__(
        self, name: str, queue_name: str, connection: str, data_type: DataType | None = None, **kwargs: Any
    ) -> None: ...
