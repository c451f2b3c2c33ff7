"""textDocument/diagnostic: diagnostics for a client that asks for them. Plain JSON on both sides, as for a keystroke."""

from __future__ import annotations

from typing import Any

from pystein_lsp.lsp.paths import path_of
from pystein_lsp.lsp.publisher import document_report
from pystein_lsp.lsp.session import Session


def diagnostic(session: Session, params: dict[str, Any]) -> str:
    """The report about a document, as JSON text."""
    session.publisher.asked()
    document = params.get("textDocument")
    uri = document.get("uri") if isinstance(document, dict) else None
    text = session.publisher.report(path_of(uri)) if isinstance(uri, str) else "[]"
    return document_report(text, params.get("previousResultId"))
