"""textDocument/prepareCallHierarchy and what is asked of its items: from a durable client to orchestrators and activities."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from lsprotocol import types

from pystein_lsp.features.calls import Calls, callees, callers
from pystein_lsp.features.hierarchy import Node, function_at, function_named, node_of
from pystein_lsp.lsp.paths import path_of
from pystein_lsp.lsp.session import Session
from pystein_lsp.model.app import App
from pystein_lsp.model.functions import Function


def prepare(session: Session, params: types.CallHierarchyPrepareParams) -> list[types.CallHierarchyItem] | None:
    """The function at a position."""
    place = session.place(params.text_document.uri, params.position)
    found = function_at(place.app, place.module, place.line, place.column) if place and not place.loose else None
    return [_item(session, node_of(place.app, found))] if place and found else None


def incoming(
    session: Session, params: types.CallHierarchyIncomingCallsParams
) -> list[types.CallHierarchyIncomingCall] | None:
    """Who starts it."""
    return [
        types.CallHierarchyIncomingCall(
            _item(session, node_of(app, each.function)), _ranges(session, each.function, each)
        )
        for app, _, each in _calls(session, params.item, callers)
    ]


def outgoing(
    session: Session, params: types.CallHierarchyOutgoingCallsParams
) -> list[types.CallHierarchyOutgoingCall] | None:
    """What it starts."""
    return [
        types.CallHierarchyOutgoingCall(_item(session, node_of(app, each.function)), _ranges(session, caller, each))
        for app, caller, each in _calls(session, params.item, callees)
    ]


def _calls(
    session: Session, item: types.CallHierarchyItem, ask: Callable[[App, Function], list[Calls]]
) -> Iterator[tuple[App, Function, Calls]]:
    data: Any = item.data
    app = session.app_of(path_of(item.uri))
    function = function_named(app, data) if app and isinstance(data, str) else None
    if app and function:
        for each in ask(app, function):
            yield app, function, each


def _ranges(session: Session, caller: Function, calls: Calls) -> list[types.Range]:
    return [session.convert.range(caller.module.path, span) for span in calls.spans]


def _item(session: Session, node: Node) -> types.CallHierarchyItem:
    return types.CallHierarchyItem(
        name=node.name,
        kind=types.SymbolKind.Function,
        uri=session.workspace.uri(node.path),
        range=session.convert.range(node.path, node.span),
        selection_range=session.convert.range(node.path, node.selection),
        detail=node.detail,
        data=node.name,
    )
