"""event_grid."""

from collections.abc import Callable
from typing import Annotated, Any, List, Literal, TypeVar

from azure.functions._api.markers import Trigger, Output, Since
from azure.functions._api.values import ArgName, SettingName, EventGridConnection, DataTypeName
from azure.functions._eventgrid import CloudEvent, EventGridEvent, EventGridOutputEvent

F = TypeVar("F", bound=Callable[..., Any])

class EventGridTriggers:
    def event_grid_trigger(
        self,
        arg_name: ArgName,
        data_type: DataTypeName | None = None,
    ) -> Annotated[Callable[[F], F], Trigger("eventGridTrigger", takes=(EventGridEvent, CloudEvent, str, bytes), since="1.11.1", see="functions-bindings-event-grid-trigger")]:
        """TODO."""

class EventGridBindings:
    def event_grid_output(
        self,
        arg_name: ArgName,
        topic_endpoint_uri: SettingName | None = None,
        topic_key_setting: SettingName | None = None,
        connection: Annotated[EventGridConnection | None, Since("1.21.0")] = None,
        data_type: DataTypeName | None = None,
    ) -> Annotated[Callable[[F], F], Output("eventGrid", takes=(str, bytes, EventGridOutputEvent, List[EventGridOutputEvent]), since="1.12.0", see="functions-bindings-event-grid-output")]:
        """TODO."""
