"""From the paths on the command line to apps."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from pystein_lsp.cli.status import UnusableError
from pystein_lsp.config.configuration import Configuration, ConfigurationError, excludes
from pystein_lsp.config.context import context_of
from pystein_lsp.config.read import Configurations
from pystein_lsp.model.app import App
from pystein_lsp.model.discovery import app_of, find_apps
from pystein_lsp.model.files import Files, folders_below


class Target(NamedTuple):
    """An app with what was decided for it, and which of its files are of interest: all where `only` is None."""

    app: App
    configuration: Configuration
    only: frozenset[str] | None


def find_targets(files: Files, paths: Sequence[str], settings_file: str | None = None) -> list[Target]:
    """The apps that paths name: a tree with apps in it, an app's folder, or files of apps.

    Raises:
        UnusableError: a path does not exist, a folder holds no app, or a configuration cannot be used.
    """
    try:
        return list(_targets(files, paths or ["."], settings_file))
    except ConfigurationError as error:
        raise UnusableError(str(error)) from error


def _targets(files: Files, paths: Sequence[str], settings_file: str | None) -> Iterator[Target]:
    configurations = Configurations()
    whole: dict[str, None] = {}
    parts: dict[str, set[str]] = {}
    for path in paths:
        absolute = os.path.abspath(path)
        if os.path.isdir(absolute):
            whole.update(dict.fromkeys(_apps_in(files, absolute, path, configurations)))
        elif os.path.exists(absolute) or absolute in files.covered:
            root = app_of(files, absolute)
            if root:
                parts.setdefault(root, set()).add(absolute)
        else:
            raise UnusableError(f"{path}: no such file or folder")
    for root in whole:
        yield target_of(root, configurations.of(root), None, settings_file, files)
    for root, only in parts.items():
        if root not in whole:
            yield target_of(root, configurations.of(root), frozenset(only), settings_file, files)


def target_of(
    root: str,
    configuration: Configuration,
    only: frozenset[str] | None,
    settings_file: str | None,
    files: Files | None = None,
) -> Target:
    """An app with what was decided for it."""
    context = context_of(configuration, os.environ, settings_file)
    return Target(App(files or Files(), root, context), configuration, only)


def _apps_in(files: Files, folder: str, given: str, configurations: Configurations) -> list[str]:
    """The apps of a tree, or else the one that the folder is a part of."""
    files.names(folder)
    if folder in files.unreadable:
        raise UnusableError(f"{given}: this folder cannot be read: {files.unreadable[folder]}")
    found = [root for root in find_apps(files, folder) if root == folder or not excludes(configurations.of(root), root)]
    if not found and (around := app_of(files, folder)):
        found = [around]
    if not found:
        older = any("function.json" in files.names(each) for each in folders_below(files, folder))
        raise UnusableError(
            f"{given}: no function app in this folder or below it: "
            + (
                "the functions are of the older model (function.json); `pystein-lsp migrate` brings them to today's"
                if older
                else "one needs a function_app.py, or a host.json beside Python files"
            )
        )
    return found
