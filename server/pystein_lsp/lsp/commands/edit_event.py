"""pystein.editEvent: open what a function is run with, made up at first."""

from __future__ import annotations

import asyncio
import json
from pathlib import Path
from typing import Any

from lsprotocol import types

from pystein_lsp.features.names import name_of
from pystein_lsp.lsp.commands.wanted import check_trust, known_function, refused, wanted_function
from pystein_lsp.lsp.paths import uri_of
from pystein_lsp.lsp.session import Session
from pystein_lsp.model.app import App
from pystein_lsp.model.functions import Function, Use
from pystein_lsp.syntax.tree import Expression, Items, Literal, Name


async def edit_event(session: Session, params: types.ExecuteCommandParams) -> Any:
    """Open the event of the function that `[{"uri", "function"}]` names.

    Returns:
        `{"uri", "path"}` of the file, which `pystein.run` and `pystein-lsp invoke` read.

    Raises:
        JsonRpcException: no such function, the file cannot be written, or the workspace is not trusted. Editors show the message.
    """
    wanted = wanted_function(session, params)
    check_trust(session, "no event is written")
    function = known_function(wanted)
    try:
        path = await asyncio.to_thread(_prepared, wanted.app, function)
    except OSError as error:
        raise refused(f"the event of {wanted.function} cannot be written: {error.strerror or error}") from error
    uri = uri_of(str(path))
    session.open_file(uri, str(path))
    return {"uri": uri, "path": str(path)}


def _prepared(app: App, function: Function) -> Path:
    """The file; where there is none yet, with an event to begin with."""
    from pystein_runtime.cloud.folder import FOLDER, prepare_folder  # noqa: PLC0415 (the host is not loaded before)
    from pystein_runtime.host import events, functions  # noqa: PLC0415

    root = Path(app.root)
    name = name_of(function) or ""
    path = events.path_for(root, name)
    if not path.exists():
        trigger = functions.Binding(
            name=function.trigger.name or "" if function.trigger else "",
            type=function.trigger.type or "" if function.trigger else "",
            out=False,
            properties=_properties(function.trigger.use) if function.trigger else {},
        )
        known = functions.Function(
            name,
            "",
            trigger,
            (),
            (),
            (trigger.properties,),
            function.module.path,
            0,
            None,
            disabled=False,
        )
        sample = events.sample(known, app.host.route_prefix)
        prepare_folder(root / FOLDER)
        path.parent.mkdir(exist_ok=True)
        path.write_text(json.dumps(sample, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
    return path


def _properties(use: Use) -> dict[str, Any]:
    """What a trigger is given, by the names of function.json, as far as it is known."""
    values = ((name, _plain(value)) for name, value in (use.bound.values.items() if use.bound else ()))
    return {_camel(name): value for name, value in values if value is not None}


def _plain(value: Expression) -> Any:
    match value:
        case Literal(constant):
            return constant
        case Name(dotted):
            return dotted.rpartition(".")[2]
        case Items(_, values):
            return [_plain(each) for each in values]
    return None


def _camel(name: str) -> str:
    first, *rest = name.split("_")
    return first + "".join(part.title() for part in rest)
