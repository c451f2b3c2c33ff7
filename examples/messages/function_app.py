"""Service Bus and Event Hubs on one machine: orders come over HTTP, are worked off, and their totals are measured."""

import json
import logging
import os
from typing import List  # noqa: UP035 - azure-functions does not know list[...]

import azure.functions as func

app = func.FunctionApp(http_auth_level=func.AuthLevel.ANONYMOUS)


@app.route(route="orders", methods=["POST"])
@app.service_bus_queue_output(arg_name="order", queue_name="orders", connection="ServiceBusConnection")
def accept(req: func.HttpRequest, order: func.Out[str]) -> func.HttpResponse:
    """Puts the request's body into the queue."""
    order.set(req.get_body().decode())
    return func.HttpResponse("accepted", status_code=202)


@app.service_bus_queue_trigger(arg_name="message", queue_name="orders", connection="ServiceBusConnection")
@app.service_bus_topic_output(arg_name="news", topic_name="news", connection="ServiceBusConnection")
@app.event_hub_output(arg_name="telemetry", event_hub_name="telemetry", connection="EventHubConnection")
def work(message: func.ServiceBusMessage, news: func.Out[str], telemetry: func.Out[str]) -> None:
    """Works an order off; one without an id fails, comes back, and ends among the dead letters."""
    order = json.loads(message.get_body())
    news.set(json.dumps({"done": order["id"], "deliveries": message.delivery_count}))
    telemetry.set(json.dumps({"amount": order.get("amount", 0)}))


@app.service_bus_topic_trigger(
    arg_name="message", topic_name="news", subscription_name="log", connection="ServiceBusConnection"
)
def log(message: func.ServiceBusMessage) -> None:
    """Tells what was done."""
    logging.info("news: %s", message.get_body().decode())


@app.service_bus_queue_trigger(
    arg_name="message", queue_name="orders/$DeadLetterQueue", connection="ServiceBusConnection"
)
def give_up(message: func.ServiceBusMessage) -> None:
    """Tells what could not be done."""
    logging.warning("given up: %s (%s)", message.get_body().decode(), message.dead_letter_reason)


@app.event_hub_message_trigger(
    arg_name="events", event_hub_name="telemetry", connection="EventHubConnection", cardinality=func.Cardinality.MANY
)
def measure(events: List[func.EventHubEvent]) -> None:  # noqa: UP006
    """Adds up what came together."""
    logging.info("%d events, amount %s", len(events), sum(json.loads(event.get_body())["amount"] for event in events))


@app.route(route="send-by-sdk")
def send_by_sdk(req: func.HttpRequest) -> func.HttpResponse:
    """The app's own SDK client finds the same queue: the setting has the true endpoint."""
    from azure.servicebus import ServiceBusClient, ServiceBusMessage  # noqa: PLC0415 - 0.1 s that only this needs

    body = json.dumps({"id": req.params.get("id", "from the SDK")})
    connection = os.environ["ServiceBusConnection"]  # noqa: SIM112 - the setting's name
    with ServiceBusClient.from_connection_string(connection) as client, client.get_queue_sender("orders") as sender:
        sender.send_messages(ServiceBusMessage(body))
    return func.HttpResponse("sent")
