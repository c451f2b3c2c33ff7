"""The durable API as it is often misused."""

from collections.abc import Generator
from typing import Any

import azure.durable_functions as df
import azure.functions as func

app = df.DFApp()


@app.orchestration_trigger(context_parameter="context")  # expect: reportCallIssue call-arg
def wrong_keyword(context: df.DurableOrchestrationContext) -> Generator[Any, Any, None]:
    yield context.call_activity_with_retry("hello", input_="x")  # expect: reportCallIssue call-arg
    yield context.call_activity("hello", input="x")  # expect: reportCallIssue call-arg
    print(context.input)  # expect: reportAttributeAccessIssue attr-defined
    yield context.create_timer(60)  # expect: reportArgumentType arg-type
    context.new_guid().upper()  # expect: reportAttributeAccessIssue attr-defined


@app.route(route="start")
@app.durable_client_input(client_name="client")
async def start(req: func.HttpRequest, client: df.DurableOrchestrationClient) -> func.HttpResponse:
    await client.start_new("hello", input_="x")  # expect: reportCallIssue call-arg
    client.start("hello")  # expect: reportAttributeAccessIssue attr-defined
    return client.create_check_status_response("id")  # expect: reportCallIssue call-arg arg-type


@df.activity_trigger(input_name="x")  # expect: reportAttributeAccessIssue attr-defined untyped-decorator
def module_level(x: str) -> str:
    return x


df.RetryOptions(5000)  # expect: reportCallIssue call-arg
