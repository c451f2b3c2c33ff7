"""Diagnostics of one document: what its module gives rise to, and what the app as a whole says about it."""

from __future__ import annotations

from collections.abc import Mapping

from pystein_lsp.config.configuration import DEFAULT, Configuration, configured, excludes
from pystein_lsp.model.app import App
from pystein_lsp.model.module import Module
from pystein_lsp.rules.diagnose import Diagnostic, app_diagnostics, module_diagnostics

Across = Mapping[str, list[Diagnostic]]
"""What is said about an app as a whole, by the path of the file that it is said about."""


def across(app: App) -> Across:
    """Look at an app as a whole."""
    found: dict[str, list[Diagnostic]] = {}
    for each in app_diagnostics(app):
        found.setdefault(each.location.path, []).append(each)
    return found


def diagnostics(
    app: App, path: str, module: Module | None, whole: Across, configuration: Configuration = DEFAULT
) -> list[Diagnostic]:
    """What there is to say about a document, as the user wants it.

    Args:
        app: the app that it belongs to.
        path: the document's.
        module: the document, where it is Python.
        whole: what is said about the app as a whole; empty where the document stands for itself.
        configuration: which rules apply, and how severe they are.
    """
    found = [*(module_diagnostics(app, module) if module else ()), *whole.get(path, ())]
    if configuration is DEFAULT:
        return found
    return [] if excludes(configuration, path) else configured(configuration, found)
