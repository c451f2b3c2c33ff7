"""textDocument/hover."""

from __future__ import annotations

from datetime import datetime, timezone

from lsprotocol import types

from pystein_lsp.features.hover import hover as hovered
from pystein_lsp.lsp.session import Session, markup


def hover(session: Session, params: types.HoverParams) -> types.Hover | None:
    """What stands at a position."""
    place = session.place(params.text_document.uri, params.position)
    found = hovered(place.app, place.module, place.line, place.column, datetime.now(timezone.utc)) if place else None
    if place is None or found is None:
        return None
    return types.Hover(
        markup(found.text, markdown=session.client.hover_markdown), session.convert.range(place.module.path, found.span)
    )
