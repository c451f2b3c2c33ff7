"""The classes behind the decorators: warm-up trigger."""

from typing import Any

from azure.functions.decorators.core import DataType, Trigger

class WarmUpTrigger(Trigger):
    @staticmethod
    def get_binding_name() -> str: ...
    def __init__(self, name: str, data_type: DataType | None = None, **kwargs: Any) -> None: ...
