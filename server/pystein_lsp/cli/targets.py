"""From the paths on the command line to apps."""

from __future__ import annotations

import os
from collections.abc import Sequence
from typing import NamedTuple

from pystein_lsp.cli.status import UnusableError
from pystein_lsp.model.app import App, Context
from pystein_lsp.model.discovery import app_of, find_apps
from pystein_lsp.model.files import Files


class Target(NamedTuple):
    """An app, and which of its files are of interest: all where `only` is None."""

    app: App
    only: frozenset[str] | None


def find_targets(files: Files, paths: Sequence[str], context: Context) -> list[Target]:
    """The apps that paths name: a tree with apps in it, an app's folder, or files of apps.

    Raises:
        UnusableError: a path does not exist, or a folder holds no app.
    """
    whole: dict[str, None] = {}
    parts: dict[str, set[str]] = {}
    for path in paths or ["."]:
        absolute = os.path.abspath(path)
        if os.path.isdir(absolute):
            _readable(files, absolute, path)
            found = list(find_apps(files, absolute))
            if not found:
                found = [app] if (app := app_of(files, absolute)) else []
            if not found:
                raise UnusableError(
                    f"{path}: no function app in this folder or below it:"
                    " one needs a function_app.py, or a host.json beside Python files"
                )
            whole.update(dict.fromkeys(found))
        elif os.path.exists(absolute):
            root = app_of(files, absolute)
            if root:
                parts.setdefault(root, set()).add(absolute)
        else:
            raise UnusableError(f"{path}: no such file or folder")
    targets = [Target(App(files, root, context), None) for root in whole]
    targets += [Target(App(files, root, context), frozenset(only)) for root, only in parts.items() if root not in whole]
    return targets


def _readable(files: Files, folder: str, given: str) -> None:
    files.names(folder)
    if folder in files.unreadable:
        raise UnusableError(f"{given}: this folder cannot be read: {files.unreadable[folder]}")
