"""Durable functions run by hand: `invoke`, with and without a host."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from durable_driver import Hub, Line, write
from host_driver import Ran, invoke

from pystein_lsp.features.results import headline

SOURCE = """
@app.orchestration_trigger(context_name="context")
def chain(context):
    first = yield context.call_activity("hello", context.get_input())
    second = yield context.call_activity("hello", first)
    return second

@app.activity_trigger(input_name="name")
def hello(name: str) -> str:
    logging.info("greeting %s", name)
    return f"Hello {name}"

@app.orchestration_trigger(context_name="context")
def fails(context):
    yield context.call_activity("hello", 1)
    raise ValueError("no")

@app.entity_trigger(context_name="context")
def Counter(context):
    if context.operation_name == "fail":
        raise ValueError("not me")
    value = context.get_state(lambda: 0) + context.get_input()
    context.set_state(value)
    context.set_result(value)

@app.route(route="begin")
@app.durable_client_input(client_name="client")
async def begin(req: func.HttpRequest, client) -> func.HttpResponse:
    id_ = await client.start_new("chain", None, "web")
    return await client.wait_for_completion_or_create_check_status_response(req, id_, 30000, 5)
"""


@pytest.fixture(params=["alone", "by a host"])
def run(request: pytest.FixtureRequest, tmp_path: Path, start: Callable[..., Hub], line: Line) -> Callable[..., Ran]:
    """Runs `invoke` for an app."""
    root = write(tmp_path / "app", SOURCE)
    if request.param == "by a host":
        start(None, *line.options, root=root)
    return lambda *arguments: invoke(root, *arguments, *line.options)


def test_an_orchestrator_runs_to_its_end(run: Callable[..., Ran]) -> None:
    done = run("chain", "--data", '"you"')
    assert done.status == 0, done.err
    assert done.json["status"] == "succeeded"
    assert done.json["return"] == "Hello Hello you"
    greetings = [record["message"] for record in done.json["logs"] if "greeting" in record["message"]]
    assert greetings == ["greeting you", "greeting Hello you"]
    assert done.json["notes"][0].endswith(": Completed")
    assert all("/timeline" in note for note in done.json["notes"][1:])  # where there is a host


def test_an_orchestrator_that_fails(run: Callable[..., Ran]) -> None:
    done = run("fails")
    assert done.status == 1
    assert done.json["error"]["type"] == "OrchestrationFailed"
    assert done.json["error"]["message"] == "Orchestrator function 'fails' failed: no"


def test_an_activity(run: Callable[..., Ran]) -> None:
    assert run("hello", "--data", '"me"').json["return"] == "Hello me"


def test_an_entity_keeps_its_state(run: Callable[..., Ran]) -> None:
    for expected in (2, 4):
        done = run("Counter", "--data", '{"key": "k", "operation": "add", "input": 2}')
        assert (done.json["status"], done.json["return"]) == ("succeeded", expected)
    done = run("Counter", "--data", '{"key": "k", "operation": "fail"}')
    assert (done.status, done.json["error"]["message"]) == (1, "not me"), done.json
    done = run("Counter", "--data", "5")
    assert done.status == 2
    assert '{"key": "k", "operation": "add", "input": 1}' in done.err


def test_a_starter(run: Callable[..., Ran]) -> None:
    done = run("begin")
    assert done.json["return"]["status"] == 200
    assert done.json["return"]["body"].strip('"') == "Hello Hello web"  # 2.x answers with JSON


def test_an_orchestrator_that_waits_has_returned_nothing(tmp_path: Path) -> None:
    source = """
@app.orchestration_trigger(context_name="context")
def approve(context):
    context.set_custom_status({"waiting": True})
    yield context.wait_for_external_event("go")
"""
    done = invoke(write(tmp_path / "app", source), "approve")
    assert done.status == 0, done.err
    assert done.json["return"] is None
    assert any(note.startswith("Its custom status: {") for note in done.json["notes"])
    assert headline(done.json) == "approve still runs after 10 s"


def test_what_was_begun_alone_goes_on_under_a_host(tmp_path: Path, start: Callable[..., Hub]) -> None:
    root = write(
        tmp_path / "app",
        SOURCE
        + """
@app.route(route="only")
@app.durable_client_input(client_name="client")
async def only(req: func.HttpRequest, client) -> str:
    return await client.start_new("later", "mine")

@app.orchestration_trigger(context_name="context")
def later(context):
    yield context.wait_for_external_event("go")
    name = yield context.call_activity("hello", "host")
    return name
""",
    )
    assert invoke(root, "only").json["return"]["body"] == "mine"
    hub = start(root=root)
    hub.event("mine", "go", None)
    assert hub.end("mine")["output"] == "Hello host"
