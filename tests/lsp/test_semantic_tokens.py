"""Semantic tokens as an editor keeps them: told once, and from then on by what has changed."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Any

import pytest

from tests.lsp.inside import Inside
from tests.lsp.wire import edit

APP = """\
import azure.functions as func

app = func.FunctionApp()


@app.route(route="users/{id}/{name}")
def users(req: func.HttpRequest) -> str: ...


@app.timer_trigger(arg_name="timer", schedule="0 */5 * * * *")
def tick(timer: func.TimerRequest) -> None: ...
"""
EDITS = (
    edit(5, 19, 5, 24, "größe"),
    edit(5, 24, 5, 24, "/{more}"),
    edit(0, 0, 0, 0, "\n\n"),
    edit(11, 47, 11, 48, "1"),
    edit(7, 0, 9, 0, ""),
    edit(0, 0, 40, 0, ""),
    edit(0, 0, 0, 0, APP),
)


def session(root: Path, *, delta: bool) -> tuple[Inside, str, Any]:
    """A client with the app open, and what it is offered."""
    inside = Inside()
    capabilities = {"textDocument": {"semanticTokens": {"requests": {"range": True, "full": {"delta": delta}}}}}
    offered = inside.initialize(root, capabilities)["capabilities"]["semanticTokensProvider"]
    uri = (root / "function_app.py").as_uri()
    inside.open(uri, APP)
    return inside, uri, offered


def test_a_client_is_told_what_has_changed(tmp_path: Path) -> None:
    asyncio.run(_follows(tmp_path))


async def _follows(root: Path) -> None:
    client, uri, offered = session(root, delta=True)
    assert offered["full"] == {"delta": True}
    document = {"textDocument": {"uri": uri}}
    shown = client.request("textDocument/semanticTokens/full", document)
    assert shown["data"]
    for version, change in enumerate(EDITS, 2):
        client.change(uri, version, change)
        answer = client.request(
            "textDocument/semanticTokens/full/delta", document | {"previousResultId": shown["resultId"]}
        )
        for each in answer["edits"]:
            start = each["start"]
            shown["data"][start : start + each["deleteCount"]] = each["data"]
        shown["resultId"] = answer["resultId"]
        assert shown == client.request("textDocument/semanticTokens/full", document), change
    again = client.request("textDocument/semanticTokens/full/delta", document | {"previousResultId": shown["resultId"]})
    assert again == {"edits": [], "resultId": shown["resultId"]}


@pytest.mark.parametrize("previous", ["made up", None, 5])
def test_who_does_not_know_the_last_ones_is_told_all(tmp_path: Path, previous: Any) -> None:
    asyncio.run(_told_all(tmp_path, previous))


async def _told_all(root: Path, previous: Any) -> None:
    client, uri, _ = session(root, delta=True)
    document = {"textDocument": {"uri": uri}}
    everything = client.request("textDocument/semanticTokens/full", document)
    asked = document | {"previousResultId": previous}
    assert client.request("textDocument/semanticTokens/full/delta", asked) == everything
    client.notify("textDocument/didClose", document)
    closed = client.request(
        "textDocument/semanticTokens/full/delta", document | {"previousResultId": everything["resultId"]}
    )
    assert closed == {"data": []}


def test_a_client_that_cannot_is_not_offered_it(tmp_path: Path) -> None:
    asyncio.run(_not_offered(tmp_path))


async def _not_offered(root: Path) -> None:
    client, uri, offered = session(root, delta=False)
    assert offered["full"] is True
    assert list(client.request("textDocument/semanticTokens/full", {"textDocument": {"uri": uri}})) == ["data"]
