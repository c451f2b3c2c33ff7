"""textDocument/hover."""

from __future__ import annotations

from collections.abc import Coroutine
from datetime import datetime, timezone
from typing import Any

from lsprotocol import types

from pystein_lsp.features.hover import hover as hovered
from pystein_lsp.features.json_files import hover_json
from pystein_lsp.features.types import Hover
from pystein_lsp.lsp.ordinary_python import is_ordinary
from pystein_lsp.lsp.session import Place, Session, markup
from pystein_lsp.syntax.span import Span


def hover(session: Session, params: types.HoverParams) -> types.Hover | Coroutine[Any, Any, types.Hover | None] | None:
    """What stands at a position; a class or constant above a function is told by jedi, where no Python server does."""
    place = session.place(params.text_document.uri, params.position)
    if place:
        found = hovered(place.app, place.module, place.line, place.column, datetime.now(timezone.utc))
        if found is None and is_ordinary(place) and not session.client.has_python:
            return _ordinary(session, place)
        return _shape(session, place.module.path, found)
    spot = session.spot(params.text_document.uri, params.position)
    return _shape(session, spot.path, hover_json(*spot)) if spot else None


async def _ordinary(session: Session, place: Place) -> types.Hover | None:
    found = await session.ordinary.ask(place, session.options.interpreter)
    at = Span(place.line, place.column, place.line, place.column)
    return _shape(session, place.module.path, Hover(found.text, at) if found and found.text else None)


def _shape(session: Session, path: str, found: Hover | None) -> types.Hover | None:
    if found is None:
        return None
    text = markup(found.text, markdown=session.client.hover_markdown)
    return types.Hover(text, session.convert.range(path, found.span))
