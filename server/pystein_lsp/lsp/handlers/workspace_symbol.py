"""workspace/symbol."""

from __future__ import annotations

from lsprotocol import types

from pystein_lsp.features.symbols import workspace_symbols
from pystein_lsp.lsp.handlers.document_symbol import KINDS
from pystein_lsp.lsp.session import Session


def workspace_symbol(session: Session, params: types.WorkspaceSymbolParams) -> list[types.SymbolInformation]:
    """The functions of all apps of the workspace: by name, trigger, route or queue."""
    apps = [site.app for site in session.workspace.sites()]
    return [
        types.SymbolInformation(
            location=types.Location(session.workspace.uri(path), session.convert.range(path, symbol.selection)),
            name=symbol.name,
            kind=KINDS[symbol.kind],
            container_name=symbol.detail,
        )
        for symbol, path in workspace_symbols(apps, params.query)
    ]
