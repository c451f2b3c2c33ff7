"""initialized: from now on the client takes requests of ours."""

from __future__ import annotations

from lsprotocol import types

from pystein_lsp.lsp.session import Session

_WATCHED = ("**/*.py", "**/host.json", "**/*settings*.json*")
"""What the model reads: modules, and the files beside them (templates of settings too)."""


def initialized(session: Session, _params: types.InitializedParams) -> None:
    """Ask to be told of changes to files that are not open."""
    if session.client.registers_watchers:
        watchers = [types.FileSystemWatcher(glob_pattern=pattern) for pattern in _WATCHED]
        session.register(
            types.WORKSPACE_DID_CHANGE_WATCHED_FILES,
            types.DidChangeWatchedFilesRegistrationOptions(watchers=watchers),
        )
