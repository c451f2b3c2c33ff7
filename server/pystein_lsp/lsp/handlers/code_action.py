"""textDocument/codeAction."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from lsprotocol import types

from pystein_lsp.features.actions import fix_all, function_actions, quick_fixes
from pystein_lsp.features.refactor import refactorings
from pystein_lsp.features.suppress import rule_pages, suppress_actions
from pystein_lsp.features.types import Action
from pystein_lsp.lsp.session import Place, Session
from pystein_lsp.syntax.span import Span


def code_action(session: Session, params: types.CodeActionParams) -> list[types.CodeAction | types.Command]:
    """What can be done at a range."""
    place = session.document(params.text_document.uri)
    if place is None:
        return []
    at = session.convert.span(place.module.path, params.range)
    only = params.context.only
    actions = [action for action in _actions(session, place, params, at) if _wanted(action, only)]
    if session.client.literal_actions:
        return [_shape(session, action) for action in actions]
    return [session.convert.command(action.command) for action in actions if action.command]


def _actions(session: Session, place: Place, params: types.CodeActionParams, at: Span) -> Iterator[Action]:
    found = session.diagnostics(place)
    yield from quick_fixes(found, at)
    yield from suppress_actions(place.module, found, at)
    yield from rule_pages(found, at)
    everything = fix_all(found)
    if everything and params.context.only:
        yield everything
    if not place.loose:
        may_run, results = session.options.trust != "refused", session.results_of(place.app)
        yield from function_actions(place.app, place.module, params.text_document.uri, at, results, may_run=may_run)
        for action in refactorings(place.app, place.module, at, asked=bool(params.context.only)):
            if action.new_file is None or session.client.creates_files:
                yield action


def _wanted(action: Action, only: Sequence[types.CodeActionKind | str] | None) -> bool:
    """Whether the client asked for this kind: `source` stands for all that begin with it."""
    if not only:
        return True
    kinds = [str(getattr(kind, "value", kind)) for kind in only]
    return any(kind in ("", action.kind) or action.kind.startswith(kind + ".") for kind in kinds)


def _shape(session: Session, action: Action) -> types.CodeAction:
    diagnostics = [session.convert.typed(action.diagnostic)] if action.diagnostic else None
    return types.CodeAction(
        title=action.title,
        kind=action.kind,
        diagnostics=diagnostics,
        is_preferred=action.preferred or None,
        edit=session.convert.edit(action.edits, action.new_file) if action.edits else None,
        command=session.convert.command(action.command) if action.command else None,
    )
