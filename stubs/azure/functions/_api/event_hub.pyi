"""Event Hubs."""

from collections.abc import Callable
from typing import Annotated, Any, List, TypeVar, overload

from azure.functions._api.markers import Output, Trigger
from azure.functions._api.parameters import OneEventHubEvent, TakesList
from azure.functions._api.values import (
    ArgName,
    DataTypeName,
    Entity,
    EventHubConnection,
    Many,
    One,
    SettingText,
    WatchedEntity,
)
from azure.functions._eventhub import EventHubEvent

_F = TypeVar("_F", bound=Callable[..., Any])

class EventHubTriggers:
    @overload
    def event_hub_message_trigger(
        self,
        arg_name: ArgName,
        connection: EventHubConnection,
        event_hub_name: WatchedEntity,
        data_type: DataTypeName | None = None,
        cardinality: One | None = None,
        consumer_group: SettingText | None = None,
    ) -> Annotated[
        OneEventHubEvent,
        Trigger(
            "eventHubTrigger",
            takes=(EventHubEvent, List[EventHubEvent], str, bytes),
            since="1.11.0",
            see="functions-bindings-event-hubs-trigger",
            also_tried=("event_hub_trigger", "eventhub_trigger"),
        ),
    ]:
        """Run for the events of an event hub.

        The parameter receives a `func.EventHubEvent`, with `cardinality="MANY"` a `typing.List[func.EventHubEvent]`
        (not `list[...]`, which the worker refuses). Checkpoints are kept in the app's own storage.

        Args:
            arg_name: Name of the function's parameter for the event, or the list of events.
            connection: Name of the app setting that holds the Event Hubs namespace's connection string, or the prefix
                of identity-based settings (`NAME__fullyQualifiedNamespace`). `%SETTING%` is resolved.
            event_hub_name: Event hub; an `EntityPath` in the connection string wins over it. `%SETTING%` is resolved.
            data_type: How the host hands the value over: `STRING`, `BINARY` or `STREAM`, in any case. Default: the
                content decides.
            cardinality: `ONE`: one call per message, the default. `MANY`: one call per batch, and the parameter is a
                list.
            consumer_group: Consumer group. Default `$Default`. `%SETTING%` is resolved.

        Example:
            @app.event_hub_message_trigger(arg_name="events", event_hub_name="telemetry", connection="EVENTHUB",
                                           cardinality="MANY")
            def on_events(events: List[func.EventHubEvent]) -> None:
                for event in events:
                    print(event.get_body().decode())

        Binding type `eventHubTrigger`; azure-functions since 1.11.0 and in every 2.x; extension bundle 4.x.
        https://learn.microsoft.com/azure/azure-functions/functions-bindings-event-hubs-trigger
        """
    @overload
    def event_hub_message_trigger(
        self,
        arg_name: ArgName,
        connection: EventHubConnection,
        event_hub_name: WatchedEntity,
        data_type: DataTypeName | None = None,
        *,
        cardinality: Many,
        consumer_group: SettingText | None = None,
    ) -> Callable[[TakesList], TakesList]: ...
    @overload
    def event_hub_message_trigger(
        self,
        arg_name: ArgName,
        connection: EventHubConnection,
        event_hub_name: WatchedEntity,
        data_type: DataTypeName | None,
        cardinality: Many,
        consumer_group: SettingText | None = None,
    ) -> Callable[[TakesList], TakesList]: ...

class EventHubBindings:
    def event_hub_output(
        self,
        arg_name: ArgName,
        connection: EventHubConnection,
        event_hub_name: Entity,
        data_type: DataTypeName | None = None,
    ) -> Annotated[
        Callable[[_F], _F],
        Output(
            "eventHub",
            takes=(str, bytes, List[str]),
            since="1.12.0",
            see="functions-bindings-event-hubs-output",
            also_tried=("event_hub_message_output",),
        ),
    ]:
        """Send events to an event hub.

        The parameter is a `func.Out` of `str` or `bytes`, or of a `typing.List[str]` for several events.

        Args:
            arg_name: Name of the function's parameter, a `func.Out`, or `$return` to send what the function returns.
            connection: Name of the app setting that holds the Event Hubs namespace's connection string, or the prefix
                of identity-based settings (`NAME__fullyQualifiedNamespace`). `%SETTING%` is resolved.
            event_hub_name: Event hub; an `EntityPath` in the connection string wins over it. `%SETTING%` and
                `{expression}` are resolved.
            data_type: How the host hands the value over: `STRING`, `BINARY` or `STREAM`, in any case. Default: the
                content decides.

        Example:
            @app.route(route="measure")
            @app.event_hub_output(arg_name="event", event_hub_name="telemetry", connection="EVENTHUB")
            def measure(req: func.HttpRequest, event: func.Out[str]) -> str:
                event.set(req.get_body().decode())
                return "sent"

        Binding type `eventHub`; azure-functions since 1.12.0 and in every 2.x; extension bundle 4.x.
        https://learn.microsoft.com/azure/azure-functions/functions-bindings-event-hubs-output
        """
