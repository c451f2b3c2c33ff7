"""pystein.stop: end the app's host."""

from __future__ import annotations

import asyncio
from typing import Any

from lsprotocol import types

from pystein_lsp.lsp.commands.wanted import wanted_app
from pystein_lsp.lsp.session import Session
from pystein_runtime import client


async def stop(session: Session, params: types.ExecuteCommandParams) -> Any:
    """Stop the app that `[{"uri"}]` belongs to, whoever has started it.

    Returns:
        `{"stopped"}`: whether it ran.

    Raises:
        JsonRpcException: no such app. Editors show the message.
    """
    wanted = wanted_app(session, params)
    stopped = await asyncio.to_thread(client.stop, wanted.app.root)
    session.started.discard(wanted.app.root)
    session.show(types.MessageType.Info, "The app is stopped" if stopped else "The app does not run")
    session.refresh_lenses()
    return {"stopped": stopped}
