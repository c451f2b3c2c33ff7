"""Edits while the host runs."""

from __future__ import annotations

import json
import socket
from collections.abc import Callable

from host_driver import Host


def app(text: str) -> str:
    return f"""
import helper
@app.route(route="hello")
async def hello(req: func.HttpRequest) -> str:
    return {text!r} + helper.word()
"""


def write(host: Host, name: str, text: str) -> None:
    (host.root / name).write_text(text, "utf-8")


def test_the_next_request_is_served_by_the_new_code(start: Callable[..., Host]) -> None:
    host = start(app("one "), helper_py="def word(): return 'old'\n")
    header = (host.root / "function_app.py").read_text().partition("\nimport helper")[0]
    assert host.get("/api/hello").text == "one old"
    write(host, "helper.py", "def word(): return 'new'\n")
    host.wait("reloaded")
    assert host.get("/api/hello").text == "one new"
    write(host, "function_app.py", header + app("two "))
    host.wait("reloaded", count=2)
    assert host.get("/api/hello").text == "two new"
    write(host, "function_app.py", header + app("two ").replace("hello", "other"))
    host.wait("reloaded", count=3)
    assert (host.get("/api/hello").status, host.get("/api/other").text) == (404, "two new")


def test_a_request_during_the_reload_waits(start: Callable[..., Host]) -> None:
    host = start(app("one "), helper_py="def word(): return 'old'\n")
    write(
        host,
        "helper.py",
        "import pathlib, time\nprint('loading')\nwhile not pathlib.Path('go').exists(): time.sleep(0.01)\n"
        "def word(): return 'new'\n",
    )
    host.log("loading")
    with socket.create_connection(("127.0.0.1", host.port)) as connection:
        connection.sendall(b"GET /api/hello HTTP/1.1\r\nhost: localhost\r\n\r\n")
        (host.root / "go").touch()
        assert connection.recv(65536).endswith(b"one new")


def test_a_mistake_leaves_the_old_code_serving(start: Callable[..., Host]) -> None:
    host = start(app("one "), helper_py="def word(): return 'old'\n")
    write(host, "helper.py", "def word( return\n")
    failed = host.wait("load-failed")
    assert "SyntaxError" in failed["message"]
    assert f'File "{host.root / "helper.py"}", line 1' in failed["message"]
    assert failed["serving"] is True
    assert host.get("/api/hello").text == "one old"
    assert host.get("/admin/host/status").json["state"] == "Running"
    [note] = host.invoke("hello")["notes"]
    assert note.startswith("The code on disk cannot be loaded (SyntaxError: ")
    assert note.endswith("); the code loaded before was run.")
    write(host, "helper.py", "def word(): return 'mended'\n")
    host.wait("reloaded")
    assert "notes" not in host.invoke("hello")
    assert host.get("/api/hello").text == "one mended"


def test_an_import_that_never_ends_is_given_up_for_the_next_edit(start: Callable[..., Host]) -> None:
    host = start(app("one "), helper_py="def word(): return 'old'\n")
    write(host, "helper.py", "import threading\nprint('stuck')\nthreading.Event().wait()\n")
    host.log("stuck")
    write(host, "helper.py", "def word(): return 'mended'\n")
    host.wait("reloaded")
    assert host.get("/api/hello").text == "one mended"
    write(host, "helper.py", "import threading\nprint('stuck')\nthreading.Event().wait()\n")
    host.log("stuck", count=2)
    assert host.stop() == 0


def test_a_start_that_never_ends_can_be_stopped(start: Callable[..., Host]) -> None:
    host = start("import threading\nprint('stuck', flush=True)\nthreading.Event().wait()\n", ready=False)
    host.log("stuck")
    assert host.stop() == 0


def test_an_invocation_that_runs_is_not_cut_off(start: Callable[..., Host]) -> None:
    host = start(
        """
        import asyncio, pathlib
        @app.route(route="slow")
        async def slow(req: func.HttpRequest) -> str:
            logging.info("begun")
            while not pathlib.Path("go").exists():
                await asyncio.sleep(0.01)
            return "old"
        """
    )
    source = (host.root / "function_app.py").read_text()
    with socket.create_connection(("127.0.0.1", host.port)) as connection:
        connection.sendall(b"GET /api/slow HTTP/1.1\r\nhost: localhost\r\n\r\n")
        host.log("begun")
        write(host, "function_app.py", source.replace('"old"', '"new"'))
        host.wait("reloaded")
        (host.root / "go").touch()
        assert connection.recv(65536).endswith(b"old")
    assert host.get("/api/slow").text == "new"


def test_settings_and_host_json_are_followed(start: Callable[..., Host]) -> None:
    host = start(
        """
        import os
        @app.route(route="env")
        def env(req: func.HttpRequest) -> str:
            return os.environ.get("WORD", "-")
        """
    )
    assert host.get("/api/env").text == "-"
    write(host, "local.settings.json", json.dumps({"IsEncrypted": False, "Values": {"WORD": "set"}}))
    host.wait("reloaded")
    assert host.get("/api/env").text == "set"
    write(host, "host.json", json.dumps({"version": "2.0", "extensions": {"http": {"routePrefix": "v1"}}}))
    host.wait("reloaded", count=2)
    assert (host.get("/api/env").status, host.get("/v1/env").text) == (404, "set")
    write(host, "host.json", "{")
    assert "host.json:1:1 is not valid JSON" in host.wait("load-failed")["message"]
    assert host.get("/v1/env").text == "set"


def test_what_an_app_writes_into_its_folder_reloads_nothing(start: Callable[..., Host]) -> None:
    host = start(
        """
        @app.route(route="write")
        def write(req: func.HttpRequest) -> str:
            open("data.json", "w").write("{}")
            open("unrelated.py", "w").write("x = 1")
            return "written"
        """
    )
    worker = host.worker()
    assert host.get("/api/write").text == "written"
    for _ in range(20):
        assert host.get("/api/write").text == "written"
    assert host.worker() == worker
    assert not any(line["event"] == "reloaded" for line in host.lines)


def test_no_reload(start: Callable[..., Host]) -> None:
    host = start(app("one "), "--no-reload", helper_py="def word(): return 'old'\n")
    write(host, "helper.py", "def word(): return 'new'\n")
    for _ in range(20):
        assert host.get("/api/hello").text == "one old"


def test_queues_and_blueprints_over_a_reload(start: Callable[..., Host]) -> None:
    host = start(
        """
        from package.orders import bp
        app.register_functions(bp)
        """,
        ready=False,
    )
    host.wait("load-failed")
    host.stop()
    package = host.root / "package"
    package.mkdir()
    source = (
        "import azure.functions as func, logging\nbp = func.Blueprint()\n"
        '@bp.queue_trigger(arg_name="m", queue_name="orders", connection="AzureWebJobsStorage")\n'
        "def work(m: func.QueueMessage) -> None: logging.info('V1 %s', m.get_body().decode())\n"
    )
    (package / "orders.py").write_text(source)
    host = start(root=host.root)
    assert host.post("/admin/functions/work", {"input": "by hand"}).status == 202
    host.log("V1 by hand")
    (package / "orders.py").write_text(source.replace("V1", "V2"))
    host.wait("reloaded")
    host.post("/admin/functions/work", {"input": "again"})
    host.log("V2 again")


def test_restart_by_the_admin_api(start: Callable[..., Host]) -> None:
    host = start(app("one "), helper_py="def word(): return 'old'\n")
    worker = host.worker()
    assert host.post("/admin/host/restart").status == 202
    host.wait("reloaded")
    assert host.get("/api/hello").text == "one old"
    assert host.worker() != worker
