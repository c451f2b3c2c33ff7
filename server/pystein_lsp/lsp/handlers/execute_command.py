"""workspace/executeCommand."""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from typing import Any

from lsprotocol import types
from pygls.exceptions import JsonRpcInvalidParams

from pystein_lsp.lsp.commands.debug import debug
from pystein_lsp.lsp.commands.debug_information import debug_information
from pystein_lsp.lsp.commands.edit_event import edit_event
from pystein_lsp.lsp.commands.open_route import open_route
from pystein_lsp.lsp.commands.open_rule import open_rule
from pystein_lsp.lsp.commands.run import run
from pystein_lsp.lsp.commands.show_callers import show_callers
from pystein_lsp.lsp.commands.show_output import show_output
from pystein_lsp.lsp.commands.start import start
from pystein_lsp.lsp.commands.stop import stop
from pystein_lsp.lsp.commands.write_stubs import write_stubs
from pystein_lsp.lsp.session import Session

COMMANDS: dict[str, Callable[[Session, types.ExecuteCommandParams], Coroutine[Any, Any, Any]]] = {
    "pystein.run": run,
    "pystein.debug": debug,
    "pystein.start": start,
    "pystein.stop": stop,
    "pystein.editEvent": edit_event,
    "pystein.showOutput": show_output,
    "pystein.openRoute": open_route,
    "pystein.showCallers": show_callers,
    "pystein.openRule": open_rule,
    "pystein.debugInformation": debug_information,
    "pystein.writeStubs": write_stubs,
}


async def execute_command(session: Session, params: types.ExecuteCommandParams) -> Any:
    """Run one of our commands. A coroutine, so that it can be cancelled while it runs.

    Raises:
        JsonRpcInvalidParams: there is no such command.
    """
    command = COMMANDS.get(params.command)
    if command is None:
        raise JsonRpcInvalidParams(f"there is no command {params.command!r}")
    return await command(session, params)
