"""Whole files, typed letter by letter: at any moment what is shown is what a fresh server shows for the text so far."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Any

import pytest

from pystein_lsp.model.module import Module
from tests.lsp.inside import Inside
from tests.lsp.wire import edit

SAMPLES = Path(__file__).parents[1] / "samples"
FILES = sorted(SAMPLES.glob("*/*.py"))
HOST = """{"version": "2.0", "extensionBundle": {"id": "Microsoft.Azure.Functions.ExtensionBundle", "version": "[4.*, 5.0.0)"}}"""
TWICE = """\
try:
    import azure.functions as func
except ImportError:
    func = None

if func:
    app = func.FunctionApp()
else:
    app = None


@app.route(route="x")
def hello(request): ...
"""
LOOKS = 12
"""How often what is shown is compared on the way."""


@pytest.fixture
def root(tmp_path: Path) -> Path:
    (tmp_path / "host.json").write_text(HOST, "utf-8")
    return tmp_path


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(SAMPLES)))
def test_typing_a_file_from_top_to_bottom(path: Path, root: Path) -> None:
    text = path.read_text("utf-8")
    asyncio.run(_typed(root, text, range(len(text))))


@pytest.mark.parametrize("path", FILES[::5], ids=lambda path: str(path.relative_to(SAMPLES)))
def test_taking_a_file_back_letter_by_letter(path: Path, root: Path) -> None:
    asyncio.run(_taken_back(root, path.read_text("utf-8")))


def test_a_name_that_one_statement_binds_twice(root: Path) -> None:
    asyncio.run(_typed(root, TWICE, range(len(TWICE))))
    asyncio.run(_taken_back(root, TWICE))


def test_an_edit_that_fails_inside_is_made_up_for(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    edit_of = Module.edit

    def failing(module: Module, *where: Any) -> bool:
        edit_of(module, *where)
        raise KeyError("a fault of ours")

    monkeypatch.setattr(Module, "edit", failing)
    asyncio.run(_typed(root, TWICE, range(len(TWICE))))


async def _typed(root: Path, text: str, order: range) -> None:
    session, uri = _session(root, "")
    for count, offset in enumerate(order, 1):
        line, column = _place(text, offset)
        session.change(uri, count + 1, edit(line, column, line, column, text[offset]))
        await asyncio.sleep(0)
        if count % (len(text) // LOOKS + 1) == 0:
            await _same(session, uri, root, text[: offset + 1])
    await _same(session, uri, root, text)


async def _taken_back(root: Path, text: str) -> None:
    session, uri = _session(root, text)
    for count, offset in enumerate(range(len(text) - 1, -1, -1), 1):
        start, end = _place(text, offset), _place(text, offset + 1)
        session.change(uri, count + 1, edit(*start, *end, ""))
        await asyncio.sleep(0)
        if count % (len(text) // LOOKS + 1) == 0:
            await _same(session, uri, root, text[:offset])
    await _same(session, uri, root, "")


async def _same(session: Inside, uri: str, root: Path, text: str) -> None:
    shown = await session.shown(uri)
    fresh, _ = _session(root, text)
    assert shown == await fresh.shown(uri), text


def _session(root: Path, text: str) -> tuple[Inside, str]:
    session = Inside()
    session.initialize(root)
    uri = (root / "function_app.py").as_uri()
    session.open(uri, text)
    return session, uri


def _place(text: str, offset: int) -> tuple[int, int]:
    """A position in UTF-16 units."""
    before = text[:offset]
    line = before[before.rfind("\n") + 1 :]
    return before.count("\n"), len(line.encode("utf-16-le")) // 2


def test_samples_are_there() -> None:
    names: list[Any] = [path.parent.name for path in FILES]
    assert {"today", "alpha", "broken_quotes"} <= set(names)
