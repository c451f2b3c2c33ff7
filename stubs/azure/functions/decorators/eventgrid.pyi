"""The classes behind the decorators: Event Grid bindings."""

from typing import Any

from azure.functions.decorators.core import DataType, OutputBinding, Trigger

class EventGridTrigger(Trigger):
    @staticmethod
    def get_binding_name() -> str: ...
    def __init__(self, name: str, data_type: DataType | None = None, **kwargs: Any) -> None: ...

class EventGridOutput(OutputBinding):
    @staticmethod
    def get_binding_name() -> str: ...
    topic_endpoint_uri: str | None
    topic_key_setting: str | None
    connection: str | None

    def __init__(
        self,
        name: str,
        topic_endpoint_uri: str | None = None,
        topic_key_setting: str | None = None,
        connection: str | None = None,
        data_type: DataType | None = None,
        **kwargs: Any,
    ) -> None: ...
