"""Whatever an editor sends, the language server answers what it can and goes on; what is no message at all, it refuses."""

from __future__ import annotations

import json
import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from tests.lsp.wire import Wire

from .any_json import DEEP, bodies
from .processes import TELLS, usage

EXAMPLES = int(os.environ.get("PYSTEIN_EXAMPLES", "200"))
FOLDER = Path(tempfile.gettempdir(), f"pystein-messages-{os.getpid()}")
"""Not there at first; a command that remembers an event makes it."""
URI = (FOLDER / "function_app.py").as_uri()
TEXT = "import azure.functions as func\napp = func.FunctionApp()\n\n@app.route(route='x')\ndef x(req): ...\n"
DOCUMENT = {"uri": URI, "languageId": "python", "version": 1, "text": TEXT}
PLACE = {"textDocument": {"uri": URI}, "position": {"line": 3, "character": 6}}
RANGE = {"start": {"line": 0, "character": 0}, "end": {"line": 4, "character": 1}}


def message(method: str, params: Any, id_: Any = None) -> dict[str, Any]:
    return {"jsonrpc": "2.0", **({} if id_ is None else {"id": id_}), "method": method, "params": params}


MESSAGES = [
    message("textDocument/didOpen", {"textDocument": DOCUMENT}),
    message(
        "textDocument/didChange",
        {"textDocument": {"uri": URI, "version": 2}, "contentChanges": [{"range": RANGE, "text": "x"}, {"text": TEXT}]},
    ),
    message("textDocument/didSave", {"textDocument": {"uri": URI}}),
    message("textDocument/didClose", {"textDocument": {"uri": URI}}),
    message("workspace/didChangeConfiguration", {"settings": {"pystein": {"select": ["x"]}}}),
    message("workspace/didChangeWatchedFiles", {"changes": [{"uri": URI, "type": 2}]}),
    message(
        "workspace/didChangeWorkspaceFolders",
        {"event": {"added": [{"uri": FOLDER.as_uri(), "name": "x"}], "removed": []}},
    ),
    message("$/cancelRequest", {"id": "x1"}),
    message("$/setTrace", {"value": "off"}),
    *(
        message(f"textDocument/{method}", PLACE, "x1")
        for method in ("completion", "hover", "signatureHelp", "definition", "documentHighlight", "prepareRename")
    ),
    message("textDocument/references", {**PLACE, "context": {"includeDeclaration": True}}, "x2"),
    message("textDocument/rename", {**PLACE, "newName": "y"}, "x2"),
    *(
        message(f"textDocument/{method}", {"textDocument": {"uri": URI}}, "x3")
        for method in ("codeLens", "documentSymbol", "foldingRange", "semanticTokens/full", "diagnostic", "formatting")
    ),
    message(
        "textDocument/codeAction", {"textDocument": {"uri": URI}, "range": RANGE, "context": {"diagnostics": []}}, "x4"
    ),
    message("textDocument/inlayHint", {"textDocument": {"uri": URI}, "range": RANGE}, "x4"),
    message(
        "workspace/executeCommand", {"command": "pystein.editEvent", "arguments": [{"uri": URI, "function": "x"}]}, "x5"
    ),
    message("workspace/executeCommand", {"command": "pystein.showOutput", "arguments": []}, "x5"),
    message("workspace/symbol", {"query": "x"}, "x6"),
    message("completionItem/resolve", {"label": "x", "data": {}}, "x6"),
    {"jsonrpc": "2.0", "id": 77, "result": {"x": 1}},
    {"jsonrpc": "2.0", "id": 77, "error": {"code": 1, "message": "no"}},
]


@pytest.fixture(scope="module")
def wire(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Wire]:
    with Wire() as wire:
        wire.initialize(tmp_path_factory.mktemp("workspace"))
        yield wire
        assert wire.leave() == 0
    shutil.rmtree(FOLDER, ignore_errors=True)


def test_any_message(wire: Wire) -> None:
    before = usage(wire.process.pid) if TELLS else None

    @settings(max_examples=EXAMPLES, deadline=None, suppress_health_check=list(HealthCheck))
    @given(st.lists(bodies(MESSAGES), min_size=1, max_size=4))
    @example([DEEP])
    @example([b"[]", b"5", b"null", b'"x"', b"{}", b'{"jsonrpc": "2.0"}', b'{"jsonrpc": "2.0", "id": [], "method": 5}'])
    def send(sent: list[bytes]) -> None:
        for body in sent:
            wire.raw(b"Content-Length: %d\r\n\r\n%b" % (len(body), body))
        assert "result" in wire.request("workspace/symbol", {"query": "x"})
        wire.seen.clear()

    send()
    assert not before or usage(wire.process.pid).files <= before.files + 6
    assert not before or usage(wire.process.pid).memory <= before.memory + 60  # MiB


@pytest.mark.parametrize(
    "sent",
    [
        b"Content-Length: -5\r\n\r\n{}",
        b"Content-Length: x\r\n\r\n{}",
        b"Content-Length: 99999999999999999999\r\n\r\n{}",
        b"Content-Type: x\r\n\r\n{}",
        b"\r\n\r\n\r\n",
        b"\xff" * 1000,
        b"GET / HTTP/1.1\r\nHost: x\r\n\r\n",
        b"Content-Length: 10\r\n\r\n{}",
        b"",
    ],
    ids=lambda sent: repr(sent[:20]),
)
def test_what_is_no_message_ends_in_order(sent: bytes) -> None:
    """Before and after nonsense there is nobody to talk to: when the pipe ends, the server does."""
    with Wire() as wire:
        wire.initialize()
        wire.raw(sent)
        assert wire.process.stdin is not None
        wire.process.stdin.close()
        assert wire.process.wait(60) in {0, 1}
    assert b"Traceback" not in wire.errors


def test_messages_before_the_beginning(tmp_path: Path) -> None:
    with Wire() as wire:
        for body in (b"{}", json.dumps(MESSAGES[0]).encode(), json.dumps(MESSAGES[-4]).encode(), DEEP):
            wire.raw(b"Content-Length: %d\r\n\r\n%b" % (len(body), body))
        wire.initialize(tmp_path)
        assert wire.leave() == 0
