from _typeshed import Incomplete
from azure.functions.decorators.constants import EVENT_HUB as EVENT_HUB, EVENT_HUB_TRIGGER as EVENT_HUB_TRIGGER
from azure.functions.decorators.core import (
    Cardinality as Cardinality,
    DataType as DataType,
    OutputBinding as OutputBinding,
    Trigger as Trigger,
)

class EventHubTrigger(Trigger):
    @staticmethod
    def get_binding_name() -> str: ...
    connection: Incomplete
    event_hub_name: Incomplete
    cardinality: Incomplete
    consumer_group: Incomplete
    def __init__(
        self,
        name: str,
        connection: str,
        event_hub_name: str,
        data_type: DataType | None = None,
        cardinality: Cardinality | None = None,
        consumer_group: str | None = None,
        **kwargs,
    ) -> None: ...

class EventHubOutput(OutputBinding):
    @staticmethod
    def get_binding_name() -> str: ...
    connection: Incomplete
    event_hub_name: Incomplete
    def __init__(
        self, name: str, connection: str, event_hub_name: str, data_type: DataType | None = None, **kwargs
    ) -> None: ...
