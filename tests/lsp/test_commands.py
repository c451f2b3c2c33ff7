"""The commands beside pystein.run: start, stop, debug, the event, the last result, addresses and callers."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable
from typing import Any

import pytest
from lsprotocol import types
from pygls.exceptions import JsonRpcException

from pystein_runtime import client as runtime
from tests.lsp.conftest import PATIENCE, Desk
from tests.lsp.test_run import APP, opened, plain
from tests.runtime.host.dap_client import Debugger


async def execute(desk: Desk, name: str, uri: str, **more: Any) -> Any:
    """Run a command with what a lens gives it."""
    params = types.ExecuteCommandParams(name, [{"uri": uri, **more}])
    return plain(await desk.client.workspace_execute_command_async(params))


async def until(holds: Callable[[], bool]) -> None:
    """Wait for what another process does."""

    async def wait() -> None:
        while not await asyncio.to_thread(holds):  # noqa: ASYNC110
            await asyncio.sleep(0.05)

    await asyncio.wait_for(wait(), PATIENCE)


async def lens_titles(desk: Desk, uri: str) -> list[str]:
    params = types.CodeLensParams(types.TextDocumentIdentifier(uri))
    found = await desk.client.text_document_code_lens_async(params)
    resolved = [await desk.client.code_lens_resolve_async(lens) for lens in found or ()]
    return [lens.command.title for lens in resolved if lens.command]


async def test_an_app_is_started_opened_run_and_stopped(idle: Desk) -> None:
    uri = await opened(idle, "vscode", {"trusted": True})
    idle.write(".funcignore", "")
    started = await execute(idle, "pystein.start", uri)
    assert started["url"].startswith("http://127.0.0.1:")
    assert (await execute(idle, "pystein.start", uri)) == started
    result = await execute(idle, "pystein.run", uri, function="hello")
    assert result["return"]["body"] == "hello you"
    address = await execute(idle, "pystein.openRoute", uri, function="hello")
    port = started["url"].rpartition(":")[2]
    assert address == {"url": f"http://localhost:{port}/api/hello", "running": True}
    assert (await execute(idle, "pystein.stop", uri)) == {"stopped": True}
    assert (await execute(idle, "pystein.stop", uri)) == {"stopped": False}
    await idle.client.shutdown_session()


async def test_what_the_editor_started_ends_with_it(idle: Desk) -> None:
    uri = await opened(idle, "vscode", {"trusted": True})
    await execute(idle, "pystein.start", uri)
    await idle.client.shutdown_session()

    await until(lambda: runtime.find_host(idle.root) is None)


async def test_the_last_result_stands_above_the_function_and_can_be_shown_again(idle: Desk) -> None:
    uri = await opened(idle, "vscode", {"trusted": True})
    with pytest.raises(JsonRpcException, match="not run yet"):
        await execute(idle, "pystein.showOutput", uri, function="hello")
    result = await execute(idle, "pystein.run", uri, function="hello")
    assert any(title.startswith("200 in ") for title in await lens_titles(idle, uri))
    assert await execute(idle, "pystein.showOutput", uri, function="hello") == result
    written = json.loads((idle.root / ".pystein/results/hello.json").read_text("utf-8"))
    assert written["return"]["body"] == "hello you"
    (shown,) = idle.client.shown_documents
    assert shown.uri.endswith("/.pystein/results/hello.json")
    await idle.client.shutdown_session()


async def test_the_event_is_edited_and_the_next_run_takes_it(idle: Desk) -> None:
    uri = await opened(idle, "vscode", {"trusted": True})
    made = await execute(idle, "pystein.editEvent", uri, function="hello")
    path = idle.root / ".pystein/events/hello.json"
    assert made["path"] == str(path)
    event = json.loads(path.read_text("utf-8"))
    assert event["method"] == "GET"
    path.write_text(json.dumps({**event, "query": {"name": "Ada"}}), "utf-8")
    assert await execute(idle, "pystein.editEvent", uri, function="hello") == made
    result = await execute(idle, "pystein.run", uri, function="hello")
    assert result["return"]["body"] == "hello Ada"
    assert [each.uri for each in idle.client.shown_documents] == [path.as_uri()] * 2
    await idle.client.shutdown_session()


async def test_a_debugger_is_let_in_and_stops_in_the_function(idle: Desk) -> None:
    uri = await opened(idle, "vscode", {"trusted": True})
    place = await execute(idle, "pystein.debug", uri, function="hello")
    assert place["host"] == "127.0.0.1"
    line = APP.split("\n").index("    return f\"hello {req.params.get('name', 'you')}\"") + 1
    debugger = await asyncio.to_thread(Debugger, place["port"], (idle.root / "function_app.py", line))
    frame = await asyncio.to_thread(debugger.stopped)
    assert frame["name"] == "hello"
    debugger.go_on(frame)
    await until(lambda: any(each.message.startswith("hello: 200 in ") for each in idle.client.messages))
    debugger.close()
    assert (await execute(idle, "pystein.stop", uri)) == {"stopped": True}
    await idle.client.shutdown_session()


@pytest.mark.parametrize("name", ["debug", "start", "stop", "editEvent", "openRoute"])
async def test_without_trust_nothing_starts(idle: Desk, name: str) -> None:
    uri = await opened(idle, "vscode", {"trusted": False})
    with pytest.raises(JsonRpcException, match="not trusted"):
        await execute(idle, f"pystein.{name}", uri, function="hello")
    await idle.client.shutdown_session()


async def test_no_debugger_waits_for_a_function_that_is_not_there(idle: Desk) -> None:
    uri = await opened(idle, "vscode", {"trusted": True})
    with pytest.raises(JsonRpcException, match="no function 'nope'"):
        await execute(idle, "pystein.debug", uri, function="nope")
    assert runtime.find_host(str(idle.root)) is None
    await idle.client.shutdown_session()
