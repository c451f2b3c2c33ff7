"""Completion of the functions that code starts by name: `context.call_activity("...")`, `client.start_new("...")`."""

from __future__ import annotations

from pystein_lsp.features.cursor import Cursor
from pystein_lsp.features.names import name_of
from pystein_lsp.features.types import Item
from pystein_lsp.model.app import App
from pystein_lsp.rules.durable import CALLED, ENTITY, ORCHESTRATOR, trigger_type

_NAMING = {**CALLED, "start_new": ORCHESTRATOR, "EntityId": ENTITY}
"""Methods whose first argument names a function, and the trigger that it has to have."""
_KEYWORDS = ("name", "orchestration_function_name")


def called_names(app: App, cursor: Cursor) -> list[Item]:
    """The functions that the call around the position can start."""
    call, at = cursor.call, cursor.text or cursor.word
    wanted = _NAMING.get(call.function.rpartition(".")[2]) if call else None
    if call is None or at is None or wanted is None or (cursor.word and cursor.word.owner):
        return []
    if not (call.name in _KEYWORDS or (call.name is None and call.place == 0)):
        return []
    found = []
    for function in app.indexed:
        name = name_of(function)
        if name and trigger_type(function) == wanted:
            text = name if cursor.text else f'"{name}"'
            found.append(Item(name, "function", text, at.span, detail=wanted, filter=text))
    return found
