"""Event Grid."""

from collections.abc import Callable
from typing import Annotated, Any, List, TypeVar

from azure.functions._api.markers import Output, Since, Trigger
from azure.functions._api.values import ArgName, DataTypeName, EventGridConnection, SettingName
from azure.functions._eventgrid import CloudEvent, EventGridEvent, EventGridOutputEvent

_F = TypeVar("_F", bound=Callable[..., Any])

class EventGridTriggers:
    def event_grid_trigger(
        self,
        arg_name: ArgName,
        data_type: DataTypeName | None = None,
    ) -> Annotated[
        Callable[[_F], _F],
        Trigger(
            "eventGridTrigger",
            takes=(EventGridEvent, CloudEvent, str, bytes),
            since="1.11.1",
            see="functions-bindings-event-grid-trigger",
        ),
    ]:
        """Run for each event of an Event Grid subscription.

        The parameter receives a `func.EventGridEvent`, or a `func.CloudEvent` for subscriptions with that schema. The
        subscription itself is made in Event Grid, with this function as its end point.

        Args:
            arg_name: Name of the function's parameter for the event.
            data_type: How the host hands the value over: `STRING`, `BINARY` or `STREAM`, in any case. Default: the
                content decides.

        Example:
            @app.event_grid_trigger(arg_name="event")
            def on_event(event: func.EventGridEvent) -> None:
                print(event.event_type, event.get_json())

        Binding type `eventGridTrigger`; azure-functions since 1.11.1 and in every 2.x; extension bundle 4.x.
        https://learn.microsoft.com/azure/azure-functions/functions-bindings-event-grid-trigger
        """

class EventGridBindings:
    def event_grid_output(
        self,
        arg_name: ArgName,
        topic_endpoint_uri: SettingName | None = None,
        topic_key_setting: SettingName | None = None,
        connection: Annotated[EventGridConnection | None, Since("1.21.0")] = None,
        data_type: DataTypeName | None = None,
    ) -> Annotated[
        Callable[[_F], _F],
        Output(
            "eventGrid",
            takes=(str, bytes, EventGridOutputEvent, List[str], List[EventGridOutputEvent]),
            since="1.12.0",
            see="functions-bindings-event-grid-output",
        ),
    ]:
        """Publish events to an Event Grid topic.

        The parameter is a `func.Out[func.EventGridOutputEvent]`, or a `typing.List` of them. Give either both
        `topic_...` parameters or `connection`.

        Args:
            arg_name: Name of the function's parameter, a `func.Out`, or `$return` to send what the function returns.
            topic_endpoint_uri: Name of the app setting that holds the topic's address.
            topic_key_setting: Name of the app setting that holds the topic's key.
            connection: Prefix of identity-based settings (`NAME__topicEndpointUri`), in place of the two others.
                `%SETTING%` is resolved. Since 1.21.0.
            data_type: How the host hands the value over: `STRING`, `BINARY` or `STREAM`, in any case. Default: the
                content decides.

        Example:
            @app.route(route="publish")
            @app.event_grid_output(arg_name="event", topic_endpoint_uri="TOPIC_URI", topic_key_setting="TOPIC_KEY")
            def publish(req: func.HttpRequest, event: func.Out[func.EventGridOutputEvent]) -> str:
                event.set(func.EventGridOutputEvent(
                    id="1", data={}, subject="a", event_type="b", event_time=None, data_version="1.0"))
                return "published"

        Binding type `eventGrid`; azure-functions since 1.12.0 and in every 2.x; extension bundle 4.x.
        https://learn.microsoft.com/azure/azure-functions/functions-bindings-event-grid-output
        """
