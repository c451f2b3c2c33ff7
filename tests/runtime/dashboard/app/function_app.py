"""One function for each kind of trigger that the dashboard can send an event to, and what it shows besides."""

import json
import logging
import time
from datetime import timedelta

import azure.durable_functions as df
import azure.functions as func

app = df.DFApp(http_auth_level=func.AuthLevel.ANONYMOUS)


@app.route(route="orders/{customer}", methods=["POST"])
@app.queue_output(arg_name="order", queue_name="orders", connection="AzureWebJobsStorage")
def take_order(req: func.HttpRequest, order: func.Out[str]) -> func.HttpResponse:
    order.set(req.get_body().decode())
    logging.info("an order of %s with %s", req.route_params["customer"], req.headers.get("x-colour", "no colour"))
    return func.HttpResponse("accepted", status_code=202)


@app.queue_trigger(arg_name="msg", queue_name="orders", connection="AzureWebJobsStorage")
@app.table_output(arg_name="row", table_name="Orders", connection="AzureWebJobsStorage")
def work_off(msg: func.QueueMessage, row: func.Out[str]) -> None:
    order = json.loads(msg.get_body())
    if "fail" in order:
        raise ValueError(order["fail"])
    row.set(json.dumps({"PartitionKey": "orders", "RowKey": msg.id, "text": str(order)}))


@app.blob_trigger(arg_name="blob", path="receipts/{name}", connection="AzureWebJobsStorage")
def mail_receipt(blob: func.InputStream) -> None:
    logging.info("mailing %s: %s", blob.name, blob.read())


@app.timer_trigger(arg_name="timer", schedule="0 0 0 1 1 *")
def tidy_up(timer: func.TimerRequest) -> None:
    logging.debug("looking around")
    logging.info("tidying up")
    logging.warning("there was much to tidy")
    logging.error("a plate broke")


@app.service_bus_queue_trigger(arg_name="message", queue_name="payments", connection="Bus")
def book_payment(message: func.ServiceBusMessage) -> None:
    if b"fail" in message.get_body():
        raise ValueError("not booked")


@app.service_bus_topic_trigger(arg_name="message", topic_name="news", subscription_name="log", connection="Bus")
def tell(message: func.ServiceBusMessage) -> None:
    logging.info("news: %s", message.get_body().decode())


@app.event_hub_message_trigger(arg_name="event", event_hub_name="telemetry", connection="Bus")
def measure(event: func.EventHubEvent) -> None:
    logging.info("measured %s", event.get_body().decode())


@app.cosmos_db_trigger(
    arg_name="changed", database_name="shop", container_name="products", connection="Cosmos",
    create_lease_container_if_not_exists=True,
)  # fmt: skip
def follow(changed: func.DocumentList) -> None:
    logging.info("%d documents", len(changed))


@app.event_grid_trigger(arg_name="event")
def hear(event: func.EventGridEvent) -> None:
    logging.info("%s of %s", event.event_type, event.subject)


@app.kafka_trigger(arg_name="record", topic="clicks", broker_list="KafkaBrokers", consumer_group="log")
def count_click(record: func.KafkaEvent) -> None:
    logging.info("clicked: %s", record.get_body().decode())


@app.mcp_tool()
@app.mcp_tool_property(arg_name="text", description="The text to look at.")
def count_words(text: str) -> str:
    """Counts the words of a text."""
    return f"{len(text.split())} words"


@app.orchestration_trigger(context_name="context")
def approve_order(context: df.DurableOrchestrationContext):
    total = yield context.call_sub_orchestrator("price_order", 3)
    context.signal_entity(df.EntityId("Revenue", "all"), "add", total)
    deadline = context.create_timer(context.current_utc_datetime + timedelta(days=3))
    approval = context.wait_for_external_event("Approval")
    yield context.task_any([approval, deadline])
    deadline.cancel()
    return {"approved": approval.result, "total": total}


@app.orchestration_trigger(context_name="context")
def price_order(context: df.DurableOrchestrationContext):
    prices = yield context.task_all(
        [context.call_activity("price_line", line) for line in range(context.get_input() or 3)]
    )
    return sum(prices)


@app.activity_trigger(input_name="line")
def price_line(line: int) -> int:
    return line * 10


@app.entity_trigger(context_name="context")
def Revenue(context: df.DurableEntityContext) -> None:  # noqa: N802 - entities are named like classes
    total = context.get_state(lambda: 0)
    if context.operation_name == "add":
        context.set_state(total + context.get_input())


@app.orchestration_trigger(context_name="context")
def fails_once(context: df.DurableOrchestrationContext):
    return (yield context.call_activity("break_once", context.instance_id))


@app.activity_trigger(input_name="key")
def break_once(key: str) -> str:
    if key not in _broken:
        _broken.add(key)
        raise RuntimeError("it broke")
    return "mended"


_broken: set[str] = set()


@app.route(route="fast")
async def fast(req: func.HttpRequest) -> str:
    return "fast"


@app.route(route="binary")
def binary(req: func.HttpRequest) -> func.HttpResponse:
    return func.HttpResponse(bytes(range(200, 256)) + b"end", mimetype="application/octet-stream")


@app.route(route="long")
def long_values(req: func.HttpRequest) -> func.HttpResponse:
    time.sleep(0.05)
    logging.info("x" * 6000)
    return func.HttpResponse("yes " * 12_000)


@app.function_name("größe_数える_with_a_name_that_is_much_longer_than_any_box_on_the_map")
@app.queue_trigger(arg_name="m", queue_name="unused", connection="AzureWebJobsStorage")
def other_letters(m: func.QueueMessage) -> None:
    logging.info("%s", m.get_body().decode())
