"""One client's session: what it can, what it wants, what it has open."""

from __future__ import annotations

import asyncio
import logging
import os
from collections.abc import Coroutine, Mapping
from concurrent.futures import Future
from typing import TYPE_CHECKING, Any, NamedTuple

from lsprotocol import types

from pystein_lsp.config.configuration import Configuration
from pystein_lsp.features.diagnostics import across, diagnostics
from pystein_lsp.features.steady import Steady
from pystein_lsp.lsp.capabilities import Client
from pystein_lsp.lsp.columns import from_wire
from pystein_lsp.lsp.convert import Converter
from pystein_lsp.lsp.options import read_options
from pystein_lsp.lsp.paths import path_of
from pystein_lsp.lsp.protocol import Protocol
from pystein_lsp.lsp.publisher import Publisher
from pystein_lsp.lsp.wishes import read_wishes
from pystein_lsp.lsp.workspace import Workspace
from pystein_lsp.model.app import App
from pystein_lsp.model.discovery import find_apps
from pystein_lsp.model.files import Files
from pystein_lsp.model.module import Module
from pystein_lsp.rules.diagnose import Diagnostic

if TYPE_CHECKING:
    from pystein_lsp.lsp.ordinary_python import OrdinaryPython

_log = logging.getLogger(__name__)


class Place(NamedTuple):
    """A position in an open module."""

    app: App
    module: Module
    line: int
    """From 0."""
    column: int
    """In code points, from 0."""
    configuration: Configuration
    loose: bool
    """Whether the module is in no app, so that only what it says by itself counts."""


class Spot(NamedTuple):
    """A position in an open file beside the modules."""

    app: App
    path: str
    text: str
    line: int
    """From 0."""
    column: int
    """In code points, from 0."""


class Session:
    """What handlers work with."""

    def __init__(self, protocol: Protocol, client: Client, params: dict[str, Any]) -> None:
        self.protocol = protocol
        self.client = client
        self.options = read_options(params.get("initializationOptions"))
        self.workspace = Workspace(_roots(params), client.encoding, self.complain)
        self.convert = Converter(
            self.workspace, related=client.related_information, versioned=client.document_changes, tags=client.tags
        )
        self.publisher = Publisher(
            self.workspace,
            self.convert,
            protocol.publish,
            protocol.has_mail,
            self._refresh_diagnostics if client.pulls else None,
        )
        self.cancellable: dict[int | str, asyncio.Task[Any]] = {}
        """Work that the user sees going on, by the token of its progress."""
        self.started: set[str] = set()
        """The folders of apps that were started here, and end with us."""
        self.told_tokens: dict[str, list[int]] = {}
        """The semantic tokens that were last told of a document, by URI, as the protocol counts them."""
        self.told_workspace = False
        """Whether the client has once been told what there is to say about the whole workspace."""
        self._results: dict[str, dict[str, dict[str, Any]]] = {}
        self._steady: dict[str, Steady] = {}
        self._background: set[asyncio.Task[None]] = set()
        self._ordinary: OrdinaryPython | None = None
        self._told: set[str] = set()
        self.configure(self.options.settings)

    def configure(self, settings: Any) -> None:
        """Take the section `pystein` of the user's settings."""
        roots = self.workspace.roots
        wishes = read_wishes(settings, roots[0] if roots else "", self.complain)
        before = self.workspace.wishes
        if wishes != before:
            self.workspace.configure(wishes)
            self.look_again()
        if wishes.whole_workspace != before.whole_workspace:
            self.in_background(self.look_around())

    def look_again(self) -> None:
        """Say anew what there is to say about every open document."""
        for document in self.workspace.documents.values():
            self.publisher.edited(document)
        self.publisher.touched(self.workspace.known_sites())
        self.refresh_lenses()
        if self.client.refreshes_hints:
            self._refresh(types.WORKSPACE_INLAY_HINT_REFRESH)

    def refresh_lenses(self) -> None:
        """Let the client ask for lenses again: they may say something else now."""
        if self.client.refreshes_lenses:
            self._refresh(types.WORKSPACE_CODE_LENS_REFRESH)

    def _refresh_diagnostics(self) -> None:
        """Let a client that asks for diagnostics ask again."""
        if self.client.refreshes_diagnostics:
            self._refresh(types.WORKSPACE_DIAGNOSTIC_REFRESH)

    def _refresh(self, method: str) -> None:
        self.protocol.send_request(method).add_done_callback(_log_refusal)

    async def find_apps(self) -> None:
        """Look for the apps of the workspace's folders, off the loop: a repository may be large."""
        for folder in list(self.workspace.roots):
            found = await asyncio.to_thread(lambda folder=folder: list(find_apps(Files(), folder)))  # type: ignore[misc]  # a default
            self.workspace.found(folder, found)
        if self.workspace.wishes.whole_workspace:
            self.publisher.touched(self.workspace.sites())

    async def look_around(self) -> None:
        """Other folders or files count than before: say what there is to say about them, and no more about the others."""
        await self.find_apps()
        self.publisher.narrowed()

    async def find_all_apps(self) -> None:
        """Look for the apps of the workspace's folders, unless that has been done."""
        if not self.workspace.searched:
            await self.find_apps()

    async def workspace_files(self) -> list[str]:
        """The files of all apps that diagnostics may be about; the open ones alone where the user wants that."""
        if not self.workspace.wishes.whole_workspace:
            return self.workspace.open_paths()
        await self.find_all_apps()
        paths = dict.fromkeys(self.workspace.open_paths())
        for site in self.workspace.sites():
            paths.update(dict.fromkeys(module.path for module in site.app.modules))
            paths.update(dict.fromkeys(across(site.app)))
            await asyncio.sleep(0)
        return list(paths)

    def app_of(self, path: str) -> App | None:
        """The app that a file belongs to, or that a folder is; None without any."""
        folder = os.path.join(path, "function_app.py") if os.path.isdir(path) else path
        site = self.workspace.site(folder)
        return site.app if site and not site.loose else None

    def keep_result(self, app: App, result: dict[str, Any]) -> None:
        """Keep what came of a run, for the lens above the function."""
        self._results.setdefault(app.root, {})[str(result.get("function"))] = result
        self.refresh_lenses()

    def results_of(self, app: App) -> Mapping[str, dict[str, Any]]:
        """The last result of each function of an app that was run."""
        return self._results.get(app.root, {})

    def steady_of(self, uri: str) -> Steady:
        """What lenses a document showed last."""
        return self._steady.setdefault(uri, Steady())

    def forget(self, uri: str) -> None:
        """A document was closed."""
        self._steady.pop(uri, None)
        self.told_tokens.pop(uri, None)

    def in_background(self, work: Coroutine[Any, Any, None]) -> None:
        """Do something that no answer waits for."""
        task = asyncio.get_running_loop().create_task(work)
        self._background.add(task)
        task.add_done_callback(self._background.discard)

    @property
    def ordinary(self) -> OrdinaryPython:
        """Whom to ask about ordinary Python."""
        from pystein_lsp.lsp.ordinary_python import OrdinaryPython  # noqa: PLC0415 (seldom needed)

        if self._ordinary is None:
            self._ordinary = OrdinaryPython()
        return self._ordinary

    async def close(self) -> None:
        """The client has left: what was started for it ends."""
        if self._ordinary:
            await self._ordinary.close()
        for task in self._background:
            task.cancel()
        if self.started:
            from pystein_runtime import client  # noqa: PLC0415 (nothing was started otherwise)

            for root in self.started:
                await asyncio.to_thread(client.stop, root)

    def open_file(self, uri: str, shown: str, selection: types.Range | None = None) -> None:
        """Show a document; where the client cannot, say where it is."""
        if self.client.shows_documents:
            params = types.ShowDocumentParams(uri, take_focus=True, selection=selection)
            self.protocol.send_request(types.WINDOW_SHOW_DOCUMENT, params).add_done_callback(_log_refusal)
        else:
            self.show(types.MessageType.Info, shown)

    def browse(self, url: str) -> None:
        """Open an address outside the editor."""
        params = types.ShowDocumentParams(url, external=True)
        self.protocol.send_request(types.WINDOW_SHOW_DOCUMENT, params).add_done_callback(_log_refusal)

    def complain(self, text: str) -> None:
        """Tell the user, once, of something that cannot be used."""
        if text not in self._told:
            self._told.add(text)
            self.show(types.MessageType.Warning, text)

    def document(self, uri: str) -> Place | None:
        """An open module and the app that it belongs to; None for everything else."""
        opened = self.workspace.documents.get(uri)
        if opened is None or opened.module is None:
            return None
        site = self.workspace.site(opened.path)
        return Place(site.app, opened.module, 0, 0, site.configuration, site.loose) if site else None

    def place(self, uri: str, position: types.Position) -> Place | None:
        """A position in an open module; one outside the text is moved inside."""
        found = self.document(uri)
        if found is None:
            return None
        line = min(position.line, found.module.document.line_count - 1)
        text = found.module.document.line_text(line)
        return found._replace(line=line, column=from_wire(self.client.encoding)(text, position.character))

    def spot(self, uri: str, position: types.Position) -> Spot | None:
        """A position in an open settings file or host.json; None for everything else."""
        opened = self.workspace.documents.get(uri)
        site = self.workspace.site(opened.path) if opened and opened.kind == "data" else None
        if opened is None or site is None:
            return None
        column = self.workspace.column(opened.path, position.line, position.character)
        return Spot(site.app, opened.path, opened.text, position.line, column)

    def diagnostics(self, place: Place) -> list[Diagnostic]:
        """What there is to say about an open module."""
        whole = {} if place.loose else across(place.app)
        return diagnostics(place.app, place.module.path, place.module, whole, place.configuration)

    def show(self, kind: types.MessageType, text: str) -> None:
        """Tell the user."""
        self.protocol.notify(types.WINDOW_SHOW_MESSAGE, types.ShowMessageParams(kind, text))

    def log(self, kind: types.MessageType, text: str) -> None:
        """Add to the client's log."""
        self.protocol.notify(types.WINDOW_LOG_MESSAGE, types.LogMessageParams(kind, text))

    def register(self, method: str, options: object) -> None:
        """Ask the client to send a method from now on."""
        registration = types.Registration(id=f"pystein:{method}", method=method, register_options=options)
        future = self.protocol.send_request(
            types.CLIENT_REGISTER_CAPABILITY, types.RegistrationParams(registrations=[registration])
        )
        future.add_done_callback(_log_refusal)


def markup(text: str, *, markdown: bool) -> types.MarkupContent:
    """Documentation; a client that knows no Markdown gets the same letters as plain text."""
    return types.MarkupContent(types.MarkupKind.Markdown if markdown else types.MarkupKind.PlainText, text)


def _log_refusal(answer: Future[Any]) -> None:
    if not answer.cancelled() and (error := answer.exception()):
        _log.info("the client refused a registration: %s", error)


def _roots(params: dict[str, Any]) -> list[str]:
    folders = params.get("workspaceFolders")
    uris = [folder.get("uri") for folder in folders if isinstance(folder, dict)] if isinstance(folders, list) else []
    found = uris or [params.get("rootUri") or params.get("rootPath")]
    return [path_of(uri) for uri in found if isinstance(uri, str)]
