"""Whatever is asked at whatever place of whatever text, there is an answer, and nothing fails inside."""

from __future__ import annotations

import asyncio
import logging
import random
from pathlib import Path
from typing import Any

import pytest

from pystein_lsp.lsp.ordinary_python import OrdinaryPython
from tests.features.test_occurrences import DURABLE
from tests.lsp.inside import Inside
from tests.lsp.test_random_edits import APP, FILES, FRAGMENTS

POSITIONAL = (
    "completion",
    "hover",
    "signatureHelp",
    "definition",
    "references",
    "documentHighlight",
    "prepareRename",
    "prepareCallHierarchy",
    "rename",
)
MORE = {"references": {"context": {"includeDeclaration": True}}, "rename": {"newName": "new_name"}}
INTERNAL_ERROR = -32603
WHOLE = (
    "codeLens",
    "documentSymbol",
    "documentLink",
    "foldingRange",
    "diagnostic",
    "semanticTokens/full",
    "semanticTokens/full/delta",
)
RANGED = ("inlayHint", "codeAction", "semanticTokens/range")
TEXTS = {"function_app.py": APP, "durable.py": DURABLE, "host.json": '{"version": "2.0", "extensions": {"http": {}}}'}


def made_up(pick: random.Random) -> tuple[str, str]:
    """A file and its text with some of it replaced."""
    name = pick.choice(sorted(TEXTS))
    text = TEXTS[name]
    for _ in range(pick.randrange(4)):
        start, length = pick.randrange(len(text) + 1), pick.choice([0, 0, 1, 5, 40])
        text = text[:start] + pick.choice(FRAGMENTS) + text[start + length :]
    return name, text


@pytest.mark.parametrize("seed", range(4))
def test_there_is_always_an_answer(
    seed: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    async def nobody(*_: Any) -> None:
        """Jedi has tests of its own, and takes its time."""

    monkeypatch.setattr(OrdinaryPython, "ask", nobody)
    for name, content in {**FILES, **TEXTS}.items():
        (tmp_path / name).write_text(content, "utf-8")
    with caplog.at_level(logging.ERROR):
        asyncio.run(_all_asked(tmp_path, random.Random(seed)))
    assert [record.getMessage() for record in caplog.records] == []


async def _all_asked(root: Path, pick: random.Random) -> None:
    session = Inside()
    session.initialize(root, {"textDocument": {"codeAction": {"codeActionLiteralSupport": {}}}})
    for _ in range(25):
        name, text = made_up(pick)
        places = [(pick.choice([pick.randrange(45), 10_000, 2**31 - 1]), pick.choice([0, 5, 18, 2**31 - 1]))]
        places += [(line, pick.randrange(60)) for line in pick.sample(range(45), 2)]
        await _asked(session, (root / name).as_uri(), text, places)


async def _asked(session: Inside, uri: str, text: str, places: list[tuple[int, int]]) -> None:
    session.sent.clear()
    session.open(uri, text)
    first = session.asked
    identifier = {"textDocument": {"uri": uri}}
    for method in WHOLE:
        session.ask(f"textDocument/{method}", identifier)
    for line, character in places:
        position = {"line": line, "character": character}
        span = {"start": position, "end": {"line": min(line + 5, 2**31 - 1), "character": 0}}
        for method in POSITIONAL:
            session.ask(f"textDocument/{method}", {**identifier, "position": position, **MORE.get(method, {})})
        for method in RANGED:
            session.ask(f"textDocument/{method}", {**identifier, "range": span, "context": {"diagnostics": []}})
    await session.shown(uri)
    answers = {each["id"]: each for each in session.sent if "method" not in each}
    assert sorted(answers) == list(range(first + 1, session.asked + 1)), text
    inner = [each["error"] for each in answers.values() if each.get("error", {}).get("code") == INTERNAL_ERROR]
    assert inner == [], text
    for lens in answers[first + 1]["result"] or ():
        assert session.request("codeLens/resolve", lens)["command"]["title"], text
    session.notify("textDocument/didClose", identifier)
