"""pystein.start: run the app, until it is stopped or the editor ends."""

from __future__ import annotations

import asyncio
from typing import Any

from lsprotocol import types

from pystein_lsp.lsp.commands.wanted import check_trust, refused, wanted_app
from pystein_lsp.lsp.progress import progress
from pystein_lsp.lsp.session import Session
from pystein_runtime import client


async def start(session: Session, params: types.ExecuteCommandParams) -> Any:
    """Start the app that `[{"uri"}]` belongs to, or find it running.

    Returns:
        `{"url", "pid"}` of its host.

    Raises:
        JsonRpcException: no such app, running is refused, or it does not start. Editors show the message.
    """
    wanted = wanted_app(session, params)
    check_trust(session, "the app was not started")
    root = wanted.app.root
    async with progress(session, "Starting the app", params.work_done_token):
        try:
            known = await asyncio.to_thread(client.find_host, root)
            host = await asyncio.to_thread(client.start, root, python=session.options.interpreter)
        except client.ClientError as error:
            raise refused(str(error)) from error
    if known is None:
        session.started.add(root)
    session.show(types.MessageType.Info, f"The app {'runs already' if known else 'runs'} at {host.url}")
    session.refresh_lenses()
    return {"url": host.url, "pid": host.pid}
