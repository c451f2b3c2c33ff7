"""workspace/didChangeWatchedFiles: something changed on the disk."""

from __future__ import annotations

from lsprotocol import types

from pystein_lsp.lsp.paths import path_of
from pystein_lsp.lsp.session import Session


def did_change_watched_files(session: Session, params: types.DidChangeWatchedFilesParams) -> None:
    """Read it again when it is next asked for, and look at the open documents again."""
    for change in params.changes:
        session.workspace.file_changed(path_of(change.uri))
    session.look_again()
