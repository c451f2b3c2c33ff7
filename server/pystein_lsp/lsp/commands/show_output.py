"""pystein.showOutput: show the last result of a function again, all of it."""

from __future__ import annotations

import asyncio
import json
from pathlib import Path
from typing import Any

from lsprotocol import types

from pystein_lsp.features.results import headline
from pystein_lsp.lsp.commands.wanted import refused, wanted_function
from pystein_lsp.lsp.paths import uri_of
from pystein_lsp.lsp.session import Session


async def show_output(session: Session, params: types.ExecuteCommandParams) -> Any:
    """Open the last result of the function that `[{"uri", "function"}]` names as a document.

    Returns:
        The result, in the shape of `pystein.run`.

    Raises:
        JsonRpcException: no such function, it was not run, or the file cannot be written. Editors show the message.
    """
    wanted = wanted_function(session, params)
    result = session.results_of(wanted.app).get(wanted.function)
    if result is None:
        raise refused(f"{wanted.function} was not run yet")
    if session.client.shows_documents and session.options.shows_results:
        try:
            path = await asyncio.to_thread(_written, Path(wanted.app.root), wanted.function, result)
        except OSError as error:
            raise refused(f"the result cannot be written: {error.strerror or error}") from error
        session.open_file(uri_of(str(path)), str(path))
    elif session.options.shows_results:
        session.log(types.MessageType.Info, json.dumps(result, indent=2, ensure_ascii=False))
        session.show(types.MessageType.Info, f"{headline(result)}; all of it is in the log")
    return result


def _written(root: Path, function: str, result: dict[str, Any]) -> Path:
    from pystein_runtime.cloud.folder import FOLDER, prepare_folder  # noqa: PLC0415 (not needed before)

    prepare_folder(root / FOLDER)
    path = root / FOLDER / "results" / f"{function}.json"
    path.parent.mkdir(exist_ok=True)
    path.write_text(json.dumps(result, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
    return path
