"""pystein.run: run one function of an app, and tell what came of it."""

from __future__ import annotations

import os
from typing import Any

from lsprotocol import types
from pygls.exceptions import JsonRpcException, JsonRpcInvalidParams

from pystein_lsp.features.results import headline, went_wrong
from pystein_lsp.lsp.paths import path_of
from pystein_lsp.lsp.progress import progress
from pystein_lsp.lsp.running import Run, RunError, invoke
from pystein_lsp.lsp.session import Session

_LEVELS = {
    "critical": types.MessageType.Error,
    "error": types.MessageType.Error,
    "warning": types.MessageType.Warning,
    "debug": types.MessageType.Log,
}


async def run(session: Session, params: types.ExecuteCommandParams) -> Any:
    """Run the function that `[{"uri", "function", "data"?}]` names.

    Raises:
        JsonRpcException: the arguments name no function of an app, running is refused, or it could not be run. Editors
            show the message.
    """
    wanted = _wanted(session, params.arguments)
    unsaved = [os.path.basename(path) for path in session.workspace.unsaved(wanted.root)]
    try:
        async with progress(session, f"Running {wanted.function}", params.work_done_token):
            result = await invoke(wanted)
    except RunError as error:
        raise _failed(str(error)) from error
    _tell(session, result, unsaved)
    return result


def _wanted(session: Session, arguments: Any) -> Run:
    given = arguments[0] if isinstance(arguments, (list, tuple)) and arguments else None
    if not isinstance(given, dict):
        given = {}
    uri, function = given.get("uri"), given.get("function")
    if not isinstance(uri, str) or not isinstance(function, str) or not function:
        raise JsonRpcInvalidParams('pystein.run takes [{"uri": document, "function": name, "data": payload}]')
    if session.options.trust == "refused":
        raise _failed(f"{function} was not run: this workspace is not trusted, so nothing in it is executed")
    site = session.workspace.site(path_of(uri))
    if site is None or site.loose:
        raise _failed(f"{function} was not run: {uri} belongs to no function app")
    return Run(site.app.root, function, given.get("data"), session.options.interpreter)


def _failed(message: str) -> JsonRpcException:
    return JsonRpcException(message, code=types.LSPErrorCodes.RequestFailed.value)


def _tell(session: Session, result: dict[str, Any], unsaved: list[str]) -> None:
    """The logs to the client's log, the outcome to the user; what ran is what was saved."""
    for record in result.get("logs") or ():
        if isinstance(record, dict):
            level = _LEVELS.get(str(record.get("level")).lower(), types.MessageType.Info)
            session.log(level, f"{result.get('function')}: {record.get('message')}")
    error = result.get("error")
    if isinstance(error, dict) and error.get("traceback"):
        session.log(types.MessageType.Error, str(error["traceback"]))
    if session.options.shows_results:
        kind = types.MessageType.Warning if went_wrong(result) else types.MessageType.Info
        note = f" (without the unsaved changes in {', '.join(unsaved)})" if unsaved else ""
        session.show(kind, headline(result) + note)
