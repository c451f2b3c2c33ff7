"""When diagnostics are worked out and sent: the document that was edited at once, what else may have changed when nothing waits.

A client that asks for diagnostics itself gets none pushed; it is told when to ask again for what it did not edit. Some say
that they can ask and never do: they are sent diagnostics after a while.
"""

from __future__ import annotations

import asyncio
import json
import logging
from collections.abc import Callable, Container, Iterable
from time import monotonic
from typing import Any, Literal, TypeAlias
from zlib import crc32

from pystein_lsp.features.diagnostics import Across, across, diagnostics
from pystein_lsp.lsp.convert import Converter
from pystein_lsp.lsp.documents import Opened
from pystein_lsp.lsp.workspace import Site, Workspace

_log = logging.getLogger(__name__)

_PATIENCE = 0.1
"""Seconds for which a flood of messages may put off diagnostics."""

_LEAVE_TO_ASK = 0.3
"""Seconds for which a client that says it asks by itself is waited for when its first document is open."""

_NOTHING = "[]"


Mode: TypeAlias = Literal["push", "pull", "waiting"]


class Publisher:
    """Works diagnostics out and sends them. Edits that arrive together are answered together."""

    def __init__(
        self,
        workspace: Workspace,
        converter: Converter,
        send: Callable[[str], None],
        is_busy: Callable[[], bool],
        refresh: Callable[[], None] | None,
    ) -> None:
        """Make one.

        Args:
            workspace: the documents and apps.
            converter: for the client's encoding.
            send: takes the parameters of publishDiagnostics as JSON text.
            is_busy: whether messages wait to be handled.
            refresh: tells a client that asks by itself to ask again; None for one that is sent everything.
        """
        self._workspace = workspace
        self._converter = converter
        self._send = send
        self._is_busy = is_busy
        self._refresh = refresh
        self._mode: Mode = "waiting" if refresh else "push"
        self._edited: dict[str, Opened] = {}
        self._touched: dict[str, Site] = {}
        self._aside: dict[str, tuple[Site, Across]] = {}
        """Files that were not edited and may show something else now."""
        self._ahead: dict[str, Site] = {}
        """Apps that are still to be looked at, by folder: at the start all of the workspace."""
        self._sent: dict[str, str] = {}
        """What the client shows, by path."""
        self._since: float | None = None
        self._walking = False
        self.changed = asyncio.Event()
        """Set when diagnostics may have changed, and followed by another: who is to wait takes it before looking."""

    def edited(self, document: Opened) -> None:
        """A document was opened or edited."""
        self._edited[document.path] = document
        self._schedule()

    def touched(self, sites: Iterable[Site]) -> None:
        """Something changed that apps depend on: a file beside them, a document that was closed."""
        self._touched.update((site.app.root, site) for site in sites if not site.loose)
        if self._refresh and self._mode == "pull":
            self._refresh()
        self._schedule()

    def closed(self, document: Opened) -> None:
        """A document was closed: what is said next is about its file, if there is one."""
        self._edited.pop(document.path, None)
        site = self._workspace.site(document.path)
        if site is None or site.loose or not self._workspace.wishes.whole_workspace:
            self._withdraw(document.path, document.uri)
        if site:
            self.touched([site])

    def narrowed(self) -> None:
        """Folders have left the workspace, or only open files count now: nothing more is said about all others."""
        whole = self._workspace.wishes.whole_workspace
        kept = {site.app.root for site in self._workspace.sites()} if whole else set()
        if whole:  # what was still to be looked at there need not be
            for waiting in (self._ahead, self._touched):
                for root in waiting.keys() - kept:
                    del waiting[root]
        for path in [*self._sent, *self._aside]:
            site = self._workspace.site(path)
            if self._workspace.opened(path) is None and (site is None or site.app.root not in kept):
                self._aside.pop(path, None)
                self._withdraw(path, self._workspace.uri(path))
        self.touched(())

    def asked(self) -> None:
        """The client asks by itself: from now on it is sent nothing, and what it was sent no longer counts."""
        if self._mode == "pull":
            return
        self._mode = "pull"
        self._aside.clear()
        self._ahead.clear()
        for path in list(self._sent):
            self._withdraw(path, self._workspace.uri(path))

    def _push_after_all(self) -> None:
        if self._mode == "waiting":
            self._mode = "push"
        self._run()

    def report(self, path: str) -> str:
        """What there is to say about a file, as JSON text."""
        site = self._workspace.site(path)
        if site is None:
            return _NOTHING
        whole = {} if site.loose else across(site.app)
        return self._worked_out(path, site, whole)

    def _schedule(self) -> None:
        self.changed.set()
        self.changed = asyncio.Event()
        if self._since is None:
            self._since = monotonic()
            asyncio.get_running_loop().call_soon(self._run)

    def _run(self) -> None:
        if self._since is not None and self._is_busy() and monotonic() - self._since < _PATIENCE:
            asyncio.get_running_loop().call_soon(self._run)
            return
        if self._mode == "waiting":
            asyncio.get_running_loop().call_later(_LEAVE_TO_ASK, self._push_after_all)
            return
        self._since = None
        edited, self._edited = self._edited, {}
        touched, self._touched = self._touched, {}
        try:
            if self._mode == "push":
                self._publish(edited, touched)
        except Exception:
            _log.exception("diagnostics could not be worked out")

    def _publish(self, edited: dict[str, Opened], touched: dict[str, Site]) -> None:
        """Say what there is to say about edited documents; everything else is left for when nothing waits."""
        self._ahead.update(touched)
        wholes: dict[str, tuple[Site, Across]] = {}
        for document in edited.values():
            self._aside.pop(document.path, None)  # what was worked out before the edit no longer counts
            site = self._workspace.site(document.path)
            if site is None:
                self._withdraw(document.path, document.uri)
                continue
            root = site.app.root
            if not site.loose and root not in wholes:
                wholes[root] = site, across(site.app)
            self._tell(document.path, self._worked_out(document.path, site, wholes[root][1] if not site.loose else {}))
        for root, (site, whole) in wholes.items():
            self._ahead.pop(root, None)
            self._set_aside(site, whole, edited)
        self._walk()

    def _set_aside(self, site: Site, whole: Across, edited: Container[str] = ()) -> None:
        """Leave the files of an app for later."""
        for path in self._concerned(site, whole):
            if path not in edited:
                self._aside[path] = (site, whole)

    def _concerned(self, site: Site, whole: Across) -> Iterable[str]:
        """The files of an app that are shown."""
        paths = dict.fromkeys(path for path in self._sent if self._in(path, site))
        paths.update(dict.fromkeys(path for path in self._workspace.open_paths() if self._in(path, site)))
        if self._workspace.wishes.whole_workspace:
            paths.update(dict.fromkeys(module.path for module in site.app.modules))
            paths.update(dict.fromkeys(whole))
        return paths

    def _in(self, path: str, site: Site) -> bool:
        found = self._workspace.site(path)
        return found is not None and not found.loose and found.app is site.app

    def _walk(self) -> None:
        if (self._aside or self._ahead) and not self._walking:
            self._walking = True
            asyncio.get_running_loop().call_soon(self._step)

    def _step(self) -> None:
        """One file that was not edited, or one app; what arrives in between goes first."""
        self._walking = False
        try:
            if self._aside:
                path = next(iter(self._aside))
                text = self._worked_out(path, *self._aside.pop(path))
                if text != self._sent.get(path, _NOTHING):
                    self._tell(path, text)
            elif self._ahead:
                site = self._ahead.pop(next(iter(self._ahead)))
                self._set_aside(site, across(site.app))
        except Exception:
            _log.exception("diagnostics could not be worked out")
        self._walk()

    def _worked_out(self, path: str, site: Site, whole: Across) -> str:
        found = diagnostics(site.app, path, self._workspace.module(path), whole, site.configuration)
        return self._converter.diagnostics_json(found)

    def _tell(self, path: str, text: str) -> None:
        self._sent[path] = text
        document = self._workspace.opened(path)
        uri = document.uri if document else self._workspace.uri(path)
        version = f',"version":{document.version}' if document and document.version is not None else ""
        self._send(f'{{"uri":{json.dumps(uri)}{version},"diagnostics":{text}}}')

    def _withdraw(self, path: str, uri: str) -> None:
        """Clear what was said about a document that no longer has to do with functions."""
        if self._sent.pop(path, _NOTHING) != _NOTHING:
            self._send(f'{{"uri":{json.dumps(uri)},"diagnostics":[]}}')


def result_id(text: str) -> str:
    """What stays the same for as long as the diagnostics do."""
    return f"{crc32(text.encode()):08x}{len(text):x}"


def document_report(text: str, previous: Any) -> str:
    """The answer to a client that asks, as JSON text: `unchanged` where it has been told already."""
    name = result_id(text)
    if previous == name:
        return f'{{"kind":"unchanged","resultId":"{name}"}}'
    return f'{{"kind":"full","resultId":"{name}","items":{text}}}'
