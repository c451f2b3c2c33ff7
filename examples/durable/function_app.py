"""Orders that are checked, priced, counted, and approved by somebody when they are large."""

import logging
from datetime import timedelta

import azure.durable_functions as df
import azure.functions as func

app = df.DFApp(http_auth_level=func.AuthLevel.ANONYMOUS)


@app.route(route="orchestrators/{name}", methods=["POST"])
@app.durable_client_input(client_name="client")
async def start(req: func.HttpRequest, client: df.DurableOrchestrationClient) -> func.HttpResponse:
    """Starts any of the orchestrators below with the request's body."""
    given = req.get_json() if req.get_body() else None
    instance_id = await client.start_new(req.route_params["name"], None, given)
    logging.info("Started %s.", instance_id)
    return client.create_check_status_response(req, instance_id)


@app.orchestration_trigger(context_name="context")
def hello_sequence(context: df.DurableOrchestrationContext):
    """A chain: each step waits for the one before."""
    greetings = []
    for city in ("Tokyo", "Seattle", "London"):
        greeting = yield context.call_activity("say_hello", city)
        greetings.append(greeting)
    return greetings


@app.activity_trigger(input_name="city")
def say_hello(city: str) -> str:
    return f"Hello {city}!"


@app.orchestration_trigger(context_name="context")
def price_order(context: df.DurableOrchestrationContext):
    """Fan-out and fan-in: all lines at once, each tried three times; the total goes to an entity."""
    retry = df.RetryOptions(first_retry_interval_in_milliseconds=500, max_number_of_attempts=3)
    lines = context.get_input() or [{"item": "tea", "count": 2}, {"item": "cups", "count": 6}]
    prices = yield context.task_all([context.call_activity_with_retry("price_line", retry, line) for line in lines])
    total = sum(prices)
    context.signal_entity(df.EntityId("Revenue", "all"), "add", total)
    return total


@app.activity_trigger(input_name="line")
def price_line(line: dict) -> int:
    return len(line["item"]) * line["count"]


@app.entity_trigger(context_name="context")
def Revenue(context: df.DurableEntityContext):  # noqa: N802 - entities are named like classes
    total = context.get_state(lambda: 0)
    if context.operation_name == "add":
        total += context.get_input()
        context.set_state(total)
    context.set_result(total)


@app.route(route="revenue")
@app.durable_client_input(client_name="client")
async def revenue(req: func.HttpRequest, client: df.DurableOrchestrationClient) -> str:
    answer = await client.read_entity_state(df.EntityId("Revenue", "all"))
    return str(answer.entity_state if answer.entity_exists else 0)


@app.orchestration_trigger(context_name="context")
def approve_order(context: df.DurableOrchestrationContext):
    """A person decides: the event `Approval` within three days, or it is escalated."""
    total = yield context.call_sub_orchestrator("price_order", context.get_input())
    context.set_custom_status({"total": total, "waiting": True})
    deadline = context.create_timer(context.current_utc_datetime + timedelta(days=3))
    approval = context.wait_for_external_event("Approval")
    winner = yield context.task_any([approval, deadline])
    if winner == deadline:
        return "escalated"
    deadline.cancel()
    return "approved" if approval.result else "rejected"
