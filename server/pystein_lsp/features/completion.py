"""Completion: what can be written at a position."""

from __future__ import annotations

from pystein_lsp.features.annotation_types import annotation_types
from pystein_lsp.features.argument_names import argument_names
from pystein_lsp.features.argument_values import argument_values, members
from pystein_lsp.features.blueprint_names import blueprint_names
from pystein_lsp.features.called_names import called_names
from pystein_lsp.features.cursor import cursor_at
from pystein_lsp.features.decorator_names import decorator_names
from pystein_lsp.features.environment import complete_setting_read
from pystein_lsp.features.ignores import complete_ignores
from pystein_lsp.features.long_texts import in_long_text
from pystein_lsp.features.route_values import route_values
from pystein_lsp.features.target import target_of
from pystein_lsp.features.types import Item
from pystein_lsp.model.app import App
from pystein_lsp.model.module import Module


def complete(app: App, module: Module, line: int, column: int) -> list[Item]:
    """What can be written at a position of a module; empty where we have nothing to say.

    Args:
        app: the app that the module belongs to.
        module: the module.
        line: from 0.
        column: in code points, from 0.
    """
    ignores = complete_ignores(module, line, column)
    if ignores is not None:
        return ignores
    cursor = cursor_at(module.document, line, column)
    long = cursor.text is not None and len(cursor.text.quote) == len('"' * 3)
    if not long and in_long_text(module.document, line, column):
        return []
    if cursor.after_at and cursor.word:
        return decorator_names(app, module, cursor, cursor.word)
    target = target_of(cursor.call, module, app) if cursor.call else None
    if cursor.call is None or target is None:
        values = (
            route_values(app, module, cursor)
            or complete_setting_read(app, module, cursor)
            or blueprint_names(app, module, cursor)
        )
        if values:
            return values
        fitting = annotation_types(app, module, cursor.word, line) if cursor.word else None
        return called_names(app, cursor) if fitting is None else fitting
    if cursor.word and cursor.word.owner:
        return members(app, module, cursor.word, line)
    if cursor.call.fresh and cursor.word:
        return argument_names(target, cursor, cursor.word)
    return argument_values(app, module, target, cursor)
