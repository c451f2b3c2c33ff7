"""The fixture `durable` of the pytest plugin, as users' tests meet it, on both lines of the durable package."""

from __future__ import annotations

from pathlib import Path

from durable_driver import HEADER, Line
from pytest_driver import run_pytest, write

APP = (
    "import azure.functions as func\nimport logging\n"
    + HEADER
    + """
@app.orchestration_trigger(context_name="context")
def approval(context):
    yield context.call_activity("ask", context.get_input())
    due = context.current_utc_datetime + datetime.timedelta(days=3)
    timer = context.create_timer(due)
    event = context.wait_for_external_event("Approval")
    winner = yield context.task_any([event, timer])
    if winner == event:
        timer.cancel()
        return ["approved", event.result]
    yield context.call_activity("escalate", context.get_input())
    return ["escalated", None]

@app.activity_trigger(input_name="order")
def ask(order: dict) -> str:
    logging.info("asking about %s", order["item"])
    return "asked"

@app.activity_trigger(input_name="order")
def escalate(order: dict) -> str:
    raise RuntimeError("nobody there")

@app.orchestration_trigger(context_name="context")
def reminders(context):
    for day in range(5):
        yield context.create_timer(context.current_utc_datetime + datetime.timedelta(days=1))
        context.signal_entity(df.EntityId("Counter", "sent"), "add", 1)
    return 5

@app.orchestration_trigger(context_name="context")
def persistent(context):
    result = yield context.call_activity_with_retry("escalate", df.RetryOptions(60_000, 3), {})
    return result

@app.orchestration_trigger(context_name="context")
def eternal(context):
    yield context.create_timer(context.current_utc_datetime + datetime.timedelta(hours=1))
    count = (context.get_input() or 0) + 1
    if count < 24:
        context.continue_as_new(count)
        return
    return count

@app.entity_trigger(context_name="context")
def Counter(context):
    value = context.get_state(lambda: 0) + context.get_input()
    context.set_state(value)
    context.set_result(value)

@app.route(route="begin")
@app.durable_client_input(client_name="client")
async def begin(req: func.HttpRequest, client) -> str:
    return await client.start_new("reminders", "begun")
"""
)
TESTS = """
import pytest
from datetime import timedelta
from pystein_runtime.testing import OrchestrationError

ORDER = {"item": "tea"}

def test_three_days_take_no_time(durable):
    escalate = durable.replace("escalate", lambda order: "done")
    found = durable.run("approval", ORDER)
    assert found.output == ["escalated", None]
    assert timedelta(days=3) <= found.duration < timedelta(days=3, minutes=1)
    assert escalate.inputs == [ORDER]
    assert [(call.kind, call.name) for call in found.calls] == [
        ("activity", "ask"), ("timer", "timer"), ("activity", "escalate"),
    ]
    assert found.calls[0].result == "asked"
    assert [event["EventType"] for event in found.history] == [
        "ExecutionStarted", "TaskCompleted", "TimerCreated", "TimerFired", "TaskCompleted", "ExecutionCompleted",
    ]
    assert "asking about tea" in [record.message for record in found.logs]

def test_an_event_comes_in_time(durable):
    id_ = durable.start("approval", ORDER)
    began = durable.now
    durable.sleep(timedelta(days=2, hours=23))
    assert durable.now - began == timedelta(days=2, hours=23)
    assert durable.get(id_).status == "Running"
    durable.raise_event(id_, "Approval", {"by": "me"})
    assert durable.finish(id_).output == ["approved", {"by": "me"}]

def test_an_event_that_is_there_already(durable):
    assert durable.run("approval", ORDER, events={"Approval": True}).output == ["approved", True]

def test_a_failure_fails_the_test(durable):
    with pytest.raises(OrchestrationError, match="approval has ended as Failed: .*nobody there") as failed:
        durable.run("approval", ORDER)
    assert "activity escalate" in str(failed.value)
    assert durable.run("approval", ORDER, check=False).status == "Failed"

def test_a_replacement_may_fail(durable):
    def refuse(order):
        raise KeyError("no")
    durable.replace("ask", refuse)
    assert "KeyError" in str(durable.run("approval", ORDER, check=False).history)

def test_retries_wait(durable):
    found = durable.run("persistent", check=False)
    assert found.status == "Failed"
    assert found.duration >= timedelta(minutes=2)

def test_entities(durable):
    durable.signal("Counter", "sent", "add", 10)
    durable.run("reminders")
    assert durable.entity("Counter", "sent") == 15

def test_eternal_ones(durable):
    found = durable.run("eternal")
    assert found.output == 24

def test_what_will_never_happen(durable):
    id_ = durable.start("approval", ORDER)
    durable.terminate(id_, "enough")
    assert (durable.get(id_).status, durable.get(id_).output) == ("Terminated", "enough")
    with pytest.raises(pytest.fail.Exception, match="There is no such orchestration: 'nobody'"):
        durable.get("nobody")

def test_a_starter(function_app, durable):
    assert function_app.call("begin").response.text == "begun"
    assert durable.finish("begun").output == 5

def test_unknown_names(durable):
    with pytest.raises(pytest.fail.Exception, match="'nobody' doesn't exist"):
        durable.run("nobody")
    with pytest.raises(pytest.fail.Exception, match="no activity 'askk'.*activities are .*ask.*escalate"):
        durable.replace("askk", str)

def test_what_is_not_json(durable):
    with pytest.raises(pytest.fail.Exception, match="the input of approval is not JSON"):
        durable.run("approval", object())
"""


def test_the_fixture(tmp_path: Path, line: Line) -> None:
    write(tmp_path, function_app=APP, tests__test_it=TESTS)
    done = run_pytest(tmp_path, "-o", f"pystein_python={line.python}")
    assert done.counts == {"passed": TESTS.count("def test_")}, done.out


def test_an_app_without_durable_functions(tmp_path: Path) -> None:
    app = "import azure.functions as func\napp = func.FunctionApp()\n@app.route(route='r')\ndef r(req): return 'x'\n"
    write(tmp_path, function_app=app, test_it="def test_it(durable):\n    pass\n")
    done = run_pytest(tmp_path)
    assert "The app has no durable functions." in done.out
