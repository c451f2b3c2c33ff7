# ruff: noqa: B018, F821, PLE1205, T201, UP006 - habits of real apps, good and bad, are what it tests
"""One function for every binding of the library, and for every way to return, fail, log and be called."""

import asyncio
import contextvars
import json
import logging
import sys
import threading
import typing

import azure.durable_functions as df
import azure.functions as func
from shown import shown

app = df.DFApp(http_auth_level=func.AuthLevel.ANONYMOUS)
asgi_like = contextvars.ContextVar("asgi_like", default="unset")
logger = logging.getLogger("my.app")


# -- HTTP -------------------------------------------------------------------------------------------------------------


@app.route("everything/{id:int?}", methods=["GET", "POST"])
def http_everything(req: func.HttpRequest, context: func.Context) -> func.HttpResponse:
    logging.info(shown(req))
    logging.info(shown([context.invocation_id, context.function_name, context.trace_context]))
    logging.info(shown([context.retry_context.retry_count, context.retry_context.max_retry_count]))
    logging.info(shown(context.trace_context.Traceparent))
    logging.info(shown(dict(req.form)))
    logging.info(shown({name: [file.filename, file.read()] for name, file in req.files.items()}))
    response = func.HttpResponse(req.get_body(), status_code=201, mimetype="application/octet-stream")
    response.headers.add("X-One", "1")
    response.headers.add(
        "Set-Cookie", "a=b; Path=/x; HttpOnly; Secure; Max-Age=60; SameSite=Strict; Domain=example.org"
    )
    response.headers.add("Set-Cookie", "c=d; Expires=Wed, 21 Oct 2015 07:28:00 GMT")
    return response


@app.route("text")
async def http_text(req: func.HttpRequest) -> str:
    return req.params.get("name", "nobody")


@app.route("unannotated")
def http_unannotated(req):
    return f"{req.method} {req.get_json()}"


@app.route("as_text")
def http_as_text(req: str):
    return req


@app.route("nothing")
def http_nothing(req: func.HttpRequest) -> func.HttpResponse:
    pass


@app.route("wrong")
def http_wrong(req: func.HttpRequest):
    return {"a": 1}


@app.route("status")
def http_status(req: func.HttpRequest):
    return func.HttpResponse(json.dumps({"a": "ü"}), mimetype="application/json", status_code=404, charset="utf-8")


@app.route("out")
@app.generic_output_binding("second", "http")
def http_out(req: func.HttpRequest, second: func.Out[func.HttpResponse]) -> str:
    second.set(func.HttpResponse("second"))
    return "first"


@app.route("bad_cookie")
def http_bad_cookie(req: func.HttpRequest):
    return func.HttpResponse("x", headers={"Set-Cookie": f"a=b; {req.params['attribute']}"})


# -- storage ----------------------------------------------------------------------------------------------------------


@app.queue_trigger("msg", "in", "C")
def queue_in(msg: func.QueueMessage) -> None:
    logging.info(shown(msg))


@app.queue_trigger("msg", "in", "C")
def queue_text(msg: str):
    logging.info(shown(msg))


@app.queue_trigger("msg", "in", "C")
def queue_bytes(msg: bytes):
    logging.info(shown(msg))


@app.queue_trigger("msg", "in", "C")
@app.queue_output("one", "out", "C")
@app.queue_output("many", "out", "C")
@app.queue_output("message", "out", "C")
@app.queue_output("raw", "out", "C")
@app.queue_output("unset", "out", "C")
def queue_out(
    msg: func.QueueMessage,
    one: func.Out[str],
    many: func.Out[typing.List[str]],
    message: func.Out[func.QueueMessage],
    raw: func.Out[bytes],
    unset: func.Out[str],
) -> None:
    one.set(one.get() or "text")
    many.set(["a", "b"])
    message.set(func.QueueMessage(id="7", body="body"))
    raw.set(b"\xff\x00")


@app.queue_trigger("msg", "in", "C")
@app.queue_output("$return", "out", "C")
def queue_return(msg: func.QueueMessage) -> str:
    return msg.get_body().decode() + " again"


@app.queue_trigger("msg", "in", "C")
@app.queue_output("out", "out", "C")
def queue_bad_out(msg: func.QueueMessage, out: func.Out[str]):
    out.set(object())


@app.queue_trigger("msg", "in", "C")
def queue_returns(msg: func.QueueMessage):
    return "nobody takes this"


@app.blob_trigger("blob", "c/{name}.txt", "C")
@app.blob_input("other", "c/other.txt", "C")
@app.blob_input("text", "c/other.txt", "C")
@app.blob_input("raw", "c/other.txt", "C", data_type="BINARY")
@app.blob_output("out", "c/out.txt", "C")
@app.blob_output("stream", "c/stream.txt", "C")
def blob_all(
    blob: func.InputStream,
    other: func.InputStream,
    text: str,
    raw: bytes,
    out: func.Out[str],
    stream: func.Out[bytes],
) -> None:
    logging.info(shown([blob, other, text, raw]))
    out.set("text")
    stream.set(b"bytes")


@app.blob_trigger("blob", "c/{name}", "C", source="EventGrid")
@app.blob_output("$return", "c/copy", "C")
def blob_return(blob: bytes) -> bytes:
    return blob[::-1]


@app.timer_trigger("timer", "0 */5 * * * *", run_on_startup=True, use_monitor=False)
@app.table_input("rows", "C", "people")
@app.table_output("out", "C", "people")
async def timer_tables(timer: func.TimerRequest, rows, out: func.Out[str]) -> None:
    logging.info(shown([timer, rows]))
    out.set(json.dumps({"PartitionKey": "p"}))


# -- messaging --------------------------------------------------------------------------------------------------------


@app.event_hub_message_trigger("event", "C", "hub")
@app.event_hub_output("out", "C", "other")
def event_one(event: func.EventHubEvent, out: func.Out[typing.List[str]]):
    logging.info(shown(event))
    logging.info(shown(event.iothub_metadata))
    out.set(["a", "b"])


@app.event_hub_message_trigger("events", "C", "hub", cardinality=func.Cardinality.MANY)
@app.event_hub_output("$return", "C", "other")
def event_many(events: typing.List[func.EventHubEvent]) -> str:
    logging.info(shown(events))
    return events[0].get_body().decode()


@app.service_bus_queue_trigger("msg", "C", "queue")
@app.service_bus_queue_output("out", "C", "other")
def bus_one(msg: func.ServiceBusMessage, out: func.Out[str]) -> None:
    logging.info(shown(msg))
    out.set("text")


@app.service_bus_topic_trigger("msgs", "C", "topic", "sub", cardinality="many")
@app.service_bus_topic_output("$return", "C", "other")
def bus_many(msgs: typing.List[func.ServiceBusMessage]):
    logging.info(shown(msgs))
    return [msg.get_body().decode() for msg in msgs]


@app.kafka_trigger("event", "topic", "BrokerList")
@app.kafka_output("out", "other", "BrokerList")
def kafka_one(event: func.KafkaEvent, out: func.Out[str]) -> None:
    logging.info(shown(event))
    out.set("text")


@app.kafka_trigger("events", "topic", "BrokerList", cardinality="many")
def kafka_many(events: typing.List[func.KafkaEvent]) -> None:
    logging.info(shown(events))


@app.event_grid_trigger("event")
@app.event_grid_output("out", topic_endpoint_uri="U", topic_key_setting="K")
def grid(event: func.EventGridEvent, out: func.Out[func.EventGridOutputEvent]) -> None:
    logging.info(shown(event))
    out.set(
        func.EventGridOutputEvent(
            id="i", data={"a": 1}, subject="s", event_type="t", event_time=event.event_time, data_version="1"
        )
    )


@app.event_grid_trigger("event")
def grid_cloud(event: func.CloudEvent):
    logging.info(shown(event))


# -- databases --------------------------------------------------------------------------------------------------------


@app.cosmos_db_trigger("docs", "C", "db", "items", create_lease_container_if_not_exists=True)
@app.cosmos_db_input("found", "C", "db", "items", sql_query="select * from c")
@app.cosmos_db_output("out", "C", "db", "items")
def cosmos(docs: func.DocumentList, found: func.DocumentList, out: func.Out[func.Document]) -> None:
    logging.info(shown([[dict(doc) for doc in docs], [doc.to_json() for doc in found]]))
    out.set(func.Document.from_dict({"id": "7"}))


@app.cosmos_db_trigger("docs", "C", "db", "items")
@app.cosmos_db_output("$return", "C", "db", "items")
def cosmos_return(docs: func.DocumentList):
    return func.DocumentList([docs[0]])


@app.sql_trigger("changes", "dbo.T", "C")
@app.sql_input("rows", "select 1", "Text", "C")
@app.sql_output("out", "dbo.T", "C")
def sql(changes, rows: func.SqlRowList, out: func.Out[func.SqlRow]) -> None:
    logging.info(shown([changes, [row.to_json() for row in rows]]))
    out.set(func.SqlRow.from_dict({"a": 1}))


@app.mysql_trigger("changes", "T", "C")
@app.mysql_input("rows", "select 1", "Text", "C")
@app.mysql_output("out", "T", "C")
def mysql(changes, rows: func.MySqlRowList, out: func.Out[func.MySqlRowList]) -> None:
    logging.info(shown([changes, [row.to_json() for row in rows]]))
    out.set(func.MySqlRowList([func.MySqlRow.from_dict({"a": 1})]))


# -- everything else --------------------------------------------------------------------------------------------------


@app.warm_up_trigger("warm")
def warm(warm) -> None:
    logging.info(type(warm).__name__)


@app.mcp_tool_trigger("call", tool_name="tool", description="d", tool_properties="[]")
def mcp_tool(call) -> str:
    logging.info(shown(call))
    return "done"


@app.mcp_resource_trigger("call", uri="file://a", resource_name="r")
def mcp_resource(call: str):
    return call.upper()


@app.mcp_prompt_trigger("call", prompt_name="p")
def mcp_prompt(call: func.PromptInvocationContext):
    logging.info(shown(call))
    return {"a": 1}


@app.connector_trigger("call")
def connector(call):
    return shown(call)


@app.dapr_service_invocation_trigger("payload", method_name="m")
@app.dapr_state_input("state", state_store="s", key="k")
@app.dapr_state_output("out", state_store="s", key="k")
def dapr(payload: str, state: str, out: func.Out[str]) -> None:
    logging.info(shown([payload, state]))
    out.set("text")


@app.generic_trigger("data", "queueTrigger", queueName="in", connection="C")
@app.generic_output_binding("out", "noSuchBinding")
def generic(data: str, out: func.Out[str]):
    logging.info(shown(data))
    out.set("text")


@app.generic_trigger("data", "noSuchTrigger")
def generic_values(data):
    return json.loads(data)["return"]


# -- durable ----------------------------------------------------------------------------------------------------------


class Own:
    def __init__(self, text):
        self.text = text

    @staticmethod
    def to_json(own):
        return own.text

    @staticmethod
    def from_json(text):
        return Own(text)


@app.activity_trigger("given")
def activity(given: dict) -> dict:
    return {"got": given, "type": type(given).__name__}


@app.activity_trigger("given")
def activity_own(given: Own):
    return Own(given.text + " back")


@app.activity_trigger("given")
def activity_unserialisable(given):
    return object()


@app.orchestration_trigger("context")
def orchestrator(context: df.DurableOrchestrationContext):
    first = yield context.call_activity("activity", {"a": 1})
    return [first, context.get_input()]


@app.entity_trigger("context")
def entity(context: df.DurableEntityContext):
    context.set_state(context.get_state(lambda: 0) + context.get_input())
    context.set_result("ok")


@app.route("client")
@app.durable_client_input("client")
async def durable_client(req: func.HttpRequest, client: df.DurableOrchestrationClient, context: func.Context):
    return client.create_check_status_response(req, "instance").get_body()


@app.route("clientok")
@app.durable_client_input("client")
async def durable_client_ok(req: func.HttpRequest, client: df.DurableOrchestrationClient):
    return client.create_check_status_response(req, "instance")


# -- failing, logging, printing ---------------------------------------------------------------------------------------


class OwnError(Exception):
    def __str__(self):
        raise RuntimeError("no text either")


def deeper(kind):
    if kind == "cause":
        try:
            {}["missing"]
        except KeyError as error:
            raise ValueError("told you") from error
    if kind == "own":
        raise OwnError
    if kind == "group":
        raise ExceptionGroup("several", [ValueError("one"), TypeError("two")])
    if kind == "empty":
        raise ValueError
    if kind == "cancelled":
        raise TimeoutError("too late")
    raise LookupError(kind)


@app.route("fails")
def fails(req: func.HttpRequest):
    logging.info("about to fail")
    deeper(req.params["kind"])


@app.route("fails_async")
async def fails_async(req: func.HttpRequest):
    await asyncio.sleep(0)
    deeper(req.params["kind"])


@app.route("logs")
def logs(req: func.HttpRequest):
    for level in (5, 10, 20, 25, 30, 40, 50):
        logger.log(level, "level %d", level)
    logging.getLogger("azure.functions.mine").info("taken for the platform's")
    try:
        1 / 0
    except ZeroDivisionError:
        logger.exception("caught")
    logger.warning("with stack", stack_info=False)
    print("printed")
    print("in", "pieces", end="")
    print(" and ended\nnext line")
    return "ok"


@app.route("bad_log")
def bad_log(req: func.HttpRequest):
    logging.info("no place for", 1)
    return "not reached"


@app.route("prints")
async def prints(req: func.HttpRequest):
    print("out")
    sys.stdout.flush()
    return "ok"


@app.route("thread")
def own_thread(req: func.HttpRequest, context: func.Context):
    def work():
        context.thread_local_storage.invocation_id = context.invocation_id
        logging.info("from a thread of %s", context.function_name)

    thread = threading.Thread(target=work)
    thread.start()
    thread.join()
    return "ok"


@app.route("positional")
def positional(req, /):
    return "never"


@app.route("retried")
@app.retry("fixed_delay", "3", delay_interval="00:00:05")
def retried(req: func.HttpRequest, context):
    return shown([context.retry_context.retry_count, context.retry_context.max_retry_count])


@app.route("generator")
async def generator(req: func.HttpRequest):
    return (part async for part in asyncio.Queue())


@app.function_name("named-function")
@app.route("named")
def renamed(req: func.HttpRequest, context: func.Context):
    return context.function_name
