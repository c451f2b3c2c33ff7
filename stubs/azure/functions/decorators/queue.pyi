from _typeshed import Incomplete
from azure.functions.decorators.constants import QUEUE as QUEUE, QUEUE_TRIGGER as QUEUE_TRIGGER
from azure.functions.decorators.core import DataType as DataType, OutputBinding as OutputBinding, Trigger as Trigger

class QueueTrigger(Trigger):
    @staticmethod
    def get_binding_name() -> str: ...
    queue_name: Incomplete
    connection: Incomplete
    def __init__(
        self, name: str, queue_name: str, connection: str, data_type: DataType | None = None, **kwargs
    ) -> None: ...

class QueueOutput(OutputBinding):
    @staticmethod
    def get_binding_name() -> str: ...
    queue_name: Incomplete
    connection: Incomplete
    def __init__(
        self, name: str, queue_name: str, connection: str, data_type: DataType | None = None, **kwargs
    ) -> None: ...
