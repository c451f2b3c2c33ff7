"""textDocument/semanticTokens/full and range."""

from __future__ import annotations

import json
from typing import Any

from pystein_lsp.features.kinds import TOKENS
from pystein_lsp.features.tokens import tokens
from pystein_lsp.lsp.plain import lines_of, uri_of
from pystein_lsp.lsp.session import Session

_INDEX = {kind: index for index, kind in enumerate(TOKENS)}


def full(session: Session, params: dict[str, Any]) -> str:
    """The tokens of a document."""
    return _data(session, uri_of(params), 0, 1 << 31)


def in_range(session: Session, params: dict[str, Any]) -> str:
    """The tokens of a range."""
    return _data(session, uri_of(params), *lines_of(params))


def _data(session: Session, uri: str, first: int, last: int) -> str:
    """Tokens as the protocol counts them: each from the one before."""
    place = session.document(uri)
    data: list[int] = []
    line = column = 0
    column_of = session.convert.column
    for token in tokens(place.app, place.module, first, last) if place else ():
        text = place.module.document.line_text(token.line) if place else ""
        start, end = column_of(text, token.column), column_of(text, token.column + token.length)
        data += [token.line - line, start - column if token.line == line else start, end - start, _INDEX[token.kind], 0]
        line, column = token.line, start
    return json.dumps({"data": data})
