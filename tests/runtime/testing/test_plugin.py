"""The plugin as users' tests meet it."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from pytest_driver import run_pytest, write

APP = """
import azure.functions as func
app = func.FunctionApp()

@app.route(route="echo", methods=["POST"])
@app.queue_output(arg_name="out", queue_name="seen", connection="AzureWebJobsStorage")
async def echo(req: func.HttpRequest, out: func.Out[str]) -> func.HttpResponse:
    print("printed")
    out.set("seen")
    return func.HttpResponse(req.get_body()[::-1], headers={"X": "y"})

@app.blob_trigger(arg_name="blob", path="images/{name}", connection="AzureWebJobsStorage")
def size(blob: func.InputStream) -> None:
    print(blob.name, len(blob.read()))

@app.service_bus_queue_trigger(arg_name="m", queue_name="jobs", connection="Bus")
@app.event_hub_output(arg_name="out", event_hub_name="events", connection="Hub")
def job(m: func.ServiceBusMessage, out: func.Out[str]) -> None:
    out.set(m.get_body().decode().upper())

@app.route(route="save")
@app.cosmos_db_output(arg_name="doc", database_name="db", container_name="things", connection="Documents",
                      create_if_not_exists=True, partition_key="/id")
def save(req: func.HttpRequest, doc: func.Out[func.Document]) -> str:
    doc.set(func.Document.from_dict({"id": req.params.get("id", "none")}))
    return "saved"

@app.timer_trigger(arg_name="t", schedule="0 0 0 1 1 *")
def tick(t: func.TimerRequest) -> None:
    import os
    print(os.environ.get("WORD", "-"), os.environ["FROM_FILE"])
"""
HEAD = "import os\nimport pytest\nfrom pystein_runtime.testing import AppError, InvocationError\n"


def passes(folder: Path, tests: str, *options: str, app: str = APP) -> None:
    """Every test of a module passes."""
    write(folder, function_app=app, tests__test_it=HEAD + tests)
    done = run_pytest(folder, "-o", "pystein_settings=FROM_FILE=configured", *options)
    assert done.counts == {"passed": tests.count("def test_")}, done.out


def test_every_kind_of_event(tmp_path: Path) -> None:
    passes(
        tmp_path,
        """
def test_bytes(function_app):
    result = function_app.call("echo", bytes(range(250, 256)), headers={"a": "b"})
    assert result.response.body == bytes(range(255, 249, -1))
    assert result.response.headers["x"] == "y"
    assert result.outputs == {"out": "seen"}
    assert [(record.category, record.message) for record in result.logs] == [("stdout", "printed")]
    assert function_app.call("echo", [1, 2]).response.text == "]2 ,1["
    assert function_app.call("echo", {"method": "card"}).response.text == '}"drac" :"dohtem"{'

def test_blobs(function_app):
    result = function_app.call("size", {"path": "images/a.png", "content": "123"})
    assert result.messages == ["images/a.png 3"]
    assert function_app.call("size", b"\\x89\\xff").messages == ["images/sample 2"]

def test_messages(function_app):
    assert function_app.call("job", "text").outputs == {"out": "TEXT"}

def test_timers(function_app):
    assert function_app.call("tick").messages == ["- configured"]

def test_nothing_given(function_app):
    assert [function_app.call(name).status for name in function_app.functions] == ["succeeded"] * 5
""",
    )


def test_mistakes(tmp_path: Path) -> None:
    passes(
        tmp_path,
        """
def test_names(function_app):
    with pytest.raises(AppError, match="There is no function 'nope' in .*; its functions: echo, size, job, save, tick"):
        function_app.call("nope")

def test_requests(function_app):
    with pytest.raises(AppError, match="echo does not answer to GET"):
        function_app.call("echo", method="GET")
    with pytest.raises(AppError, match="tick is no HTTP function"):
        function_app.call("tick", query={"a": 1})
    with pytest.raises(AppError, match="tick takes text"):
        function_app.call("tick", b"\\xff")

def test_responses(function_app):
    with pytest.raises(TypeError, match="tick is no HTTP function"):
        function_app.call("tick").response
""",
    )


def test_clouds_are_fresh_and_found_by_the_environment(tmp_path: Path) -> None:
    passes(
        tmp_path,
        """
from azure.servicebus import ServiceBusClient, ServiceBusMessage
from azure.storage.queue import QueueClient

def one_message(function_app):
    with QueueClient.from_connection_string(os.environ["AzureWebJobsStorage"], "seen") as queue:
        function_app.call("echo", "x")
        assert len(queue.peek_messages(max_messages=32)) == 1

def test_storage(function_app):
    one_message(function_app)

def test_storage_again(function_app):
    one_message(function_app)

def test_messages(local_cloud):
    local_cloud.create_queue("mine")
    with ServiceBusClient.from_connection_string(os.environ["SERVICEBUS_CONNECTION_STRING"]) as client:
        with client.get_queue_sender("mine") as sender:
            sender.send_messages(ServiceBusMessage("hello"))
        with client.get_queue_receiver("mine", max_wait_time=30) as receiver:
            message = next(receiver)
            assert str(message) == "hello"
            receiver.complete_message(message)

def test_documents(function_app, local_cloud):
    from azure.cosmos import CosmosClient, PartitionKey
    result = function_app.call("save", query={"id": "d1"})
    assert '"id": "d1"' in str(result.outputs["doc"]).replace("'", '"')
    with CosmosClient.from_connection_string(os.environ["COSMOS_CONNECTION_STRING"]) as client:
        container = client.get_database_client("db").get_container_client("things")
        assert container.read_item("d1", "d1")["id"] == "d1"

def test_nothing_is_left_behind():
    assert "AzureWebJobsStorage" not in os.environ
    assert not os.path.exists(os.path.join(os.path.dirname(os.path.dirname(__file__)), ".pystein"))
""",
    )


def test_several_apps_with_settings_of_their_own(tmp_path: Path) -> None:
    write(tmp_path / "other", function_app=APP)
    passes(
        tmp_path,
        """
def test_two(load_function_app, tmp_path):
    one = load_function_app(settings={"WORD": "one"})
    two = load_function_app("other", {"WORD": "two", "FROM_FILE": "given"})
    assert one.call("tick").messages == ["one configured"]
    assert two.call("tick").messages == ["two given"]
    assert one.call("tick").messages == ["one configured"]
""",
    )


def test_apps_that_cannot_be_loaded_are_shown_in_full(tmp_path: Path) -> None:
    tests = HEAD + "def test_it(function_app):\n    pass\n"
    write(tmp_path, function_app="import helper\n", helper="import no_such_package\n", tests__test_it=tests)
    done = run_pytest(tmp_path)
    assert done.counts == {"error": 1}
    assert f'File "{tmp_path / "helper.py"}", line 1' in done.out
    assert "ModuleNotFoundError: No module named 'no_such_package'" in done.out
    (tmp_path / "host.json").write_text("{")
    assert "host.json:1:1 is not valid JSON" in run_pytest(tmp_path).out
    nowhere = write(tmp_path / "nowhere", test_it=tests)
    (nowhere / "host.json").unlink()
    assert "There is no function app" in run_pytest(nowhere, "--rootdir", str(nowhere)).out


def test_a_failure_shows_the_function(tmp_path: Path) -> None:
    app = APP.replace('print("printed")', 'print("printed"); 1 / 0')
    write(tmp_path, function_app=app, tests__test_it="def test_it(function_app):\n    function_app.call('echo', 'x')\n")
    done = run_pytest(tmp_path, "-o", "pystein_settings=FROM_FILE=x")
    assert done.counts == {"failed": 1}
    for text in ("echo failed.", 'print("printed"); 1 / 0', "ZeroDivisionError: division by zero", "printed"):
        assert text in done.out


COUNT = """
_calls = []
@app.route(route="count")
def count(req: func.HttpRequest) -> str:
    _calls.append(1)
    return str(len(_calls))
"""
COUNTED = """
@pytest.mark.parametrize("n", [1, 2])
def test_it(function_app, n):
    assert function_app.call("count").response.text == str(n)
"""


def test_one_app_for_all_tests(tmp_path: Path) -> None:
    write(tmp_path, function_app=APP + COUNT, test_it=HEAD + COUNTED)
    kept, fresh = {"passed": 2}, {"failed": 1, "passed": 1}
    for scope, counts in (("session", kept), ("module", kept), ("function", fresh)):
        assert run_pytest(tmp_path, "-o", f"pystein_scope={scope}").counts == counts


def test_pytest_starts_as_fast_as_without() -> None:
    code = "import sys, pytest, pystein_runtime.testing; print(*sys.modules)"
    loaded = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.split()
    heavy = {"pystein_runtime.host.application", "asyncio", "sqlite3", "pystein_lsp.model", "azure.functions"}
    assert not heavy & set(loaded)
