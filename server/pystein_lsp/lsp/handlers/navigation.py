"""textDocument/definition, references, documentHighlight, prepareRename and rename: all of them about what a position names."""

from __future__ import annotations

from collections.abc import Coroutine
from typing import Any, NamedTuple, Protocol

from lsprotocol import types
from pygls.exceptions import JsonRpcException

from pystein_lsp.features.occurrences import Named, named_at, occurrences, setting_at
from pystein_lsp.features.rename import renamed, renaming
from pystein_lsp.lsp.ordinary_python import is_ordinary
from pystein_lsp.lsp.session import Place, Session
from pystein_lsp.model.app import App


class At(Protocol):
    """The parameters of a request about a position."""

    text_document: types.TextDocumentIdentifier
    position: types.Position


class Pointed(NamedTuple):
    """What the user points at."""

    app: App
    path: str
    named: Named


def definition(
    session: Session, params: types.DefinitionParams
) -> list[types.Location] | Coroutine[Any, Any, list[types.Location]]:
    """Where it is defined; asked at the definition, where it is used, as people expect of a toggle."""
    pointed = _pointed(session, params)
    if pointed is None:
        place = session.place(params.text_document.uri, params.position)
        return _ordinary(session, place) if place and is_ordinary(place) else []
    found = occurrences(pointed.app, pointed.named)
    elsewhere = [each for each in found if (each.path, each.span) != (pointed.path, pointed.named.span)]
    definitions = [each for each in elsewhere if each.role == "definition"]
    return [
        types.Location(session.workspace.uri(each.path), session.convert.range(each.path, each.span))
        for each in definitions or elsewhere
    ]


async def _ordinary(session: Session, place: Place) -> list[types.Location]:
    """Where an annotation's class or a constant is defined."""
    found = await session.ordinary.ask(place, session.options.interpreter)
    return [session.convert.location(each) for each in found.places] if found else []


def references(session: Session, params: types.ReferenceParams) -> list[types.Location]:
    """Everywhere that names it."""
    pointed = _pointed(session, params)
    found = occurrences(pointed.app, pointed.named) if pointed else []
    return [
        types.Location(session.workspace.uri(each.path), session.convert.range(each.path, each.span))
        for each in found
        if params.context.include_declaration or each.role != "definition"
    ]


def document_highlight(session: Session, params: types.DocumentHighlightParams) -> list[types.DocumentHighlight]:
    """Everywhere in this document."""
    pointed = _pointed(session, params)
    found = occurrences(pointed.app, pointed.named) if pointed else []
    kinds = {"definition": types.DocumentHighlightKind.Write, "use": types.DocumentHighlightKind.Read}
    return [
        types.DocumentHighlight(session.convert.range(each.path, each.span), kinds[each.role])
        for each in found
        if pointed and each.path == pointed.path
    ]


def prepare_rename(session: Session, params: types.PrepareRenameParams) -> types.PrepareRenamePlaceholder | None:
    """What would be renamed.

    Raises:
        JsonRpcException: it cannot be; editors show why.
    """
    pointed = _renameable(session, params)
    if pointed is None:
        return None
    found = renaming(pointed.app, pointed.named)
    if found.refused:
        raise _refused(found.refused)
    return types.PrepareRenamePlaceholder(session.convert.range(pointed.path, found.span), found.name)


def rename(session: Session, params: types.RenameParams) -> types.WorkspaceEdit | None:
    """The edits.

    Raises:
        JsonRpcException: the new name cannot be used; editors show why.
    """
    pointed = _renameable(session, params)
    if pointed is None:
        return None
    edits = renamed(pointed.app, pointed.named, params.new_name)
    if isinstance(edits, str):
        raise _refused(edits)
    return session.convert.edit(edits)


def _renameable(session: Session, params: At) -> Pointed | None:
    """What the user points at, unless that is a variable: those are the business of a Python language server."""
    pointed = _pointed(session, params)
    return None if pointed and pointed.named.kind == "container" else pointed


def _pointed(session: Session, params: At) -> Pointed | None:
    place = session.place(params.text_document.uri, params.position)
    if place:
        named = named_at(place.app, place.module, place.line, place.column)
        return Pointed(place.app, place.module.path, named) if named else None
    spot = session.spot(params.text_document.uri, params.position)
    named = setting_at(spot.app, spot.path, spot.line, spot.column) if spot else None
    return Pointed(spot.app, spot.path, named) if spot and named else None


def _refused(why: str) -> JsonRpcException:
    return JsonRpcException(why, code=types.LSPErrorCodes.RequestFailed.value)
