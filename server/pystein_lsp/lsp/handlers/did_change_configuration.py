"""workspace/didChangeConfiguration: the user changed a setting; nothing has to be started again."""

from __future__ import annotations

import logging
from typing import Any

from lsprotocol import types

from pystein_lsp.lsp.session import Session

_log = logging.getLogger(__name__)
SECTION = "pystein"


async def did_change_configuration(session: Session, params: types.DidChangeConfigurationParams) -> None:
    """Take what was sent, or ask for what counts where the client can be asked."""
    if session.client.configuration:
        await fetch_configuration(session)
        return
    settings: Any = params.settings
    session.configure(settings.get(SECTION) if isinstance(settings, dict) else None)


async def fetch_configuration(session: Session) -> None:
    """Ask the client for the user's settings."""
    items = [types.ConfigurationItem(section=SECTION)]
    try:
        answer = await session.protocol.send_request_async(
            types.WORKSPACE_CONFIGURATION, types.ConfigurationParams(items)
        )
    except Exception as error:
        _log.info("the client gives no configuration: %s", error)
        return
    session.configure(answer[0] if isinstance(answer, (list, tuple)) and answer else None)
