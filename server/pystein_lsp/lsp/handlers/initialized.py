"""initialized: from now on the client takes requests of ours."""

from __future__ import annotations

from lsprotocol import types

from pystein_lsp.lsp.handlers.did_change_configuration import SECTION, fetch_configuration
from pystein_lsp.lsp.session import Session

_WATCHED = (
    "**/*.py",
    "**/host.json",
    "**/function.json",
    "**/*settings*.json*",
    "**/requirements.txt",
    "**/pyproject.toml",
    "**/pystein-lsp.toml",
)
"""What the model reads: modules, the files beside them (templates of settings too), and configurations."""


async def initialized(session: Session, _params: types.InitializedParams) -> None:
    """Ask to be told of changes to files that are not open and to settings, and for the settings as they are."""
    if session.client.registers_watchers:
        watchers = [types.FileSystemWatcher(glob_pattern=pattern) for pattern in _WATCHED]
        session.register(
            types.WORKSPACE_DID_CHANGE_WATCHED_FILES,
            types.DidChangeWatchedFilesRegistrationOptions(watchers=watchers),
        )
    if session.client.registers_configuration:
        session.register(
            types.WORKSPACE_DID_CHANGE_CONFIGURATION, types.DidChangeConfigurationRegistrationOptions(section=SECTION)
        )
    if session.client.configuration:
        await fetch_configuration(session)
    await session.find_apps()
