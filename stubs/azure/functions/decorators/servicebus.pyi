"""The classes behind the decorators: Service Bus bindings."""

from typing import Any

from azure.functions.decorators.core import AccessRights, Cardinality, DataType, OutputBinding, Trigger

class ServiceBusQueueTrigger(Trigger):
    @staticmethod
    def get_binding_name() -> str: ...
    connection: str
    queue_name: str
    access_rights: AccessRights | None
    is_sessions_enabled: bool | None
    cardinality: Cardinality | None

    def __init__(
        self,
        name: str,
        connection: str,
        queue_name: str,
        data_type: DataType | None = None,
        access_rights: AccessRights | None = None,
        is_sessions_enabled: bool | None = None,
        cardinality: Cardinality | None = None,
        **kwargs: Any,
    ) -> None: ...

class ServiceBusQueueOutput(OutputBinding):
    @staticmethod
    def get_binding_name() -> str: ...
    connection: str
    queue_name: str
    access_rights: AccessRights | None

    def __init__(
        self,
        name: str,
        connection: str,
        queue_name: str,
        data_type: DataType | None = None,
        access_rights: AccessRights | None = None,
        **kwargs: Any,
    ) -> None: ...

class ServiceBusTopicTrigger(Trigger):
    @staticmethod
    def get_binding_name() -> str: ...
    connection: str
    topic_name: str
    subscription_name: str
    access_rights: AccessRights | None
    is_sessions_enabled: bool | None
    cardinality: Cardinality | None

    def __init__(
        self,
        name: str,
        connection: str,
        topic_name: str,
        subscription_name: str,
        data_type: DataType | None = None,
        access_rights: AccessRights | None = None,
        is_sessions_enabled: bool | None = None,
        cardinality: Cardinality | None = None,
        **kwargs: Any,
    ) -> None: ...

class ServiceBusTopicOutput(OutputBinding):
    @staticmethod
    def get_binding_name() -> str: ...
    connection: str
    topic_name: str
    subscription_name: str | None
    access_rights: AccessRights | None

    def __init__(
        self,
        name: str,
        connection: str,
        topic_name: str,
        subscription_name: str | None = None,
        data_type: DataType | None = None,
        access_rights: AccessRights | None = None,
        **kwargs: Any,
    ) -> None: ...
