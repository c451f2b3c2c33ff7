"""textDocument/documentSymbol."""

from __future__ import annotations

from collections.abc import Iterable

from lsprotocol import types

from pystein_lsp.features.symbols import document_symbols
from pystein_lsp.features.types import Symbol
from pystein_lsp.lsp.session import Session

KINDS = {
    "function": types.SymbolKind.Function,
    "binding": types.SymbolKind.Event,
    "container": types.SymbolKind.Namespace,
}


def document_symbol(
    session: Session, params: types.DocumentSymbolParams
) -> list[types.DocumentSymbol] | list[types.SymbolInformation]:
    """The functions of a document; as a tree where the client shows one."""
    place = session.document(params.text_document.uri)
    if place is None:
        return []
    found = document_symbols(place.app, place.module)
    path = place.module.path
    if session.client.symbol_tree:
        return [_tree(session, path, symbol) for symbol in found]
    return [
        types.SymbolInformation(
            location=types.Location(params.text_document.uri, session.convert.range(path, symbol.selection)),
            name=f"{symbol.name} ({symbol.detail})" if symbol.detail else symbol.name,
            kind=KINDS[symbol.kind],
        )
        for symbol in _flat(found)
    ]


def _flat(symbols: Iterable[Symbol]) -> list[Symbol]:
    return [each for symbol in symbols for each in (symbol, *symbol.children)]


def _tree(session: Session, path: str, symbol: Symbol) -> types.DocumentSymbol:
    return types.DocumentSymbol(
        name=symbol.name,
        kind=KINDS[symbol.kind],
        range=session.convert.range(path, symbol.span),
        selection_range=session.convert.range(path, symbol.selection),
        detail=symbol.detail,
        children=[_tree(session, path, child) for child in symbol.children],
    )
