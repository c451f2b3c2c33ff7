"""What the arguments of a command name: an app, and mostly one of its functions."""

from __future__ import annotations

from typing import Any, NamedTuple

from lsprotocol import types
from pygls.exceptions import JsonRpcException, JsonRpcInvalidParams

from pystein_lsp.features.hierarchy import function_named
from pystein_lsp.lsp.paths import path_of
from pystein_lsp.lsp.session import Session
from pystein_lsp.model.app import App
from pystein_lsp.model.functions import Function


class Wanted(NamedTuple):
    """An app and the name of a function, which need not be one of the app's."""

    app: App
    uri: str
    function: str
    given: dict[str, Any]
    """The whole argument."""


def wanted_function(session: Session, params: types.ExecuteCommandParams) -> Wanted:
    """The function that `[{"uri", "function"}]` names.

    Raises:
        JsonRpcException: the arguments are others, or the document belongs to no app. Editors show the message.
    """
    found = wanted_app(session, params)
    if not found.function:
        raise JsonRpcInvalidParams(f'{params.command} takes [{{"uri": document, "function": name}}]')
    return found


def wanted_app(session: Session, params: types.ExecuteCommandParams) -> Wanted:
    """The app that `[{"uri"}]` belongs to, or whose folder it is; `function` may be given besides.

    Raises:
        JsonRpcException: as above.
    """
    arguments = params.arguments
    given = arguments[0] if isinstance(arguments, (list, tuple)) and arguments else None
    uri = given.get("uri") if isinstance(given, dict) else None
    function = given.get("function", "") if isinstance(given, dict) else ""
    if not isinstance(given, dict) or not isinstance(uri, str) or not isinstance(function, str):
        raise JsonRpcInvalidParams(f'{params.command} takes [{{"uri": document, "function": name}}]')
    app = session.app_of(path_of(uri))
    if app is None:
        raise refused(f"{params.command}: {uri} belongs to no function app")
    return Wanted(app, uri, function, given)


def known_function(wanted: Wanted) -> Function:
    """The function as the source has it.

    Raises:
        JsonRpcException: the app has none of that name.
    """
    function = function_named(wanted.app, wanted.function)
    if function is None:
        raise refused(f"the app has no function {wanted.function!r}")
    return function


def check_trust(session: Session, what: str) -> None:
    """Go on where code of the workspace may run.

    Raises:
        JsonRpcException: it may not.
    """
    if session.options.trust == "refused":
        raise refused(f"{what}: this workspace is not trusted, so nothing in it is executed")


def refused(message: str) -> JsonRpcException:
    """An error that editors show."""
    return JsonRpcException(message, code=types.LSPErrorCodes.RequestFailed.value)
