"""textDocument/semanticTokens/full and range."""

from __future__ import annotations

from lsprotocol import types

from pystein_lsp.features.kinds import TOKENS
from pystein_lsp.features.tokens import tokens
from pystein_lsp.lsp.session import Session

_INDEX = {kind: index for index, kind in enumerate(TOKENS)}


def full(session: Session, params: types.SemanticTokensParams) -> types.SemanticTokens:
    """The tokens of a document."""
    return types.SemanticTokens(_data(session, params.text_document.uri, 0, 1 << 31))


def in_range(session: Session, params: types.SemanticTokensRangeParams) -> types.SemanticTokens:
    """The tokens of a range."""
    return types.SemanticTokens(
        _data(session, params.text_document.uri, params.range.start.line, params.range.end.line)
    )


def _data(session: Session, uri: str, first: int, last: int) -> list[int]:
    """Tokens as the protocol counts them: each from the one before."""
    place = session.document(uri)
    data: list[int] = []
    previous = types.Position(0, 0)
    for token in tokens(place.app, place.module, first, last) if place else ():
        path = place.module.path if place else ""
        start = session.convert.position(path, token.line, token.column)
        end = session.convert.position(path, token.line, token.column + token.length)
        same_line = start.line == previous.line
        column = start.character - previous.character if same_line else start.character
        data += [start.line - previous.line, column, end.character - start.character, _INDEX[token.kind], 0]
        previous = start
    return data
