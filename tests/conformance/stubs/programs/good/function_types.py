"""A decorated function keeps its own type, however many decorators it has."""

from collections.abc import Callable, Coroutine
from typing import Any

import azure.functions as func
from typing_extensions import assert_type

app = func.FunctionApp(http_auth_level=func.AuthLevel.ANONYMOUS)
bp = func.Blueprint()


@app.function_name("Orders")
@app.queue_trigger(arg_name="msg", queue_name="orders", connection="AzureWebJobsStorage")
@app.blob_output(arg_name="copy", path="orders/{id}.json", connection="AzureWebJobsStorage")
def on_order(msg: func.QueueMessage, copy: func.Out[str]) -> int:
    assert_type(msg.get_body(), bytes)
    assert_type(msg.dequeue_count, int | None)
    copy.set(msg.get_body().decode())
    return 1


@bp.route(route="orders/{id:int}", methods=["GET", func.HttpMethod.POST], auth_level="anonymous")
async def get_order(req: func.HttpRequest, context: func.Context) -> func.HttpResponse:
    assert_type(req.route_params.get("id"), str | None)
    assert_type(context.invocation_id, str)
    return func.HttpResponse("order", status_code=200, mimetype="text/plain")


@app.schedule(arg_name="timer", schedule="0 */5 * * * *", run_on_startup=False, use_monitor=True)
def tick(timer: func.TimerRequest) -> None:
    assert_type(timer.past_due, bool)
    assert_type(timer.schedule_status, dict[str, Any])


@app.blob_trigger(arg_name="blob", path="in/{name}", connection="", source=func.BlobSource.EVENT_GRID)
def on_blob(blob: func.InputStream) -> None:
    assert_type(blob.read(), bytes)
    assert_type(blob.metadata, dict[str, Any] | None)


class Orders:
    pass


handler: Callable[[func.QueueMessage, func.Out[str]], int] = on_order
async_handler: Callable[[func.HttpRequest, func.Context], Coroutine[Any, Any, func.HttpResponse]] = get_order


def direct(msg: func.QueueMessage, copy: func.Out[str]) -> None:
    assert_type(on_order(msg=msg, copy=copy), int)


app.register_functions(bp)
app.register_blueprint(bp)
