"""How a host begins and ends, and what it says about it."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from host_driver import Host, run, write_app

HELLO = """
@app.route(route="hello")
def hello(req: func.HttpRequest) -> str:
    return "hello"
"""


def test_ready_means_running(start: Callable[..., Host]) -> None:
    host = start(HELLO)
    status = host.get("/admin/host/status")
    assert status.status == 200
    assert status.json["state"] == "Running"
    assert host.wait("ready")["functions"] == [
        {
            "name": "hello",
            "trigger": "httpTrigger",
            "url": f"http://localhost:{host.port}/api/hello",
            "disabled": False,
        }
    ]
    assert host.get("/").status == 200
    assert (host.root / ".pystein" / ".gitignore").read_text() == "*\n"


def test_the_printed_table(tmp_path: Path) -> None:
    write_app(
        tmp_path,
        """
        @app.route(route="items/{id}", methods=["GET", "POST"])
        def items(req: func.HttpRequest) -> str: return ""

        @app.timer_trigger(arg_name="t", schedule="%WHEN%")
        def tick(t: func.TimerRequest) -> None: ...

        @app.queue_trigger(arg_name="m", queue_name="orders", connection="Missing")
        def work(m: func.QueueMessage) -> None: ...

        @app.service_bus_queue_trigger(arg_name="m", queue_name="jobs", connection="Bus")
        def job(m: func.ServiceBusMessage) -> None: ...

        @app.service_bus_topic_trigger(arg_name="m", topic_name="news", subscription_name="mine", connection="Bus")
        def told(m: func.ServiceBusMessage) -> None: ...

        @app.event_hub_message_trigger(arg_name="e", event_hub_name="readings", connection="Hub")
        def read(e: func.EventHubEvent) -> None: ...

        @app.event_grid_trigger(arg_name="e")
        def grid(e: func.EventGridEvent) -> None: ...
        """,
        local__settings_json={"IsEncrypted": False, "Values": {"WHEN": "0 0 0 1 1 *"}},
    )
    process = subprocess.Popen(
        [sys.executable, "-m", "pystein_lsp", "start", str(tmp_path), "--port", "0"],
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
    )  # fmt: skip
    assert process.stdout is not None
    lines = []
    for line in process.stdout:
        lines.append(line.strip())
        if "Host started" in line:
            break
    process.terminate()
    assert process.wait(60) == 0
    process.stdout.close()
    port = lines[-1].rpartition(":")[2]
    assert f"items: [GET,POST] http://localhost:{port}/api/items/{{id}}" in lines
    assert "tick: timerTrigger 0 0 0 1 1 *" in lines
    assert "work: queueTrigger orders" in lines
    assert "job: serviceBusTrigger jobs" in lines
    assert "told: serviceBusTrigger news/mine" in lines
    assert "read: eventHubTrigger readings" in lines
    assert f"grid: eventGridTrigger http://localhost:{port}/runtime/webhooks/eventgrid?functionName=grid" in lines
    assert any(line.startswith("Blob endpoint: http://127.0.0.1:") for line in lines)
    assert any("The connection 'Missing' is not set; the local cloud stands in for it." in line for line in lines)


def test_where_the_local_cloud_is_reached(start: Callable[..., Host]) -> None:
    host = start(
        """
        @app.service_bus_queue_trigger(arg_name="m", queue_name="jobs", connection="Bus")
        def job(m: func.ServiceBusMessage) -> None: ...
        """
    )
    cloud = host.wait("ready")["cloud"]
    assert list(cloud) == ["blob", "queue", "table", "amqp"]
    assert all(cloud[name].endswith("/devstoreaccount1") for name in ("blob", "queue", "table"))
    for address in cloud.values():
        with socket.create_connection(("127.0.0.1", int(address.split(":")[2].partition("/")[0]))):
            pass


def test_a_function_that_runs_is_let_finish(start: Callable[..., Host]) -> None:
    host = start(
        """
        import time, pathlib
        @app.route(route="slow")
        def slow(req: func.HttpRequest) -> str:
            logging.info("begun")
            while not pathlib.Path("go").exists():
                time.sleep(0.01)
            return "done"
        """
    )
    with socket.create_connection(("127.0.0.1", host.port)) as connection:
        connection.sendall(b"GET /api/slow HTTP/1.1\r\nhost: localhost\r\n\r\n")
        host.log("begun")
        host.process.send_signal(signal.SIGTERM)
        _wait_until_closed(host.port)
        (host.root / "go").touch()
        answer = connection.recv(65536)
    assert answer.startswith(b"HTTP/1.1 200 ")
    assert b"connection: close" in answer
    assert answer.endswith(b"done")
    assert host.process.wait(60) == 0
    assert not (host.root / ".pystein" / "host.json").exists()


def _wait_until_closed(port: int) -> None:
    while True:
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) != 0:
                return


def test_ctrl_c_ends_it(start: Callable[..., Host]) -> None:
    host = start(HELLO)
    host.process.send_signal(signal.SIGINT)
    assert host.process.wait(60) == 0


def test_a_taken_port(tmp_path: Path) -> None:
    write_app(tmp_path, HELLO)
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        done = run("start", str(tmp_path), "--port", str(port))
    assert done.status == 2
    assert f"Port {port} cannot be used" in done.err
    assert "--port" in done.err
    assert "Traceback" not in done.err


def test_a_second_start_finds_the_first(start: Callable[..., Host]) -> None:
    host = start(HELLO)
    done = run("start", str(host.root))
    assert done.status == 0
    assert f"already runs at http://127.0.0.1:{host.port}" in done.out
    assert "options" not in done.out


def test_options_for_a_host_that_runs_already(start: Callable[..., Host]) -> None:
    host = start(HELLO)
    done = run("start", str(host.root), "--port", "1", "--enable-auth", "--functions", "HELLO")
    assert done.status == 0
    assert "started with; these do not apply: --port, --functions, --enable-auth." in done.out
    done = run("start", str(host.root), "--functions", "nope")
    assert (done.status, done.out) == (2, "")
    assert "has no function 'nope'; its functions: hello." in done.err


def test_after_kill_9_it_starts_again(start: Callable[..., Host]) -> None:
    first = start(HELLO)
    first.kill()
    assert (first.root / ".pystein" / "host.json").exists()
    assert start(root=first.root).get("/api/hello").text == "hello"


@pytest.mark.parametrize(
    ("files", "message"),
    [
        ({}, "There is no function app in"),
        ({"host.json": "{}"}, "There is no function_app.py in"),
        ({"function_app.py": "", "host.json": "{"}, "host.json:1:1 is not valid JSON"),
        ({"function_app.py": "", "host.json": "[]"}, "host.json must hold a JSON object"),
        ({"function_app.py": "", "host.json": '{"a": 1}'}, 'missing the required "version"'),
        ({"function_app.py": "", "host.json": '{"version": "3.0"}'}, 'version must be "2.0"'),
        ({"function_app.py": "", "host.json": '{"version": "2.0", "functionTimeout": "x"}'}, "functionTimeout"),
        ({"function_app.py": "", "local.settings.json": "{'}"}, "local.settings.json:1:2 is not valid JSON"),
        ({"function_app.py": "", "local.settings.json": '{"IsEncrypted": true}'}, "is encrypted"),
        ({"function_app.py": "", "local.settings.json": b"\xff\xfe"}, "is not UTF-8 text"),
    ],
)
def test_what_cannot_be_started(tmp_path: Path, files: dict[str, str | bytes], message: str) -> None:
    for name, content in files.items():
        (tmp_path / name).write_bytes(content if isinstance(content, bytes) else content.encode())
    done = run("start", str(tmp_path), "--port", "0")
    assert done.status == 2
    assert message in done.err
    assert done.err.count("\n") == 1
    assert run("invoke", "f", "--app", str(tmp_path)).status == 2


def test_no_such_folder() -> None:
    done = run("start", "/nowhere/at/all")
    assert (done.status, done.err) == (2, "pystein-lsp: There is no folder /nowhere/at/all.\n")


def test_an_import_error_comes_first_and_in_full(tmp_path: Path) -> None:
    write_app(tmp_path, "import helper\n", helper_py="import no_such_package\n")
    for done in (run("start", str(tmp_path), "--port", "0"), run("invoke", "f", "--app", str(tmp_path))):
        assert done.status == 1
        text = done.out + done.err
        assert text.startswith("Traceback (most recent call last):")
        assert f'File "{tmp_path / "helper.py"}", line 1' in text
        assert "ModuleNotFoundError: No module named 'no_such_package'" in text
        assert "requirements.txt" in text


def test_an_interpreter_without_the_library(tmp_path: Path) -> None:
    write_app(tmp_path, HELLO)
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", str(tmp_path / ".venv")], check=True)
    done = run("start", str(tmp_path), "--port", "0")
    assert done.status == 1
    assert "has no azure-functions" in done.out
    assert "pip install azure-functions" in done.out
    assert f'--python "{sys.executable}"' in done.out
    assert run("invoke", "hello", "--app", str(tmp_path), "--python", sys.executable).status == 0


def test_only_some_functions(start: Callable[..., Host]) -> None:
    two = HELLO + HELLO.replace("hello", "other")
    host = start(two, "--functions", "OTHER")
    assert (host.get("/api/hello").status, host.get("/api/other").status) == (404, 200)
    host.stop()
    again = start(two, host_json={"version": "2.0", "functions": ["hello"]})
    assert (again.get("/api/hello").status, again.get("/api/other").status) == (200, 404)


def test_only_functions_that_are_there(tmp_path: Path) -> None:
    write_app(tmp_path, HELLO)
    done = run("start", str(tmp_path), "--port", "0", "--functions", "hello", "nope", "--json")
    assert done.status == 2
    failed = json.loads(done.out)
    assert failed["event"] == "load-failed"
    assert failed["message"] == f"There is no function 'nope' in {tmp_path}; its functions: hello."


def test_settings_reach_the_app_and_the_environment_wins(start: Callable[..., Host]) -> None:
    values = {"A": "file", "B": "file", "N": 5, "T": True}
    host = start(
        """
        import os
        @app.route(route="env")
        def env(req: func.HttpRequest) -> str:
            names = ["A", "B", "N", "T", "AZURE_FUNCTIONS_ENVIRONMENT", "FUNCTIONS_WORKER_RUNTIME",
                     "ConnectionStrings:db", "PYSTEIN_WORKER_TOKEN"]
            return "|".join(os.environ.get(name, "-") for name in names)
        """,
        local__settings_json=f'// comment\n{{"Values": {json.dumps(values)}, "ConnectionStrings": {{"db": "x"}},}}',
        environ={"B": "environment"},
    )
    assert host.get("/api/env").text == "file|environment|5|True|Development|python|x|-"


def test_a_function_in_error_leaves_the_others(start: Callable[..., Host]) -> None:
    host = start(
        HELLO
        + """
@app.route(route="bad/{")
def bad(req: func.HttpRequest) -> str: return ""

@app.route(route="HELLO")
def same(req: func.HttpRequest) -> str: return ""

@app.route(route="admin/x")
def reserved(req: func.HttpRequest) -> str: return ""

@app.queue_trigger(arg_name="m", queue_name="%NOPE%", connection="AzureWebJobsStorage")
def unset(m: func.QueueMessage) -> None: ...
"""
    )
    assert host.get("/api/hello").text == "hello"
    said = [line["message"] for line in host.lines if line["event"] == "host"]
    assert any("'bad' function is in error" in line and "incomplete parameter" in line for line in said)
    assert any("'same' function is in error" in line and "defined by function 'hello'" in line for line in said)
    assert any("'reserved' function is in error" in line and "built in routes" in line for line in said)
    assert any("'unset' function is in error: '%NOPE%' does not resolve to a value." in line for line in said)


def test_secrets_are_not_shown(start: Callable[..., Host]) -> None:
    secret = "AccountName=a;AccountKey=c2VjcmV0;EndpointSuffix=core.windows.net;DefaultEndpointsProtocol=https"
    host = start(
        """
        @app.queue_trigger(arg_name="m", queue_name="orders", connection="Real")
        def work(m: func.QueueMessage) -> None: ...

        @app.route(route="put")
        @app.queue_output(arg_name="o", queue_name="orders", connection="Real")
        def put(req: func.HttpRequest, o: func.Out[str]) -> str:
            o.set("x")
            return "ok"
        """,
        local__settings_json={"IsEncrypted": False, "Values": {"Real": secret}},
    )
    assert host.get("/api/put").status == 500
    result = host.invoke("put")
    assert result["status"] == "succeeded"
    assert result["outputs"] == {"o": "x"}
    assert "Real is a real service" in result["notes"][0]
    text = json.dumps([host.lines, result, host.get("/admin/functions").json, host.get("/admin/host/status").json])
    assert "c2VjcmV0" not in text


@pytest.mark.skipif(os.name != "posix" or os.geteuid() == 0, reason="needs a user who may not write everywhere")
def test_a_folder_that_cannot_be_written(tmp_path: Path) -> None:
    write_app(tmp_path, HELLO)
    tmp_path.chmod(0o500)
    try:
        done = run("start", str(tmp_path), "--port", "0")
    finally:
        tmp_path.chmod(0o700)
    assert done.status == 2
    assert "cannot be written" in done.err
