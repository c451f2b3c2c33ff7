"""Work-done progress: begun with the client's token or one of ours, ended whatever happens."""

from __future__ import annotations

import asyncio
import logging
import uuid
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from lsprotocol import types

from pystein_lsp.lsp.session import Session

_log = logging.getLogger(__name__)
_PATIENCE = 2.0
"""Seconds for which the client's leave to show progress is waited for; the work does not depend on it."""


@asynccontextmanager
async def progress(session: Session, title: str, token: Any = None) -> AsyncIterator[None]:
    """Show that something is going on; the user may cancel it."""
    own = token is None
    if own and session.client.progress:
        token = await _ask(session)
    if token is None:
        yield
        return
    task = asyncio.current_task()
    if task and own:
        session.cancellable[token] = task
    protocol = session.protocol
    begin = types.WorkDoneProgressBegin(title=title, cancellable=True)
    protocol.notify(types.PROGRESS, types.ProgressParams(token, begin))
    try:
        yield
    finally:
        session.cancellable.pop(token, None)
        protocol.notify(types.PROGRESS, types.ProgressParams(token, types.WorkDoneProgressEnd()))


async def _ask(session: Session) -> str | None:
    token = f"pystein-{uuid.uuid4()}"
    request = session.protocol.send_request_async(
        types.WINDOW_WORK_DONE_PROGRESS_CREATE, types.WorkDoneProgressCreateParams(token)
    )
    try:
        await asyncio.wait_for(request, _PATIENCE)
    except asyncio.CancelledError:
        raise
    except Exception as error:
        _log.info("the client shows no progress: %s", error)
        return None
    return token
