"""Whatever a client sends to a host, there is an answer, no fault inside, and nothing is left behind."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from typing import Any
from urllib.parse import quote, urlencode

import pytest
from durable_driver import Hub, write
from host_driver import Host
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from .any_json import DEEP, bodies
from .processes import TELLS, usage

EXAMPLES = int(os.environ.get("PYSTEIN_EXAMPLES", "200"))
"""Of each test: thousands by hand."""
SOURCE = """
@app.route(route="echo/{id:int?}")
async def echo(req: func.HttpRequest) -> func.HttpResponse:
    return func.HttpResponse(req.get_body(), headers={"x-echo": "".join(filter(str.isalnum, req.params.get("name", "")))[:5]})

@app.route(route="files/{*rest}")
@app.queue_output(arg_name="out", queue_name="work", connection="AzureWebJobsStorage")
def files(req: func.HttpRequest, out: func.Out[str]) -> str:
    out.set(req.route_params.get("rest", ""))
    return "ok"

@app.queue_trigger(arg_name="m", queue_name="work", connection="AzureWebJobsStorage")
def work(m: func.QueueMessage) -> None:
    m.get_body()

@app.blob_trigger(arg_name="b", path="in/{name}", connection="AzureWebJobsStorage")
def blob(b: func.InputStream) -> None:
    b.read()

@app.service_bus_queue_trigger(arg_name="m", queue_name="work", connection="SB")
def bus(m: func.ServiceBusMessage) -> None:
    m.get_body()

@app.event_hub_message_trigger(arg_name="e", event_hub_name="hub", connection="SB", cardinality="one")
def hub(e: func.EventHubEvent) -> None:
    e.get_body()

@app.cosmos_db_trigger(arg_name="items", connection="DB", database_name="db", container_name="items",
                       create_lease_container_if_not_exists=True)
def documents(items: func.DocumentList) -> None:
    len(items)

@app.timer_trigger(arg_name="t", schedule="0 0 0 1 1 *")
def tick(t: func.TimerRequest) -> None:
    pass

@app.event_grid_trigger(arg_name="event")
def grid(event: func.EventGridEvent) -> None:
    pass

@app.mcp_tool()
def add(a: int, b: int = 2) -> str:
    return str(a)

@app.mcp_resource_trigger(arg_name="context", uri="notes://{name}", resource_name="notes")
def notes(context) -> str:
    return "note"

@app.orchestration_trigger(context_name="context")
def steps(context):
    given = yield context.call_activity("step", context.get_input())
    event = yield context.wait_for_external_event("go")
    return [given, event]

@app.activity_trigger(input_name="given")
def step(given: str) -> str:
    return given

@app.entity_trigger(context_name="context")
def Counter(context):
    context.set_state(context.get_input())
"""
FILES = {"local__settings_json": {"Values": {"AzureWebJobsStorage": "", "SB": "", "DB": ""}}}
GRID = {
    "id": "1", "topic": "/t", "subject": "/blobServices/default/containers/in/blobs/x", "eventType": "My.Kind",
    "eventTime": "2026-01-02T03:04:05Z", "data": {"a": 1, "validationCode": "5"}, "dataVersion": "1.0", "metadataVersion": "1",
}  # fmt: skip
CLOUD = {"id": "9", "source": "/here", "type": "My.Cloud", "specversion": "1.0", "data": {"kind": "new"}}


def rpc(method: str, **params: Any) -> dict[str, Any]:
    return {"jsonrpc": "2.0", "id": 1, "method": method, "params": params}


MCP = [
    rpc("initialize", protocolVersion="2025-06-18", capabilities={}, clientInfo={"name": "x", "version": "1"}),
    rpc("tools/call", name="add", arguments={"a": 1, "b": 2}),
    rpc("tools/list", cursor="x"),
    rpc("resources/read", uri="notes://1"),
    rpc("prompts/get", name="x", arguments={"a": "b"}),
    rpc("completion/complete", ref={"type": "ref/prompt", "name": "x"}, argument={"name": "x", "value": "y"}),
    rpc("logging/setLevel", level="debug"),
]
BY_HAND = [
    {"function": name, "data": data, "method": "POST", "route": {"id": "1"}, "query": {"a": "b"}, "headers": {"x": "y"}}
    for name, data in [
        ("echo", "x"), ("files", {"a": 1}), ("work", "x"), ("blob", {"path": "in/x", "content": "y"}), ("bus", "x"),
        ("hub", "x"), ("documents", [{"id": "1"}]), ("tick", {"isPastDue": True}), ("grid", GRID), ("add", {"a": 1}),
        ("step", "x"), ("Counter", {"operation": "add", "input": 1}),
    ]
]  # fmt: skip
ODD_TEXT = st.one_of(
    st.sampled_from(
        ["", "0", "-1", "1e400", "nan", "inf", "x", "\0", "😀", "9" * 400, "2026-01-01", "9999-12-31T23:59:59Z"]
    ),
    st.text(max_size=6),
)
queries = st.dictionaries(
    st.sampled_from(
        ["functionName", "code", "timeout", "pollingInterval", "top", "createdTimeFrom", "createdTimeTo", "runtimeStatus",
         "taskHub", "connection", "showInput", "showHistory", "showHistoryOutput", "op", "reason", "azmcpcs", "after", "limit",
         "instanceIdPrefix", "restartWithNewInstanceId", "returnInternalServerErrorOnFailure", "function", "peek", "name"]
    ),
    st.one_of(ODD_TEXT, st.sampled_from(["grid", "0.01", "true", "Completed,Running", "2020-01-01T00:00:00Z"])),
    max_size=3,
)  # fmt: skip
names = st.one_of(st.sampled_from(["steps", "Counter", "a", "one", "go", "work", "echo", "1"]), ODD_TEXT)


@pytest.fixture(scope="module")
def host(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Hub]:
    host = Hub(write(tmp_path_factory.mktemp("any") / "app", SOURCE, **FILES))
    host.ready()
    yield host
    assert host.stop() == 0
    host.close()


@pytest.fixture
def calm(host: Hub) -> Iterator[None]:
    """Before and after a test: the same worker, no faults, no more open files than there were."""
    process, worker = host.process.pid, host.worker()
    host.lines.clear()
    host.other.clear()
    before = usage(process).files if TELLS else 0
    yield
    assert host.get("/admin/host/status").json["state"] == "Running"
    assert host.worker() == worker
    faults = [line["message"] for line in host.lines if line.get("event") == "host" and "fault" in line["message"]]
    assert (faults, host.other) == ([], [])
    assert not TELLS or usage(process).files <= before + 8  # connections that are just being closed, and SQLite's own


def any_(*given_: Any) -> Callable[[Any], Any]:
    return lambda test: settings(
        max_examples=EXAMPLES,
        deadline=None,
        suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
    )(given(*given_)(test))


def sent(host: Host, method: str, path: str, query: dict[str, str], body: bytes, **headers: str) -> None:
    target = f"{path}?{urlencode(query, errors='replace')}" if query else path
    answer = host.request(method, target, body, {"content-type": "application/json", **headers})
    assert answer.status != 500, (method, target, body[:500], headers, answer.body[:500], host.lines[-1:])


@any_(
    st.sampled_from(["GET", "POST", "PUT", "HEAD", "OPTIONS", "BREW"]),
    st.lists(names, max_size=3),
    queries,
    bodies([{}]),
)
def test_any_call(host: Hub, calm: None, method: str, path: list[str], query: dict[str, str], body: bytes) -> None:
    where = "/".join(quote(each, safe="", errors="replace") for each in path)
    sent(host, method, f"/api/{'echo' if len(path) < 2 else 'files'}/{where}", query, body)


@any_(
    st.sampled_from(["GET", "POST", "DELETE", "PUT", "HEAD"]),
    st.sampled_from(
        ["orchestrators/{}", "orchestrators/{}/{}", "instances", "instances/{}", "instances/{}/raiseEvent/{}",
         "instances/{}/terminate", "instances/{}/suspend", "instances/{}/resume", "instances/{}/rewind", "instances/{}/restart",
         "instances/{}/timeline", "entities", "entities/{}", "entities/{}/{}", "{}/{}/{}/{}"]
    ),
    st.lists(names, min_size=4, max_size=4),
    queries,
    bodies([{"a": 1}, "text", [1, 2]]),
)  # fmt: skip
@example("POST", "orchestrators/{}/{}", ["steps", "one", "", ""], {}, b'"\\ud800"')
@example("POST", "orchestrators/{}/{}", ["steps", "deep", "", ""], {}, DEEP)
@example("GET", "instances", ["", "", "", ""], {"top": "inf"}, b"")
@example("POST", "orchestrators/{}", ["steps", "", "", ""], {"timeout": "nan", "pollingInterval": "0"}, b"")
def test_any_durable_call(
    host: Hub, calm: None, method: str, path: str, parts: list[str], query: dict[str, str], body: bytes
) -> None:
    query = {**query, **({"timeout": "0.01"} if query.get("timeout") in {"inf", "1e400", "9" * 400} else {})}
    where = path.format(*(quote(part, safe="", errors="replace") for part in parts))
    sent(host, method, f"/runtime/webhooks/durabletask/{where}", query, body)


@any_(st.sampled_from(["", "/message", "/x"]), queries, bodies(MCP))
@example("", {}, DEEP)
def test_any_mcp_message(host: Hub, calm: None, path: str, query: dict[str, str], body: bytes) -> None:
    accepted = "application/json, text/event-stream"
    sent(host, "POST", f"/runtime/webhooks/mcp{path}", query, body, accept=accepted)


@any_(
    st.sampled_from(["eventgrid", "blobs"]),
    queries,
    st.sampled_from(["Notification", "SubscriptionValidation", "Unsubscribe", "x"]),
    bodies([[GRID], CLOUD, [CLOUD, GRID]]),
)
@example("eventgrid", {"functionName": "grid"}, "Notification", DEEP)
def test_any_delivery(host: Hub, calm: None, place: str, query: dict[str, str], kind: str, body: bytes) -> None:
    given_ = {"functionName": "grid" if place == "eventgrid" else "blob", **query}
    # A function that fails is answered with 500, so that the event is delivered again.
    failed = sum(each.get("status") == "failed" for each in host.lines)
    target = f"/runtime/webhooks/{place}?{urlencode(given_, errors='replace')}"
    answer = host.request("POST", target, body, {"content-type": "application/json", "aeg-event-type": kind})
    if answer.status == 500:
        host.wait("invocation", lambda line: line["status"] == "failed", failed + 1)


@any_(
    st.sampled_from(["GET", "POST", "DELETE"]),
    st.sampled_from(
        ["functions", "functions/{}", "functions/{}/status", "pystein/invoke", "pystein/overview", "pystein/invocations",
         "pystein/invocations/{}", "pystein/invocations/{}/again", "pystein/event", "pystein/cloud", "pystein/cloud/{}",
         "pystein/cloud/{}/{}", "pystein/cloud/{}/{}/replay", "pystein/send", "host/status", "host/{}", "{}"]
    ),
    st.lists(
        st.one_of(names, st.sampled_from(["queues", "blobs", "tables", "bus", "hubs", "documents", "topics", "in", "db"])),
        min_size=2, max_size=2,
    ),
    queries,
    bodies([*BY_HAND, {"input": "x"}, {"function": "work", "data": "x", "remember": True}]),
)  # fmt: skip
@example("POST", "pystein/invoke", ["", ""], {}, DEEP)
@example("POST", "pystein/invoke", ["", ""], {}, b'{"function": "echo", "route": 5}')
def test_any_admin_call(
    host: Hub, calm: None, method: str, path: str, parts: list[str], query: dict[str, str], body: bytes
) -> None:
    where = path.format(*(quote(part, safe="", errors="replace") for part in parts))
    if where.lower() not in {"host/restart", "pystein/stop", "pystein/debug"}:
        sent(host, method, f"/admin/{where}", query, body)


@any_(st.sampled_from([name["function"] for name in BY_HAND]), bodies(BY_HAND))
def test_any_data_by_hand(host: Hub, calm: None, function: str, body: bytes) -> None:
    sent(host, "POST", f"/admin/functions/{function}", {}, body)
    sent(host, "POST", "/admin/pystein/invoke", {}, body)
