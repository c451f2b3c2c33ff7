"""Diagnostics of one document: what the module gives rise to, and what the app as a whole says about it."""

from __future__ import annotations

from pystein_lsp.model.app import App
from pystein_lsp.model.module import Module
from pystein_lsp.rules.diagnose import Diagnostic, app_diagnostics, module_diagnostics


def of_module(app: App, module: Module | None) -> list[Diagnostic]:
    """What a module gives rise to by itself; nothing for a document that is no module."""
    return module_diagnostics(app, module) if module else []


def by_file(app: App) -> dict[str, list[Diagnostic]]:
    """What is said about an app as a whole, by the path of the file that it is said about."""
    found: dict[str, list[Diagnostic]] = {}
    for each in app_diagnostics(app):
        found.setdefault(each.location.path, []).append(each)
    return found
