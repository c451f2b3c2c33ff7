"""Everything that runs functions works where compiled packages cannot be brought, as in the editor's extension."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from azure.storage.queue import QueueClient
from host_driver import CLEAN, Host, invoke, write_app

LEFT_OUT = ("httptools", "libcst")
BLOCK = f"""
import sys

class Blocked:
    def find_spec(self, name, path=None, target=None):
        if name.partition(".")[0] in {LEFT_OUT}:
            raise ModuleNotFoundError(f"No module named {{name!r}}", name=name)

sys.meta_path.insert(0, Blocked())
"""
APP = """
@app.route(route="storage")
def storage(req: func.HttpRequest) -> str:
    import os
    return os.environ["AzureWebJobsStorage"]

@app.route(route="echo", methods=["POST"])
@app.queue_output(arg_name="out", queue_name="seen", connection="AzureWebJobsStorage")
def echo(req: func.HttpRequest, out: func.Out[str]) -> func.HttpResponse:
    out.set("seen")
    return func.HttpResponse(req.get_body())
"""


@pytest.fixture
def environ(tmp_path: Path) -> dict[str, str]:
    """An environment in which those packages are not to be had."""
    (tmp_path / "block").mkdir()
    (tmp_path / "block" / "sitecustomize.py").write_text(BLOCK)
    environ = {**CLEAN, "PYTHONPATH": str(tmp_path / "block")}
    done = subprocess.run([sys.executable, "-c", "import httptools"], env=environ, capture_output=True, check=False)
    assert b"No module named 'httptools'" in done.stderr
    return environ


def test_start(tmp_path: Path, environ: dict[str, str], start: Callable[..., Host]) -> None:
    host = start(APP, environ=environ)
    body = os.urandom(1 << 20)
    assert host.post("/api/echo", body).body == body
    with QueueClient.from_connection_string(host.get("/api/storage").text, "seen") as queue:
        assert queue.peek_messages()[0].content == "c2Vlbg=="
    assert host.invoke("echo", data="by hand")["return"]["body"] == "by hand"


def test_invoke(tmp_path: Path, environ: dict[str, str]) -> None:
    root = write_app(tmp_path / "app", APP)
    assert invoke(root, "echo", "--data", "x", environ=environ).json["outputs"] == {"out": "seen"}


class Editor:
    """A language client, as small as can be."""

    def __init__(self, root: Path, environ: dict[str, str]) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-m", "pystein_lsp", "--stdio"],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, env=environ,
        )  # fmt: skip
        self._number = 0
        self.ask("initialize", capabilities={}, rootUri=root.as_uri(), processId=os.getpid())
        self._send({"method": "initialized", "params": {}})

    def _send(self, message: dict[str, Any]) -> None:
        assert self._process.stdin is not None
        body = json.dumps({"jsonrpc": "2.0", **message}).encode()
        self._process.stdin.write(b"Content-Length: %d\r\n\r\n%s" % (len(body), body))
        self._process.stdin.flush()

    def ask(self, method: str, **params: Any) -> Any:
        """Send a request; gives its result. What the server asks meanwhile is answered with nothing."""
        self._number += 1
        self._send({"id": self._number, "method": method, "params": params})
        while True:
            message = self._read()
            if "method" in message and "id" in message:
                self._send({"id": message["id"], "result": None})
            elif message.get("id") == self._number:
                assert "error" not in message, message
                return message["result"]

    def _read(self) -> dict[str, Any]:
        assert self._process.stdout is not None
        length = 0
        while line := self._process.stdout.readline().strip():
            name, _, value = line.partition(b":")
            length = int(value) if name.lower() == b"content-length" else length
        message = json.loads(self._process.stdout.read(length))
        assert isinstance(message, dict)
        return message

    def close(self) -> None:
        self._process.kill()
        self._process.communicate()


@pytest.fixture
def editor(tmp_path: Path, environ: dict[str, str]) -> Iterator[Editor]:
    editor = Editor(write_app(tmp_path / "app", APP), environ)
    yield editor
    editor.close()


def test_the_lens_of_an_editor(tmp_path: Path, editor: Editor) -> None:
    uri = (tmp_path / "app" / "function_app.py").as_uri()
    wanted = {"uri": uri, "function": "echo", "data": "from the lens"}
    result = editor.ask("workspace/executeCommand", command="pystein.run", arguments=[wanted])
    assert (result["status"], result["return"]["body"]) == ("succeeded", "from the lens")
