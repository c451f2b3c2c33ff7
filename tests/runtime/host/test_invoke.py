"""`invoke`, with and without a running host: the same results."""

from __future__ import annotations

import json
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from host_driver import CLEAN, Host, Ran, run, write_app
from host_driver import invoke as invoke_at
from test_blob import put, read
from test_queue import bodies

SOURCE = """
@app.route(route="hello/{name?}", methods=["GET", "POST"])
def hello(req: func.HttpRequest) -> func.HttpResponse:
    logging.warning("careful")
    print("printed")
    name = req.route_params.get("name") or req.params.get("name") or req.get_body().decode() or "world"
    return func.HttpResponse(f"Hello, {name}", headers={"x-a": req.headers.get("x-a", "-")})

@app.route(route="items/{id:int}/{kind}", methods=["PUT"])
def item(req: func.HttpRequest) -> str:
    return f"{req.method} {req.url.partition('/api/')[2]} {req.headers.get('content-type')}"

@app.route(route="put", methods=["POST"])
@app.queue_output(arg_name="msg", queue_name="orders", connection="AzureWebJobsStorage")
@app.blob_output(arg_name="file", path="files/{name}.bin", connection="AzureWebJobsStorage")
@app.generic_output_binding(arg_name="sig", type="signalR", hubName="hub", connection="X")
def put(req: func.HttpRequest, msg: func.Out[str], file: func.Out[bytes], sig: func.Out[str]) -> str:
    msg.set('{"a": 1}')
    file.set(b"\\xff\\x00")
    sig.set("{}")
    return "ok"

@app.timer_trigger(arg_name="t", schedule="0 0 0 1 1 *")
def tick(t: func.TimerRequest) -> None:
    logging.info("past due %s, next %s", t.past_due, t.schedule_status["Next"])

@app.queue_trigger(arg_name="m", queue_name="work", connection="AzureWebJobsStorage")
@app.queue_output(arg_name="$return", queue_name="done", connection="AzureWebJobsStorage")
def work(m: func.QueueMessage) -> str:
    return "did " + m.get_body().decode()

@app.blob_trigger(arg_name="b", path="input/{name}.txt", connection="AzureWebJobsStorage")
def seen(b: func.InputStream) -> None:
    logging.info("%s: %s", b.name, b.read().decode())

@app.blob_trigger(arg_name="b", path="sizes/{name}", connection="AzureWebJobsStorage")
def sizes(b: func.InputStream) -> None:
    logging.info("%s", b.read())

@app.route(route="raw")
def raw(req: func.HttpRequest) -> str:
    logging.info("%s", req.get_body())
    return "ok"

@app.queue_trigger(arg_name="m", queue_name="messages", connection="AzureWebJobsStorage")
def message(m: func.QueueMessage) -> None:
    logging.info("%s", m.get_body())

@app.event_grid_trigger(arg_name="e")
def grid(e: func.EventGridEvent) -> None:
    logging.info("event %s", e.id)

@app.route(route="fails")
def fails(req: func.HttpRequest) -> str:
    logging.error("about to")
    return {}["missing"]
"""


class Invoke:
    """`invoke` for one app, by a host or without."""

    def __init__(self, root: Path) -> None:
        self.root = root

    def __call__(self, *arguments: str, **options: Any) -> Ran:
        return invoke_at(self.root, *arguments, **options)


@pytest.fixture(params=["alone", "by a host"])
def invoke(request: pytest.FixtureRequest, tmp_path: Path, start: Callable[..., Host]) -> Invoke:
    root = write_app(tmp_path / "app", SOURCE)
    if request.param == "by a host":
        start(root=root)
    return Invoke(root)


def test_the_shape(invoke: Invoke) -> None:
    done = invoke("hello", "--query", "name=Bob", "--header", "X-A: b")
    assert done.status == 0
    assert done.err == ""
    result = done.json
    assert result.keys() == {
        "function", "invocationId", "status", "durationMs", "return", "outputs", "logs", "error",
    }  # fmt: skip
    assert (result["function"], result["status"], result["outputs"], result["error"]) == (
        "hello",
        "succeeded",
        {},
        None,
    )
    assert result["return"]["status"] == 200
    assert result["return"]["headers"]["x-a"] == "b"
    assert result["return"]["headers"]["content-type"] == "text/plain; charset=utf-8"
    assert result["return"]["body"] == "Hello, Bob"
    assert [(log["level"], log["message"]) for log in result["logs"]] == [
        ("warning", "careful"),
        ("information", "printed"),
    ]
    assert result["durationMs"] >= 0
    assert len(result["invocationId"]) == 36


@pytest.mark.parametrize(
    ("arguments", "body"),
    [
        ([], "Hello, world"),
        (["--data", "Ann"], "Hello, Ann"),
        (["--data", '{"a": 1}'], 'Hello, {"a": 1}'),
        (["--route", "name=a b/c"], "Hello, a b%2Fc"),
        (["--data", '{"method": "card"}'], 'Hello, {"method": "card"}'),
    ],
)
def test_http_data(invoke: Invoke, arguments: list[str], body: str) -> None:
    assert invoke("hello", *arguments).json["return"]["body"] == body


def test_a_route_with_values_of_its_own(invoke: Invoke) -> None:
    given = ["--route", "id=7", "--route", "kind=x", "--query", "a=b c", "--data", "[1]"]
    assert invoke("item", *given).json["return"]["body"] == "PUT items/7/x?a=b+c application/json"
    assert invoke("item").json["return"]["status"] == 200  # a sample that fits
    assert (
        invoke("item", "--data", "[1]").json["return"]["status"] == 200
    )  # so does the sample's route around other data
    assert invoke("item", *given, "--remember").json["return"]["status"] == 200
    assert invoke("item", "--data", "[2]").json["return"]["body"].startswith("PUT items/7/x")


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["nope"], "There is no function 'nope' in"),
        (["hello", "--method", "DELETE"], "hello does not answer to DELETE; its methods: GET, POST."),
        (["item", "--route", "id=7"], "The route of item needs a value for 'kind'."),
        (["item", "--route", "id=x", "--route", "kind=y"], "does not take these values"),
        (["hello", "--route", "other=1"], "has no 'other'"),
        (["hello", "--query", "name"], "--query name: write it as name=value"),
        (["tick", "--method", "GET"], "tick is no HTTP function"),
        (["tick", "--data", "{bad"], 'tick is a timer: give it nothing, or {"isPastDue": true}.'),
        (["tick", "--data", "[1,2]"], "tick is a timer: give it nothing"),
        (["tick", "--data", '{"isPastDue": "x"}'], "tick is a timer: give it nothing"),
        (["hello", "--data", "@/nowhere"], "--data: /nowhere cannot be read"),
        (["seen", "--data", '{"path": "input/a.png"}'], "does not match the trigger's path"),
    ],
)
def test_what_cannot_be_run(invoke: Invoke, arguments: list[str], message: str) -> None:
    done = invoke(*arguments)
    assert (done.status, done.out) == (2, "")
    assert message in done.err
    assert done.err.count("\n") == 1


def test_outputs_are_shown_and_written_to_the_local_cloud(invoke: Invoke) -> None:
    result = invoke("put", "--data", '{"name": "n"}').json
    assert result["status"] == "succeeded"
    assert result["outputs"] == {"msg": '{"a": 1}', "file": {"base64": "/wA="}, "sig": "{}"}
    assert "sig of type signalR was not written" in result["notes"][0]
    assert bodies(invoke.root, "orders") == ['{"a": 1}']
    assert read(invoke.root, "files/n.bin") == b"\xff\x00"


def test_a_timer(invoke: Invoke) -> None:
    assert "past due False, next 20" in invoke("tick").json["logs"][0]["message"]
    assert "past due True" in invoke("tick", "--data", '{"isPastDue": true}').json["logs"][0]["message"]


def test_a_queue_function_and_what_it_returns(invoke: Invoke) -> None:
    result = invoke("work", "--data", "this").json
    assert result["return"] == "did this"
    assert bodies(invoke.root, "done") == ["did this"]


def test_a_blob_function(invoke: Invoke) -> None:
    assert invoke("seen").json["logs"][0]["message"] == "input/sample.txt: sample"
    missing = invoke("seen", "--data", "input/missing.txt").json
    assert missing["logs"][0]["message"] == "input/missing.txt: input/missing.txt"
    assert missing["notes"] == ["There is no blob input/missing.txt; what was given is taken as content."]
    assert "notes" not in invoke("seen", "--data", "text").json
    assert invoke("seen", "--data", "text").json["logs"][0]["message"] == "input/sample.txt: text"
    given = json.dumps({"path": "input/x.txt", "content": "X"})
    assert invoke("seen", "--data", given).json["logs"][0]["message"] == "input/x.txt: X"
    put(invoke.root, "input/there.txt", b"there")
    assert invoke("seen", "--data", "input/there.txt").json["logs"][0]["message"] == "input/there.txt: there"


def test_other_triggers_take_json(invoke: Invoke) -> None:
    event = {"id": "e1", "topic": "t", "subject": "s", "eventType": "x", "dataVersion": "1", "data": {}}
    event["eventTime"] = "2026-01-01T00:00:00Z"
    assert invoke("grid", "--data", json.dumps(event)).json["logs"][0]["message"] == "event e1"


def test_a_failure(invoke: Invoke) -> None:
    done = invoke("fails")
    assert done.status == 1
    result = done.json
    assert (result["status"], result["return"]) == ("failed", None)
    assert result["logs"][0]["level"] == "error"
    error = result["error"]
    assert (error["type"], error["message"]) == ("KeyError", "'missing'")
    assert f'File "{invoke.root / "function_app.py"}", line' in error["traceback"]
    assert "pystein" not in error["traceback"]


def test_data_from_a_file_and_from_standard_input(invoke: Invoke, tmp_path: Path) -> None:
    (tmp_path / "data.txt").write_text("From file", "utf-8")
    assert invoke("hello", "--data", f"@{tmp_path / 'data.txt'}").json["return"]["body"] == "Hello, From file"
    assert invoke("hello", "--data", "-", stdin="Ümlaut").json["return"]["body"] == "Hello, Ümlaut"


def test_bytes_that_are_no_text(invoke: Invoke, tmp_path: Path) -> None:
    (tmp_path / "data.bin").write_bytes(b"\x89P")

    def with_bytes(function: str, given: str, *more: str) -> subprocess.CompletedProcess[bytes]:
        command = [sys.executable, "-m", "pystein_lsp", "invoke", function, "--app", str(invoke.root), "--data", given]
        command += ["--output-format", "json", *more]
        return subprocess.run(command, input=b"\x89P", capture_output=True, env=CLEAN, check=False)

    for given in ("-", f"@{tmp_path / 'data.bin'}"):
        for function in ("sizes", "raw", "message"):
            assert json.loads(with_bytes(function, given).stdout)["logs"][0]["message"] == "b'\\x89P'"
        refused = with_bytes("tick", given)
        assert (refused.returncode, refused.stdout) == (2, b"")
        assert refused.stderr.decode().endswith("tick takes text: these bytes are no UTF-8.\n")
    refused = with_bytes("raw", "-", "--remember")
    assert refused.returncode == 2
    assert b"Only text can be remembered" in refused.stderr


def test_lone_surrogates_are_refused_by_a_host(start: Callable[..., Host]) -> None:
    answer = start(SOURCE).post("/admin/pystein/invoke", '{"function": "work", "data": "\\udc89P"}')
    assert answer.status == 400
    assert "lone surrogates" in answer.json["unusable"]


def test_events_are_remembered_and_can_be_edited(invoke: Invoke) -> None:
    path = invoke.root / ".pystein" / "events" / "hello.json"
    invoke("hello", "--data", "Ann")
    assert not path.exists()  # a command line says itself what it wants
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text('{"method": "GET", "route": {"name": "edited"}, "query": {}, "headers": {}, "body": ""}')
    assert invoke("hello").json["return"]["body"] == "Hello, edited"


@pytest.mark.parametrize(
    ("text", "body"),
    [
        ('{"route": {"name": "Zed"}}', "Hello, Zed"),
        ('{"body": "B", "method": "POST"}', "Hello, B"),
        ("{}", "Hello, world"),
    ],
)
def test_an_events_file_may_have_some_of_a_request(tmp_path: Path, text: str, body: str) -> None:
    root = write_app(tmp_path / "app", SOURCE)
    (root / ".pystein" / "events").mkdir(parents=True)
    (root / ".pystein" / "events" / "hello.json").write_text(text, "utf-8")
    assert invoke_at(root, "hello").json["return"]["body"] == body


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ('{"route": ', "hello.json is not JSON: "),
        ("[1]", "hello.json has no request: write an object with method, route,"),
        ('{"rout": {}}', "hello.json: a request has no 'rout'; its fields: method, route,"),
        ('{"route": "Zed"}', "hello.json: 'route' must be an object."),
    ],
)
def test_an_events_file_that_describes_no_request_is_refused(tmp_path: Path, text: str, message: str) -> None:
    root = write_app(tmp_path / "app", SOURCE)
    (root / ".pystein" / "events").mkdir(parents=True)
    (root / ".pystein" / "events" / "hello.json").write_text(text, "utf-8")
    done = invoke_at(root, "hello")
    assert done.status == 2
    assert message in done.err
    assert done.err.count("\n") == 1


def test_the_command_line_has_events_remembered_where_it_says_so(invoke: Invoke) -> None:
    path = invoke.root / ".pystein" / "events" / "hello.json"
    made_up = invoke("hello", "--remember").json["return"]["body"]
    sample = json.loads(path.read_text())
    assert sample == {"method": "GET", "route": {}, "query": {}, "headers": {}, "body": ""}
    assert invoke("hello").json["return"]["body"] == made_up == "Hello, world"
    invoke("hello", "--route", "name=Ann", "--remember")
    assert invoke("hello").json["return"]["body"] == "Hello, Ann"


@pytest.mark.parametrize("text", ['{"a": 1}', '{"a":1}', '"quoted"', "1.50", '{"ä": [1,\n2]}', "plain"])
def test_what_is_remembered_is_run_as_it_was_given(invoke: Invoke, text: str) -> None:
    assert invoke("work", "--data", "-", "--remember", stdin=text).status == 0
    assert invoke("work").status == 0
    assert bodies(invoke.root, "done") == [f"did {text}"] * 2


def test_an_editor_has_events_remembered(start: Callable[..., Host]) -> None:
    host = start(SOURCE)
    assert host.invoke("hello", query={"name": "Ann"}, remember=True)["return"]["body"] == "Hello, Ann"
    path = host.root / ".pystein" / "events" / "hello.json"
    assert json.loads(path.read_text()) == {"route": {}, "query": {"name": "Ann"}, "headers": {}, "body": ""}
    assert host.invoke("hello")["return"]["body"] == "Hello, Ann"
    host.invoke("work", data="this", remember=True)
    assert host.invoke("work")["return"] == "did this"


def test_a_function_that_is_left_out_is_said_to_be(start: Callable[..., Host]) -> None:
    host = start(SOURCE, "--functions", "hello", "tick")
    expected = "The function 'work' is left out by --functions; those that run: hello, tick."
    assert host.invoke("WORK") == {"unusable": expected}


def test_full_output(invoke: Invoke) -> None:
    done = run("invoke", "put", "--data", '{"name": "n"}', cwd=invoke.root)
    assert done.status == 0
    lines = [line.strip() for line in done.out.splitlines()]
    assert lines[0].startswith("put succeeded in ")
    assert "return  200 text/plain; charset=utf-8" in lines
    assert 'output  msg = {"a": 1}' in lines
    failed = run("invoke", "fails", cwd=invoke.root)
    assert failed.status == 1
    assert "log     error: about to" in failed.out
    assert failed.out.rstrip().endswith("KeyError: 'missing'")


def test_an_app_is_found_from_a_folder_within(invoke: Invoke) -> None:
    (invoke.root / "deep" / "er").mkdir(parents=True)
    assert run("invoke", "hello", cwd=invoke.root / "deep" / "er").status == 0


def test_a_killed_host_is_not_asked(start: Callable[..., Host], tmp_path: Path) -> None:
    host = start(SOURCE)
    host.kill()
    assert invoke_at(host.root, "hello").json["return"]["body"] == "Hello, world"


def test_a_cloud_of_another_version_is_set_aside(tmp_path: Path) -> None:
    root = write_app(tmp_path / "app", SOURCE)
    (root / ".pystein").mkdir()
    with closing(sqlite3.connect(root / ".pystein" / "cloud.sqlite")) as other:
        other.execute("PRAGMA user_version = 999")
    done = run("invoke", "work", "--app", str(root), "--data", "x")
    assert done.status == 0, done.err
    assert str(root / ".pystein" / "cloud.sqlite.old-999") in done.err
