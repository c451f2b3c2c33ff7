"""pystein.run from an editor: the real runtime runs the function, and the user is told what came of it."""

from __future__ import annotations

import asyncio
import time
from typing import Any

import pytest
from lsprotocol import types
from pygls.exceptions import JsonRpcException

from tests.lsp.conftest import PATIENCE, Desk

APP = """\
import logging
import time

import azure.functions as func

app = func.FunctionApp(http_auth_level=func.AuthLevel.ANONYMOUS)


@app.route(route="hello")
def hello(req: func.HttpRequest) -> str:
    logging.info("greeting")
    return f"hello {req.params.get('name', 'you')}"


@app.route(route="bad")
def bad(req: func.HttpRequest) -> str:
    raise ValueError("boom")


@app.queue_trigger(arg_name="msg", queue_name="orders", connection="AzureWebJobsStorage")
@app.queue_output(arg_name="out", queue_name="done", connection="AzureWebJobsStorage")
def take(msg: func.QueueMessage, out: func.Out[str]) -> None:
    out.set(msg.get_body().decode().upper())


@app.route(route="slow")
def slow(req: func.HttpRequest) -> str:
    time.sleep(600)
    return "late"
"""


def command(uri: str, function: str, **more: Any) -> types.ExecuteCommandParams:
    return types.ExecuteCommandParams("pystein.run", [{"uri": uri, "function": function, **more}])


async def opened(desk: Desk, editor: str, options: Any = None) -> str:
    desk.write("host.json", '{"version": "2.0"}')
    desk.write("function_app.py", APP)
    await desk.start(editor, options)
    return desk.open("function_app.py").uri


def plain(result: Any) -> Any:
    """An answer as JSON has it, which lsprotocol turns into objects."""
    if hasattr(result, "_asdict"):
        return {key: plain(value) for key, value in result._asdict().items()}
    return [plain(each) for each in result] if isinstance(result, (list, tuple)) else result


@pytest.mark.parametrize("editor", ["vscode", "neovim", "emacs"])
async def test_an_http_function_answers(idle: Desk, editor: str) -> None:
    uri = await opened(idle, editor)
    result = plain(await idle.client.workspace_execute_command_async(command(uri, "hello")))
    assert result["status"] == "succeeded"
    assert result["return"]["status"] == 200
    assert result["return"]["body"] == "hello you"
    (message,) = idle.client.messages
    assert message.message.startswith("hello: 200 in ")
    assert message.type == types.MessageType.Info
    assert any("greeting" in each.message for each in idle.client.log_messages)
    if editor != "emacs":
        ((begin, end),) = idle.client.progress_reports.values()
        assert (begin.kind, end.kind) == ("begin", "end")
    await idle.client.shutdown_session()


async def test_outputs_come_back_and_data_is_handed_over(idle: Desk) -> None:
    uri = await opened(idle, "vscode")
    result = plain(await idle.client.workspace_execute_command_async(command(uri, "take", data="an order")))
    assert result["outputs"] == {"out": "AN ORDER"}
    await idle.client.shutdown_session()


async def test_what_runs_is_what_was_saved_and_the_user_is_told_so(idle: Desk) -> None:
    await opened(idle, "vscode")
    page = idle.open("function_app.py")
    page.replace("hello {req", "goodbye {req")
    result = plain(await idle.client.workspace_execute_command_async(command(page.uri, "hello")))
    assert result["return"]["body"] == "hello you"
    assert idle.client.messages[0].message.endswith("(without the unsaved changes in function_app.py)")
    await idle.client.shutdown_session()


async def test_a_failure_is_told_with_its_cause(idle: Desk) -> None:
    uri = await opened(idle, "vscode")
    result = plain(await idle.client.workspace_execute_command_async(command(uri, "bad")))
    assert result["status"] == "failed"
    assert result["error"]["type"] == "ValueError"
    (message,) = idle.client.messages
    assert message.message.startswith("bad: ValueError: boom")
    assert message.type == types.MessageType.Warning
    assert any("Traceback" in each.message for each in idle.client.log_messages)
    await idle.client.shutdown_session()


async def test_a_client_that_shows_results_itself_is_not_told_twice(idle: Desk) -> None:
    uri = await opened(idle, "vscode", {"trusted": True, "showResults": False})
    result = plain(await idle.client.workspace_execute_command_async(command(uri, "hello")))
    assert result["status"] == "succeeded"
    assert idle.client.messages == []
    await idle.client.shutdown_session()


@pytest.mark.parametrize("trusted", [False, None, "yes", 1])
async def test_without_trust_nothing_runs_and_nothing_is_offered(idle: Desk, trusted: Any) -> None:
    idle.write("function_app.py", APP + "\nopen('ran', 'w')\n")
    await idle.start("vscode", {"trusted": trusted})
    page = idle.open("function_app.py")
    with pytest.raises(JsonRpcException, match="not trusted"):
        await idle.client.workspace_execute_command_async(command(page.uri, "hello"))
    assert not await idle.client.text_document_code_lens_async(types.CodeLensParams(page.identifier))
    assert not (idle.root / "ran").exists()
    await idle.client.shutdown_session()


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ([], "takes"),
        (None, "takes"),
        ([5], "takes"),
        ([{"uri": "HERE"}], "takes"),
        ([{"uri": "HERE", "function": 5}], "takes"),
        ([{"uri": "file:///nowhere/x.py", "function": "hello"}], "belongs to no function app"),
        ([{"uri": "untitled:1", "function": "hello"}], "belongs to no function app"),
        ([{"uri": "HERE", "function": "nope"}], "nope"),
    ],
)
async def test_what_cannot_be_run_is_refused_in_one_sentence(idle: Desk, arguments: Any, message: str) -> None:
    uri = await opened(idle, "vscode")
    given = [
        {**each, "uri": uri if each["uri"] == "HERE" else each["uri"]} if isinstance(each, dict) else each
        for each in arguments or ()
    ]
    with pytest.raises(JsonRpcException, match=message):
        await idle.client.workspace_execute_command_async(
            types.ExecuteCommandParams("pystein.run", None if arguments is None else given)
        )
    await idle.client.shutdown_session()


async def test_an_app_that_cannot_be_loaded_says_why(idle: Desk) -> None:
    uri = await opened(idle, "vscode")
    idle.write("function_app.py", APP + "\nraise RuntimeError('not today')\n")
    result = plain(await idle.client.workspace_execute_command_async(command(uri, "hello")))
    assert result["status"] == "failed"
    assert "not today" in result["error"]["message"]
    await idle.client.shutdown_session()


async def test_while_a_function_runs_the_editor_is_answered_and_the_run_can_be_cancelled(idle: Desk) -> None:
    uri = await opened(idle, "vscode")
    running = asyncio.ensure_future(idle.client.workspace_execute_command_async(command(uri, "slow")))
    page = idle.open("function_app.py")
    assert await idle.client.text_document_code_lens_async(types.CodeLensParams(page.identifier))
    started = time.monotonic()
    while not any(idle.client.progress_reports.values()):
        assert time.monotonic() - started < PATIENCE
        await asyncio.sleep(0.05)
    (token,) = idle.client.progress_reports
    idle.client.window_work_done_progress_cancel(types.WorkDoneProgressCancelParams(token))
    with pytest.raises(JsonRpcException):
        await asyncio.wait_for(running, PATIENCE)
    assert await idle.client.text_document_code_lens_async(types.CodeLensParams(page.identifier))
    await idle.client.shutdown_session()
