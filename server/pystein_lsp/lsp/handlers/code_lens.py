"""textDocument/codeLens and codeLens/resolve."""

from __future__ import annotations

import json
from datetime import datetime, timezone
from typing import Any

from lsprotocol import types

from pystein_lsp.features.hierarchy import function_named
from pystein_lsp.features.lenses import lenses, resolved
from pystein_lsp.features.types import Command, Lens
from pystein_lsp.lsp.plain import uri_of
from pystein_lsp.lsp.session import Session

_NOTHING = Command("", "")


def code_lens(session: Session, params: dict[str, Any]) -> str:
    """What can be done with the functions of a document; nothing is offered to be run where running is refused."""
    uri = uri_of(params)
    place = session.document(uri)
    if place is None or place.loose:
        return "[]"
    found = lenses(
        place.app,
        place.module,
        uri,
        off=session.workspace.wishes.no_lenses,
        may_run=session.options.trust != "refused",
        results=session.results_of(place.app),
    )
    return json.dumps([_shape(uri, lens) for lens in session.steady_of(uri).settle(place.module, found)])


def _shape(uri: str, lens: Lens) -> dict[str, Any]:
    """A lens as JSON; it stands at the start of a line, whatever columns are counted in."""
    start = {"line": lens.span.line, "character": 0}
    shape: dict[str, Any] = {"range": {"start": start, "end": start}, "data": [uri, lens.function, lens.kind]}
    if lens.command:
        title, name, arguments = lens.command
        shape["command"] = {"title": title, "command": name, "arguments": arguments}
    return shape


def resolve(session: Session, lens: types.CodeLens) -> types.CodeLens:
    """The title of a lens that has come into view."""
    if lens.command is None:
        lens.command = session.convert.command(_command(session, lens.data))
    return lens


def _command(session: Session, data: object) -> Command:
    """The command of a lens; that of a function which is half typed just now is the one that it had."""
    if not (isinstance(data, (list, tuple)) and len(data) == 3 and all(isinstance(part, str) for part in data)):
        return _NOTHING
    uri, name, kind = data
    place = session.document(uri)
    function = function_named(place.app, name) if place else None
    kept = session.steady_of(uri).titles
    if place and function and function.trigger:
        results = session.results_of(place.app)
        kept[name, kind] = resolved(place.app, function, kind, uri, datetime.now(timezone.utc), results)
    return kept.get((name, kind), _NOTHING)
