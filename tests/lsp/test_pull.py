"""Clients that ask for diagnostics themselves: documents, whole workspaces, and those that say they ask and do not."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from tests.lsp.test_diagnostics import APP
from tests.lsp.wire import CAPABILITIES, Wire

PULLS: Any = {
    **CAPABILITIES,
    "textDocument": {**CAPABILITIES["textDocument"], "diagnostic": {}},
    "workspace": {"diagnostics": {"refreshSupport": True}},
}


def test_a_client_that_asks_is_answered_and_sent_nothing(tmp_path: Path) -> None:
    uri = (tmp_path / "function_app.py").as_uri()
    with Wire() as wire:
        offered = wire.initialize(tmp_path, capabilities=PULLS)["capabilities"]
        assert offered["diagnosticProvider"]["interFileDependencies"]
        wire.open(uri, APP.replace("req", "request"))
        asked = {"textDocument": {"uri": uri}}
        first = wire.request("textDocument/diagnostic", asked)["result"]
        assert first["kind"] == "full"
        assert "arg-name-mismatch" in [each["code"] for each in first["items"]]
        again = wire.request("textDocument/diagnostic", asked | {"previousResultId": first["resultId"]})["result"]
        assert again == {"kind": "unchanged", "resultId": first["resultId"]}
        wire.change(uri, 2, {"text": APP})
        third = wire.request("textDocument/diagnostic", asked | {"previousResultId": first["resultId"]})["result"]
        assert third["kind"] == "full"
        assert third["items"] == []
        assert wire.leave() == 0
        assert not [each for each in wire.seen if each.get("method") == "textDocument/publishDiagnostics"]


def test_a_client_that_could_ask_and_does_not_is_sent_diagnostics(tmp_path: Path) -> None:
    uri = (tmp_path / "function_app.py").as_uri()
    with Wire() as wire:
        wire.initialize(tmp_path, capabilities=PULLS)
        wire.open(uri, APP.replace("req", "request"))
        assert [each["code"] for each in wire.shown(uri, 1)] == ["arg-name-mismatch"]
        wire.request("textDocument/diagnostic", {"textDocument": {"uri": uri}})
        assert wire.leave() == 0
        last = [each for each in wire.seen if each.get("method") == "textDocument/publishDiagnostics"][-1]
        assert last["params"]["diagnostics"] == []  # it asks after all, so that nothing is shown twice


def test_a_whole_workspace_is_reported_and_then_only_what_changed(tmp_path: Path) -> None:
    (tmp_path / "bank").mkdir()
    (tmp_path / "bank/function_app.py").write_text(APP.replace("req", "request"), "utf-8")
    (tmp_path / "function_app.py").write_text(APP, "utf-8")
    uri = (tmp_path / "function_app.py").as_uri()
    with Wire() as wire:
        wire.initialize(tmp_path, capabilities=PULLS)
        first = wire.request("workspace/diagnostic", {"previousResultIds": []})["result"]["items"]
        assert [each["uri"] for each in first] == [(tmp_path / "bank/function_app.py").as_uri()]
        known = [{"uri": each["uri"], "value": each["resultId"]} for each in first]
        waiting = wire.ask("workspace/diagnostic", {"previousResultIds": known})
        wire.open(uri, APP.replace("req", "request"))
        second = wire.answer(waiting)["result"]["items"]
        assert [(each["uri"], each["version"]) for each in second] == [(uri, 1)]
        known.append({"uri": uri, "value": second[0]["resultId"]})
        waiting = wire.ask("workspace/diagnostic", {"previousResultIds": known})
        wire.change(uri, 2, {"text": APP})
        assert [(each["uri"], each["items"]) for each in wire.answer(waiting)["result"]["items"]] == [(uri, [])]
        wire.ask("workspace/diagnostic", {"previousResultIds": "nonsense"})
        assert wire.leave() == 0


def test_a_workspace_without_findings_is_answered_once_and_then_waited_for(tmp_path: Path) -> None:
    (tmp_path / "function_app.py").write_text(APP, "utf-8")
    uri = (tmp_path / "function_app.py").as_uri()
    with Wire() as wire:
        wire.initialize(tmp_path, capabilities=PULLS)
        asked = {"previousResultIds": []}
        assert wire.request("workspace/diagnostic", asked)["result"] == {"items": []}
        waiting = wire.ask("workspace/diagnostic", asked)
        wire.request("workspace/symbol", {"query": ""})
        assert not [each for each in wire.seen if each.get("id") == waiting and "method" not in each]
        wire.open(uri, APP.replace("req", "request"))
        assert [each["uri"] for each in wire.answer(waiting)["result"]["items"]] == [uri]
        waiting = wire.ask("workspace/diagnostic", {"previousResultIds": [{"uri": uri, "value": "other"}]})
        wire.notify("$/cancelRequest", {"id": wire.ask("workspace/diagnostic", asked)})
        assert wire.answer(waiting)["result"]["items"]
        assert wire.leave() == 0


def test_a_large_workspace_is_told_in_parts_where_the_client_wants_that(tmp_path: Path) -> None:
    for number in range(60):
        folder = tmp_path / f"app{number}"
        folder.mkdir()
        (folder / "function_app.py").write_text(APP.replace("req", "request"), "utf-8")
    whole: list[Any] = []
    with Wire() as wire:
        wire.initialize(tmp_path, capabilities=PULLS)
        for method, params in (("diagnostic", {"previousResultIds": []}), ("symbol", {"query": ""})):
            wire.seen.clear()
            answer = wire.request(f"workspace/{method}", params | {"partialResultToken": method})["result"]
            told = [each["params"] for each in wire.seen if each.get("method") == "$/progress"]
            assert [each["token"] for each in told] == [method, method]
            parts = [each["value"]["items"] if method == "diagnostic" else each["value"] for each in told]
            assert [len(each) for each in parts] == [50, 10]
            assert answer == ({"items": []} if method == "diagnostic" else [])
            whole += [each for part in parts for each in part]
        assert len({each["uri"] for each in whole[:60]}) == len({each["location"]["uri"] for each in whole[60:]}) == 60
        assert len(wire.request("workspace/symbol", {"query": ""})["result"]) == 60
        assert wire.leave() == 0
