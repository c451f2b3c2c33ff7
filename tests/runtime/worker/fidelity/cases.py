"""The invocations of the suite: one list for the official runtime and for our worker."""

import itertools
import json
from typing import Any, NamedTuple

from pystein_runtime.worker.protocol import Datum, HttpRequest, Retry, Trace

TIME = "2024-01-02T03:04:05.678Z"


class Case(NamedTuple):
    """One invocation."""

    function: str
    inputs: dict[str, Datum]
    metadata: dict[str, Datum] = {}  # noqa: RUF012 - never written to
    trace: Trace | None = None
    retry: Retry | None = None


def text(value: str) -> Datum:
    return Datum("string", value)


def data(value: bytes) -> Datum:
    return Datum("bytes", value)


def as_json(value: Any) -> Datum:
    return Datum("json", json.dumps(value))


def http(function: str, method: str = "GET", body: bytes = b"", **more: Any) -> Case:
    fields: dict[str, Any] = {"headers": {}, "params": {}, "query": {}, **more}
    request = HttpRequest(method=method, url=f"http://localhost:7071/api/{function}", body=data(body), **fields)
    return Case(function, {"req": Datum("http", request)})


FORM = b'--x\r\nContent-Disposition: form-data; name="a"\r\n\r\nb\r\n--x\r\nContent-Disposition: form-data; name="f"; '
FORM += b'filename="f.txt"\r\n\r\ncontent\r\n--x--\r\n'
EMPTY = Datum("http", HttpRequest("GET", "http://localhost/", {}, {}, {}, Datum(None, None)))
TRACE = Trace("00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01", "a=b", {"ProcessId": "1"})

HTTP = [
    http("http_everything", params={"id": "7"}, query={"q": "ü"}, headers={"accept": "*/*", "x-a": "1,2"}),
    http("http_everything", "POST", b'{"a": [1]}', headers={"content-type": "application/json"}),
    http("http_everything", "POST", b"\xff\x00"),
    http("http_everything", "POST", FORM, headers={"content-type": "multipart/form-data; boundary=x"}),
    http("http_everything", "POST", b"a=b&c=%20", headers={"content-type": "application/x-www-form-urlencoded"}),
    http("http_everything")._replace(trace=TRACE, retry=Retry(1, 3)),
    Case("http_everything", {"req": EMPTY}),
    http("http_text", query={"name": "me"}),
    http("http_unannotated", "PUT", b"[1]"),
    http("http_unannotated", "PUT", b"{"),
    *map(http, ("http_as_text", "http_nothing", "http_wrong", "http_status", "http_out")),
    *(http("http_bad_cookie", query={"attribute": value}) for value in ("Max-Age=soon", "Expires=soon", "Path=/")),
    Case("http_text", {"req": text("no request")}),
]

QUEUE = {
    "Id": text("id"),
    "QueueTrigger": text("body"),
    "DequeueCount": as_json(3),
    "ExpirationTime": as_json(TIME),
    "InsertionTime": as_json("2024-01-02T03:04:05+00:00"),
    "NextVisibleTime": as_json(TIME),
    "PopReceipt": text("pop"),
}
BLOB = {
    "BlobTrigger": text("c/name.txt"),
    "Uri": text("http://127.0.0.1:10000/devstoreaccount1/c/name.txt"),
    "Properties": as_json({"ContentLength": 4, "Length": 4, "ContentType": "text/plain"}),
    "Metadata": as_json({"m": "n"}),
    "name": text("name"),
}
OTHERS = {"other": data(b"other"), "text": text("text"), "raw": data(b"raw")}
TIMER = {"Schedule": {"AdjustForDST": True}, "ScheduleStatus": {"Last": "a", "Next": "b"}, "IsPastDue": False}
STORAGE = [
    *(
        Case("queue_in", {"msg": datum}, QUEUE)
        for datum in (text("körper"), data(b"body"), text(""), as_json({"a": 1}))
    ),
    Case("queue_in", {"msg": text("x")}),
    Case("queue_in", {"msg": text("x")}, {**QUEUE, "ExpirationTime": as_json("yesterday")}),
    *(
        Case(f"queue_{kind}", {"msg": text("x")}, QUEUE)
        for kind in ("text", "bytes", "out", "return", "bad_out", "returns")
    ),
    *(Case("queue_bytes", {"msg": datum}) for datum in (data(b"\xff"), as_json([1]), Datum(None, None))),
    Case("blob_all", {"blob": data(b"blob"), **OTHERS}, BLOB),
    Case("blob_all", {"blob": text("blob"), **OTHERS}, {}),
    Case("blob_all", {"blob": data(b""), **OTHERS, "other": Datum(None, None), "text": Datum(None, None)}, BLOB),
    Case("blob_all", {"blob": as_json(1), **OTHERS}, BLOB),
    Case("blob_return", {"blob": data(b"abc")}, BLOB),
    Case(
        "timer_tables", {"timer": as_json(TIMER), "rows": as_json([{"RowKey": "r"}])}, {"TimerTrigger": as_json(None)}
    ),
    Case("timer_tables", {"timer": text("{}"), "rows": text("[]")}),
]

EVENT = {
    "PartitionContext": as_json({"PartitionId": "0", "EventHubName": "hub"}),
    "PartitionKey": text("key"),
    "Offset": text("99"),
    "SequenceNumber": as_json(5),
    "EnqueuedTimeUtc": as_json(TIME),
    "Properties": as_json({"p": 1}),
    "SystemProperties": as_json({"x-opt-sequence-number": 5, "iothub-connection-device-id": "d", "b": None}),
}
BUS: dict[str, Any] = {
    "DeliveryCount": 2,
    "LockToken": "87931fd2-39f4-415a-9fdc-adfdcbed3148",
    "ExpiresAtUtc": TIME,
    "EnqueuedTimeUtc": TIME,
    "MessageId": "m",
    "ContentType": "text/plain",
    "ReplyTo": "r",
    "SequenceNumber": 9,
    "To": "t",
    "Label": "l",
    "CorrelationId": "c",
    "ApplicationProperties": {"a": 1},
    "UserProperties": {"u": 1},
    "SessionId": "s",
    "PartitionKey": "p",
}
KAFKA = {"Offset": 1, "Partition": 2, "Topic": "t", "Timestamp": TIME, "Value": "v", "Key": "k", "Headers": []}


def many(one: dict[str, Datum]) -> dict[str, Datum]:
    """Metadata of a batch of two from those of one."""
    return {
        f"{name}Array": as_json([json.loads(d.value) if d.type == "json" else d.value] * 2) for name, d in one.items()
    }


ONE_BUS = {
    name: text(value) if isinstance(value, str) and value != TIME else as_json(value) for name, value in BUS.items()
}
MESSAGING = [
    *(Case("event_one", {"event": datum}, EVENT) for datum in (data(b"body"), text("body"), as_json({"a": 1}))),
    Case("event_one", {"event": data(b"body")}),
    *(
        Case("event_many", {"events": datum}, many(EVENT))
        for datum in (
            Datum("collection_bytes", [b"a", b"b"]),
            Datum("collection_string", ["a", "b"]),
            as_json(["a", {"b": 1}]),
            Datum("collection_bytes", [b"a"]),
        )
    ),
    *(Case("bus_one", {"msg": datum}, ONE_BUS) for datum in (data(b"body"), text("body"), as_json({"a": 1}))),
    Case("bus_one", {"msg": text("body")}),
    *(
        Case("bus_many", {"msgs": datum}, many(ONE_BUS))
        for datum in (Datum("collection_string", ["a", "b"]), Datum("collection_bytes", [b"a", b"b"]))
    ),
    Case("bus_many", {"msgs": Datum("collection_string", ["a"])}),
    Case("kafka_one", {"event": text(json.dumps(KAFKA))}, {"Topic": text("t"), "Offset": as_json(1)}),
    Case(
        "kafka_many", {"events": Datum("collection_string", [json.dumps(KAFKA)] * 2)}, {"OffsetArray": as_json([1, 2])}
    ),
]

GRID = {
    "id": "1",
    "topic": "t",
    "subject": "s",
    "eventType": "e",
    "eventTime": TIME,
    "data": {"a": 1},
    "dataVersion": "1",
}
CLOUD = {"specversion": "1.0", "id": "1", "source": "/s", "type": "t", "time": TIME, "data": {"a": 1}, "mine": "x"}
DOCS = as_json([{"id": "1", "a": "ü"}, {"id": "2"}])
OTHER = [
    Case("grid", {"event": as_json(GRID)}, {"subject": text("s")}),
    *(Case("grid_cloud", {"event": datum}) for datum in (as_json(CLOUD), as_json(GRID), text("x"))),
    *(
        Case("cosmos", {"docs": datum, "found": DOCS})
        for datum in (DOCS, text(DOCS.value), as_json([]), as_json({}), text("x"))
    ),
    Case("cosmos", {"docs": DOCS, "found": Datum(None, None)}),
    Case("cosmos_return", {"docs": DOCS}),
    *(Case(name, {"changes": DOCS, "rows": DOCS}) for name in ("sql", "mysql")),
    Case("warm", {"warm": text("")}),
    *(Case("mcp_tool", {"call": datum}) for datum in (text("x"), as_json({"arguments": {"a": 1}}))),
    Case("mcp_resource", {"call": text("x")}),
    Case("mcp_prompt", {"call": as_json({"name": "p", "arguments": {"a": "b"}, "sessionid": "s"})}),
    Case("connector", {"call": as_json({"a": 1})}),
    Case("dapr", {"payload": as_json({"a": 1}), "state": text("s")}),
    Case("dapr", {"payload": Datum("int", 1), "state": Datum("double", 1.5)}),
    Case("generic", {"data": text("x")}, QUEUE),
    *(
        Case("generic_values", {"data": as_json({"return": value})})
        for value in (None, "text", 1, 1.5, True, [1, "a"], {"a": None}, 2**70)
    ),
]

STARTED = {"EventType": 12, "EventId": -1, "IsPlayed": False, "Timestamp": TIME}
EXECUTION = {**STARTED, "EventType": 0, "Name": "orchestrator", "Version": "", "Input": '"in"'}
SCHEDULED = {**STARTED, "EventType": 4, "EventId": 0, "Name": "activity", "Version": "", "Input": '{"a": 1}'}
COMPLETED = {**STARTED, "EventType": 5, "TaskScheduledId": 0, "Result": '{"got": 1}'}
STARTER = {
    "taskHubName": "hub",
    "creationUrls": {"createNewInstancePostUri": "http://localhost:7071/runtime/webhooks/durabletask/orchestrators/x"},
    "managementUrls": {
        name: f"http://localhost:7071/runtime/webhooks/durabletask/instances/INSTANCEID/{name}?code=c"
        for name in (
            *("id", "statusQueryGetUri", "sendEventPostUri", "terminatePostUri", "rewindPostUri"),
            *("purgeHistoryDeleteUri", "restartPostUri", "suspendPostUri", "resumePostUri"),
        )
    },
    "baseUrl": "http://localhost:7071/runtime/webhooks/durabletask",
    "requiredQueryStringParameters": "code=c",
    "rpcBaseUrl": "http://127.0.0.1:17071/durabletask/",
}


def orchestration(*history: dict[str, Any]) -> Case:
    state = {
        "history": history,
        "input": '"in"',
        "instanceId": "i",
        "isReplaying": False,
        "parentInstanceId": None,
        "upperSchemaVersion": 1,
        "upperSchemaVersionNew": 2,
        "longRunningTimerIntervalDuration": "3.00:00:00",
        "maximumShortTimerDuration": "6.00:00:00",
        "defaultHttpAsyncRequestSleepTimeMillseconds": 30000,
    }
    return Case("orchestrator", {"context": text(json.dumps(state))})


ENTITY = {
    "self": {"name": "entity", "key": "k"},
    "exists": True,
    "state": "3",
    "batch": [{"name": "add", "input": '"4"', "isSignal": False}],
}
OWN = {"__class__": "Own", "__module__": "function_app", "__data__": "x"}
FAILED = {**COMPLETED, "EventType": 6, "Reason": "because", "Details": "of this"}
DURABLE = [
    *(Case("activity", {"given": datum}) for datum in (text('{"a": 1}'), as_json({"a": 1}), text("[1]"), text("x"))),
    Case("activity_own", {"given": as_json(OWN)}),
    Case("activity_own", {"given": as_json({**OWN, "__class__": "Gone"})}),
    Case("activity_unserialisable", {"given": text("1")}),
    orchestration(STARTED, EXECUTION),
    orchestration(STARTED, EXECUTION, SCHEDULED, {**STARTED, "EventType": 13}, STARTED, COMPLETED),
    orchestration(STARTED, EXECUTION, SCHEDULED, {**STARTED, "EventType": 13}, STARTED, FAILED),
    Case("orchestrator", {"context": text("{}")}),
    Case("entity", {"context": text(json.dumps(ENTITY))}),
    Case("entity", {"context": as_json({**ENTITY, "batch": [{"name": "add", "input": "null", "isSignal": True}]})}),
    *(http(name)._replace(inputs={**http(name).inputs, "client": as_json(STARTER)}) for name in ("durable_client_ok",)),
    *(
        http(name)._replace(inputs={**http(name).inputs, "client": text(json.dumps(STARTER))})
        for name in ("durable_client",)
    ),
]

KINDS = ("cause", "own", "group", "empty", "cancelled", "ü")
BEHAVIOUR = [
    *(http(name, query={"kind": kind}) for name, kind in itertools.product(("fails", "fails_async"), KINDS)),
    *map(http, ("logs", "bad_log", "prints", "own_thread", "positional", "retried", "generator")),
    http("retried")._replace(retry=Retry(2, 3, "before")),
    http("named-function"),
]
CASES = [*HTTP, *STORAGE, *MESSAGING, *OTHER, *DURABLE, *BEHAVIOUR]
