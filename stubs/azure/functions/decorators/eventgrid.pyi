from _typeshed import Incomplete
from azure.functions.decorators.constants import EVENT_GRID as EVENT_GRID, EVENT_GRID_TRIGGER as EVENT_GRID_TRIGGER
from azure.functions.decorators.core import DataType as DataType, OutputBinding as OutputBinding, Trigger as Trigger

class EventGridTrigger(Trigger):
    @staticmethod
    def get_binding_name() -> str: ...
    def __init__(self, name: str, data_type: DataType | None = None, **kwargs) -> None: ...

class EventGridOutput(OutputBinding):
    @staticmethod
    def get_binding_name() -> str: ...
    topic_endpoint_uri: Incomplete
    topic_key_setting: Incomplete
    connection: Incomplete
    def __init__(
        self,
        name: str,
        topic_endpoint_uri: str | None = None,
        topic_key_setting: str | None = None,
        connection: str | None = None,
        data_type: DataType | None = None,
        **kwargs,
    ) -> None: ...
