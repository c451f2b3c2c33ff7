"""A real server process at the other end of a pipe, and a person at the editor: opens, types, asks, waits for what is shown."""

from __future__ import annotations

import asyncio
import sys
import textwrap
from collections.abc import AsyncIterator, Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio
from lsprotocol import types
from pytest_lsp import ClientServerConfig, LanguageClient, client_capabilities, make_test_lsp_client

PATIENCE = 30.0
"""Seconds; how long a busy machine may take. Nothing is measured with it."""

EDITORS = {"vscode": "visual_studio_code", "neovim": "neovim", "emacs": "emacs"}
SERVER = [sys.executable, "-m", "pystein_lsp", "--stdio"]


class Desk:
    """Someone at an editor, with a folder of files."""

    def __init__(self, client: LanguageClient, root: Path) -> None:
        self.client = client
        self.root = root
        self.shown: dict[str, types.PublishDiagnosticsParams] = {}
        self.registered: list[types.Registration] = []
        self._pages: list[Page] = []
        self._news = asyncio.Event()
        client.protocol.fm.features[types.TEXT_DOCUMENT_PUBLISH_DIAGNOSTICS] = self._publish
        client.protocol.fm.features[types.CLIENT_REGISTER_CAPABILITY] = self._register

    def _publish(self, params: types.PublishDiagnosticsParams) -> None:
        self.shown[params.uri] = params
        self._news.set()

    def _register(self, params: types.RegistrationParams) -> None:
        self.registered.extend(params.registrations)

    async def start(
        self, editor: str, options: Any = None, root: Path | None = None, name: str | None = None
    ) -> types.InitializeResult:
        """Start a session as an editor does, which may say its name."""
        folder = root or self.root
        return await self.client.initialize_session(
            types.InitializeParams(
                capabilities=client_capabilities(EDITORS[editor]),
                workspace_folders=[types.WorkspaceFolder(folder.as_uri(), folder.name)],
                initialization_options=options,
                client_info=types.ClientInfo(name) if name else None,
            )
        )

    def write(self, name: str, text: str) -> Path:
        """A file on the disk."""
        path = self.root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(textwrap.dedent(text), "utf-8")
        return path

    def open(self, name: str, text: str | None = None, language: str = "python") -> Page:
        """Open a file, or a document that has not been saved."""
        path = self.root / name
        content = path.read_text("utf-8") if text is None else textwrap.dedent(text)
        return self.open_uri(path.as_uri(), content, language)

    def open_uri(self, uri: str, text: str, language: str = "python") -> Page:
        """Open a document by its URI."""
        self.client.text_document_did_open(
            types.DidOpenTextDocumentParams(types.TextDocumentItem(uri, language, 1, text))
        )
        page = Page(self, uri, text)
        self._pages.append(page)
        return page

    def close_all(self) -> None:
        """Close every document, as the end of a test does."""
        for page in self._pages:
            page.close()
        self._pages.clear()
        self.shown.clear()

    async def until(self, seen: Callable[[], bool]) -> None:
        """Wait until diagnostics have been shown that fulfil a condition."""

        async def wait() -> None:
            while not seen():
                self._news.clear()
                await self._news.wait()

        await asyncio.wait_for(wait(), PATIENCE)


class Page:
    """An open document. Positions are `(line, column)` from 0, columns in UTF-16 units."""

    def __init__(self, desk: Desk, uri: str, text: str) -> None:
        self.desk = desk
        self.uri = uri
        self.text = text
        self.version = 1

    @property
    def identifier(self) -> types.TextDocumentIdentifier:
        return types.TextDocumentIdentifier(self.uri)

    def change(self, *changes: types.TextDocumentContentChangeEvent) -> None:
        """Send changes as they are."""
        self.version += 1
        self.desk.client.text_document_did_change(
            types.DidChangeTextDocumentParams(types.VersionedTextDocumentIdentifier(self.version, self.uri), changes)
        )

    def replace(self, old: str, new: str) -> None:
        """Put one text in the place of another that occurs once."""
        start = self.text.index(old)
        span = types.Range(position(self.text, start), position(self.text, start + len(old)))
        self.text = self.text.replace(old, new, 1)
        self.change(types.TextDocumentContentChangePartial(range=span, text=new))

    def rewrite(self, text: str) -> None:
        """Replace everything."""
        self.text = textwrap.dedent(text)
        self.change(types.TextDocumentContentChangeWholeDocument(text=self.text))

    def close(self) -> None:
        """Close it."""
        self.desk.client.text_document_did_close(types.DidCloseTextDocumentParams(self.identifier))

    def at(self, text: str, offset: int = 0) -> types.Position:
        """Where a text stands, `offset` characters into it."""
        return position(self.text, self.text.index(text) + offset)

    def here(self, text: str, offset: int = 0) -> dict[str, Any]:
        """The parameters of a request about a position."""
        return {"text_document": self.identifier, "position": self.at(text, offset)}

    async def diagnostics(self) -> list[types.Diagnostic]:
        """What is shown for the text as it is now, but for the headline of an app that is lost."""

        def current() -> bool:
            shown = self.desk.shown.get(self.uri)
            return shown is not None and shown.version == self.version

        await self.desk.until(current)
        return [each for each in self.desk.shown[self.uri].diagnostics if each.code != "app-not-indexed"]

    async def codes(self) -> list[str]:
        """The rules that are shown."""
        return [str(each.code) for each in await self.diagnostics()]

    async def completions(self, text: str, offset: int | None = None) -> list[types.CompletionItem]:
        """What is offered behind a text."""
        answer = await self.desk.client.text_document_completion_async(
            types.CompletionParams(**self.here(text, len(text) if offset is None else offset))
        )
        assert isinstance(answer, types.CompletionList)
        return sorted(answer.items, key=lambda item: (item.sort_text or item.label, item.label))


def position(text: str, offset: int) -> types.Position:
    """An offset as a position in UTF-16 units."""
    before = text[:offset]
    line = before.count("\n")
    return types.Position(line, len(before[before.rfind("\n") + 1 :].encode("utf-16-le")) // 2)


def marked(text: str, span: types.Range) -> str:
    """The text of a range, columns in UTF-16 units."""
    lines = text.split("\n")

    def offset(place: types.Position) -> int:
        units = lines[place.line].encode("utf-16-le")[: 2 * place.character]
        return sum(len(line) + 1 for line in lines[: place.line]) + len(units.decode("utf-16-le"))

    return text[offset(span.start) : offset(span.end)]


def applied(text: str, edits: Sequence[types.TextEdit]) -> str:
    """A text with edits made."""
    for edit in sorted(edits, key=lambda each: (each.range.start.line, each.range.start.character), reverse=True):
        lines = text.split("\n")
        start = sum(len(line) + 1 for line in lines[: edit.range.start.line]) + edit.range.start.character
        end = sum(len(line) + 1 for line in lines[: edit.range.end.line]) + edit.range.end.character
        text = text[:start] + edit.new_text + text[end:]
    return text


async def ended(desk: Desk) -> None:
    """Wait for the server's process: what is left of it would be found by some later test."""
    server = desk.client._server
    if server is not None:
        await asyncio.wait_for(server.wait(), PATIENCE)


async def started() -> Desk:
    """A server that has been started and told nothing."""
    config = ClientServerConfig(server_command=SERVER, client_factory=make_test_lsp_client)
    client = await config.start()
    assert isinstance(client, LanguageClient)
    return Desk(client, Path())


async def _session(editor: str, root: Path) -> AsyncIterator[Desk]:
    desk = await started()
    desk.root = root
    await desk.start(editor)
    yield desk
    await desk.client.shutdown_session()
    await ended(desk)


@pytest_asyncio.fixture
async def idle(tmp_path: Path) -> AsyncIterator[Desk]:
    """A server of the test's own, to which nothing has been said."""
    desk = await started()
    desk.root = tmp_path
    yield desk
    if not desk.client.stopped:  # the test did not come to its end
        server = desk.client._server
        assert server is not None
        server.kill()
        await desk.client.stop()
    await ended(desk)


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def vscode(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Desk]:
    async for desk in _session("vscode", tmp_path_factory.mktemp("workspace")):
        yield desk


@pytest_asyncio.fixture(scope="module", loop_scope="module", params=sorted(EDITORS))
async def editor(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Desk]:
    async for desk in _session(request.param, tmp_path_factory.mktemp("workspace")):
        yield desk


@pytest.fixture
def desk(vscode: Desk, tmp_path: Path) -> Iterator[Desk]:
    """VS Code with an empty folder open; the server is the module's."""
    yield from _tidied(vscode, tmp_path)


@pytest.fixture
def any_desk(editor: Desk, tmp_path: Path) -> Iterator[Desk]:
    """Each editor in turn, with an empty folder; the server is the module's."""
    yield from _tidied(editor, tmp_path)


def _tidied(desk: Desk, root: Path) -> Iterator[Desk]:
    desk.root = root
    yield desk
    desk.close_all()
