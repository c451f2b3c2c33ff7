"""Functions that apps make themselves: `AsgiFunctionApp` and `WsgiFunctionApp` have one for all requests."""

from __future__ import annotations

from pystein_lsp.model.app import App
from pystein_lsp.model.constructions import constructions_of
from pystein_lsp.model.meaning import Container
from pystein_lsp.syntax.document import Block

_CLASSES = ("azure.functions.AsgiFunctionApp", "azure.functions.WsgiFunctionApp")
_DEFAULT_NAME = "http_app_func"
"""azure-functions 1.26.0, function_app.py."""


def constructed(app: App) -> list[tuple[str | None, Container]]:
    """The names of these functions, None where one is not known, and the apps that make them."""
    return [(_name(each, app), each) for each in app.containers if each.class_name in _CLASSES and each.call]


def _name(container: Container, app: App) -> str | None:
    module, block = app.files.module(container.location.path), container.location.anchor
    if module is None or not isinstance(block, Block):
        return None
    for bound in constructions_of(module, block, app.resolver):
        if bound.call is container.call:
            given = bound.values.get("function_name")
            return bound.text("function_name") if given or not bound.complete else _DEFAULT_NAME
    return None
