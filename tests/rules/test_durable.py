"""The rules about durable functions."""

from __future__ import annotations

import pytest

from tests.conftest import Check

FUNC = "import azure.functions as func\nimport azure.durable_functions as df\napp = func.FunctionApp()\n"
DF = FUNC.replace("func.FunctionApp()", "df.DFApp()")
ACTIVITY = '@app.activity_trigger(input_name="city")\ndef say_hello(city: str) -> str: ...\n'


def flow(*lines: str, head: str = "", decorator: str = '@app.orchestration_trigger(context_name="context")') -> str:
    body = "".join(f"    {line}\n" for line in lines or ("pass",))
    return f"{head}{decorator}\ndef flow(context):\n{body}"


@pytest.mark.parametrize("head", [FUNC, DF])
@pytest.mark.parametrize("trigger", ["orchestration_trigger", "entity_trigger"])
def test_context_name(check: Check, head: str, trigger: str) -> None:
    [found] = check(head + f'@app.{trigger}(context_name="ctx")\ndef flow(ctx): ...\n')
    assert (found.code, found.text, found.severity) == ("durable-context-name", '"ctx"', "error")
    assert check(head + f'@app.{trigger}(context_name="context")\ndef flow(ctx): ...\n') == []


CLIENT_ABOVE = '@app.durable_client_input(client_name="client")\n@app.route()\nasync def start(req, client): ...\n'


def test_client_above_the_trigger(check: Check) -> None:
    [found] = check(FUNC + CLIENT_ABOVE, only="durable-decorator-order")
    assert (found.text, found.severity) == ("durable_client_input", "error")
    assert check(DF + CLIENT_ABOVE) == []


NAME_BELOW = '@app.orchestration_trigger(context_name="context")\n@app.function_name("x")\ndef flow(context): ...\n'


def test_name_below_the_trigger(check: Check) -> None:
    assert [each.severity for each in check(DF + NAME_BELOW, only="durable-decorator-order")] == ["error"]
    assert [each.severity for each in check(FUNC + NAME_BELOW, only="durable-decorator-order")] == ["warning"]


def test_async_orchestrator(check: Check) -> None:
    source = FUNC + '@app.orchestration_trigger("context")\nasync def flow(context):\n    return 1\n'
    [found] = check(source)
    assert (found.code, found.text) == ("durable-async-orchestrator", "flow")


def test_sync_client(check: Check) -> None:
    source = FUNC + '@app.route()\n@app.durable_client_input("client")\ndef start(req, client): ...\n'
    [found] = check(source)
    assert (found.code, found.text) == ("durable-sync-client", "start")


def test_unyielded_task(check: Check) -> None:
    source = (
        FUNC
        + ACTIVITY
        + flow('context.call_activity("say_hello", 1)', 'task = context.call_activity("say_hello", 2)', "yield task")
    )
    [found] = check(source)
    assert (found.code, found.text) == ("durable-unyielded-task", 'context.call_activity("say_hello", 1)')
    assert found.diagnostic.fixes[0].edits[0].text == "yield "


@pytest.mark.parametrize(
    ("head", "line", "marked", "instead"),
    [
        ("import uuid\n", "yield context.call_http('GET', str(uuid.uuid4()))", "uuid.uuid4()", "context.new_uuid()"),
        ("from datetime import datetime as dt\n", "x = dt.now()", "dt.now()", "context.current_utc_datetime"),
        ("import datetime\n", "x = datetime.datetime.utcnow()", "datetime.datetime.utcnow()", "current_utc_datetime"),
        ("import random\n", "x = random.choice([1])", "random.choice([1])", "an activity"),
        ("import os\n", "x = os.environ['X']", "os.environ", "an activity"),
        ("import time\n", "time.sleep(1)", "time.sleep(1)", "create_timer"),
        ("import requests\n", "requests.get('x')", "requests.get('x')", "call_http"),
        ("", "x = open('f')", "open('f')", "an activity"),
    ],
)
def test_nondeterminism(check: Check, head: str, line: str, marked: str, instead: str) -> None:
    [found] = check(flow(line, head=head + FUNC))
    assert (found.code, found.text) == ("durable-nondeterminism", marked)
    assert instead in found.message


@pytest.mark.parametrize(
    "line",
    [
        "x = context.new_uuid()",
        "x = context.current_utc_datetime",
        "open = 1",
        "x = math.floor(1.5)",
        "x = uuid.UUID('0' * 32)",
        "x = now()",
    ],
)
def test_determinism(check: Check, line: str) -> None:
    assert check(flow(line, head="import math, uuid\nfrom mine import now\n" + FUNC)) == []


@pytest.mark.parametrize("name", ["say_hello", "SAY_HELLO"])
def test_known_activity(check: Check, name: str) -> None:
    assert check(FUNC + ACTIVITY + flow(f'yield context.call_activity("{name}")')) == []


def test_unknown_activity(check: Check) -> None:
    [found] = check(FUNC + ACTIVITY + flow('yield context.call_activity("say_helo")'))
    assert (found.code, found.text, found.severity) == ("durable-unknown-function", '"say_helo"', "warning")
    assert "did you mean 'say_hello'?" in found.message
    [found] = check(FUNC + ACTIVITY + flow('yield context.call_activity("elsewhere")'))
    assert found.severity == "information"


def test_unknown_orchestrator(check: Check) -> None:
    start = '@app.route()\n@app.durable_client_input("client")\nasync def start(req, client):\n    await client.start_new("flo")\n'
    [found] = check(FUNC + flow() + start)
    assert (found.code, found.text) == ("durable-unknown-function", '"flo"')
    assert check(FUNC + flow() + start.replace('"flo"', '"flow"')) == []
    assert check(FUNC + flow() + start.replace('"flo"', "name")) == []
