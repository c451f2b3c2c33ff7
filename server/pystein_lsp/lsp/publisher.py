"""When diagnostics are worked out and sent: the document that was edited at once, what else may have changed when nothing waits."""

from __future__ import annotations

import asyncio
import json
import logging
from collections.abc import Callable, Iterable
from time import monotonic

from pystein_lsp.features.diagnostics import across, diagnostics
from pystein_lsp.lsp.convert import Converter
from pystein_lsp.lsp.documents import Opened
from pystein_lsp.lsp.workspace import Site, Workspace
from pystein_lsp.model.app import App
from pystein_lsp.rules.diagnose import Diagnostic

_log = logging.getLogger(__name__)

_PATIENCE = 0.1
"""Seconds for which a flood of messages may put off diagnostics."""


class Publisher:
    """Sends diagnostics. Edits that arrive together are answered together."""

    def __init__(
        self, workspace: Workspace, converter: Converter, send: Callable[[str], None], is_busy: Callable[[], bool]
    ) -> None:
        self._workspace = workspace
        self._converter = converter
        self._send = send
        self._is_busy = is_busy
        self._edited: dict[str, Opened] = {}
        self._touched: dict[str, Site] = {}
        self._sent: dict[str, str] = {}
        """What the client shows, by path."""
        self._scheduled = False
        self._since = 0.0

    def edited(self, document: Opened) -> None:
        """A document was opened or edited."""
        self._edited[document.path] = document
        self._schedule()

    def touched(self, sites: Iterable[Site]) -> None:
        """Something changed that apps depend on: a file beside them, a document that was closed."""
        self._touched.update((site.app.root, site) for site in sites if not site.loose)
        self._schedule()

    def withdraw(self, path: str, uri: str) -> None:
        """Clear what was said about a document that is closed, or that no longer has to do with functions."""
        self._edited.pop(path, None)
        if self._sent.pop(path, "[]") != "[]":
            self._send(f'{{"uri":{json.dumps(uri)},"diagnostics":[]}}')

    def _schedule(self) -> None:
        if not self._scheduled:
            self._scheduled = True
            self._since = monotonic()
            asyncio.get_running_loop().call_soon(self._run)

    def _run(self) -> None:
        if self._is_busy() and monotonic() - self._since < _PATIENCE:
            asyncio.get_running_loop().call_soon(self._run)
            return
        self._scheduled = False
        try:
            self._publish_all()
        except Exception:
            _log.exception("diagnostics could not be worked out")

    def _publish_all(self) -> None:
        edited, self._edited = self._edited, {}
        touched, self._touched = self._touched, {}
        for document in edited.values():
            site = self._workspace.site(document.path)
            if site is None:
                self.withdraw(document.path, document.uri)
            elif site.loose:
                self._publish(document, diagnostics(site.app, document.path, document.module, {}))
            else:
                touched.setdefault(site.app.root, site)
        for site in touched.values():
            self._publish_app(site, edited)

    def _publish_app(self, site: Site, edited: dict[str, Opened]) -> None:
        """Publish for the open documents of an app: the edited ones always, the others where something else is to be said."""
        whole = across(site.app)
        documents = [each for each in self._workspace.documents.values() if self._belongs(each, site.app)]
        documents.sort(key=lambda each: each.path not in edited)
        for document in documents:
            found = diagnostics(site.app, document.path, document.module, whole, site.configuration)
            self._publish(document, found, always=document.path in edited)

    def _belongs(self, document: Opened, app: App) -> bool:
        site = self._workspace.site(document.path)
        return site is not None and not site.loose and site.app is app

    def _publish(self, document: Opened, found: Iterable[Diagnostic], *, always: bool = True) -> None:
        text = self._converter.diagnostics_json(found)
        if not always and self._sent.get(document.path, "[]") == text:
            return
        self._sent[document.path] = text
        version = "" if document.version is None else f',"version":{document.version}'
        self._send(f'{{"uri":{json.dumps(document.uri)}{version},"diagnostics":{text}}}')
