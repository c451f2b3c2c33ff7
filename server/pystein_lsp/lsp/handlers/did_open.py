"""textDocument/didOpen."""

from __future__ import annotations

from typing import Any

from pystein_lsp.lsp.session import Session


def did_open(session: Session, params: dict[str, Any]) -> None:
    """Take the document, and say what there is to say about it."""
    document = params.get("textDocument")
    if not isinstance(document, dict):
        return
    uri, text = document.get("uri"), document.get("text")
    if not isinstance(uri, str) or not isinstance(text, str):
        return
    language, version = document.get("languageId"), document.get("version")
    opened = session.workspace.open(uri, str(language), version if isinstance(version, int) else None, text)
    session.publisher.edited(opened)
