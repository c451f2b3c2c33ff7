"""workspace/didChangeWorkspaceFolders."""

from __future__ import annotations

from lsprotocol import types

from pystein_lsp.lsp.paths import path_of
from pystein_lsp.lsp.session import Session


async def did_change_workspace_folders(session: Session, params: types.DidChangeWorkspaceFoldersParams) -> None:
    """Say nothing more about folders that have left, and look for apps in those that are new."""
    workspace = session.workspace
    for folder in params.event.removed:
        workspace.leave(path_of(folder.uri))
    for folder in params.event.added:
        workspace.join(path_of(folder.uri))
    await session.look_around()
