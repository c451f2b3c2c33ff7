"""The classes behind the decorators: Event Hubs bindings."""

from typing import Any

from azure.functions.decorators.core import Cardinality, DataType, OutputBinding, Trigger

class EventHubTrigger(Trigger):
    @staticmethod
    def get_binding_name() -> str: ...
    connection: str
    event_hub_name: str
    cardinality: Cardinality | None
    consumer_group: str | None

    def __init__(
        self,
        name: str,
        connection: str,
        event_hub_name: str,
        data_type: DataType | None = None,
        cardinality: Cardinality | None = None,
        consumer_group: str | None = None,
        **kwargs: Any,
    ) -> None: ...

class EventHubOutput(OutputBinding):
    @staticmethod
    def get_binding_name() -> str: ...
    connection: str
    event_hub_name: str

    def __init__(
        self, name: str, connection: str, event_hub_name: str, data_type: DataType | None = None, **kwargs: Any
    ) -> None: ...
