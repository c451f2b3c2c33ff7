"""textDocument/inlayHint."""

from __future__ import annotations

from lsprotocol import types

from pystein_lsp.features.hints import hints
from pystein_lsp.lsp.session import Session


def inlay_hint(session: Session, params: types.InlayHintParams) -> list[types.InlayHint]:
    """The hints in a range."""
    place = session.document(params.text_document.uri)
    if place is None:
        return []
    found = hints(place.app, place.module, params.range.start.line, params.range.end.line)
    return [
        types.InlayHint(
            position=session.convert.position(place.module.path, hint.line, hint.column),
            label=hint.text,
            padding_left=True,
            tooltip=hint.tooltip,
        )
        for hint in found
        if hint.kind not in session.workspace.wishes.no_hints
    ]
