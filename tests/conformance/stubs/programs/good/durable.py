"""Orchestrators, activities, entities and clients, on the durable app and on the plain one."""

import datetime
from collections.abc import Generator
from typing import Any

import azure.durable_functions as df
import azure.functions as func
from typing_extensions import assert_type

app = df.DFApp(http_auth_level="ANONYMOUS")
plain = func.FunctionApp()


class Order:
    id: str


@app.activity_trigger(input_name="name")
def say_hello(name: str) -> str:
    return "Hello " + name


@app.orchestration_trigger(context_name="context", input_type=Order)
def orchestrate(context: df.DurableOrchestrationContext) -> Generator[Any, Any, list[str]]:
    assert_type(context.current_utc_datetime, datetime.datetime)
    assert_type(context.get_input(Order), Order | None)
    retry = df.RetryOptions(first_retry_interval_in_milliseconds=1000, max_number_of_attempts=3)
    first = yield context.call_activity(say_hello, "Ada")
    second = yield context.call_activity_with_retry("say_hello", retry, "Grace")
    timer = context.create_timer(context.current_utc_datetime + datetime.timedelta(minutes=1))
    event = context.wait_for_external_event("Approval")
    winner = yield context.task_any([timer, event])
    if winner == event:
        timer.cancel()
    results = yield context.task_all([context.call_activity("say_hello", name) for name in ("a", "b")])
    yield context.call_entity(df.EntityId("counter", "one"), "add", 1)
    context.signal_entity(df.EntityId("counter", "one"), "reset")
    context.set_custom_status({"done": True})
    return [first, second, *results]


@app.entity_trigger(context_name="context")
def counter(context: df.DurableEntityContext) -> None:
    assert_type(context.get_state(lambda: 0, int), int)
    context.set_state(context.get_state(lambda: 0) + 1)


@app.route(route="start")
@app.durable_client_input(client_name="client")
async def start(req: func.HttpRequest, client: df.DurableOrchestrationClient) -> func.HttpResponse:
    instance_id = await client.start_new("orchestrate", client_input={"id": "1"})
    assert_type(instance_id, str)
    status = await client.get_status(instance_id, show_history=True)
    assert_type(status.runtime_status, df.OrchestrationRuntimeStatus | None)
    await client.raise_event(instance_id, "Approval", True)
    purged = await client.purge_instance_history(instance_id)
    assert_type(purged.instances_deleted, int)
    return client.create_check_status_response(req, instance_id)


@plain.activity_trigger(input_name="n")
def twice(n: int) -> int:
    return 2 * n


assert_type(twice(2), int)
