"""textDocument/hover."""

from __future__ import annotations

from datetime import datetime, timezone

from lsprotocol import types

from pystein_lsp.features.hover import hover as hovered
from pystein_lsp.features.json_files import hover_json
from pystein_lsp.lsp.session import Session, markup


def hover(session: Session, params: types.HoverParams) -> types.Hover | None:
    """What stands at a position."""
    place = session.place(params.text_document.uri, params.position)
    if place:
        path = place.module.path
        found = hovered(place.app, place.module, place.line, place.column, datetime.now(timezone.utc))
    elif spot := session.spot(params.text_document.uri, params.position):
        path, found = spot.path, hover_json(*spot)
    else:
        return None
    if found is None:
        return None
    text = markup(found.text, markdown=session.client.hover_markdown)
    return types.Hover(text, session.convert.range(path, found.span))
