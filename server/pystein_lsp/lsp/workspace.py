"""What the client has: its folders, its open documents, and the function apps that they belong to."""

from __future__ import annotations

import logging
import os
from collections.abc import Callable, Iterable, Mapping
from typing import Any, NamedTuple

from pystein_lsp.config.configuration import DEFAULT, Configuration, ConfigurationError, excludes
from pystein_lsp.config.context import context_of
from pystein_lsp.config.read import OWN, SHARED, Configurations
from pystein_lsp.lsp.columns import Convert, from_wire
from pystein_lsp.lsp.documents import Kind, Opened, Range, range_of, replaced
from pystein_lsp.lsp.paths import path_of, uri_of
from pystein_lsp.lsp.wishes import Wishes
from pystein_lsp.model.app import App, Context
from pystein_lsp.model.discovery import app_of, find_apps
from pystein_lsp.model.files import SKIPPED_FOLDERS, Files
from pystein_lsp.model.meaning import LIBRARIES
from pystein_lsp.model.module import ImportedFrom, Module
from pystein_lsp.syntax.document import normalised
from pystein_lsp.syntax.source import decode

_log = logging.getLogger(__name__)

_NOWHERE = ""
"""In the place of an app's folder: the file is somebody else's."""

REQUIREMENTS = "requirements.txt"


class Site(NamedTuple):
    """Where a document belongs. A `loose` one has no app: its folder stands in for one, and only what is certain is said."""

    app: App
    configuration: Configuration = DEFAULT
    loose: bool = False


class EditorFiles(Files):
    """The files on disk and the open documents, those too that have never been saved."""

    def __init__(self) -> None:
        super().__init__()
        self._unsaved: dict[str, set[str]] = {}

    def cover(self, path: str) -> None:
        """A document is open: its folder lists it."""
        self._unsaved.setdefault(os.path.dirname(path), set()).add(os.path.basename(path))
        self._listings.pop(os.path.dirname(path), None)

    def uncover(self, path: str) -> None:
        """It is closed again."""
        self._unsaved.get(os.path.dirname(path), set()).discard(os.path.basename(path))
        self.forget(path)

    def forget_folders(self, path: str) -> None:
        """List the folders above a path anew."""
        folder = os.path.dirname(path)
        while folder not in ("", os.path.dirname(folder)):
            self._listings.pop(folder, None)
            self.unreadable.pop(folder, None)
            folder = os.path.dirname(folder)
        self.changed()

    def names(self, folder: str) -> frozenset[str]:
        """What a folder holds; folders end with a slash."""
        found = super().names(folder)
        unsaved = self._unsaved.get(folder)
        if unsaved and not unsaved <= found:
            found = self._listings[folder] = found | unsaved
        return found


class Workspace:
    """Folders, documents and apps."""

    def __init__(
        self,
        roots: Iterable[str] = (),
        encoding: str = "utf-16",
        complain: Callable[[str], None] = lambda _text: None,
        environ: Mapping[str, str] | None = None,
    ) -> None:
        self.roots = list(roots)
        self.encoding = encoding
        """The unit of columns on the wire."""
        self._complain = complain
        self.files = EditorFiles()
        self.documents: dict[str, Opened] = {}
        """By URI."""
        self.wishes = Wishes()
        """What the user set in the editor."""
        self._environ = os.environ if environ is None else environ
        self._configurations = Configurations()
        self._by_path: dict[str, Opened] = {}
        self._sites: dict[str, Site] = {}
        self._loose: dict[str, Site] = {}
        self._found: dict[str, list[str]] = {}
        self._homes: dict[str, str | None] = {}

    def open(self, uri: str, language: str, version: int | None, text: str) -> Opened:
        """Take a document that the client has opened."""
        path = path_of(uri)
        document = Opened(uri, path, version, kind_of(path, language))
        self.documents[uri] = self._by_path[document.path] = document
        self.files.cover(document.path)
        self._forget_homes()
        self._take(document, text)
        return document

    def change(self, uri: str, version: int | None, changes: list[Any]) -> Opened | None:
        """Apply the client's changes; None where it never opened the document."""
        document = self.documents.get(uri)
        if document is None:
            return None
        document.version = version
        for change in changes:
            text = change.get("text") if isinstance(change, dict) else None
            if not isinstance(text, str):
                continue
            where = range_of(change.get("range"))
            if where is None:
                self._take(document, text)
            else:
                self._edit(document, where, text)
        return document

    def close(self, uri: str) -> Opened | None:
        """Let go of a document: what counts again is the file."""
        document = self.documents.pop(uri, None)
        if document and self._by_path.get(document.path) is document:
            del self._by_path[document.path]
            self.files.uncover(document.path)
            self._forget_homes()
        return document

    def file_changed(self, path: str) -> None:
        """A file appeared, changed or went, not by way of an open document."""
        if path not in self._by_path:
            self.files.forget(path)
        self.files.forget_folders(path)
        self._forget_homes()
        if os.path.basename(path) in (OWN, SHARED):
            self._configure_again()

    def unsaved(self, root: str) -> list[str]:
        """Open documents below a folder whose text is not what their files hold, by path."""
        inside = os.path.join(root, "")
        return [path for path, each in self._by_path.items() if path.startswith(inside) and not self._is_saved(each)]

    def _is_saved(self, document: Opened) -> bool:
        text = document.module.document.text if document.module else document.text
        data = self.files.read(document.path)
        return data is not None and normalised(decode(data).text) == text

    def opened(self, path: str) -> Opened | None:
        """The open document at a path."""
        return self._by_path.get(path)

    def uri(self, path: str) -> str:
        """The URI of a path, as the client spells it."""
        document = self._by_path.get(path)
        return document.uri if document else uri_of(path)

    def configure(self, wishes: Wishes) -> None:
        """Take what the user set in the editor."""
        self.wishes = wishes
        self._configure_again()

    def _forget_homes(self) -> None:
        self._homes.clear()
        self._found.clear()

    def _configure_again(self) -> None:
        self._configurations = Configurations()
        self._sites.clear()
        self.files.changed()

    def _app(self, root: str) -> Site:
        """The app at a folder, with its configuration."""
        if root not in self._sites:
            configuration = self.wishes.over(self._configuration(root))
            app = App(self.files, root, context_of(configuration, self._environ))
            self._sites[root] = Site(app, configuration)
        return self._sites[root]

    def _configuration(self, root: str) -> Configuration:
        try:
            return self._configurations.of(root)
        except ConfigurationError as error:
            self._complain(f"{error}; until it is mended the defaults apply")
            return DEFAULT

    def site(self, path: str) -> Site | None:
        """Where a document belongs; None where it has nothing to do with function apps."""
        if path not in self._homes:
            self._homes[path] = self._home(path)
        home = self._homes[path]
        if home is not None:
            return self._app(home) if home != _NOWHERE else None
        module = self.module(path)
        if module is None or not _speaks_of_functions(module):
            return None
        folder = os.path.dirname(path)
        if folder not in self._loose:
            self._loose[folder] = Site(App(self.files, folder, Context({})), loose=True)
        return self._loose[folder]

    def _home(self, path: str) -> str | None:
        """The app that a file counts to, None without any; nowhere, where it lies in an environment."""
        if not os.path.isabs(path) or kind_of(path, "") == "other":
            return None
        root = app_of(self.files, path)
        around = [each for each in (root, *self.roots) if each and path.startswith(os.path.join(each, ""))]
        return _NOWHERE if any(self._is_foreign(path, each) for each in around) else root

    def _is_foreign(self, path: str, root: str) -> bool:
        """Whether a file lies in an environment or in tools' leavings below a folder."""
        folder = os.path.dirname(path)
        while folder.startswith(os.path.join(root, "")):
            if os.path.basename(folder) in SKIPPED_FOLDERS or "pyvenv.cfg" in self.files.names(folder):
                return True
            folder = os.path.dirname(folder)
        return False

    def open_paths(self) -> list[str]:
        """The paths of open documents."""
        return list(self._by_path)

    def join(self, folder: str) -> None:
        """One more folder."""
        if folder not in self.roots:
            self.roots.append(folder)
            self._forget_homes()

    def leave(self, folder: str) -> None:
        """One folder less."""
        if folder in self.roots:
            self.roots.remove(folder)
            self._found.pop(folder, None)
            self._forget_homes()

    def found(self, folder: str, roots: Iterable[str]) -> None:
        """Take what was found by looking for apps in a folder of the workspace."""
        self._found[folder] = [
            root for root in roots if root == folder or not excludes(self._configuration(root), root)
        ]

    @property
    def searched(self) -> bool:
        """Whether all folders have been looked through."""
        return all(folder in self._found for folder in self.roots)

    def known_sites(self) -> list[Site]:
        """The apps that have been looked at, but for those of folders that have left."""
        opened = self._homes_of_documents()
        folders = tuple(os.path.join(folder, "") for folder in self.roots)
        return [
            site for root, site in self._sites.items() if root in opened or os.path.join(root, "").startswith(folders)
        ]

    def sites(self) -> list[Site]:
        """Every app of the workspace's folders, and of open documents outside them."""
        for folder in self.roots:
            if folder not in self._found:
                self.found(folder, find_apps(self.files, folder) if os.path.isdir(folder) else [])
        roots = dict.fromkeys(root for folder in self.roots for root in self._found[folder])
        roots.update(dict.fromkeys(sorted(self._homes_of_documents())))
        return [self._app(root) for root in roots]

    def _homes_of_documents(self) -> set[str]:
        """The roots of the apps of open documents."""
        found = (self.site(document.path) for document in self.documents.values())
        return {site.app.root for site in found if site and not site.loose}

    def module(self, path: str) -> Module | None:
        """The module at a path; None where there is none, or something else."""
        document = self._by_path.get(path)
        if document:
            return document.module
        return self.files.module(path) if path.endswith(".py") else None

    def line(self, path: str, line: int) -> str:
        """A line of a file, from 0; empty beyond its end."""
        document = self._by_path.get(path)
        module = self.module(path)
        if module:
            return module.document.line_text(line)
        text = document.text if document else "" if path.endswith(".py") else self.files.text(path) or ""
        lines = text.split("\n")
        return lines[line] if line < len(lines) else ""

    def column(self, path: str, line: int, column: int) -> int:
        """A column in code points, of one that the client sent."""
        return from_wire(self.encoding)(self.line(path, line), column)

    def _take(self, document: Opened, text: str) -> None:
        if document.kind == "python":
            document.module = self.files.open(document.path, text.removeprefix("\ufeff"))
        else:
            self._take_text(document, normalised(text))

    def _take_text(self, document: Opened, text: str) -> None:
        document.text = text
        if document.kind == "data":
            self.files.open_text(document.path, text)

    def _edit(self, document: Opened, where: Range, text: str) -> None:
        convert = from_wire(self.encoding)
        module = document.module
        if module is None:
            lines = document.text.split("\n")
            self._take_text(document, replaced(document.text, _inside(where, lines, convert), text))
            return
        line, column, end_line, end_column = where
        block = module.document.block_at(line)
        if not block.text.isascii() or (end_line > block.line + block.height):
            column = convert(module.document.line_text(line), column)
            end_column = convert(module.document.line_text(end_line), end_column)
        try:
            if module.edit(line, column, end_line, end_column, text):
                self.files.changed(module)
        except Exception:
            _log.exception("an edit could not be followed; the document is read again")
            self._take(document, module.document.text)


def kind_of(path: str, language: str) -> Kind:
    """What a document is to us."""
    if language == "python" or path.endswith(".py"):
        return "python"
    name = os.path.basename(path)
    return "data" if ".json" in name or name == REQUIREMENTS else "other"


def _inside(where: Range, lines: list[str], convert: Convert) -> Range:
    line, end_line = min(where.line, len(lines)), min(where.end_line, len(lines))
    column = convert(lines[line], where.column) if line < len(lines) else 0
    end_column = convert(lines[end_line], where.end_column) if end_line < len(lines) else 0
    return Range(line, column, end_line, end_column)


def _speaks_of_functions(module: Module) -> bool:
    """Whether a module outside any app imports the library."""
    return any(
        isinstance(definition.by, ImportedFrom)
        and f"{definition.by.imported.module}.{definition.by.imported.name or ''}".startswith(LIBRARIES)
        for found in module.names.values()
        for definition in found
    )
