"""textDocument/semanticTokens/full, full/delta and range."""

from __future__ import annotations

import json
from typing import Any

from pystein_lsp.features.kinds import TOKENS
from pystein_lsp.features.tokens import tokens
from pystein_lsp.lsp.plain import lines_of, uri_of
from pystein_lsp.lsp.publisher import result_id
from pystein_lsp.lsp.session import Session

_INDEX = {kind: index for index, kind in enumerate(TOKENS)}


def full(session: Session, params: dict[str, Any]) -> str:
    """The tokens of a document."""
    uri = uri_of(params)
    return json.dumps({"data": _told(session, uri)} | _name(session, uri))


def delta(session: Session, params: dict[str, Any]) -> str:
    """What is different about a document's tokens; all of them where the client does not know those told last."""
    uri = uri_of(params)
    known = session.told_tokens.get(uri)
    if known is None or params.get("previousResultId") != _name(session, uri)["resultId"]:
        return full(session, params)
    data = _told(session, uri)
    return json.dumps({"edits": [] if data == known else [_edit(known, data)]} | _name(session, uri))


def in_range(session: Session, params: dict[str, Any]) -> str:
    """The tokens of a range."""
    return json.dumps({"data": _data(session, uri_of(params), *lines_of(params))})


def _told(session: Session, uri: str) -> list[int]:
    """All tokens of a document; kept, where the client may ask what has changed since."""
    data = _data(session, uri, 0, 1 << 31)
    if session.client.token_edits and uri in session.workspace.documents:
        session.told_tokens[uri] = data
    return data


def _name(session: Session, uri: str) -> dict[str, str]:
    """The name of the tokens that were told last; nothing where none are kept."""
    data = session.told_tokens.get(uri)
    return {} if data is None else {"resultId": result_id(json.dumps(data))}


def _edit(old: list[int], new: list[int]) -> dict[str, Any]:
    """The one edit between what both begin and end with."""
    start = _common(old, new)
    end = _common(old[start:][::-1], new[start:][::-1])
    return {"start": start, "deleteCount": len(old) - start - end, "data": new[start : len(new) - end]}


def _common(one: list[int], other: list[int]) -> int:
    """How many numbers are the same from the start on."""
    shorter = min(len(one), len(other))
    return next((index for index in range(shorter) if one[index] != other[index]), shorter)


def _data(session: Session, uri: str, first: int, last: int) -> list[int]:
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
    return data
