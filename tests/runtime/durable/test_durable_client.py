"""Every call of the durable package's client, as an app makes it."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any
from urllib.parse import quote

import pytest
from durable_driver import FINISHED, WEBHOOKS, Hub, Line

SOURCE = """
@app.route(route="client", methods=["POST"])
@app.durable_client_input(client_name="client")
async def ask(req: func.HttpRequest, client) -> func.HttpResponse:
    call = req.get_json()
    arguments = call.get("arguments", {})
    if "entity" in arguments:
        arguments["entityId"] = df.EntityId(*arguments.pop("entity"))
    for name in ("created_time_from", "created_time_to"):
        if name in arguments:
            arguments[name] = datetime.datetime.fromisoformat(arguments[name])
    if "runtime_status" in arguments:
        arguments["runtime_status"] = [df.OrchestrationRuntimeStatus(item) for item in arguments["runtime_status"]]
    if call["name"] in ("create_check_status_response", "wait_for_completion_or_create_check_status_response"):
        arguments["request"] = req
    try:
        answer = getattr(client, call["name"])(**arguments)
        if hasattr(answer, "__await__"):
            answer = await answer
    except Exception as error:
        return func.HttpResponse(json.dumps({"error": str(error)}))
    if isinstance(answer, func.HttpResponse):
        return answer
    return func.HttpResponse(json.dumps({"answer": shown(answer)}))

def shown(value):
    if isinstance(value, list):
        return [shown(item) for item in value]
    if hasattr(value, "runtime_status"):
        more = {"historyEvents": value.historyEvents} if hasattr(value, "historyEvents") else {}
        return {**(value.to_json() if value else {}), "found": bool(value), **more}
    if hasattr(value, "instances_deleted"):
        return value.instances_deleted
    if hasattr(value, "entity_exists"):
        return [value.entity_exists, value.entity_state]
    return value

@app.orchestration_trigger(context_name="context")
def waits(context):
    context.set_custom_status("waiting")
    value = yield context.wait_for_external_event("go")
    result = yield context.call_activity("work", value)
    return [context.get_input(), result, context.version]

@app.activity_trigger(input_name="value")
def work(value):
    if pathlib.Path("fail").exists():
        raise ValueError("not now")
    return value

@app.orchestration_trigger(context_name="context")
def retrying(context):
    context.set_custom_status("waiting")
    value = yield context.wait_for_external_event("go")
    result = yield context.call_activity_with_retry("work", df.RetryOptions(1, 2), value)
    return [None, result]

@app.orchestration_trigger(context_name="context")
def quick(context):
    return context.get_input()

@app.orchestration_trigger(context_name="context")
def outer(context):
    results = yield context.task_all([
        context.call_activity("work", 1),
        context.call_sub_orchestrator("inner"),
        context.call_activity_with_retry("work", df.RetryOptions(1, 2), 3),
    ])
    return results

@app.orchestration_trigger(context_name="context")
def inner(context):
    first = yield context.call_activity("hello", "x")
    second = yield context.call_activity("work", 2)
    return [first, second]

@app.activity_trigger(input_name="name")
def hello(name: str) -> str:
    return name

@app.entity_trigger(context_name="context")
def Counter(context):
    value = context.get_state(lambda: 0) + (context.get_input() or 0)
    context.set_state(value)
    context.set_result(value)
"""

UNKNOWN = "The function 'nobody' doesn't exist, is disabled, or is not an orchestrator function. Additional info: The"
KNOWN = "'waits', 'retrying', 'quick', 'outer', 'inner'."


@pytest.fixture(scope="module")
def hub(serve: Callable[..., Hub], line: Line) -> Hub:
    return serve(SOURCE, *line.options)


def call(hub: Hub, name: str, **arguments: Any) -> Any:
    answer = hub.post("/api/client", {"name": name, "arguments": arguments})
    assert answer.status == 200, answer.text
    body = answer.json
    assert "error" not in body, body
    return body["answer"]


def error(hub: Hub, name: str, **arguments: Any) -> str:
    return str(hub.post("/api/client", {"name": name, "arguments": arguments}).json["error"])


def waiting(hub: Hub, **arguments: Any) -> str:
    """An instance that waits for an event."""
    id_ = str(call(hub, "start_new", orchestration_function_name="waits", **arguments))
    hub.until(id_, lambda status: status["customStatus"] == "waiting")
    return id_


def data(line: Line, value: Any) -> Any:
    """What an orchestrator gets of an event that the client has sent: 1.x sends JSON of a text that is JSON."""
    return json.dumps(value) if line.name == "1.x" else value


def test_start_and_status(hub: Hub, line: Line) -> None:
    id_ = waiting(hub, client_input={"a": ["ü"]})
    status = call(hub, "get_status", instance_id=id_, show_input=True)
    assert (status["name"], status["runtimeStatus"], status["customStatus"]) == ("waits", "Running", "waiting")
    assert (status["input"], status.get("output")) == ({"a": ["ü"]}, None)
    call(hub, "raise_event", instance_id=id_, event_name="go", event_data={"x": 1})
    assert hub.end(id_)["output"] == [{"a": ["ü"]}, data(line, {"x": 1}), None]
    status = call(hub, "get_status", instance_id=id_, show_history=True, show_history_output=True)
    kinds = [event["EventType"] for event in status["historyEvents"]]
    assert kinds == ["ExecutionStarted", "EventRaised", "TaskCompleted", "ExecutionCompleted"]
    assert status["historyEvents"][2]["FunctionName"] == "work"
    assert status["historyEvents"][2]["Result"] == data(line, {"x": 1})


def test_start_with_an_id_and_a_version(hub: Hub) -> None:
    id_ = waiting(hub, instance_id="order-7", version="2.1")
    assert id_ == "order-7"
    again = error(hub, "start_new", orchestration_function_name="waits", instance_id=id_)
    assert "An Orchestration instance with the status Running already exists." in again
    call(hub, "raise_event", instance_id=id_, event_name="go", event_data=1)
    assert hub.end(id_)["output"][2] == "2.1"
    assert call(hub, "start_new", orchestration_function_name="quick", instance_id=id_, client_input=5) == id_
    assert hub.end(id_)["output"] == 5


@pytest.mark.parametrize(
    ("name", "id_", "text"),
    [
        ("nobody", None, UNKNOWN),
        ("nobody", None, KNOWN),
        ("work", None, "is not an orchestrator function"),
        ("quick", "@me", "Orchestration instance ids must not start with @."),
        ("quick", "a\\b", "must not contain"),
        ("quick", "a\0b", "must not contain"),
        ("quick", "x" * 300, "must not be longer than 256 characters"),
    ],
)
def test_what_cannot_be_started(hub: Hub, line: Line, name: str, id_: str | None, text: str) -> None:
    if id_ is not None and line.name == "1.x":
        id_ = quote(id_, safe="@")  # it makes it part of an address as it is
    assert text in error(hub, "start_new", orchestration_function_name=name, instance_id=id_)


def test_unknown_instances(hub: Hub, line: Line) -> None:
    assert call(hub, "get_status", instance_id="nobody")["found"] is False
    assert call(hub, "purge_instance_history", instance_id="nobody") == 0
    if line.name == "2.x":
        assert "There is no such instance." in error(hub, "raise_event", instance_id="nobody", event_name="go")
        for name in ("terminate", "suspend", "resume", "rewind"):
            assert "NOT_FOUND" in error(hub, name, instance_id="nobody", reason="r")
        assert "NOT_FOUND" in error(hub, "restart", instance_id="nobody")
        return
    assert error(hub, "raise_event", instance_id="nobody", event_name="go") == "No instance with ID nobody found."
    for name in ("terminate", "suspend", "resume"):
        assert error(hub, name, instance_id="nobody", reason="r") == "No instance with ID 'nobody' found."
    assert error(hub, "rewind", instance_id="nobody", reason="r") == "No instance with ID nobody found."
    assert error(hub, "restart", instance_id="nobody") == "No instance with ID 'nobody' found."


def test_finished_instances(hub: Hub, line: Line) -> None:
    id_ = call(hub, "start_new", orchestration_function_name="quick")
    hub.end(id_)
    gone = {"1.x": "is gone: either completed or failed", "2.x": "The instance has come to its end."}
    assert gone[line.name] in error(hub, "raise_event", instance_id=id_, event_name="go")
    for name in ("terminate", "suspend", "resume"):
        if line.name == "1.x":
            assert call(hub, name, instance_id=id_, reason="r") is None
        else:
            assert "The instance has come to its end." in error(hub, name, instance_id=id_, reason="r")
    assert hub.status(id_)["runtimeStatus"] == "Completed"
    assert "has status Completed, but only orchestrations in the" in error(hub, "rewind", instance_id=id_, reason="r")


def test_terminate(hub: Hub) -> None:
    id_ = waiting(hub)
    call(hub, "terminate", instance_id=id_, reason="enough & more")
    status = hub.status(id_)
    assert (status["runtimeStatus"], status["output"]) == ("Terminated", "enough & more")


def test_suspend_and_resume(hub: Hub, line: Line) -> None:
    id_ = waiting(hub)
    call(hub, "suspend", instance_id=id_, reason="pause")
    call(hub, "raise_event", instance_id=id_, event_name="go", event_data=3)
    assert hub.run("quick", 1)["output"] == 1
    assert hub.status(id_)["runtimeStatus"] == "Suspended"
    call(hub, "resume", instance_id=id_, reason="on")
    assert hub.end(id_)["output"][1] == data(line, 3)


def restarted(hub: Hub, id_: str, **arguments: Any) -> str:
    answer = call(hub, "restart", instance_id=id_, **arguments)
    return str(answer["id"] if isinstance(answer, dict) else answer)


def test_restart(hub: Hub) -> None:
    id_ = call(hub, "start_new", orchestration_function_name="quick", client_input={"n": 1})
    hub.end(id_)
    other = restarted(hub, id_)
    assert other != id_
    assert hub.end(other)["output"] == {"n": 1}
    assert restarted(hub, id_, restart_with_new_instance_id=False) == id_
    assert hub.end(id_)["output"] == {"n": 1}


def test_rewind(hub: Hub) -> None:
    (hub.root / "fail").touch()
    id_ = hub.begin("outer")
    assert "not now" in hub.end(id_)["output"]
    (hub.root / "fail").unlink()
    call(hub, "rewind", instance_id=id_, reason="mended")
    assert hub.end(id_)["output"] == [1, ["x", 2], 3]


@pytest.mark.parametrize("name", ["retrying", "waits"])
def test_rewind_after_events_and_retries(hub: Hub, name: str) -> None:
    (hub.root / "fail").touch()
    id_ = hub.begin(name)
    hub.event(id_, "go", 5)
    assert "not now" in hub.end(id_)["output"]
    (hub.root / "fail").unlink()
    assert hub.api("POST", f"instances/{id_}/rewind?reason=x").status == 202
    assert hub.end(id_)["output"][1] == 5


def test_timeline(hub: Hub) -> None:
    id_ = waiting(hub)
    hub.event(id_, "go", 5)
    hub.end(id_)
    shown = hub.api("GET", f"instances/{id_}/timeline").json
    assert (shown["name"], shown["runtimeStatus"], len(shown["turns"])) == ("waits", "Completed", 3)
    event, activity = shown["spans"]
    assert (event["kind"], event["name"], event["input"]) == ("event", "go", 5)
    assert (activity["kind"], activity["name"], activity["result"]) == ("activity", "work", 5)
    assert activity["scheduled"] <= activity["ended"]
    page = hub.api("GET", f"instances/{id_}/timeline", None, accept="text/html,*/*")
    assert page.headers["content-type"].startswith("text/html")
    assert hub.api("GET", "instances/nobody/timeline").status == 404


def test_queries_and_purging(hub: Hub, line: Line) -> None:
    ids = [hub.begin("quick", n, f"query-{n}") for n in range(5)]
    for id_ in ids:
        hub.end(id_)
    everything = call(hub, "get_status_all")
    assert {status["instanceId"] for status in everything} >= set(ids)
    prefix = {"instance_id_prefix": "query-"} if line.name == "1.x" else {}
    found = call(hub, "get_status_by", **prefix, runtime_status=["Completed"])
    assert [status["instanceId"] for status in found if status["instanceId"].startswith("query-")] == ids
    failed = call(hub, "get_status_by", **prefix, runtime_status=["Failed"])
    assert not [status for status in failed if status["instanceId"] in ids]
    assert call(hub, "get_status_by", created_time_from="2100-01-01T00:00:00") == []
    assert call(hub, "purge_instance_history", instance_id="query-0") == 1
    assert call(hub, "get_status", instance_id="query-0")["found"] is False
    running = waiting(hub)
    if line.name == "1.x":
        assert "412" in error(hub, "purge_instance_history", instance_id=running)
    else:
        assert call(hub, "purge_instance_history", instance_id=running) == 0
    count = call(
        hub, "purge_instance_history_by", created_time_from="2000-01-01T00:00:00", runtime_status=["Completed"]
    )
    assert count >= 4
    assert call(hub, "purge_instance_history_by", created_time_from="2100-01-01T00:00:00") == 0
    left = call(hub, "get_status_all")
    assert running in {status["instanceId"] for status in left}
    assert not any(status["runtimeStatus"] == "Completed" for status in left)


def test_entities(hub: Hub) -> None:
    entity = ["Counter", "a b"]
    assert call(hub, "read_entity_state", entity=entity) == [False, None]
    call(hub, "signal_entity", entity=entity, operation_name="add", operation_input=4)
    call(hub, "signal_entity", entity=entity, operation_name="get")
    while call(hub, "read_entity_state", entity=entity) != [True, 4]:
        pass
    text = error(hub, "signal_entity", entity=["nobody", "k"], operation_name="add")
    assert "status code 400" in text or "is not an entity function" in text


def test_wait_for_completion(hub: Hub) -> None:
    id_ = call(hub, "start_new", orchestration_function_name="quick", client_input=[1])
    wait = {"name": "wait_for_completion_or_create_check_status_response"}
    arguments = {"instance_id": id_, "timeout_in_milliseconds": 60_000, "retry_interval_in_milliseconds": 5}
    answer = hub.post("/api/client", {**wait, "arguments": arguments})
    assert (answer.status, answer.json) == (200, [1])
    id_ = waiting(hub)
    arguments = {"instance_id": id_, "timeout_in_milliseconds": 10, "retry_interval_in_milliseconds": 5}
    answer = hub.post("/api/client", {**wait, "arguments": arguments})
    assert (answer.status, answer.json["id"]) == (202, id_)


def test_the_addresses_work(hub: Hub) -> None:
    id_ = waiting(hub)
    answer = hub.post("/api/client", {"name": "create_check_status_response", "arguments": {"instance_id": id_}})
    assert (answer.status, answer.headers["retry-after"]) == (202, "10")
    links = answer.json
    assert links["id"] == id_
    assert answer.headers["location"] == links["statusQueryGetUri"]

    def path(name: str, **values: str) -> str:
        origin, _, rest = links[name].partition(WEBHOOKS)
        assert origin == f"http://127.0.0.1:{hub.port}"
        for key, value in values.items():
            rest = rest.replace(f"{{{key}}}", value)
        return WEBHOOKS + rest

    running = hub.get(path("statusQueryGetUri"))
    assert (running.status, running.headers["retry-after"]) == (202, "5")
    assert running.headers["location"] == links["statusQueryGetUri"]
    assert hub.post(path("suspendPostUri", text="why")).status == 202
    assert hub.get(path("statusQueryGetUri")).json["runtimeStatus"] == "Suspended"
    assert hub.post(path("resumePostUri", text="why")).status == 202
    assert hub.post(path("sendEventPostUri", eventName="go"), 1).status == 202
    assert hub.end(id_)["runtimeStatus"] in FINISHED
    assert hub.get(path("statusQueryGetUri")).status == 200
    assert hub.post(path("terminatePostUri", text="why")).status == 410
    assert hub.request("DELETE", path("purgeHistoryDeleteUri")).json == {"instancesDeleted": 1}
    assert hub.get(path("statusQueryGetUri")).status == 404
