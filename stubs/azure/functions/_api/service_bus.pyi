"""service_bus."""

from collections.abc import Callable
from typing import Annotated, Any, List, Literal, TypeVar

from azure.functions._api.markers import Trigger, Output, Since
from azure.functions._api.values import ArgName, WatchedEntity, Entity, ServiceBusConnection, DataTypeName, CardinalityName, AccessRightsName
from azure.functions._servicebus import ServiceBusMessage

F = TypeVar("F", bound=Callable[..., Any])

class ServiceBusTriggers:
    def service_bus_queue_trigger(
        self,
        arg_name: ArgName,
        connection: ServiceBusConnection,
        queue_name: WatchedEntity,
        data_type: DataTypeName | None = None,
        access_rights: AccessRightsName | None = None,
        is_sessions_enabled: bool | None = None,
        cardinality: CardinalityName | None = None,
        auto_complete_messages: Annotated[bool | None, Since("1.25.0")] = None,
    ) -> Annotated[Callable[[F], F], Trigger("serviceBusTrigger", takes=(ServiceBusMessage, List[ServiceBusMessage], str, bytes), since="1.11.0", see="functions-bindings-service-bus-trigger", also_tried=("service_bus_trigger",))]:
        """TODO."""

    def service_bus_topic_trigger(
        self,
        arg_name: ArgName,
        connection: ServiceBusConnection,
        topic_name: WatchedEntity,
        subscription_name: WatchedEntity,
        data_type: DataTypeName | None = None,
        access_rights: AccessRightsName | None = None,
        is_sessions_enabled: bool | None = None,
        cardinality: CardinalityName | None = None,
        auto_complete_messages: Annotated[bool | None, Since("1.25.0")] = None,
    ) -> Annotated[Callable[[F], F], Trigger("serviceBusTrigger", takes=(ServiceBusMessage, List[ServiceBusMessage], str, bytes), since="1.11.0", see="functions-bindings-service-bus-trigger")]:
        """TODO."""

class ServiceBusBindings:
    def service_bus_queue_output(
        self,
        arg_name: ArgName,
        connection: ServiceBusConnection,
        queue_name: Entity,
        data_type: DataTypeName | None = None,
        access_rights: AccessRightsName | None = None,
    ) -> Annotated[Callable[[F], F], Output("serviceBus", takes=(str, bytes, List[str], List[bytes]), since="1.12.0", see="functions-bindings-service-bus-output", also_tried=("service_bus_output",))]:
        """TODO."""

    def service_bus_topic_output(
        self,
        arg_name: ArgName,
        connection: ServiceBusConnection,
        topic_name: Entity,
        subscription_name: Entity | None = None,
        data_type: DataTypeName | None = None,
        access_rights: AccessRightsName | None = None,
    ) -> Annotated[Callable[[F], F], Output("serviceBus", takes=(str, bytes, List[str], List[bytes]), since="1.12.0", see="functions-bindings-service-bus-output")]:
        """TODO."""
