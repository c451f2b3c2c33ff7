"""pystein.stop: end the app's host."""

from __future__ import annotations

import asyncio
from time import monotonic, sleep
from typing import Any

from lsprotocol import types

from pystein_lsp.lsp.commands.wanted import check_trust, wanted_app
from pystein_lsp.lsp.progress import progress
from pystein_lsp.lsp.session import Session
from pystein_runtime import client

_PATIENCE = 15.0
"""Seconds that functions which are still at work get."""


async def stop(session: Session, params: types.ExecuteCommandParams) -> Any:
    """Stop the app that `[{"uri"}]` belongs to, whoever has started it.

    Returns:
        `{"stopped"}`: whether it ran.

    Raises:
        JsonRpcException: no such app, or a workspace that is not trusted, whose word on where its host is does not count.
            Editors show the message.
    """
    root = wanted_app(session, params).app.root
    check_trust(session, "nothing is stopped")
    async with progress(session, "Stopping the app", params.work_done_token):
        stopped = await asyncio.to_thread(client.stop, root)
        if stopped:
            await asyncio.to_thread(_wait_until_gone, root)
    session.started.discard(root)
    session.show(types.MessageType.Info, "The app is stopped" if stopped else "The app does not run")
    session.refresh_lenses()
    return {"stopped": stopped}


def _wait_until_gone(root: str) -> None:
    """Wait for a host that ends in order, as long as that may take."""
    end = monotonic() + _PATIENCE
    while monotonic() < end and client.find_host(root) is not None:
        sleep(0.05)
