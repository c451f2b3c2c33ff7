"""Any edits over a real pipe, and a session that lasts: what is shown is what a fresh document shows, and memory stays flat."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings

from tests.lsp.test_random_edits import APP, FILES, Edit, change_of, edits
from tests.lsp.wire import Wire, edit

NUMBERS = itertools.count()


@pytest.fixture(scope="module")
def wire(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Wire]:
    root = tmp_path_factory.mktemp("apps")
    with Wire() as wire:
        wire.initialize(root)
        yield wire
        assert wire.leave() == 0


@settings(max_examples=40, suppress_health_check=list(HealthCheck))
@given(made=edits)
def test_edits_end_where_a_fresh_document_ends(wire: Wire, tmp_path: Path, made: list[Edit]) -> None:
    shown = []
    root = tmp_path / str(next(NUMBERS))
    root.mkdir()
    for name, content in FILES.items():
        (root / name).write_text(content, "utf-8")
    uri, text, version = (root / "function_app.py").as_uri(), APP, 1
    wire.open(uri, text)
    for each in made:
        change, text = change_of(text, each, "utf-16")
        version += 1
        wire.change(uri, version, change)
    shown.append(wire.shown(uri, version))
    wire.notify("textDocument/didClose", {"textDocument": {"uri": uri}})
    wire.open(uri, text, version=-1)
    shown.append(wire.shown(uri, -1))
    wire.notify("textDocument/didClose", {"textDocument": {"uri": uri}})
    assert shown[0] == shown[1]


def resident(pid: int) -> int:
    """Resident memory in KiB."""
    lines = Path(f"/proc/{pid}/status").read_text("utf-8").splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("VmRSS:"))


@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="the system does not tell the memory of a process")
def test_memory_is_flat_over_10_000_edits(tmp_path: Path) -> None:
    uri = (tmp_path / "function_app.py").as_uri()
    (tmp_path / "host.json").write_text(FILES["host.json"], "utf-8")
    (tmp_path / "blueprint.py").write_text(FILES["blueprint.py"], "utf-8")
    with Wire() as wire:
        wire.initialize(tmp_path)
        wire.open(uri, APP)
        end = APP.count("\n")
        weights = []
        document = {"textDocument": {"uri": uri}}
        for version in range(2, 10_002):
            wire.change(uri, version, edit(end, 0, end + 2, 0, f"@app.route()\ndef made_{version}(req): ...\n"))
            if version % 20 == 0:
                wire.shown(uri, version)
                for lens in wire.request("textDocument/codeLens", document)["result"][-4:]:
                    wire.request("codeLens/resolve", lens)
                wire.request("textDocument/semanticTokens/full", document)
                wire.request("textDocument/completion", {**document, "position": {"line": end, "character": 5}})
                wire.seen.clear()
            if version % 2500 == 0:
                weights.append(resident(wire.process.pid))
        assert wire.leave() == 0
    assert weights[-1] - weights[0] < 2048, f"KiB after every 2,500 edits: {weights}"
