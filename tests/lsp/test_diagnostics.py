"""Which diagnostics are shown, for which files, and when: pushed, asked for, across files, by configuration."""

from __future__ import annotations

from pathlib import Path

import pytest
from lsprotocol import types

from tests.lsp.conftest import Desk
from tests.lsp.inside import Inside

HEAD = "import azure.functions as func\n\n"
APP = HEAD + 'app = func.FunctionApp()\n\n\n@app.route(route="a")\ndef same(req): ...\n'
WITH_BLUEPRINT = (
    HEAD
    + "from bp import bp\n\napp = func.FunctionApp()\napp.register_functions(bp)\n\n\n@app.route()\ndef same(req): ...\n"
)
BLUEPRINT = HEAD + 'bp = func.Blueprint()\n\n\n@bp.route(route="b")\ndef same(req): ...\n'
CONNECTED = APP + '\n\n@app.queue_trigger(arg_name="msg", queue_name="orders", connection="Shop")\ndef take(msg): ...\n'
SETTINGS = '{"IsEncrypted": false, "Values": {"FUNCTIONS_WORKER_RUNTIME": "python", "AzureWebJobsStorage": ""}}'
pytestmark = pytest.mark.asyncio(loop_scope="module")


async def test_a_file_in_no_app_says_only_what_is_certain_of_itself(desk: Desk) -> None:
    page = desk.open("script.py", "import os\nx = (\n")
    other = desk.open("lonely.py", HEAD + "bp = func.Blueprint()\n\n@bp.route()\ndef f(request): ...\n")
    assert await other.codes() == ["arg-name-mismatch"]
    assert page.uri not in desk.shown


async def test_a_file_opened_alone_needs_no_folder(desk: Desk) -> None:
    page = desk.open_uri("untitled:Untitled-1", APP.replace("req", "request") + "x = (\n")
    assert sorted(await page.codes()) == ["arg-name-mismatch", "syntax-error"]


async def test_what_lies_in_an_environment_is_left_alone(desk: Desk) -> None:
    desk.write("function_app.py", APP)
    desk.open(".venv/lib/site.py", "import azure.functions as func\napp = func.FunctionApp()\nx = (\n")
    page = desk.open("function_app.py")
    await page.diagnostics()
    assert [uri for uri in desk.shown if uri.startswith(desk.root.as_uri())] == [page.uri]


async def test_an_edit_is_felt_in_the_other_files_of_the_app(desk: Desk) -> None:
    desk.write("function_app.py", WITH_BLUEPRINT)
    desk.write("bp.py", BLUEPRINT)
    entry, blueprint = desk.open("function_app.py"), desk.open("bp.py")
    await desk.until(lambda: codes(desk, blueprint.uri) == ["duplicate-function-name"])
    entry.replace("def same", "def other")
    await desk.until(lambda: codes(desk, blueprint.uri) == [])


async def test_files_that_are_not_open_are_reported_too(desk: Desk) -> None:
    desk.write("function_app.py", WITH_BLUEPRINT)
    blueprint = desk.write("bp.py", BLUEPRINT).as_uri()
    entry = desk.open("function_app.py")
    await desk.until(lambda: codes(desk, blueprint) == ["duplicate-function-name"])
    assert desk.shown[blueprint].version is None
    entry.replace("def same", "def other")
    await desk.until(lambda: codes(desk, blueprint) == [])


async def test_closing_a_document_lets_its_file_speak(desk: Desk) -> None:
    desk.write("function_app.py", APP)
    page = desk.open("function_app.py")
    page.replace("req)", "request)")
    assert await page.codes() == ["arg-name-mismatch"]
    page.close()
    await desk.until(lambda: codes(desk, page.uri) == [])


async def test_closing_a_document_that_was_never_saved_clears_it(desk: Desk) -> None:
    page = desk.open("function_app.py", APP.replace("req", "request"))
    assert await page.codes() == ["arg-name-mismatch"]
    page.close()
    await desk.until(lambda: codes(desk, page.uri) == [])


async def test_settings_are_followed_as_they_are_typed_and_as_they_are_written(desk: Desk) -> None:
    settings = desk.write("local.settings.json", SETTINGS)
    page = desk.open("function_app.py", CONNECTED)
    assert await page.codes() == ["missing-connection-setting"]
    document = desk.open("local.settings.json", language="json")
    document.replace('"AzureWebJobsStorage"', '"Shop": "x", "AzureWebJobsStorage"')
    await desk.until(lambda: codes(desk, page.uri) == [])
    document.close()
    await desk.until(lambda: codes(desk, page.uri) == ["missing-connection-setting"])
    settings.write_text(SETTINGS.replace("AzureWebJobsStorage", "Shop"), "utf-8")
    _tell(desk, settings)
    await desk.until(lambda: codes(desk, page.uri) == [])


async def test_settings_files_and_host_json_have_diagnostics_of_their_own(desk: Desk) -> None:
    desk.write("function_app.py", APP)
    host = desk.write("host.json", '{"version": "2.0",,}').as_uri()
    desk.open("function_app.py")
    await desk.until(lambda: codes(desk, host) == ["invalid-host-json"])
    page = desk.open("host.json", language="json")
    page.rewrite(
        '{"version": "2.0", "extensionBundle": {"id": "Microsoft.Azure.Functions.ExtensionBundle", "version": "[4.*, 5.0.0)"}}'
    )
    assert await page.codes() == []


async def test_a_folder_becomes_an_app_and_ceases_to_be_one(desk: Desk) -> None:
    page = desk.open(
        "shop.py", "import azure.functions as func\nbp = func.Blueprint()\n\n@bp.route()\ndef f(req): ...\n"
    )
    assert await page.codes() == []
    entry = desk.write("function_app.py", HEAD + "from shop import bp\n\napp = func.FunctionApp()\n")
    _tell(desk, entry, types.FileChangeType.Created)
    await desk.until(lambda: codes(desk, page.uri) == ["unregistered-blueprint"])
    entry.unlink()
    _tell(desk, entry, types.FileChangeType.Deleted)
    await desk.until(lambda: codes(desk, page.uri) == [])


async def test_two_apps_in_one_folder_keep_apart(desk: Desk) -> None:
    for name in ("shop", "bank"):
        desk.write(f"{name}/function_app.py", APP)
        desk.write(f"{name}/host.json", '{"version": "2.0"}')
    pages = [desk.open(f"{name}/function_app.py") for name in ("shop", "bank")]
    assert [await page.codes() for page in pages] == [[], []]


async def test_a_configuration_file_counts_and_is_followed(desk: Desk) -> None:
    desk.write("function_app.py", APP.replace("req", "request"))
    page = desk.open("function_app.py")
    assert await page.codes() == ["arg-name-mismatch"]
    configuration = desk.write("pystein-lsp.toml", 'ignore = ["arg-name-mismatch"]\n')
    _tell(desk, configuration, types.FileChangeType.Created)
    await desk.until(lambda: codes(desk, page.uri) == [])
    configuration.write_text('severity = {arg-name-mismatch = "hint"}\n')
    _tell(desk, configuration)
    await desk.until(lambda: codes(desk, page.uri) == ["arg-name-mismatch"])
    assert shown(desk, page.uri)[0].severity == types.DiagnosticSeverity.Hint


async def test_a_configuration_that_cannot_be_used_is_told_once(desk: Desk) -> None:
    desk.write("pystein-lsp.toml", 'ignore = ["no-such-rule"]\n')
    desk.write("function_app.py", APP.replace("req", "request"))
    page = desk.open("function_app.py")
    assert await page.codes() == ["arg-name-mismatch"]
    page.replace("same", "other")
    await page.diagnostics()
    told = [each.message for each in desk.client.messages if "no-such-rule" in each.message]
    assert len(told) == 1
    assert str(desk.root / "pystein-lsp.toml") in told[0]


async def test_edits_that_come_together_are_answered_together(tmp_path: Path) -> None:
    session = Inside()
    session.initialize(tmp_path)
    uri = (tmp_path / "function_app.py").as_uri()
    session.open(uri, APP)
    for version in range(2, 50):
        session.change(uri, version, {"text": f"{APP}# {version}\n"})
    await session.shown(uri)
    versions = [
        each["params"]["version"] for each in session.sent if each.get("method") == "textDocument/publishDiagnostics"
    ]
    assert versions == [49]


def codes(desk: Desk, uri: str) -> list[str] | None:
    return [str(each.code) for each in shown(desk, uri)] if uri in desk.shown else None


def shown(desk: Desk, uri: str) -> list[types.Diagnostic]:
    return [each for each in desk.shown[uri].diagnostics if each.code != "app-not-indexed"]


def _tell(desk: Desk, path: Path, kind: types.FileChangeType = types.FileChangeType.Changed) -> None:
    desk.client.workspace_did_change_watched_files(
        types.DidChangeWatchedFilesParams([types.FileEvent(path.as_uri(), kind)])
    )
