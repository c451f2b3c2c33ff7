"""textDocument/codeLens."""

from __future__ import annotations

from lsprotocol import types

from pystein_lsp.features.lenses import lenses
from pystein_lsp.lsp.session import Session


def code_lens(session: Session, params: types.CodeLensParams) -> list[types.CodeLens]:
    """What can be done with the functions of a document; nothing is offered to be run where running is refused."""
    place = session.document(params.text_document.uri)
    if place is None or place.loose:
        return []
    found = lenses(
        place.app,
        place.module,
        params.text_document.uri,
        off=session.workspace.wishes.no_lenses,
        may_run=session.options.trust != "refused",
    )
    return [
        types.CodeLens(session.convert.range(place.module.path, lens.span), session.convert.command(lens.command))
        for lens in found
    ]
