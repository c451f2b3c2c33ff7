"""textDocument/documentLink."""

from __future__ import annotations

from lsprotocol import types

from pystein_lsp.features.links import links
from pystein_lsp.lsp.session import Session


def document_link(session: Session, params: types.DocumentLinkParams) -> list[types.DocumentLink]:
    """The links of a document."""
    place = session.document(params.text_document.uri)
    if place is None or place.loose:
        return []
    return [
        types.DocumentLink(
            session.convert.range(place.module.path, link.span),
            _target(session, link.target),
            link.tooltip if session.client.link_tooltips else None,
        )
        for link in links(place.app, place.module)
    ]


def _target(session: Session, target: str) -> str:
    """An address as it is, a path as a URI; the place behind `#` is understood by VS Code and left alone by others."""
    if target.startswith("http"):
        return target
    path, hash_sign, place = target.rpartition("#")
    return f"{session.workspace.uri(path)}#{place}" if hash_sign else session.workspace.uri(target)
