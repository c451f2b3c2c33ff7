"""The patterns of the published samples, through a real host, a real worker and the real durable package."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import Any

import pytest
from durable_driver import Hub, Line

SOURCE = """
@app.orchestration_trigger(context_name="context")
def chain(context):
    first = yield context.call_activity("hello", "Tokyo")
    # The pre-releases of 2.x do not take decorated functions.
    second = yield context.call_activity(hello if OLD else "hello", "Seattle")
    third = yield context.call_activity("HELLO", "London")
    return [first, second, third]

@app.activity_trigger(input_name="city")
def hello(city: str) -> str:
    return f"Hello {city}!"

@app.orchestration_trigger(context_name="context")
def fan(context):
    files = yield context.call_activity("numbers", context.get_input())
    results = yield context.task_all([context.call_activity("square", number) for number in files])
    return sum(results)

@app.activity_trigger(input_name="count")
def numbers(count: int) -> list:
    return list(range(count))

@app.activity_trigger(input_name="number")
async def square(number: int) -> int:
    return number * number

@app.orchestration_trigger(context_name="context")
def approval(context):
    context.set_custom_status("waiting")
    due = context.current_utc_datetime + datetime.timedelta(seconds=context.get_input())
    timer = context.create_timer(due)
    event = context.wait_for_external_event("Approval")
    winner = yield context.task_any([event, timer])
    if winner == event:
        timer.cancel()
        return f"approved: {event.result}"
    return "escalated"

@app.orchestration_trigger(context_name="context")
def monitor(context):
    tries = 0
    while tries < 3:
        tries = yield context.call_activity("look", tries)
        yield context.create_timer(context.current_utc_datetime + datetime.timedelta(milliseconds=5))
    return tries

@app.activity_trigger(input_name="tries")
def look(tries: int) -> int:
    return tries + 1

attempts = {}

@app.activity_trigger(input_name="job")
def flaky(job: dict) -> int:
    attempts[job["name"]] = attempts.get(job["name"], 0) + 1
    if attempts[job["name"]] <= job["failures"]:
        raise ValueError(f"attempt {attempts[job['name']]}")
    return attempts[job["name"]]

@app.orchestration_trigger(context_name="context")
def retried(context):
    options = df.RetryOptions(1, 3)
    tasks = [context.call_activity_with_retry("flaky", options, job) for job in context.get_input()]
    try:
        results = yield context.task_all(tasks)
    except Exception as error:
        results = str(error)
    last = yield context.call_activity("hello", "after")
    return [results, last]

@app.orchestration_trigger(context_name="context")
def parent(context):
    first = yield context.call_sub_orchestrator("chain")
    other = child if OLD else "child"
    second = yield context.call_sub_orchestrator(other, [1, 2], f"{context.instance_id}-named")
    try:
        yield context.call_sub_orchestrator("broken")
    except Exception as error:
        return [first[0], second, str(error)]

@app.orchestration_trigger(context_name="context")
def child(context):
    yield context.call_activity("hello", "x")
    return {"input": context.get_input(), "id": context.instance_id, "parent": context.parent_instance_id}

@app.orchestration_trigger(context_name="context")
def parent_retry(context):
    try:
        yield context.call_sub_orchestrator_with_retry("broken", df.RetryOptions(1, 2))
    except Exception as error:
        return str(error)

@app.orchestration_trigger(context_name="context")
def broken(context):
    yield context.call_activity("flaky", {"name": context.instance_id, "failures": 9})

@app.orchestration_trigger(context_name="context")
def counted(context):
    number = context.get_input()
    yield context.call_activity("hello", str(number))
    if number < 4:
        context.continue_as_new(number + 1)
        return
    return number

@app.orchestration_trigger(context_name="context")
def collect(context):
    got = context.get_input() or []
    item = yield context.wait_for_external_event("item")
    got.append(item)
    if len(got) < 4:
        context.continue_as_new(got)
        return
    return got

@app.orchestration_trigger(context_name="context")
def three(context):
    got = []
    yield context.call_activity("hello", "first of all")
    for name in ("a", "a", "b", "a"):
        value = yield context.wait_for_external_event(name)
        got.append(value)
    return got

@app.entity_trigger(context_name="context")
def Counter(context):
    value = context.get_state(lambda: 0)
    operation = context.operation_name
    if operation == "add":
        value += context.get_input()
        context.set_state(value)
    elif operation == "reset":
        context.set_state(0)
    elif operation == "fail":
        raise ValueError("no such thing")
    elif operation == "remove":
        context.destruct_on_exit()
        return
    context.set_result(value)

@app.orchestration_trigger(context_name="context")
def counting(context):
    entity = df.EntityId("Counter", context.get_input())
    context.signal_entity(entity, "add", 5)
    value = yield context.call_entity(entity, "add", 2)
    sums = yield context.task_all([context.call_entity(entity, "add", 1) for _ in range(3)])
    try:
        yield context.call_entity(entity, "fail")
    except Exception as error:
        return [value, sums, str(error)]

@app.orchestration_trigger(context_name="context")
def calls(context):
    request = context.get_input()
    answer = yield context.call_http(request["method"], request["uri"], request.get("content"), request.get("headers"))
    return answer if OLD else {"statusCode": answer.status_code, "content": answer.content}

@app.orchestration_trigger(context_name="context")
def long(context):
    timer = context.create_timer(context.current_utc_datetime + datetime.timedelta(days=30))
    event = context.wait_for_external_event("stop")
    winner = yield context.task_any([timer, event])
    return winner == event

@app.orchestration_trigger(context_name="context")
def unique(context):
    ids = [str(context.new_uuid()), str(context.new_guid())]
    yield context.call_activity("hello", "x")
    again = yield context.call_activity("hello", ids[0])
    return [again == f"Hello {ids[0]}!", context.is_replaying]

class Point:
    def __init__(self, x): self.x = x
    @staticmethod
    def to_json(point): return str(point.x)
    @staticmethod
    def from_json(text): return Point(int(text))

@app.orchestration_trigger(context_name="context")
def points(context):
    point = yield context.call_activity("move", Point(3))
    return point.x

@app.activity_trigger(input_name="point")
def move(point):
    return Point(point.x + 1)

@app.orchestration_trigger(context_name="context")
def plain(context):
    return {"given": context.get_input(), "ü": "✓"}

@app.orchestration_trigger(context_name="context")
def fails(context):
    yield context.call_activity("flaky", {"name": context.instance_id, "failures": 9})

@app.orchestration_trigger(context_name="context")
def raises(context):
    yield context.call_activity("hello", "x")
    raise KeyError("mine")

@app.orchestration_trigger(context_name="context")
def unserializable(context):
    yield context.call_activity("hello", "x")
    return {1, 2}

@app.orchestration_trigger(context_name="context")
def bad_activity(context):
    result = yield context.call_activity("gives_set", "x")
    return result

@app.activity_trigger(input_name="x")
def gives_set(x: str):
    return {1, 2}

@app.orchestration_trigger(context_name="context")
def calls_unknown(context):
    yield context.call_activity("nobody", 1)

@app.orchestration_trigger(context_name="context")
def calls_unknown_child(context):
    yield context.call_sub_orchestrator("nobody")

@app.orchestration_trigger(context_name="context")
def calls_unknown_entity(context):
    yield context.call_entity(df.EntityId("nobody", "k"), "op")

@app.orchestration_trigger(context_name="context", orchestration="OtherName")
def renamed(context):
    return "other"

@app.orchestration_trigger(context_name="context")
def custom(context):
    context.set_custom_status({"step": 1})
    yield context.wait_for_external_event("go")
    context.set_custom_status([2])
    return None

@app.orchestration_trigger(context_name="context")
def mixed(context):
    # Retries beside plain calls: the numbers of calls follow the history.
    slow = context.call_activity_with_retry("flaky", df.RetryOptions(1, 4), {"name": context.instance_id, "failures": 2})
    names = []
    for city in "abcde":
        names.append((yield context.call_activity("hello", city)))
    result = yield slow
    more = yield context.task_any([context.call_activity("hello", "z"), slow])
    return [names, result, more.result]
"""


@pytest.fixture(scope="module")
def hub(serve: Callable[..., Hub], line: Line) -> Hub:
    return serve(SOURCE, *line.options)


def test_chaining(hub: Hub) -> None:
    assert hub.output("chain") == ["Hello Tokyo!", "Hello Seattle!", "Hello London!"]


def test_fan_out_and_in(hub: Hub) -> None:
    assert hub.output("fan", 50) == sum(number * number for number in range(50))


def test_a_person_answers_in_time(hub: Hub) -> None:
    id_ = hub.begin("approval", 3600)
    hub.until(id_, lambda status: status["customStatus"] == "waiting")
    assert hub.event(id_, "Approval", {"by": "me"}).status == 202
    assert hub.end(id_)["output"] == "approved: {'by': 'me'}"


def test_nobody_answers_in_time(hub: Hub) -> None:
    assert hub.output("approval", 0.05) == "escalated"


def test_an_answer_before_the_question(hub: Hub) -> None:
    id_ = hub.begin("approval", 3600)
    hub.event(id_, "Approval", 1)
    assert hub.end(id_)["output"] == "approved: 1"


def test_monitor(hub: Hub) -> None:
    assert hub.output("monitor") == 3


def test_retries_until_it_works(hub: Hub) -> None:
    jobs = [{"name": "one", "failures": 2}, {"name": "two", "failures": 0}, {"name": "three", "failures": 1}]
    assert hub.output("retried", jobs) == [[3, 1, 2], "Hello after!"]


def test_retries_come_to_their_end(hub: Hub, line: Line) -> None:
    results, last = hub.output("retried", [{"name": "hopeless", "failures": 9}, {"name": "fine", "failures": 1}])
    if line.name == "1.x":
        assert results.startswith("Activity function 'flaky' failed: ValueError: attempt 3 \n ")
    else:
        assert results.endswith(": Activity task #1 failed: attempt 3")
    assert last == "Hello after!"


def test_retries_beside_other_calls(hub: Hub) -> None:
    names, result, more = hub.output("mixed")
    assert names == [f"Hello {city}!" for city in "abcde"]
    assert result == 3
    assert more in {3, "Hello z!"}


def test_sub_orchestrations(hub: Hub, line: Line) -> None:
    id_ = hub.begin("parent")
    first, second, error = hub.end(id_)["output"]
    assert first == "Hello Tokyo!"
    assert second == {"input": [1, 2], "id": f"{id_}-named", "parent": id_}
    failure = {
        "1.x": "Orchestrator function 'broken' failed: Activity function 'flaky' failed: ValueError",
        "2.x": f"Sub-orchestration task #3 failed: {id_}:0003: Activity task #1 failed: attempt 1",
    }
    assert error.startswith(failure[line.name])
    assert hub.status(f"{id_}-named")["runtimeStatus"] == "Completed"


def test_sub_orchestrations_are_retried(hub: Hub, line: Line) -> None:
    failure = {"1.x": "Orchestrator function 'broken' failed", "2.x": "Activity task #1 failed: attempt 2"}
    assert failure[line.name] in hub.output("parent_retry")


def test_continue_as_new(hub: Hub) -> None:
    id_ = hub.begin("counted", 0)
    status = hub.end(id_, "showHistory=true&showInput=true")
    assert (status["output"], status["input"]) == (4, 4)
    kinds = [event["EventType"] for event in status["historyEvents"]]
    assert kinds == ["ExecutionStarted", "TaskCompleted", "ExecutionCompleted"]


def test_no_event_is_lost_when_it_continues_as_new(hub: Hub, line: Line) -> None:
    if line.name == "2.x":
        pytest.skip("such orchestrators lose events there; see test_durabletask for those that do not")
    id_ = hub.begin("collect")
    for number in range(4):
        assert hub.event(id_, "item", number).status == 202
    assert hub.end(id_)["output"] == [0, 1, 2, 3]


def test_events_come_in_their_order(hub: Hub) -> None:
    id_ = hub.begin("three")
    for name, value in (("a", 1), ("b", 2), ("a", 3), ("a", 4), ("other", 5)):
        hub.event(id_, name, value)
    assert hub.end(id_)["output"] == [1, 3, 2, 4]


def test_entities(hub: Hub) -> None:
    value, sums, error = hub.output("counting", "k1")
    assert (value, sums) == (7, [8, 9, 10])
    assert error.endswith("no such thing")
    assert hub.api("GET", "entities/Counter/k1").json == 10
    assert hub.api("POST", "entities/counter/k1?op=add", 5).status == 202
    assert hub.output("counting", "k1")[0] == 22
    hub.api("POST", "entities/counter/k1?op=remove")
    assert hub.output("counting", "k1")[0] == 7


def test_durable_http_calls(hub: Hub, service: Service) -> None:
    answer = hub.output("calls", {"method": "GET", "uri": service.url + "/fine"})
    assert answer["statusCode"] == 200
    assert json.loads(answer["content"]) == {"method": "GET", "body": ""}
    answer = hub.output("calls", {"method": "POST", "uri": service.url + "/fine", "content": {"a": 1}})
    assert json.loads(answer["content"]) == {"method": "POST", "body": '{"a": 1}'}
    assert hub.output("calls", {"method": "GET", "uri": service.url + "/missing"})["statusCode"] == 404


def test_durable_http_calls_wait_for_what_is_accepted(hub: Hub, service: Service) -> None:
    answer = hub.output("calls", {"method": "POST", "uri": service.url + "/later", "content": "x"})
    assert (answer["statusCode"], answer["content"]) == (200, "at last")
    assert service.polls == 3


def test_durable_http_calls_to_nobody(hub: Hub, line: Line) -> None:
    refused = {"1.x": "http://127.0.0.1:1/ cannot be reached", "2.x": "Connection refused"}
    wrong = {"1.x": "not the address", "2.x": "call_http requires an absolute http/https URL"}
    status = hub.run("calls", {"method": "GET", "uri": "http://127.0.0.1:1/"})
    assert status["runtimeStatus"] == "Failed"
    assert refused[line.name] in status["output"]
    assert wrong[line.name] in hub.run("calls", {"method": "GET", "uri": "file:///etc/passwd"})["output"]


@pytest.mark.parametrize(
    "request_",
    [
        {"method": "GET", "uri": "http://["},
        {"method": "GET", "uri": "{}/lost"},
        {"method": "GET", "uri": "{}/fine", "headers": ["x"]},
    ],
    ids=["address", "location", "headers"],
)
def test_durable_http_calls_that_cannot_go_on_fail(hub: Hub, service: Service, request_: dict[str, Any]) -> None:
    status = hub.run("calls", {**request_, "uri": request_["uri"].format(service.url)})
    assert status["runtimeStatus"] == "Failed", status


def test_timers_of_a_month(hub: Hub) -> None:
    id_ = hub.begin("long")
    hub.event(id_, "stop", None)
    assert hub.end(id_)["output"] is True


def test_ids_that_stay_the_same_at_replay(hub: Hub) -> None:
    assert hub.output("unique") == [True, False]


def test_objects_of_the_apps_own_classes(hub: Hub) -> None:
    assert hub.output("points") == 4


@pytest.mark.parametrize("given", [None, 0, "", "text", '"quoted"', [1, None], {"ü": "✓", "n": 1.5}, "x" * 300_000])
def test_inputs_and_outputs(hub: Hub, given: Any) -> None:
    assert hub.output("plain", given) == {"given": given, "ü": "✓"}


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("fails", "Orchestrator function 'fails' failed: "),
        ("fails", {"1.x": "Activity function 'flaky' failed: ValueError: attempt", "2.x": "task #1 failed: attempt"}),
        ("raises", "Orchestrator function 'raises' failed: 'mine'"),
        ("unserializable", {"1.x": "Object of type set is not JSON serializable", "2.x": "could not be encoded"}),
        ("bad_activity", "activity trigger output must be json"),
        ("calls_unknown", "The function 'nobody' doesn't exist, is disabled, or is not an activity function."),
        ("calls_unknown", "Additional info: The following are the known activity functions: '"),
        ("calls_unknown_child", "'nobody' doesn't exist, is disabled, or is not an orchestrator function"),
        ("calls_unknown_entity", "'nobody' doesn't exist, is disabled, or is not an entity function"),
    ],
)
def test_failures(hub: Hub, line: Line, name: str, text: str | dict[str, str]) -> None:
    status = hub.run(name)
    assert status["runtimeStatus"] == "Failed"
    assert (text if isinstance(text, str) else text[line.name]) in status["output"]
    assert "OutOfProcData" not in status["output"]
    assert hub.output("chain")


def test_the_log_of_a_failure_is_readable(hub: Hub) -> None:
    hub.run("raises")
    line = hub.wait("invocation", lambda line: line["function"] == "raises" and line["status"] == "failed")
    assert line["error"]["message"] == "'mine'"


def test_a_name_of_its_own(hub: Hub) -> None:
    assert hub.output("OtherName") == "other"


def test_custom_status(hub: Hub) -> None:
    id_ = hub.begin("custom")
    hub.until(id_, lambda status: status["customStatus"] == {"step": 1})
    hub.event(id_, "go", None)
    assert hub.end(id_)["customStatus"] == [2]


def test_many_at_once(hub: Hub) -> None:
    ids = [hub.begin("chain") for _ in range(50)]
    assert all(hub.end(id_)["output"][2] == "Hello London!" for id_ in ids)


class Service:
    """A web service for durable HTTP calls."""

    def __init__(self, port: int) -> None:
        self.url = f"http://127.0.0.1:{port}"
        self.polls = 0

    def answer(self, handler: BaseHTTPRequestHandler) -> None:
        body = handler.rfile.read(int(handler.headers.get("content-length") or 0)).decode()
        status, headers, text = 200, {}, json.dumps({"method": handler.command, "body": body})
        if handler.path == "/missing":
            status = 404
        elif handler.path == "/later":
            status, headers = 202, {"Location": "/poll", "Retry-After": "0"}
        elif handler.path == "/lost":
            status, headers = 202, {"Location": "http://["}
        elif handler.path == "/poll":
            self.polls += 1
            text = "at last"
            if self.polls < 3:
                status, headers = 202, {"Location": self.url + "/poll", "Retry-After": "0"}
        handler.send_response(status)
        for name, value in headers.items():
            handler.send_header(name, value)
        handler.end_headers()
        handler.wfile.write(text.encode())


@pytest.fixture
def service() -> Iterator[Service]:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            found.answer(self)

        do_POST = do_GET  # noqa: N815 - the library's name

        def log_message(self, *_: Any) -> None:
            pass

    server = HTTPServer(("127.0.0.1", 0), Handler)
    found = Service(server.server_port)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    yield found
    server.shutdown()
    server.server_close()
    thread.join()
