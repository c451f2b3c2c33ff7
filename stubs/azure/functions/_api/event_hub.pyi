"""event_hub."""

from collections.abc import Callable
from typing import Annotated, Any, List, Literal, TypeVar

from azure.functions._api.markers import Trigger, Output
from azure.functions._api.values import ArgName, SettingText, WatchedEntity, Entity, EventHubConnection, DataTypeName, CardinalityName
from azure.functions._eventhub import EventHubEvent

F = TypeVar("F", bound=Callable[..., Any])

class EventHubTriggers:
    def event_hub_message_trigger(
        self,
        arg_name: ArgName,
        connection: EventHubConnection,
        event_hub_name: WatchedEntity,
        data_type: DataTypeName | None = None,
        cardinality: CardinalityName | None = None,
        consumer_group: SettingText | None = None,
    ) -> Annotated[Callable[[F], F], Trigger("eventHubTrigger", takes=(EventHubEvent, List[EventHubEvent], str, bytes), since="1.11.0", see="functions-bindings-event-hubs-trigger", also_tried=("event_hub_trigger", "eventhub_trigger",))]:
        """TODO."""

class EventHubBindings:
    def event_hub_output(
        self,
        arg_name: ArgName,
        connection: EventHubConnection,
        event_hub_name: Entity,
        data_type: DataTypeName | None = None,
    ) -> Annotated[Callable[[F], F], Output("eventHub", takes=(str, bytes, List[str], List[bytes]), since="1.12.0", see="functions-bindings-event-hubs-output", also_tried=("event_hub_message_output",))]:
        """TODO."""
