"""The server's life: born, obedient, and gone when it is to go, whatever the client says in between."""

from __future__ import annotations

import json
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from tests.lsp.wire import PATIENCE, Wire, edit

APP = "import azure.functions as func\napp = func.FunctionApp()\n\n@app.route()\ndef hello(request): ...\n"
_FIRST = b'{"jsonrpc":"2.0","id":1,"method":"initialize","params":{"processId":null,"rootUri":null,"capabilities":{}}}'
INITIALIZE = b"Content-Length: %d\r\n\r\n%b" % (len(_FIRST), _FIRST)
NOT_INITIALIZED, INVALID_REQUEST, NO_METHOD, INVALID_PARAMS, PARSE_ERROR, CANCELLED = (
    -32002, -32600, -32601, -32602, -32700, -32800,
)  # fmt: skip


def test_a_session_in_order_ends_with_status_0(tmp_path: Path) -> None:
    with Wire() as wire:
        assert wire.initialize(tmp_path)["serverInfo"]["name"] == "pystein-lsp"
        assert wire.leave() == 0
        assert wire.errors == b""


def test_exit_without_shutdown_is_status_1() -> None:
    with Wire() as wire:
        wire.initialize()
        wire.notify("exit")
        assert wire.process.wait(PATIENCE) == 1


def test_a_client_that_vanishes_takes_the_server_along(tmp_path: Path) -> None:
    with Wire() as wire:
        wire.initialize(tmp_path)
        wire.open((tmp_path / "function_app.py").as_uri(), APP)
        assert wire.process.stdin is not None
        wire.process.stdin.close()
        wire.process.wait(PATIENCE)


def test_a_client_that_no_longer_reads_takes_the_server_along() -> None:
    with started([sys.executable, "-m", "pystein_lsp"]) as server:
        assert server.stdout is not None
        assert server.stdin is not None
        server.stdout.close()
        server.stdin.write(INITIALIZE)
        server.stdin.flush()
        server.wait(PATIENCE)


def test_what_comes_before_initialize_is_refused_or_ignored() -> None:
    with Wire() as wire:
        assert wire.request("textDocument/hover", {})["error"]["code"] == NOT_INITIALIZED
        wire.open("file:///function_app.py", APP)
        assert "result" in wire.request("initialize", {"processId": None, "rootUri": None, "capabilities": {}})
        assert wire.request("initialize", {"processId": None, "capabilities": {}})["error"]["code"] == INVALID_REQUEST
        assert wire.leave() == 0


def test_after_shutdown_only_exit_is_taken(tmp_path: Path) -> None:
    with Wire() as wire:
        wire.initialize(tmp_path)
        assert wire.request("shutdown")["result"] is None
        assert wire.request("textDocument/hover", {})["error"]["code"] == INVALID_REQUEST
        wire.notify("exit")
        assert wire.process.wait(PATIENCE) == 0


@pytest.mark.parametrize(
    ("message", "code"),
    [
        ({"jsonrpc": "2.0", "id": 900, "method": "no/such"}, NO_METHOD),
        ({"jsonrpc": "2.0", "id": 900, "method": "textDocument/hover"}, INVALID_PARAMS),
        ({"jsonrpc": "2.0", "id": 900, "method": "textDocument/hover", "params": {"textDocument": 1}}, INVALID_PARAMS),
        ({"jsonrpc": "2.0", "id": 900, "method": "textDocument/completion", "params": []}, INVALID_PARAMS),
        (
            {"jsonrpc": "2.0", "id": 900, "method": "workspace/executeCommand", "params": {"command": "no"}},
            INVALID_PARAMS,
        ),
        ({"jsonrpc": "2.0", "id": 900, "method": 7}, INVALID_REQUEST),
        ({"jsonrpc": "1.0", "id": 900, "method": "shutdown"}, INVALID_REQUEST),
    ],
)
def test_nonsense_gets_a_proper_error(message: Any, code: int, tmp_path: Path) -> None:
    with Wire() as wire:
        wire.initialize(tmp_path)
        wire.send(message)
        error = wire.answer(900)["error"]
        assert error["code"] == code
        assert error["message"]
        assert wire.leave() == 0


def test_what_is_no_message_does_not_end_the_session(tmp_path: Path) -> None:
    with Wire() as wire:
        wire.initialize(tmp_path)
        wire.raw(b"Content-Length: 9\r\n\r\n{not json")
        assert wire.answer(None)["error"]["code"] == PARSE_ERROR
        for message in ([], "text", 5, None, {}, {"jsonrpc": "2.0"}, {"jsonrpc": "2.0", "id": 77, "result": 1}):
            wire.send(message)
        for method in ("textDocument/didOpen", "textDocument/didChange", "textDocument/didClose", "$/cancelRequest"):
            for params in (None, [], {}, {"textDocument": None}, {"textDocument": {"uri": 5}}, {"id": {}}):
                wire.notify(method, params)
        wire.notify("no/such/thing", {"a": 1})
        wire.notify("$/setTrace", {"value": "verbose"})
        uri = (tmp_path / "function_app.py").as_uri()
        wire.open(uri, APP)
        assert [each["code"] for each in wire.shown(uri, 1)] == ["arg-name-mismatch"]
        assert wire.leave() == 0


def test_broken_framing_ends_the_session_and_says_why(tmp_path: Path) -> None:
    with Wire() as wire:
        wire.initialize(tmp_path)
        wire.raw(b"Content-Length: many\r\n\r\n")
        wire.process.wait(PATIENCE)
    assert b"Content-Length" in wire.errors
    assert b"Traceback" not in wire.errors


def test_lies_about_documents_and_ranges(tmp_path: Path) -> None:
    uri = (tmp_path / "function_app.py").as_uri()
    with Wire() as wire:
        wire.initialize(tmp_path)
        wire.change(uri, 1, edit(0, 0, 0, 0, "x"))  # never opened
        wire.notify("textDocument/didClose", {"textDocument": {"uri": uri}})
        wire.open(uri, APP, 1)
        wire.open(uri, APP, 2)  # twice
        lies = [
            edit(10**9, 0, 10**9, 5, "\n"), edit(-1, -1, -5, 3, ""), edit(4, 50, 2, 1, ""), edit("a", None, 2, 1, "b"),
            edit(1.5, 2, 1.5, 2, ""), edit(True, 0, 0, 0, ""), {"range": None, "text": APP}, {"range": {}, "text": APP},
            {"text": 5}, {}, None, 7, edit(0, 10**30, 0, 10**30, ""),
        ]  # fmt: skip
        wire.change(uri, "three", *lies)
        wire.change(uri, 4, {"text": APP})
        assert [each["code"] for each in wire.shown(uri, 4)] == ["arg-name-mismatch"]
        for method in ("hover", "completion", "codeLens", "codeAction"):
            params: dict[str, Any] = {"textDocument": {"uri": uri}, "position": {"line": 10**6, "character": 10**6}}
            params |= {
                "range": {"start": params["position"], "end": {"line": 0, "character": 0}},
                "context": {"diagnostics": [], "triggerKind": 1},
            }
            assert "error" not in wire.request(f"textDocument/{method}", params)
            params["textDocument"] = {"uri": "file:///never/opened.py"}
            assert "error" not in wire.request(f"textDocument/{method}", params)
        assert wire.leave() == 0


@pytest.mark.parametrize(
    "uri",
    [
        "untitled:Untitled-1",
        "vscode-notebook-cell:/a.ipynb#X",
        "git:/x/function_app.py",
        "file://",
        "",
        "%%%",
        "file:///a%00b.py",
    ],
)
def test_documents_that_are_no_files(uri: str, tmp_path: Path) -> None:
    with Wire() as wire:
        wire.initialize(tmp_path)
        wire.open(uri, APP)
        assert [each["code"] for each in wire.shown(uri, 1)] == ["arg-name-mismatch"]
        wire.notify("textDocument/didClose", {"textDocument": {"uri": uri}})
        assert wire.shown(uri, None) == []
        assert wire.leave() == 0


@pytest.mark.parametrize(
    "options", [None, 5, [], "text", {"trusted": "yes", "unknown": {"deep": [1]}, "interpreter": 5}]
)
def test_unknown_options_are_ignored(options: Any, tmp_path: Path) -> None:
    with Wire() as wire:
        wire.initialize(tmp_path, options)
        wire.notify("workspace/didChangeConfiguration", {"settings": {"pystein": {"unknown": [None]}, "x": 1}})
        assert wire.leave() == 0


def test_a_request_that_was_cancelled_while_it_waited_is_not_carried_out(tmp_path: Path) -> None:
    uri = (tmp_path / "function_app.py").as_uri()
    with Wire() as wire:
        wire.initialize(tmp_path)
        wire.open(uri, APP)
        params = {"textDocument": {"uri": uri}}
        parts: list[dict[str, Any]] = [
            {"jsonrpc": "2.0", "id": number, "method": "textDocument/codeLens", "params": params}
            for number in range(500, 520)
        ]
        parts.append({"jsonrpc": "2.0", "method": "$/cancelRequest", "params": {"id": 519}})
        bodies = [json.dumps(part).encode() for part in parts]
        wire.raw(b"".join(b"Content-Length: %d\r\n\r\n%b" % (len(body), body) for body in bodies))
        answers = {number: wire.answer(number) for number in range(500, 520)}
        assert all("result" in answers[number] for number in range(500, 519))
        assert answers[519]["error"]["code"] == CANCELLED
        wire.notify("$/cancelRequest", {"id": 500})  # long answered
        assert wire.leave() == 0


def test_a_failing_handler_is_an_error_and_never_a_popup(tmp_path: Path) -> None:
    """A folder in the place of a module, a file that cannot be decoded, a very long line: odd, and no reason to fail."""
    (tmp_path / "blueprint.py").mkdir()
    (tmp_path / "binary.py").write_bytes(bytes(range(256)))
    uri = (tmp_path / "function_app.py").as_uri()
    with Wire() as wire:
        wire.initialize(tmp_path)
        wire.open(uri, "import blueprint, binary\n" + APP + "x = '" + "y" * 200_000 + "'\n")
        wire.shown(uri, 1)
        assert wire.leave() == 0
        assert not [each for each in wire.seen if each.get("method") == "window/showMessage"]
        assert wire.errors == b""


def test_what_is_printed_does_not_reach_the_protocol(tmp_path: Path) -> None:
    with Wire("--stdio", "--log-level", "debug") as wire:
        wire.initialize(tmp_path)
        secret = "AccountKey=topsecret"
        wire.open((tmp_path / "local.settings.json").as_uri(), f'{{"Values": {{"A": "{secret}"}}}}')
        wire.open((tmp_path / "function_app.py").as_uri(), APP)
        wire.shown((tmp_path / "function_app.py").as_uri(), 1)
        assert wire.leave() == 0
    assert b"topsecret" not in wire.errors


def test_over_tcp_one_client_is_served() -> None:
    command = [sys.executable, "-m", "pystein_lsp", "--tcp", "0"]
    with started(command) as server:
        assert server.stderr is not None
        host, _, port = server.stderr.readline().decode().rpartition(" ")[2].strip().rpartition(":")
        assert host == "127.0.0.1"
        with socket.create_connection((host, int(port)), PATIENCE) as client, client.makefile("rb") as stream:
            client.sendall(INITIALIZE)
            assert stream.readline().startswith(b"Content-Length:")
        assert server.wait(PATIENCE) == 1


@contextmanager
def started(command: list[str]) -> Iterator[subprocess.Popen[bytes]]:
    """A process that does not outlive the test."""
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        try:
            yield process
        finally:
            process.kill()


@pytest.mark.parametrize(
    "options",
    [["--tcp", "99999"], ["--tcp", "x"], ["--tcp", "0", "--stdio"], ["--stdio", "--log-file", "/no/such/folder/x"]],
)
def test_unusable_options_are_status_2(options: list[str]) -> None:
    command = [sys.executable, "-m", "pystein_lsp", *options]
    done = subprocess.run(command, capture_output=True, text=True, timeout=PATIENCE, check=False, input="")
    assert done.returncode == 2
    assert done.stderr
    assert "Traceback" not in done.stderr


def test_a_client_that_traces_is_told_names_and_times_and_no_texts(tmp_path: Path) -> None:
    with Wire() as wire:
        wire.initialize(tmp_path)
        wire.notify("$/setTrace", {"value": "messages"})
        wire.open("file:///x/function_app.py", "secret = 'topsecret'\n")
        told = wire.wait(lambda each: each.get("method") == "$/logTrace" and "didOpen" in each["params"]["message"])
        assert " ms" in told["params"]["message"]
        wire.notify("$/setTrace", {"value": "off"})
        wire.request("textDocument/hover", {"textDocument": {"uri": "x"}, "position": {"line": 0, "character": 0}})
        traces = [each for each in wire.seen if each.get("method") == "$/logTrace"]
        assert not any("hover" in each["params"]["message"] or "topsecret" in str(each) for each in traces)
        assert wire.leave() == 0


def test_a_flood_is_survived_and_the_last_text_counts(tmp_path: Path) -> None:
    uri = (tmp_path / "function_app.py").as_uri()
    (tmp_path / "host.json").write_text('{"version": "2.0"}', "utf-8")
    with Wire() as wire:
        wire.initialize(tmp_path)
        wire.open(uri, "import azure.functions as func\n\napp = func.FunctionApp()\n")
        last = 3000
        for version in range(2, last + 1):
            wire.change(uri, version, edit(3, 0, 3, 20, f"x = {version}\n" if version < last else "@app.route\n"))
            if version % 10 == 0:
                position = {"textDocument": {"uri": uri}, "position": {"line": 3, "character": 2}}
                wire.ask("textDocument/completion", position)
        assert [each["code"] for each in wire.shown(uri, last)] == ["syntax-error"]
        assert wire.leave() == 0
        answers = [each for each in wire.seen if "id" in each and "method" not in each]
        assert len(answers) == last // 10 + 2
        assert not any("error" in each for each in answers)
