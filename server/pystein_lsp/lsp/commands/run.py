"""pystein.run: run one function of an app, and tell what came of it."""

from __future__ import annotations

import os
from typing import Any

from lsprotocol import types

from pystein_lsp.features.results import headline, went_wrong
from pystein_lsp.lsp.commands.wanted import check_trust, refused, wanted_function
from pystein_lsp.lsp.progress import progress
from pystein_lsp.lsp.session import Session
from pystein_lsp.model.app import App
from pystein_runtime.client import ClientError, Request, invoke_async

_LEVELS = {
    "critical": types.MessageType.Error,
    "error": types.MessageType.Error,
    "warning": types.MessageType.Warning,
    "debug": types.MessageType.Log,
}


async def run(session: Session, params: types.ExecuteCommandParams) -> Any:
    """Run the function that `[{"uri", "function", "data"?}]` names; without data, on its event or a sample.

    Raises:
        JsonRpcException: the arguments name no function of an app, running is refused, or it could not be run. Editors
            show the message.
    """
    wanted = wanted_function(session, params)
    check_trust(session, f"{wanted.function} was not run")
    request = Request(wanted.function, wanted.given.get("data"), python=session.options.interpreter)
    async with progress(session, f"Running {wanted.function}", params.work_done_token):
        return await run_and_tell(session, wanted.app, request)


async def run_and_tell(session: Session, app: App, request: Request) -> dict[str, Any]:
    """Run a function, tell what came of it, and keep it for the lens.

    Raises:
        JsonRpcException: it could not be run.
    """
    unsaved = [os.path.basename(path) for path in session.workspace.unsaved(app.root)]
    try:
        result = await invoke_async(app.root, request)
    except ClientError as error:
        raise refused(f"{request.function} could not be run: {error}") from error
    session.keep_result(app, result)
    _tell(session, result, unsaved)
    return result


def _tell(session: Session, result: dict[str, Any], unsaved: list[str]) -> None:
    """The logs to the client's log, the outcome to the user; what ran is what was saved."""
    for record in result.get("logs") or ():
        if isinstance(record, dict):
            level = _LEVELS.get(str(record.get("level")).lower(), types.MessageType.Info)
            session.log(level, f"{result.get('function')}: {record.get('message')}")
    for note in result.get("notes") or ():
        session.log(types.MessageType.Info, f"{result.get('function')}: {note}")
    error = result.get("error")
    if isinstance(error, dict) and error.get("traceback"):
        session.log(types.MessageType.Error, str(error["traceback"]))
    if session.options.shows_results:
        kind = types.MessageType.Warning if went_wrong(result) else types.MessageType.Info
        note = f" (without the unsaved changes in {', '.join(unsaved)})" if unsaved else ""
        session.show(kind, headline(result) + note)
