"""workspace/didChangeWorkspaceFolders."""

from __future__ import annotations

from lsprotocol import types

from pystein_lsp.lsp.paths import path_of
from pystein_lsp.lsp.session import Session


def did_change_workspace_folders(session: Session, params: types.DidChangeWorkspaceFoldersParams) -> None:
    """Keep the list of folders."""
    roots = session.workspace.roots
    for folder in params.event.removed:
        path = path_of(folder.uri)
        if path in roots:
            roots.remove(path)
    for folder in params.event.added:
        path = path_of(folder.uri)
        if path not in roots:
            roots.append(path)
