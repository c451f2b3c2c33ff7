"""Reports of apps that have not changed, kept in the user's cache folder: a second check of a large tree looks at no source.

A report counts as long as everything that it was made from stays as it was: every file below the app's folder, the
configuration, the settings that come from elsewhere, the environment, and this program. What cannot be read as a report, for
whatever reason, is as good as none. It is JSON, so that a file that somebody else put there can do no more than be wrong.
"""

from __future__ import annotations

import json
import os
import re
import sys
from collections.abc import Iterator, Mapping
from hashlib import sha256
from time import time
from typing import Any, cast

from pystein_lsp import __version__
from pystein_lsp.cli.report import AppReport, BindingReport, Found, FunctionReport, Place, Remedy, Replacement
from pystein_lsp.cli.targets import Target
from pystein_lsp.model.files import SKIPPED_FOLDERS, Files

_KEPT_SECONDS = 30 * 24 * 3600
_SHAPE = 1
"""Counts the changes of what a kept report looks like."""

_PASSING = frozenset({"_", "OLDPWD", "PWD", "SHLVL", "TERM_SESSION_ID", "WINDOWID", "COLUMNS", "LINES"})
"""Parts of the environment that differ from one run to the next and are no app settings."""


class Cache:
    """Reports by the folders of their apps."""

    def __init__(self, files: Files, settings_file: str | None) -> None:
        self._files = files
        self._folder = os.path.join(_cache_folder(), "reports")
        self._common = _digest([_SHAPE, __version__, sys.version, _program(), _environment(), _stamp(settings_file)])
        self._keys: dict[str, str] = {}

    def get(self, target: Target) -> AppReport | None:
        """The report of an app, if nothing has changed since."""
        key = self._keys[target.app.root] = self._key(target)
        try:
            with open(self._path(target), encoding="utf-8") as file:
                content = json.load(file)
            return _report(content["report"]) if content["key"] == key else None
        except (OSError, ValueError, KeyError, TypeError, RecursionError):
            return None

    def put(self, target: Target, report: AppReport) -> None:
        """Keep a report that was made since `get`; where that is not possible, do without."""
        path = self._path(target)
        temporary = f"{path}.{os.getpid()}"
        try:
            text = json.dumps({"key": self._keys[target.app.root], "report": report})
            os.makedirs(self._folder, mode=0o700, exist_ok=True)
            with open(temporary, "w", encoding="utf-8") as file:
                file.write(text)
            os.replace(temporary, path)
        except OSError:
            return

    def prune(self) -> None:
        """Throw away what has not been of use for a month."""
        try:
            with os.scandir(self._folder) as entries:
                for entry in entries:
                    if entry.stat().st_mtime < time() - _KEPT_SECONDS:
                        os.unlink(entry.path)
        except OSError:
            return

    def _path(self, target: Target) -> str:
        return os.path.join(self._folder, _digest(target.app.root) + ".json")

    def _key(self, target: Target) -> str:
        asked = [_plain(target.configuration), _plain(target.only), _stamp(target.configuration.settings_file)]
        return _digest([self._common, target.app.root, asked, list(_state(self._files, target.app.root))])


def _plain(value: object) -> object:
    """The same for equal values, in every process: sets and tables have no order of their own."""
    if isinstance(value, frozenset):
        return sorted(value)
    if isinstance(value, Mapping):
        return sorted((name, _plain(each)) for name, each in value.items())
    if isinstance(value, tuple):
        return [_plain(each) for each in value]
    return value.pattern if isinstance(value, re.Pattern) else value


def _state(files: Files, root: str) -> Iterator[tuple[str, object]]:
    """Every file that analysis may look at, with what tells whether it changed."""
    pending = [root]
    yield ".venv/pyvenv.cfg", _stamp(os.path.join(root, ".venv", "pyvenv.cfg"))
    while pending:
        folder = pending.pop()
        for name in sorted(files.names(folder)):
            path = os.path.join(folder, name)
            if not name.endswith("/"):
                yield path, _stamp(path)
            elif name[:-1] not in SKIPPED_FOLDERS:
                yield path, None
                if not os.path.islink(path[:-1]):
                    pending.append(path[:-1])


def _stamp(path: str | None) -> list[int] | None:
    if path is None:
        return None
    try:
        status = os.stat(path)
    except OSError:
        return None
    return [status.st_size, status.st_mtime_ns, status.st_ctime_ns, status.st_mode]


def _program() -> list[tuple[str, list[int] | None]]:
    """Our own files: while they are worked on, the version says nothing."""
    package = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
    return [
        (name, _stamp(os.path.join(folder, name)))
        for folder, _, names in sorted(os.walk(package))
        for name in sorted(names)
        if name.endswith((".py", ".json"))
    ]


def _environment() -> list[tuple[str, str]]:
    return sorted((name, value) for name, value in os.environ.items() if name not in _PASSING)


def _digest(content: object) -> str:
    """A hash: nothing of what goes into it, such as values of settings, can be read from the cache."""
    return sha256(json.dumps(content).encode("utf-8", "surrogatepass")).hexdigest()


def _cache_folder() -> str:
    """Where programs keep what they can do without."""
    if sys.platform == "win32":
        base = os.environ.get("LOCALAPPDATA") or os.path.expanduser("~")
    elif sys.platform == "darwin":
        base = os.path.expanduser("~/Library/Caches")
    else:
        base = os.environ.get("XDG_CACHE_HOME") or os.path.expanduser("~/.cache")
    return os.path.join(base, "pystein-lsp")


# From JSON back to records


def _report(content: list[Any]) -> AppReport:
    report = AppReport(*content)
    return report._replace(
        functions=tuple(_function(each) for each in report.functions),
        found=tuple(_found(each) for each in report.found),
        suppressed=tuple(_found(each) for each in report.suppressed),
    )


def _function(content: Any) -> FunctionReport:
    function = FunctionReport(*content)
    return function._replace(bindings=tuple(BindingReport(*each) for each in function.bindings))


def _found(content: Any) -> Found:
    found = Found(*content)
    return found._replace(
        place=Place(*found.place),
        related=tuple((message, Place(*place)) for message, place in found.related),
        fixes=tuple(_remedy(each) for each in found.fixes),
    )


def _remedy(content: Any) -> Remedy:
    remedy = Remedy(*content)
    edits = cast("list[list[Any]]", remedy.edits)
    return remedy._replace(edits=tuple(Replacement(Place(*place), text) for place, text in edits))
