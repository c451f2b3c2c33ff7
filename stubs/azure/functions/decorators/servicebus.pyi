from _typeshed import Incomplete
from azure.functions.decorators.constants import SERVICE_BUS as SERVICE_BUS, SERVICE_BUS_TRIGGER as SERVICE_BUS_TRIGGER
from azure.functions.decorators.core import (
    AccessRights as AccessRights,
    Cardinality as Cardinality,
    DataType as DataType,
    OutputBinding as OutputBinding,
    Trigger as Trigger,
)

class ServiceBusQueueTrigger(Trigger):
    @staticmethod
    def get_binding_name() -> str: ...
    connection: Incomplete
    queue_name: Incomplete
    access_rights: Incomplete
    is_sessions_enabled: Incomplete
    cardinality: Incomplete
    def __init__(
        self,
        name: str,
        connection: str,
        queue_name: str,
        data_type: DataType | None = None,
        access_rights: AccessRights | None = None,
        is_sessions_enabled: bool | None = None,
        cardinality: Cardinality | None = None,
        **kwargs,
    ) -> None: ...

class ServiceBusQueueOutput(OutputBinding):
    @staticmethod
    def get_binding_name() -> str: ...
    connection: Incomplete
    queue_name: Incomplete
    access_rights: Incomplete
    def __init__(
        self,
        name: str,
        connection: str,
        queue_name: str,
        data_type: DataType | None = None,
        access_rights: AccessRights | None = None,
        **kwargs,
    ) -> None: ...

class ServiceBusTopicTrigger(Trigger):
    @staticmethod
    def get_binding_name() -> str: ...
    connection: Incomplete
    topic_name: Incomplete
    subscription_name: Incomplete
    access_rights: Incomplete
    is_sessions_enabled: Incomplete
    cardinality: Incomplete
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
        **kwargs,
    ) -> None: ...

class ServiceBusTopicOutput(OutputBinding):
    @staticmethod
    def get_binding_name() -> str: ...
    connection: Incomplete
    topic_name: Incomplete
    subscription_name: Incomplete
    access_rights: Incomplete
    def __init__(
        self,
        name: str,
        connection: str,
        topic_name: str,
        subscription_name: str | None = None,
        data_type: DataType | None = None,
        access_rights: AccessRights | None = None,
        **kwargs,
    ) -> None: ...
