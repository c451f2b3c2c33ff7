"""textDocument/didChange: the path of every keystroke."""

from __future__ import annotations

from typing import Any

from pystein_lsp.lsp.session import Session


def did_change(session: Session, params: dict[str, Any]) -> None:
    """Edit the document, and say what there is to say about it now."""
    document, changes = params.get("textDocument"), params.get("contentChanges")
    if not isinstance(document, dict) or not isinstance(changes, list):
        return
    version = document.get("version")
    changed = session.workspace.change(str(document.get("uri")), version if isinstance(version, int) else None, changes)
    if changed:
        session.publisher.edited(changed)
