"""What `cardinality` makes of the parameter; names in any of the usual spellings, or as members of the enum."""

from typing import Any, List

import azure.functions as func

app = func.FunctionApp()


@app.event_hub_message_trigger(arg_name="event", event_hub_name="hub", connection="HUB")
def one(event: func.EventHubEvent) -> None: ...


@app.event_hub_message_trigger(arg_name="event", event_hub_name="hub", connection="HUB", cardinality="ONE")
def one_as_text(event: str) -> None: ...


@app.event_hub_message_trigger(arg_name="events", event_hub_name="hub", connection="HUB", cardinality="many")
def many(events: List[func.EventHubEvent]) -> None: ...


@app.event_hub_message_trigger("events", "HUB", "hub", None, func.Cardinality.MANY, "$Default")
def many_by_position(events: List[func.EventHubEvent]) -> None: ...


@app.event_hub_message_trigger(arg_name="events", event_hub_name="hub", connection="HUB", cardinality="Many")
@app.queue_output(arg_name="out", queue_name="q", connection="")
def many_second(out: func.Out[str], events: List[func.EventHubEvent]) -> None: ...


@app.event_hub_message_trigger(arg_name="events", event_hub_name="hub", connection="HUB", cardinality="Many")
def many_of_three(events: List[func.EventHubEvent], a: int, context: func.Context) -> None: ...


@app.event_hub_message_trigger(arg_name="events", event_hub_name="hub", connection="HUB", cardinality="Many")
def many_untyped(events): ...  # type: ignore[no-untyped-def]


@app.service_bus_queue_trigger(arg_name="msg", queue_name="q", connection="BUS")
async def bus_one(msg: func.ServiceBusMessage) -> None: ...


@app.service_bus_topic_trigger(
    arg_name="msgs", topic_name="t", subscription_name="s", connection="BUS", cardinality=func.Cardinality.MANY
)
async def bus_many(msgs: List[func.ServiceBusMessage]) -> None: ...


@app.kafka_trigger(arg_name="event", topic="t", broker_list="BROKERS")
def kafka_one(event: func.KafkaEvent) -> None: ...


@app.kafka_trigger(arg_name="events", topic="t", broker_list="BROKERS", cardinality="MANY")
def kafka_many(events: List[func.KafkaEvent]) -> None: ...


class EventData:
    """As azurefunctions.extensions.bindings.eventhub has it: any class with this method is a type of an SDK."""

    def get_sdk_type(self) -> Any: ...


@app.event_hub_message_trigger(arg_name="event", event_hub_name="hub", connection="HUB")
def one_of_an_sdk(event: EventData) -> None: ...


@app.event_hub_message_trigger(arg_name="events", event_hub_name="hub", connection="HUB", cardinality="many")
def many_of_an_sdk(events: List[EventData]) -> None: ...
