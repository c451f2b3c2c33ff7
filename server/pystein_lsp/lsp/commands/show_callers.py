"""pystein.showCallers: who starts an activity, an orchestrator or an entity."""

from __future__ import annotations

from typing import Any

from lsprotocol import types

from pystein_lsp.features.calls import callers
from pystein_lsp.features.names import name_of
from pystein_lsp.lsp.commands.wanted import known_function, wanted_function
from pystein_lsp.lsp.session import Session


async def show_callers(session: Session, params: types.ExecuteCommandParams) -> Any:
    """Find the callers of the function that `[{"uri", "function"}]` names, and open the place of the only one.

    Returns:
        A list of `Location`.

    Raises:
        JsonRpcException: no such function. Editors show the message.
    """
    wanted = wanted_function(session, params)
    found = callers(wanted.app, known_function(wanted))
    places = [
        types.Location(session.workspace.uri(path), session.convert.range(path, span))
        for path, span in ((each.function.module.path, span) for each in found for span in each.spans)
    ]
    if len(places) == 1 and session.client.shows_documents:
        session.open_file(places[0].uri, places[0].uri, places[0].range)
    else:
        names = ", ".join(name_of(each.function) or each.function.definition.name for each in found)
        session.show(
            types.MessageType.Info,
            f"{wanted.function} is called by {names}" if names else f"no caller names {wanted.function}",
        )
    return places
