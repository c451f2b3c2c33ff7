"""The files that analysis sees: those on disk, covered by what an editor holds open."""

from __future__ import annotations

import errno
import os
import stat

from pystein_lsp.model.module import Module, forget_dependents
from pystein_lsp.syntax.source import decode
from pystein_lsp.syntax.span import Span
from pystein_lsp.syntax.tree import Problem

SKIPPED_FOLDERS = frozenset(
    {
        ".git", ".hg", ".mypy_cache", ".nox", ".pystein", ".pytest_cache", ".python_packages", ".ruff_cache", ".svn", ".tox", ".venv",
        ".vscode-test", "__pycache__", "env", "node_modules", "site-packages", "venv",
    }
)  # fmt: skip
"""Folders that hold other people's code or tools' leavings."""


class Files:
    """Reads modules and texts; keeps what was read until told that it changed."""

    def __init__(self) -> None:
        self._modules: dict[str, Module | None] = {}
        self._texts: dict[str, str] = {}
        self._listings: dict[str, frozenset[str]] = {}
        self.covered: set[str] = set()
        """Paths for which a text stands in."""
        self.unreadable: dict[str, str] = {}
        """Paths that could not be read, and why."""
        self.generation = 0
        """Grows whenever something changed that other modules may depend on."""
        self.upheaval = 0
        """The generation of the last change that may concern any block."""

    def module(self, path: str) -> Module | None:
        """The module at an absolute path; None where there is no file."""
        if path not in self._modules:
            self._modules[path] = self._load(path)
        return self._modules[path]

    def text(self, path: str) -> str | None:
        """The text of any other file; None where there is none or it cannot be read."""
        if path in self._texts:
            return self._texts[path]
        data = self.read(path)
        if data is None:
            return None
        self._texts[path] = decode(data).text
        return self._texts[path]

    def names(self, folder: str) -> frozenset[str]:
        """What a folder holds; folders end with a slash."""
        if folder not in self._listings:
            try:
                with os.scandir(folder) as entries:
                    names = frozenset(entry.name + "/" if _is_folder(entry) else entry.name for entry in entries)
            except OSError as error:
                names = frozenset()
                if not isinstance(error, FileNotFoundError | NotADirectoryError):
                    self.unreadable[folder] = error.strerror or str(error)
            self._listings[folder] = names
        return self._listings[folder]

    def open(self, path: str, text: str) -> Module:
        """Let a text cover the file, as an editor's unsaved document does."""
        module = Module(path, text)
        self._modules[path] = module
        self._texts.pop(path, None)
        self.covered.add(path)
        self._changed_everything()
        return module

    def open_text(self, path: str, text: str) -> None:
        """The same for a file that is no module."""
        self._texts[path] = text
        self.covered.add(path)
        self._changed_everything()

    def stand_in(self, path: str, data: bytes) -> None:
        """Let bytes count as those of a file, which need not be there."""
        source = decode(data)
        if path.endswith(".py"):
            self._modules[path] = Module(path, source.text, source.problem)
        else:
            self._texts[path] = source.text
        folder, name = os.path.split(path)
        self._listings[folder] = self.names(folder) | {name}
        self.covered.add(path)
        self._changed_everything()

    def forget(self, path: str) -> None:
        """Read a file, and the folder it is in, again when it is next asked for."""
        self._modules.pop(path, None)
        self._texts.pop(path, None)
        self._listings.pop(os.path.dirname(path), None)
        self._listings.pop(path, None)
        self.unreadable.pop(path, None)
        self.covered.discard(path)
        self._changed_everything()

    def changed(self, edited: Module | None = None) -> None:
        """Whatever was derived from several files has to be derived again.

        Of what was derived from single blocks, that holds for those alone that name what an edit of a module bound anew.
        """
        names = edited.rebound if edited else None
        if names is None:
            self._changed_everything()
            return
        self.generation += 1
        if names:
            forget_dependents([module for module in self._modules.values() if module], names)

    def _changed_everything(self) -> None:
        self.generation += 1
        self.upheaval = self.generation

    def _load(self, path: str) -> Module | None:
        data = self.read(path)
        if data is None:
            reason = self.unreadable.get(path)
            return (
                Module(path, "", Problem(f"this file cannot be read: {reason}", Span(0, 0, 0, 1))) if reason else None
            )
        source = decode(data)
        return Module(path, source.text, source.problem)

    def read(self, path: str) -> bytes | None:
        """The bytes of a file on disk; None where there is none or it cannot be read."""
        try:
            with open(path, "rb", opener=_open_regular) as file:
                return file.read()
        except (FileNotFoundError, NotADirectoryError, IsADirectoryError):
            return None
        except (OSError, ValueError) as error:
            self.unreadable[path] = getattr(error, "strerror", None) or str(error)
            return None


def _is_folder(entry: os.DirEntry[str]) -> bool:
    try:
        return entry.is_dir()
    except OSError:  # a link to itself
        return False


def _open_regular(path: str, flags: int) -> int:
    """Open a file that ends: a named pipe would have us wait, a device read for ever."""
    descriptor = os.open(path, flags | getattr(os, "O_NONBLOCK", 0))
    mode = os.fstat(descriptor).st_mode
    if not (stat.S_ISREG(mode) or stat.S_ISDIR(mode)):  # what folders raise is raised by the caller
        os.close(descriptor)
        raise OSError(errno.EINVAL, "it is no regular file")
    return descriptor


def folders_below(files: Files, folder: str) -> list[str]:
    """The folders inside a folder that may hold an app's own code, in a fixed order.

    Links are not followed, for they may go round; hidden folders cannot be imported from; a copy of azure-functions has a
    module `function_app` that is no app.
    """
    found = []
    for name in sorted(name[:-1] for name in files.names(folder) if name.endswith("/")):
        path = os.path.join(folder, name)
        if name.startswith(".") or name in SKIPPED_FOLDERS or os.path.islink(path):
            continue
        library = name == "azure" and "decorators/" in files.names(os.path.join(path, "functions"))
        if not library and "pyvenv.cfg" not in files.names(path):
            found.append(path)
    return found
