"""The user's settings in the editor: asked for, applied while the server runs."""

from __future__ import annotations

from lsprotocol import types

from tests.lsp.conftest import Desk
from tests.lsp.test_diagnostics import APP, BLUEPRINT, WITH_BLUEPRINT, codes, shown


async def test_the_user_s_own_settings_count_without_a_restart(idle: Desk) -> None:
    idle.client.set_configuration(
        {"ignore": ["arg-name-mismatch"], "unknown": [1], "trace": {"server": "off"}}, section="pystein"
    )
    await idle.start("vscode")
    page = idle.open("function_app.py", APP.replace("req", "request"))
    await idle.until(lambda: page.uri in idle.shown and not codes(idle, page.uri))
    idle.client.set_configuration({"severity": {"arg-name-mismatch": "warning"}}, section="pystein")
    idle.client.workspace_did_change_configuration(types.DidChangeConfigurationParams(settings=None))
    await idle.until(lambda: codes(idle, page.uri) == ["arg-name-mismatch"])
    assert shown(idle, page.uri)[0].severity == types.DiagnosticSeverity.Warning
    await idle.client.shutdown_session()


async def test_only_open_files_where_the_user_wants_that(idle: Desk) -> None:
    idle.write("function_app.py", WITH_BLUEPRINT)
    idle.write("bp.py", BLUEPRINT)
    await idle.start("vscode", {"settings": {"diagnosticMode": "openFilesOnly"}})
    idle.client.set_configuration({"diagnosticMode": "openFilesOnly"}, section="pystein")
    page = idle.open("function_app.py")
    await page.diagnostics()
    await idle.client.workspace_symbol_async(types.WorkspaceSymbolParams(""))
    assert list(idle.shown) == [page.uri]
    other = (idle.root / "bp.py").as_uri()
    for mode, expected in (
        ("workspace", ["duplicate-function-name"]),
        ("openFilesOnly", []),
        ("workspace", ["duplicate-function-name"]),
    ):
        idle.client.set_configuration({"diagnosticMode": mode}, section="pystein")
        idle.client.workspace_did_change_configuration(types.DidChangeConfigurationParams(settings=None))
        await idle.until(lambda expected=expected: other in idle.shown and codes(idle, other) == expected)  # type: ignore[misc]
    await idle.client.shutdown_session()


async def test_folders_come_and_go(idle: Desk) -> None:
    wrong = APP.replace("req", "request")
    first, second = (idle.write(f"{name}/function_app.py", wrong).as_uri() for name in ("first", "second"))
    await idle.start("vscode", root=idle.root / "first")
    await idle.until(lambda: first in idle.shown and codes(idle, first) == ["arg-name-mismatch"])
    here, there = (types.WorkspaceFolder((idle.root / name).as_uri(), name) for name in ("first", "second"))
    change = types.WorkspaceFoldersChangeEvent(added=[there], removed=[here])
    idle.client.workspace_did_change_workspace_folders(types.DidChangeWorkspaceFoldersParams(change))
    await idle.until(lambda: second in idle.shown and codes(idle, second) == ["arg-name-mismatch"])
    await idle.until(lambda: codes(idle, first) == [])
    await idle.client.shutdown_session()
