"""The example app, as its reader would try it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from example_app import copy
from host_driver import Host
from mcp_app import client


async def test_it_runs(start: Callable[..., Host], tmp_path: Path) -> None:
    host = start(root=copy("mcp", tmp_path))
    async with client(host.port) as session:
        assert session.instructions == "Keeps snippets of text."
        saved = await session.call_tool("save_snippet", {"name": "greeting", "text": "hello"})
        assert saved.content[0].text == "Kept greeting."
        assert (await session.call_tool("get_snippet", {"name": "greeting"})).content[0].text == "hello"
        missing = await session.call_tool("get_snippet", {"name": "other"})
        assert missing.content[0].text == "There is no such snippet."
        assert (await session.call_tool("count_words", {"text": "one two three"})).content[0].text == "3 words"
        page = (await session.read_resource("docs://tea")).contents[0]
        assert page.text.startswith("# Tea")
        assert "x = 1" in (await session.get_prompt("review", {"code": "x = 1"})).messages[0].content.text
