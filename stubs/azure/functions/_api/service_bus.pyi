"""Service Bus queues and topics."""

from collections.abc import Callable
from typing import Annotated, Any, List, TypeVar, overload

from azure.functions._api.markers import Output, Since, Trigger
from azure.functions._api.parameters import OneServiceBusMessage, TakesList
from azure.functions._api.values import (
    AccessRightsName,
    ArgName,
    DataTypeName,
    Entity,
    Many,
    One,
    ServiceBusConnection,
    WatchedEntity,
)
from azure.functions._servicebus import ServiceBusMessage

_F = TypeVar("_F", bound=Callable[..., Any])

class ServiceBusTriggers:
    @overload
    def service_bus_queue_trigger(
        self,
        arg_name: ArgName,
        connection: ServiceBusConnection,
        queue_name: WatchedEntity,
        data_type: DataTypeName | None = None,
        access_rights: AccessRightsName | None = None,
        is_sessions_enabled: bool | None = None,
        cardinality: One | None = None,
        auto_complete_messages: Annotated[bool | None, Since("1.25.0")] = None,
    ) -> Annotated[
        OneServiceBusMessage,
        Trigger(
            "serviceBusTrigger",
            takes=(ServiceBusMessage, List[ServiceBusMessage], str, bytes),
            since="1.11.0",
            see="functions-bindings-service-bus-trigger",
            also_tried=("service_bus_trigger",),
        ),
    ]:
        """Run for the messages of a Service Bus queue.

        The parameter receives a `func.ServiceBusMessage`, with `cardinality="MANY"` a `typing.List` of them. The
        message is completed when the function succeeds and abandoned when it fails; after the entity's delivery count
        it is dead-lettered.

        Args:
            arg_name: Name of the function's parameter for the message, or the list of messages.
            connection: Name of the app setting that holds the Service Bus namespace's connection string, or the
                prefix of identity-based settings (`NAME__fullyQualifiedNamespace`). Empty means
                `AzureWebJobsServiceBus`. `%SETTING%` is resolved.
            queue_name: Queue to receive from. `%SETTING%` is resolved.
            data_type: How the host hands the value over: `STRING`, `BINARY` or `STREAM`, in any case. Default: the
                content decides.
            access_rights: `MANAGE` or `LISTEN`. Version 5 of the extension ignores it.
            is_sessions_enabled: Whether the entity requires sessions. Default False.
            cardinality: `ONE`: one call per message, the default. `MANY`: one call per batch, and the parameter is a
                list.
            auto_complete_messages: Whether the host completes messages after the function succeeded. Default:
                host.json's `autoCompleteMessages`, True. Since 1.25.0.

        Example:
            @app.service_bus_queue_trigger(arg_name="msg", queue_name="orders", connection="SERVICEBUS")
            def on_order(msg: func.ServiceBusMessage) -> None:
                print(msg.message_id, msg.get_body().decode())

        Binding type `serviceBusTrigger`; azure-functions since 1.11.0 and in every 2.x; extension bundle 4.x.
        https://learn.microsoft.com/azure/azure-functions/functions-bindings-service-bus-trigger
        """
    @overload
    def service_bus_queue_trigger(
        self,
        arg_name: ArgName,
        connection: ServiceBusConnection,
        queue_name: WatchedEntity,
        data_type: DataTypeName | None = None,
        access_rights: AccessRightsName | None = None,
        is_sessions_enabled: bool | None = None,
        *,
        cardinality: Many,
        auto_complete_messages: Annotated[bool | None, Since("1.25.0")] = None,
    ) -> Callable[[TakesList], TakesList]: ...
    @overload
    def service_bus_queue_trigger(
        self,
        arg_name: ArgName,
        connection: ServiceBusConnection,
        queue_name: WatchedEntity,
        data_type: DataTypeName | None,
        access_rights: AccessRightsName | None,
        is_sessions_enabled: bool | None,
        cardinality: Many,
        auto_complete_messages: Annotated[bool | None, Since("1.25.0")] = None,
    ) -> Callable[[TakesList], TakesList]: ...
    @overload
    def service_bus_topic_trigger(
        self,
        arg_name: ArgName,
        connection: ServiceBusConnection,
        topic_name: WatchedEntity,
        subscription_name: WatchedEntity,
        data_type: DataTypeName | None = None,
        access_rights: AccessRightsName | None = None,
        is_sessions_enabled: bool | None = None,
        cardinality: One | None = None,
        auto_complete_messages: Annotated[bool | None, Since("1.25.0")] = None,
    ) -> Annotated[
        OneServiceBusMessage,
        Trigger(
            "serviceBusTrigger",
            takes=(ServiceBusMessage, List[ServiceBusMessage], str, bytes),
            since="1.11.0",
            see="functions-bindings-service-bus-trigger",
        ),
    ]:
        """Run for the messages of a Service Bus subscription of a topic.

        The parameter receives a `func.ServiceBusMessage`, with `cardinality="MANY"` a `typing.List` of them. The
        message is completed when the function succeeds and abandoned when it fails; after the entity's delivery count
        it is dead-lettered.

        Args:
            arg_name: Name of the function's parameter for the message, or the list of messages.
            connection: Name of the app setting that holds the Service Bus namespace's connection string, or the
                prefix of identity-based settings (`NAME__fullyQualifiedNamespace`). Empty means
                `AzureWebJobsServiceBus`. `%SETTING%` is resolved.
            topic_name: Topic. `%SETTING%` is resolved.
            subscription_name: Subscription of the topic to receive from. `%SETTING%` is resolved.
            data_type: How the host hands the value over: `STRING`, `BINARY` or `STREAM`, in any case. Default: the
                content decides.
            access_rights: `MANAGE` or `LISTEN`. Version 5 of the extension ignores it.
            is_sessions_enabled: Whether the entity requires sessions. Default False.
            cardinality: `ONE`: one call per message, the default. `MANY`: one call per batch, and the parameter is a
                list.
            auto_complete_messages: Whether the host completes messages after the function succeeded. Default:
                host.json's `autoCompleteMessages`, True. Since 1.25.0.

        Example:
            @app.service_bus_topic_trigger(arg_name="msg", topic_name="orders", subscription_name="billing", connection="SERVICEBUS")
            def on_billing(msg: func.ServiceBusMessage) -> None:
                print(msg.message_id, msg.get_body().decode())

        Binding type `serviceBusTrigger`; azure-functions since 1.11.0 and in every 2.x; extension bundle 4.x.
        https://learn.microsoft.com/azure/azure-functions/functions-bindings-service-bus-trigger
        """
    @overload
    def service_bus_topic_trigger(
        self,
        arg_name: ArgName,
        connection: ServiceBusConnection,
        topic_name: WatchedEntity,
        subscription_name: WatchedEntity,
        data_type: DataTypeName | None = None,
        access_rights: AccessRightsName | None = None,
        is_sessions_enabled: bool | None = None,
        *,
        cardinality: Many,
        auto_complete_messages: Annotated[bool | None, Since("1.25.0")] = None,
    ) -> Callable[[TakesList], TakesList]: ...
    @overload
    def service_bus_topic_trigger(
        self,
        arg_name: ArgName,
        connection: ServiceBusConnection,
        topic_name: WatchedEntity,
        subscription_name: WatchedEntity,
        data_type: DataTypeName | None,
        access_rights: AccessRightsName | None,
        is_sessions_enabled: bool | None,
        cardinality: Many,
        auto_complete_messages: Annotated[bool | None, Since("1.25.0")] = None,
    ) -> Callable[[TakesList], TakesList]: ...

class ServiceBusBindings:
    def service_bus_queue_output(
        self,
        arg_name: ArgName,
        connection: ServiceBusConnection,
        queue_name: Entity,
        data_type: DataTypeName | None = None,
        access_rights: AccessRightsName | None = None,
    ) -> Annotated[
        Callable[[_F], _F],
        Output(
            "serviceBus",
            takes=(str, bytes),
            since="1.12.0",
            see="functions-bindings-service-bus-output",
            also_tried=("service_bus_output",),
        ),
    ]:
        """Send messages to a Service Bus queue.

        The parameter is a `func.Out` of `str` or `bytes`.

        Args:
            arg_name: Name of the function's parameter, a `func.Out`, or `$return` to send what the function returns.
            connection: Name of the app setting that holds the Service Bus namespace's connection string, or the
                prefix of identity-based settings (`NAME__fullyQualifiedNamespace`). Empty means
                `AzureWebJobsServiceBus`. `%SETTING%` is resolved.
            queue_name: Queue to send to. `%SETTING%` and `{expression}` are resolved.
            data_type: How the host hands the value over: `STRING`, `BINARY` or `STREAM`, in any case. Default: the
                content decides.
            access_rights: `MANAGE` or `LISTEN`. Version 5 of the extension ignores it.

        Example:
            @app.route(route="order-queue")
            @app.service_bus_queue_output(arg_name="msg", queue_name="orders", connection="SERVICEBUS")
            def order_to_queue(req: func.HttpRequest, msg: func.Out[str]) -> str:
                msg.set(req.get_body().decode())
                return "sent"

        Binding type `serviceBus`; azure-functions since 1.12.0 and in every 2.x; extension bundle 4.x.
        https://learn.microsoft.com/azure/azure-functions/functions-bindings-service-bus-output
        """

    def service_bus_topic_output(
        self,
        arg_name: ArgName,
        connection: ServiceBusConnection,
        topic_name: Entity,
        subscription_name: str | None = None,
        data_type: DataTypeName | None = None,
        access_rights: AccessRightsName | None = None,
    ) -> Annotated[
        Callable[[_F], _F],
        Output(
            "serviceBus",
            takes=(str, bytes),
            since="1.12.0",
            see="functions-bindings-service-bus-output",
        ),
    ]:
        """Send messages to a Service Bus topic.

        The parameter is a `func.Out` of `str` or `bytes`.

        Args:
            arg_name: Name of the function's parameter, a `func.Out`, or `$return` to send what the function returns.
            connection: Name of the app setting that holds the Service Bus namespace's connection string, or the
                prefix of identity-based settings (`NAME__fullyQualifiedNamespace`). Empty means
                `AzureWebJobsServiceBus`. `%SETTING%` is resolved.
            topic_name: Topic to send to. `%SETTING%` and `{expression}` are resolved.
            subscription_name: Not used when sending; accepted for symmetry with the trigger.
            data_type: How the host hands the value over: `STRING`, `BINARY` or `STREAM`, in any case. Default: the
                content decides.
            access_rights: `MANAGE` or `LISTEN`. Version 5 of the extension ignores it.

        Example:
            @app.route(route="order-topic")
            @app.service_bus_topic_output(arg_name="msg", topic_name="orders", connection="SERVICEBUS")
            def order_to_topic(req: func.HttpRequest, msg: func.Out[str]) -> str:
                msg.set(req.get_body().decode())
                return "sent"

        Binding type `serviceBus`; azure-functions since 1.12.0 and in every 2.x; extension bundle 4.x.
        https://learn.microsoft.com/azure/azure-functions/functions-bindings-service-bus-output
        """
