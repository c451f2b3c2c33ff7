"""What only azure-functions-durable 2.x has: durabletask's own contexts and client, over the gRPC side car."""

from __future__ import annotations

import socket
import time
from collections.abc import Callable
from contextlib import suppress
from typing import Any

import pytest
from durable_driver import Hub, Line
from host_driver import SECONDS

SCHEDULES = """
from durabletask.scheduled import ScheduleCreationOptions, ScheduledTaskClient
app.configure_scheduled_tasks()

@app.route(route="schedule", methods=["POST"])
@app.durable_client_input(client_name="client")
def schedule(req: func.HttpRequest, client: df.SyncDurableFunctionsClient) -> str:
    options = ScheduleCreationOptions("mine", "echo", datetime.timedelta(seconds=1), "on time", "by-schedule")
    ScheduledTaskClient(client).create_schedule(options)
    return "made"

@app.route(route="schedule", methods=["GET"])
@app.durable_client_input(client_name="client")
def describe(req: func.HttpRequest, client: df.SyncDurableFunctionsClient) -> str:
    return str(ScheduledTaskClient(client).get_schedule("mine"))
"""
SOURCE = """
import grpc
import durabletask.client
import durabletask.task
from durabletask.entities import EntityInstanceId

@app.route(route="client", methods=["POST"])
@app.durable_client_input(client_name="client")
async def ask(req: func.HttpRequest, client) -> func.HttpResponse:
    call = req.get_json()
    try:
        answer = await eval(call["code"], {**globals(), "client": client, "given": call["given"]})
    except Exception as error:
        return func.HttpResponse(json.dumps({"error": f"{type(error).__name__}: {error}"}))
    return func.HttpResponse(json.dumps({"answer": answer}, default=str))

async def address(client):
    return client.rpcBaseUrl

async def unknown_method(client):
    channel = grpc.aio.insecure_channel(client.rpcBaseUrl.removeprefix("http://"))
    return await channel.unary_unary("/TaskHubSidecarService/GetWorkItems")(b"")

async def nonsense(client):
    channel = grpc.aio.insecure_channel(client.rpcBaseUrl.removeprefix("http://"))
    return await channel.unary_unary("/TaskHubSidecarService/StartInstance")(b"\\xff\\xff")

async def ids(entities):
    return [str(entity.id) for entity in await entities]

async def one(entity):
    return [await entity]

async def described(state):
    state = await state
    if state is None:
        return None
    failure = state.failure_details
    return {"status": state.runtime_status.name, "output": state.serialized_output, "input": state.serialized_input,
            "failure": failure and [failure.error_type, failure.message]}

@app.orchestration_trigger(context_name="context")
def collect(context, got):
    got = got or []
    item = yield context.wait_for_external_event("item")
    got.append(item)
    if len(got) < 4:
        context.continue_as_new(got, save_events=True)
        return
    return got

@app.orchestration_trigger(context_name="context")
def transfer(context, amount):
    one, two = EntityInstanceId("Account", "one"), EntityInstanceId("Account", "two")
    with (yield context.lock_entities([two, one])):
        before = yield context.call_entity(one, "get")
        yield context.call_activity("think", input=0)
        after = yield context.call_entity(one, "get")
        yield context.call_entity(one, "add", -amount)
        yield context.call_entity(two, "add", amount)
    return [before, after]

@app.orchestration_trigger(context_name="context")
def fails_locked(context, _):
    with (yield context.lock_entities([EntityInstanceId("Account", "one")])):
        raise ValueError("inside")

@app.orchestration_trigger(context_name="context")
def holds(context, _):
    with (yield context.lock_entities([EntityInstanceId("Account", "held")])):
        context.set_custom_status("holding")
        yield context.wait_for_external_event("go")

@app.activity_trigger(input_name="n")
def think(n: int) -> int:
    return n

@app.entity_trigger(context_name="context")
def Account(context):
    value = context.get_state(lambda: 0)
    if context.operation_name == "add":
        value += context.get_input()
    context.set_state(value)
    context.set_result(value)

@app.entity_trigger(context_name="context", entity_name="Relay")
def relay(context, given):
    if context.operation == "later":
        when = datetime.datetime.now(datetime.timezone.utc) + datetime.timedelta(milliseconds=given)
        context.signal_entity(EntityInstanceId("Account", "relayed"), "add", 3, when)
    elif context.operation == "begin":
        context.schedule_new_orchestration("echo", "from an entity", "begun-by-entity")
    context.set_state("seen")

@app.orchestration_trigger(context_name="context")
def echo(context, given):
    return given

@app.orchestration_trigger(context_name="context")
def sends(context, target):
    context.send_event(target, "item", data={"from": context.instance_id})
    yield context.call_activity("think", input=1)

@app.orchestration_trigger(context_name="context")
def signals_later(context, _):
    due = context.current_utc_datetime + datetime.timedelta(milliseconds=30)
    context.signal_entity(EntityInstanceId("Account", "later"), "add", 9, due)
    yield context.call_activity("think", input=1)

@app.orchestration_trigger(context_name="context")
def versioned(context, _):
    inner = yield context.call_sub_orchestrator("version_of", version="7.1")
    return [context.version, inner]

@app.orchestration_trigger(context_name="context")
def version_of(context, _):
    return context.version

@app.orchestration_trigger(context_name="context")
def renewed(context, count):
    if count:
        context.continue_as_new(count - 1, new_version="9")
        return
    return context.version

@app.orchestration_trigger(context_name="context")
def retried(context, _):
    policy = durabletask.task.RetryPolicy(first_retry_interval=datetime.timedelta(milliseconds=2), max_number_of_attempts=3,
                                          backoff_coefficient=2.0)
    value = yield context.call_activity("flaky", retry_policy=policy)
    return value

tries = []

@app.activity_trigger(input_name="n")
def flaky(n) -> int:
    tries.append(n)
    if len(tries) < 3:
        raise ValueError("not yet")
    return len(tries)

@app.orchestration_trigger(context_name="context")
def changes(context, _):
    name = pathlib.Path("call").read_text() if pathlib.Path("call").exists() else "think"
    yield context.call_activity(name, input=1)
    yield context.wait_for_external_event("go")

@app.orchestration_trigger(context_name="context")
def month(context, _):
    timer = context.create_timer(datetime.timedelta(days=30))
    event = context.wait_for_external_event("stop")
    winner = yield durabletask.task.when_any([timer, event])
    return winner is event

@app.orchestration_trigger(context_name="context")
def outer(context, _):
    yield context.call_sub_orchestrator("collect", instance_id=f"{context.instance_id}-inner")
"""


pytestmark = pytest.mark.parametrize("line", ["2.x"], indirect=True)


@pytest.fixture(scope="module")
def hub(serve: Callable[..., Hub], line: Line) -> Hub:
    return serve(SOURCE, *line.options)


def ask(hub: Hub, code: str, given: Any = None) -> Any:
    """The value of an expression in the app, where `client` is the client."""
    answer = hub.post("/api/client", {"code": code, "given": given}).json
    return answer["answer"] if "answer" in answer else answer["error"]


def held(hub: Hub, key: str, value: int) -> None:
    """Wait until an account has an amount."""
    end = time.monotonic() + SECONDS
    while hub.api("GET", f"entities/account/{key}").text != str(value):
        assert time.monotonic() < end, hub.lines[-10:]


def test_no_event_is_lost_when_it_continues_as_new(hub: Hub) -> None:
    id_ = hub.begin("collect")
    for number in range(4):
        assert hub.event(id_, "item", number).status == 202
    assert hub.end(id_)["output"] == [0, 1, 2, 3]


def test_locks_keep_others_out(hub: Hub) -> None:
    ids = [hub.begin("transfer", 5) for _ in range(8)]
    for id_ in ids:
        before, after = hub.end(id_)["output"]
        assert before == after
    assert hub.api("GET", "entities/account/one").json == -40
    assert hub.api("GET", "entities/account/two").json == 40


def test_locks_end_with_who_has_them(hub: Hub) -> None:
    assert "inside" in hub.run("fails_locked")["output"]
    assert hub.run("transfer", 0)["runtimeStatus"] == "Completed"
    id_ = hub.begin("holds")
    hub.until(id_, lambda status: status["customStatus"] == "holding")
    hub.api("POST", "entities/account/held?op=add", 1)
    found = ask(hub, "client.get_entity(EntityInstanceId('Account', 'held'))")
    assert found is None
    hub.api("POST", f"instances/{id_}/terminate?reason=enough")
    held(hub, "held", 1)


def test_signals_may_be_scheduled(hub: Hub) -> None:
    hub.run("signals_later")
    held(hub, "later", 9)
    hub.api("POST", "entities/relay/r?op=later", 20)
    held(hub, "relayed", 3)
    code = (
        "client.signal_entity(EntityInstanceId('Account', 'client'), 'add', 4,"
        " datetime.datetime.now(datetime.timezone.utc) + datetime.timedelta(milliseconds=20))"
    )
    assert ask(hub, code) is None
    held(hub, "client", 4)


def test_an_entity_begins_an_orchestration(hub: Hub) -> None:
    hub.api("POST", "entities/relay/r?op=begin")
    assert exists(hub, "begun-by-entity")
    assert hub.end("begun-by-entity")["output"] == "from an entity"


def exists(hub: Hub, id_: str) -> bool:
    """Wait until an instance is there."""
    end = time.monotonic() + SECONDS
    while hub.api("GET", f"instances/{id_}").status == 404:
        assert time.monotonic() < end, hub.lines[-10:]
    return True


def test_events_from_one_orchestration_to_another(hub: Hub) -> None:
    id_ = hub.begin("collect", [1, 2, 3])
    sender = hub.begin("sends", id_)
    assert hub.end(id_)["output"] == [1, 2, 3, {"from": sender}]


def test_versions(hub: Hub) -> None:
    answer = ask(hub, "client.schedule_new_orchestration('versioned', version='2.0')")
    assert hub.end(answer)["output"] == ["2.0", "7.1"]
    assert hub.output("renewed", 1) == "9"


def test_retries_are_the_packages_own(hub: Hub) -> None:
    assert hub.output("retried") == 3


def test_a_start_may_be_scheduled(hub: Hub) -> None:
    code = "client.schedule_new_orchestration('echo', input=1, start_at=given and datetime.datetime(2100, 1, 1))"
    id_ = ask(hub, code, True)
    assert hub.status(id_)["runtimeStatus"] == "Pending"
    assert ask(hub, "client.wait_for_orchestration_start(given, timeout=1)", id_).startswith("TimeoutError")
    soon = "datetime.datetime.now(datetime.timezone.utc) + datetime.timedelta(milliseconds=30)"
    id_ = ask(hub, f"client.schedule_new_orchestration('echo', input=2, start_at={soon})")
    assert ask(hub, "described(client.wait_for_orchestration_start(given))", id_)["status"] in {"RUNNING", "COMPLETED"}
    assert hub.end(id_)["output"] == 2


def test_states_and_waiting(hub: Hub) -> None:
    id_ = hub.begin("echo", {"a": 1})
    code = "described(client.wait_for_orchestration_completion(given, timeout=30))"
    assert ask(hub, code, id_) == {"status": "COMPLETED", "output": '{"a": 1}', "input": '{"a": 1}', "failure": None}
    assert ask(hub, "described(client.get_orchestration_state('nobody'))") is None
    failed = hub.begin("fails_locked")
    assert ask(hub, code, failed)["failure"][1] == "inside"
    waiting = hub.begin("collect")
    assert ask(hub, "client.wait_for_orchestration_completion(given, timeout=0.05)", waiting).startswith("TimeoutError")


def test_tags_and_ids_that_are_used_again(hub: Hub) -> None:
    code = "client.schedule_new_orchestration('echo', instance_id='mine', tags={'a': 'b'}, reuse_id_policy=given)"
    assert ask(hub, code) == "mine"
    hub.end("mine")
    assert ask(hub, code) == "mine"
    hub.end("mine")
    history = ask(hub, "client.get_orchestration_history('mine')")
    assert [event.partition("(")[0] for event in history] == [
        "OrchestratorStartedEvent", "ExecutionStartedEvent", "OrchestratorCompletedEvent", "ExecutionCompletedEvent",
    ]  # fmt: skip
    assert "'a': 'b'" in history[1]


def test_a_history_of_everything(hub: Hub) -> None:
    for name in ("transfer", "retried", "sends"):
        id_ = hub.begin(name, "nobody" if name == "sends" else 1)
        hub.end(id_)
        events = ask(hub, "client.get_orchestration_history(given)", id_)
        assert "ExecutionCompletedEvent" in events[-1]


def test_queries(hub: Hub) -> None:
    for key in ("listed-1", "listed-2"):
        hub.api("POST", f"entities/account/{key}?op=add", 1)
        held(hub, key, 1)
    for number in range(5):
        hub.begin("echo", number, f"paged-{number}")
        hub.end(f"paged-{number}")
    query = "durabletask.client.OrchestrationQuery(max_instance_count=2, fetch_inputs_and_outputs=True)"
    code = f"client.get_all_orchestration_states({query})"
    assert sum("paged-" in state for state in ask(hub, code)) == 5
    page = ask(hub, "client.list_instance_ids(page_size=3)")
    assert "continuation_token='" in page
    assert "None" in ask(hub, "client.list_instance_ids(page_size=3000)")
    entities = ask(hub, "ids(client.get_all_entities(durabletask.client.EntityQuery(page_size=1)))")
    assert {"@account@listed-1", "@account@listed-2"} <= set(entities)


def test_purging(hub: Hub) -> None:
    for number in range(3):
        hub.begin("echo", number, f"purged-{number}")
        hub.end(f"purged-{number}")
    assert "deleted_instance_count=1" in ask(hub, "client.purge_orchestration('purged-0')")
    assert hub.api("GET", "instances/purged-0").status == 404
    count = ask(hub, "client.purge_orchestrations_by(created_time_from=datetime.datetime(2000, 1, 1))")
    assert hub.api("GET", "instances/purged-2").status == 404
    assert "is_complete=True" in count


@pytest.mark.parametrize("recursive", [True, False])
def test_termination_reaches_children_where_it_is_to(hub: Hub, recursive: bool) -> None:
    id_, other = hub.begin("outer"), hub.begin("outer")
    assert exists(hub, f"{id_}-inner")
    assert exists(hub, f"{other}-inner")
    assert ask(hub, f"client.terminate_orchestration(given, output='why', recursive={recursive})", id_) is None
    assert hub.status(id_)["output"] == "why"
    names = (f"{id_}-inner", other, f"{other}-inner")
    ended = [hub.status(name)["runtimeStatus"] == "Terminated" for name in names]
    assert ended == [recursive, False, False]


def test_entities_of_the_client(hub: Hub) -> None:
    assert ask(hub, "client.get_entity(EntityInstanceId('Account', 'none'))") is None
    ask(hub, "client.signal_entity(EntityInstanceId('Account', 'mine'), 'add', 2)")
    held(hub, "mine", 2)
    assert ask(hub, "ids(one(client.get_entity(EntityInstanceId('Account', 'mine'))))") == ["@account@mine"]
    assert "CleanEntityStorageResult" in ask(hub, "client.clean_entity_storage()")


def test_code_that_has_changed(hub: Hub) -> None:
    id_ = hub.begin("changes")
    hub.until(
        id_, lambda status: any(e["EventType"] == "TaskCompleted" for e in status["historyEvents"]), "showHistory=true"
    )
    (hub.root / "call").write_text("flaky")
    hub.event(id_, "go", None)
    output = hub.end(id_)["output"]
    line = (hub.root / "function_app.py").read_text().split("\n").index("def changes(context, _):")
    place = f"in the orchestrator 'changes' (function_app.py, line {line})"
    assert output.startswith(f"Orchestrator function 'changes' failed: Non-deterministic workflow detected {place}: ")
    assert "'think'" in output
    assert "flaky" in output


def test_timers_of_a_month(hub: Hub) -> None:
    id_ = hub.begin("month")
    hub.event(id_, "stop", None)
    assert hub.end(id_)["output"] is True


def test_large_payloads(hub: Hub) -> None:
    text = "ü" * 6_000_000
    id_ = ask(hub, "client.schedule_new_orchestration('echo', input='ü' * 6_000_000)")
    assert hub.end(id_)["output"] == text
    assert ask(hub, "described(client.get_orchestration_state(given))", id_)["status"] == "COMPLETED"


def test_locks_outlive_their_host(start: Callable[..., Hub], line: Line) -> None:
    hub = start(SOURCE, *line.options)
    id_ = hub.begin("holds")
    hub.until(id_, lambda status: status["customStatus"] == "holding")
    hub.api("POST", "entities/account/held?op=add", 1)
    hub.kill()
    hub = start(None, *line.options, root=hub.root)
    hub.api("POST", "entities/account/held?op=add", 1)
    hub.api("POST", "entities/account/free?op=add", 1)
    held(hub, "free", 1)
    assert hub.api("GET", "entities/account/held").status == 404
    hub.event(id_, "go", None)
    assert hub.end(id_)["runtimeStatus"] == "Completed"
    held(hub, "held", 2)


def test_what_is_no_grpc(hub: Hub) -> None:
    port = int(ask(hub, "address(client)").rpartition(":")[2])
    for garbage in (b"GET / HTTP/1.1\r\n\r\n", b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n" + b"\0" * 64, b"\xff" * 100):
        with socket.create_connection(("127.0.0.1", port)) as connection, suppress(ConnectionResetError):
            connection.sendall(garbage)
            connection.shutdown(socket.SHUT_WR)
            while connection.recv(4096):
                pass
    assert "UNIMPLEMENTED" in ask(hub, "unknown_method(client)")
    assert "INVALID_ARGUMENT" in ask(hub, "nonsense(client)")
    assert ask(hub, "described(client.get_orchestration_state('nobody'))") is None


def test_schedules(start: Callable[..., Hub], line: Line) -> None:
    hub = start(SOURCE + SCHEDULES, *line.options)
    assert hub.post("/api/schedule").text == "made"
    assert exists(hub, "by-schedule")
    assert hub.end("by-schedule")["output"] == "on time"
    assert "ACTIVE" in hub.get("/api/schedule").text.upper()
