"""pystein.writeStubs: put the type stubs into a workspace, for pyright and Pylance."""

from __future__ import annotations

import asyncio
import os
from pathlib import Path
from typing import Any

from lsprotocol import types
from pygls.exceptions import JsonRpcException, JsonRpcInvalidParams

from pystein_lsp.catalogue.location import stubs_directory
from pystein_lsp.catalogue.writing import FOLDER, write
from pystein_lsp.lsp.paths import path_of
from pystein_lsp.lsp.session import Session


async def write_stubs(_session: Session, params: types.ExecuteCommandParams) -> Any:
    """Write the stubs to the folder `typings` of the folder that `[{"uri"}]` names.

    Raises:
        JsonRpcException: the argument names no folder, or the files cannot be written. Editors show the message.
    """
    target = Path(_folder(params.arguments), FOLDER)
    try:
        count = await asyncio.to_thread(write, stubs_directory(), target)
    except OSError as error:
        message = f"the stubs cannot be written to {error.filename or target}: {error.strerror or error}"
        raise JsonRpcException(message, code=types.LSPErrorCodes.RequestFailed.value) from error
    return {"folder": str(target), "files": count}


def _folder(arguments: Any) -> str:
    given = arguments[0] if isinstance(arguments, (list, tuple)) and arguments else None
    uri = given.get("uri") if isinstance(given, dict) else None
    folder = path_of(uri) if isinstance(uri, str) else None
    if folder is None or not os.path.isdir(folder):
        raise JsonRpcInvalidParams('pystein.writeStubs takes [{"uri": folder}]')
    return folder
