"""textDocument/foldingRange."""

from __future__ import annotations

from lsprotocol import types

from pystein_lsp.features.folding import folds
from pystein_lsp.lsp.session import Session


def folding_range(session: Session, params: types.FoldingRangeParams) -> list[types.FoldingRange]:
    """The lines of a document that can be folded."""
    place = session.document(params.text_document.uri)
    return [types.FoldingRange(fold.line, fold.end_line) for fold in folds(place.app, place.module)] if place else []
