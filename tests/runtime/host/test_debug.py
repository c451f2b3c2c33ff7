"""A debugger in an app: breakpoints are hit, and the debugger finds the app again after a reload."""

from __future__ import annotations

import json
import subprocess
import sys
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

from dap_client import Debugger
from host_driver import CLEAN, Host, run, write_app

from pystein_runtime import client

APP = """
LOADED = True
@app.route(route="hello")
def hello(req: func.HttpRequest) -> str:
    name = req.params.get("name")
    return f"hello {name}"

@app.route(route="later")
async def later(req: func.HttpRequest) -> str:
    text = "in a task"
    return text
"""


def line_of(root: Path, text: str) -> tuple[Path, int]:
    """Where a breakpoint belongs."""
    file = root / "function_app.py"
    return file, next(number for number, line in enumerate(file.read_text().split("\n"), 1) if text in line)


class Asked(threading.Thread):
    """A request whose answer is waited for meanwhile."""

    def __init__(self, ask: Callable[[], Any]) -> None:
        super().__init__(daemon=True)
        self._ask = ask
        self.start()

    def run(self) -> None:
        self.answer = self._ask()

    def result(self) -> Any:
        self.join(60)
        return self.answer


def test_breakpoints_are_hit(start: Callable[..., Host]) -> None:
    host = start(APP, "--debug", "0", ready=False, host_json={"version": "2.0", "functionTimeout": "00:00:01"})
    waiting = host.wait("debugger")
    assert (waiting["state"], waiting["host"]) == ("waiting", "127.0.0.1")
    root = host.root
    debugger = Debugger(
        waiting["port"], line_of(root, "LOADED ="), line_of(root, 'return f"hello'), line_of(root, "return text")
    )
    loading = debugger.stopped()
    assert loading["line"] == line_of(root, "LOADED =")[1], "the app is loaded under the debugger"
    debugger.go_on(loading)
    host.ready()
    assert host.get("/admin/host/status").json["debugger"] == {
        "host": "127.0.0.1", "port": waiting["port"], "attached": True,
    }  # fmt: skip
    for route, variable, value, text in (
        ("hello?name=x", "name", "'x'", "hello x"),
        ("later", "text", "'in a task'", "in a task"),
    ):
        answer = Asked(lambda route=route: host.get(f"/api/{route}"))  # type: ignore[misc]
        frame = debugger.stopped()
        assert (frame["name"], debugger.variables(frame)[variable]) == (route.partition("?")[0], value)
        threading.Event().wait(1.5)  # longer than functionTimeout, which is off
        debugger.step(frame)  # over the function's end, which is not into our own code
        assert answer.result().text == text
    debugger.close()
    host.wait("debugger", lambda line: line["state"] == "detached")
    assert host.get("/api/hello?name=y").text == "hello y"


def test_the_debugger_comes_back_after_a_reload(start: Callable[..., Host]) -> None:
    host = start(APP, "--debug", "0", ready=False)
    port = host.wait("debugger")["port"]
    debugger = Debugger(port, restart=True)
    host.ready()
    file = host.root / "function_app.py"
    file.write_text(file.read_text().replace("hello {name}", "goodbye {name}"))
    assert debugger.event("terminated") == {"restart": True}
    again = Debugger(port, line_of(host.root, 'return f"goodbye'))  # before the old session is closed
    debugger.close()
    host.wait("reloaded")
    answer = Asked(lambda: host.get("/api/hello?name=x"))
    frame = again.stopped()
    assert frame["name"] == "hello"
    again.go_on(frame)
    assert answer.result().text == "goodbye x"
    again.close()


def test_a_running_host_lets_a_debugger_in(start: Callable[..., Host]) -> None:
    host = start(APP)
    root = host.root
    assert "debugger" not in host.get("/admin/host/status").json
    port = client.debug(root).debug_port
    assert port is not None
    answer = Asked(lambda: client.invoke(root, client.Request("hello", query={"name": "x"}, debug=True)))
    debugger = Debugger(port, line_of(root, "return f"))
    frame = debugger.stopped()
    assert debugger.variables(frame)["name"] == "'x'"
    debugger.go_on(frame)
    assert answer.result()["return"]["body"] == "hello x"
    assert client.debug(root).debug_port == port
    debugger.close()


def test_a_host_is_started_for_a_debugger(tmp_path: Path) -> None:
    root = write_app(tmp_path / "app", APP)
    host = client.debug(root, "--port", "0")
    try:
        assert host.debug_port is not None
        assert not host.serves
        asked = Asked(lambda: client.invoke(root, client.Request("hello", query={"name": "x"})))
        Debugger(host.debug_port).close()
        assert asked.result()["return"]["body"] == "hello x"
    finally:
        assert client.stop(root)
        for process in client._started:
            process.wait(60)


def test_one_run_with_a_debugger(tmp_path: Path) -> None:
    root = write_app(tmp_path / "app", APP)
    process = subprocess.Popen(
        [sys.executable, "-m", "pystein_lsp", "invoke", "hello", "--app", str(root), "--query", "name=x",
         "--debug", "0", "--output-format", "json"],
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=CLEAN,
    )  # fmt: skip
    assert process.stderr is not None
    waiting = json.loads(process.stderr.readline())
    assert waiting["event"] == "debugger"
    debugger = Debugger(waiting["port"], line_of(root, "return f"))
    frame = debugger.stopped()
    debugger.go_on(frame)
    out, _ = process.communicate(timeout=60)
    assert json.loads(out)["return"]["body"] == "hello x"
    debugger.close()


def test_what_cannot_be_debugged(tmp_path: Path) -> None:
    root = str(write_app(tmp_path / "app", APP))
    (tmp_path / "empty").mkdir()
    done = run("start", root, "--port", "0", "--debug", "--debugpy", str(tmp_path / "empty"))
    assert (done.status, done.err) == (2, f"pystein-lsp: There is no debugpy in {tmp_path / 'empty'}.\n")
    (tmp_path / "broken" / "debugpy").mkdir(parents=True)
    (tmp_path / "broken" / "debugpy" / "__init__.py").write_text("raise ImportError('x')\n")
    done = run("start", root, "--port", "0", "--debug", "0", "--debugpy", str(tmp_path / "broken"))
    assert done.status == 2
    assert "There is no debugpy. Install it into the app's environment" in done.out
    assert run("start", root, "--debug", "70000").err == "pystein-lsp: --debug 70000 is not a port number\n"
    assert run("start", root, "--debugpy", root).err == "pystein-lsp: --debugpy goes with --debug\n"


def test_a_host_that_waits_can_be_stopped(start: Callable[..., Host]) -> None:
    host = start(APP, "--debug", "0", ready=False)
    host.wait("debugger")
    assert host.stop() == 0


def test_who_waits_for_a_host_that_waits_is_told(start: Callable[..., Host]) -> None:
    host = start(APP, "--debug", "0", ready=False)
    port = host.wait("debugger")["port"]
    process = subprocess.Popen(
        [sys.executable, "-m", "pystein_lsp", "invoke", "hello", "--app", str(host.root)],
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=CLEAN,
    )  # fmt: skip
    assert process.stderr is not None
    assert process.stderr.readline() == f"Waiting for a debugger to attach to 127.0.0.1:{port}\n"
    Debugger(port).close()
    out, _ = process.communicate(timeout=60)
    assert "hello None" in out
