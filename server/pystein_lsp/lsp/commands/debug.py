"""pystein.debug: let a debugger into the app, and run a function under it."""

from __future__ import annotations

import asyncio
from typing import Any

from lsprotocol import types
from pygls.exceptions import JsonRpcException

from pystein_lsp.lsp.commands.run import run_and_tell
from pystein_lsp.lsp.commands.wanted import Wanted, check_trust, known_function, refused, wanted_app
from pystein_lsp.lsp.progress import progress
from pystein_lsp.lsp.session import Session
from pystein_runtime import client

_AGAIN = 0.2
"""Seconds between two looks at a host that waits for its debugger."""


async def debug(session: Session, params: types.ExecuteCommandParams) -> Any:
    """Have the app of `[{"uri", "function"?, "data"?, "debugpy"?}]` wait for a debugger; the function runs once it is there.

    `debugpy` is a folder with that package, for clients that bring one.

    Returns:
        `{"host", "port", "url"}`: where the debugger attaches, and the app's address.

    Raises:
        JsonRpcException: no such app, running is refused, or it cannot be debugged. Editors show the message.
    """
    wanted = wanted_app(session, params)
    check_trust(session, "nothing is debugged")
    if wanted.function:
        known_function(wanted)
    root, debugpy = wanted.app.root, wanted.given.get("debugpy")
    folder = debugpy if isinstance(debugpy, str) and debugpy else None
    async with progress(session, "Starting the debugger", params.work_done_token):
        known = await asyncio.to_thread(client.find_host, root)
        try:
            host = await asyncio.to_thread(client.debug, root, python=session.options.interpreter, debugpy=folder)
        except client.ClientError as error:
            raise refused(str(error)) from error
    if known is None:
        session.started.add(root)
    if session.options.shows_results:
        session.show(types.MessageType.Info, f"The app waits for a debugger at 127.0.0.1:{host.debug_port}")
    if wanted.function:
        session.in_background(_run_debugged(session, wanted))
    return {"host": "127.0.0.1", "port": host.debug_port, "url": host.url}


async def _run_debugged(session: Session, wanted: Wanted) -> None:
    """Run the function as soon as a debugger is attached, which the client does with our answer."""
    root = wanted.app.root
    try:
        async with progress(session, f"Debugging {wanted.function}"):
            while (host := await asyncio.to_thread(client.find_host, root)) and not host.serves:  # noqa: ASYNC110 (another process)
                await asyncio.sleep(_AGAIN)
            if host is not None:
                request = client.Request(wanted.function, wanted.given.get("data"), debug=True)
                await run_and_tell(session, wanted.app, request)
    except JsonRpcException as error:
        session.show(types.MessageType.Error, error.message)
