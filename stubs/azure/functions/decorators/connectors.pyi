"""The classes behind the decorators: connector trigger."""

from typing import Any

from azure.functions.decorators.core import DataType, Trigger

class ConnectorTrigger(Trigger):
    @staticmethod
    def get_binding_name() -> str: ...
    def __init__(self, name: str, data_type: DataType | None = None, **kwargs: Any) -> None: ...
