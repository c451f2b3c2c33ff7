"""textDocument/codeLens and codeLens/resolve."""

from __future__ import annotations

from datetime import datetime, timezone

from lsprotocol import types

from pystein_lsp.features.hierarchy import function_named
from pystein_lsp.features.lenses import lenses, resolved
from pystein_lsp.features.types import Command
from pystein_lsp.lsp.session import Session

_NOTHING = Command("", "")


def code_lens(session: Session, params: types.CodeLensParams) -> list[types.CodeLens]:
    """What can be done with the functions of a document; nothing is offered to be run where running is refused."""
    uri = params.text_document.uri
    place = session.document(uri)
    if place is None or place.loose:
        return []
    found = lenses(
        place.app,
        place.module,
        uri,
        off=session.workspace.wishes.no_lenses,
        may_run=session.options.trust != "refused",
        results=session.results_of(place.app),
    )
    return [
        types.CodeLens(
            session.convert.range(place.module.path, lens.span),
            command=session.convert.command(lens.command) if lens.command else None,
            data=[uri, lens.function, lens.kind],
        )
        for lens in session.steady_of(uri).settle(place.module, found)
    ]


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
