"""Completion of blueprints where an app registers them: `app.register_functions(...)`."""

from __future__ import annotations

from pystein_lsp.features.cursor import Cursor
from pystein_lsp.features.types import Item
from pystein_lsp.model.app import App
from pystein_lsp.model.meaning import Container
from pystein_lsp.model.module import Module

_REGISTERING = ("register_functions", "register_blueprint")


def blueprint_names(app: App, module: Module, cursor: Cursor) -> list[Item]:
    """The module's names for blueprints, those first that nothing registers yet; empty elsewhere."""
    call, word = cursor.call, cursor.word
    if call is None or word is None or word.owner or call.place or call.name:
        return []
    owner, _, method = call.function.rpartition(".")
    container, rest = app.resolver.dotted(module, owner, call.line) if method in _REGISTERING else (None, "")
    if not isinstance(container, Container) or rest:
        return []
    found = []
    for name in module.names:
        meaning = app.resolver.meaning(module, name, cursor.line)
        if isinstance(meaning, Container) and not meaning.is_app and not meaning.is_module:
            done = any(each.block is not module.document.block_at(call.line) for each in app.registrations.of(meaning))
            detail = "registered already" if done else meaning.class_name.removeprefix("azure.")
            found.append(Item(name, "variable", name, word.span, rank=50 if done else 0, detail=detail))
    return found
