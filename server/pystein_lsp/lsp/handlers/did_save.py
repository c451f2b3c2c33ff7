"""textDocument/didSave: the file has caught up with the document, which we follow anyway."""

from __future__ import annotations

from typing import Any

from pystein_lsp.lsp.paths import path_of
from pystein_lsp.lsp.session import Session


def did_save(session: Session, params: dict[str, Any]) -> None:
    """A document that was saved for the first time may make its folder an app."""
    document = params.get("textDocument")
    uri = document.get("uri") if isinstance(document, dict) else None
    if isinstance(uri, str):
        session.steady_of(uri).forget()
        opened = session.workspace.opened(path_of(uri))
        if opened:
            session.publisher.edited(opened)
