"""Folders of the workspace that leave while the server still looks at what is in them."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from pathlib import Path

from tests.lsp.inside import Inside

WRONG = """\
import azure.functions as func
app = func.FunctionApp()
@app.timer_trigger(arg_name="timer", schedule="61 * * * * *")
def tick(timer: func.TimerRequest) -> None: ...
"""


def shown(session: Inside, folder: Path) -> set[str]:
    """The files below a folder that have diagnostics."""
    said = [each["params"] for each in session.sent if each.get("method") == "textDocument/publishDiagnostics"]
    last = {each["uri"]: each["diagnostics"] for each in said if each["uri"].startswith(folder.as_uri())}
    return {uri for uri, diagnostics in last.items() if diagnostics}


async def until(condition: Callable[[], object]) -> None:
    for _ in range(60_000):
        if condition():
            return
        await asyncio.sleep(0.001)
    raise AssertionError("it does not come to this")


async def test_a_folder_that_leaves_while_it_is_looked_at_shows_nothing(tmp_path: Path) -> None:
    stays, leaves = tmp_path / "a", tmp_path / "b"
    for folder, apps in ((stays, 1), (leaves, 40)):
        for number in range(apps):
            app = folder / f"app{number}"
            app.mkdir(parents=True)
            (app / "function_app.py").write_text(WRONG, "utf-8")
    folders = [{"uri": folder.as_uri(), "name": folder.name} for folder in (stays, leaves)]
    session = Inside()
    session.request("initialize", {"processId": None, "workspaceFolders": folders, "capabilities": {}})
    session.notify("initialized", {})
    await until(lambda: shown(session, leaves))
    session.notify("workspace/didChangeWorkspaceFolders", {"event": {"added": [], "removed": folders[1:]}})
    await until(lambda: not shown(session, leaves))
    entry = stays / "app0" / "function_app.py"
    entry.write_text(WRONG.replace("61", "1"), "utf-8")
    session.notify("workspace/didChangeWatchedFiles", {"changes": [{"uri": entry.as_uri(), "type": 2}]})
    await until(lambda: not shown(session, stays))
    entry.write_text(WRONG, "utf-8")
    session.notify("workspace/didChangeWatchedFiles", {"changes": [{"uri": entry.as_uri(), "type": 2}]})
    await until(lambda: shown(session, stays))  # said after all that was waiting before
    assert not shown(session, leaves)
