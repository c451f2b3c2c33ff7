from azure.functions.decorators.constants import WARMUP_TRIGGER as WARMUP_TRIGGER
from azure.functions.decorators.core import DataType as DataType, Trigger as Trigger

class WarmUpTrigger(Trigger):
    @staticmethod
    def get_binding_name() -> str: ...
    def __init__(self, name: str, data_type: DataType | None = None, **kwargs) -> None: ...
