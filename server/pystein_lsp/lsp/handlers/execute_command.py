"""workspace/executeCommand."""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from typing import Any

from lsprotocol import types

from pystein_lsp.lsp.commands.run import run
from pystein_lsp.lsp.session import Session

COMMANDS: dict[str, Callable[[Session, types.ExecuteCommandParams], Coroutine[Any, Any, Any]]] = {
    "pystein.run": run,
}


async def execute_command(session: Session, params: types.ExecuteCommandParams) -> Any:
    """Run one of our commands."""
    return await COMMANDS[params.command](session, params)
