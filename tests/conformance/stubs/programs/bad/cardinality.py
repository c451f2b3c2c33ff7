"""A list without cardinality="MANY", and the other way round: the library indexes both and fails at run time."""

from typing import List

import azure.functions as func

app = func.FunctionApp()


@app.event_hub_message_trigger(arg_name="events", event_hub_name="h", connection="C")  # expect: reportCallIssue reportArgumentType type-var
def list_without_many(events: List[func.EventHubEvent]) -> None: ...


@app.event_hub_message_trigger(arg_name="event", event_hub_name="h", connection="C", cardinality="many")  # expect: reportArgumentType type-var
def many_without_list(event: func.EventHubEvent) -> None: ...


@app.service_bus_queue_trigger(arg_name="msgs", queue_name="q", connection="C")  # expect: reportCallIssue reportArgumentType type-var
def list_beside_an_output(msgs: List[func.ServiceBusMessage], out: func.Out[int]) -> None: ...


@app.kafka_trigger(arg_name="events", topic="t", broker_list="B")  # expect: reportArgumentType type-var
def kafka_list(events: List[func.KafkaEvent]) -> None: ...
