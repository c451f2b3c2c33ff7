"""textDocument/didClose."""

from __future__ import annotations

from typing import Any

from pystein_lsp.lsp.session import Session


def did_close(session: Session, params: dict[str, Any]) -> None:
    """Let go of the document; other documents may depend on what its file says instead."""
    document = params.get("textDocument")
    uri = document.get("uri") if isinstance(document, dict) else None
    closed = session.workspace.close(uri) if isinstance(uri, str) else None
    if closed:
        session.forget(closed.uri)
        session.publisher.closed(closed)
