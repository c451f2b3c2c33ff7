"""pystein.openRoute: open the address of an HTTP function."""

from __future__ import annotations

import asyncio
from typing import Any
from urllib.parse import urlsplit

from lsprotocol import types

from pystein_lsp.features.routes import url_of
from pystein_lsp.lsp.commands.wanted import check_trust, known_function, refused, wanted_function
from pystein_lsp.lsp.session import Session
from pystein_runtime import client


async def open_route(session: Session, params: types.ExecuteCommandParams) -> Any:
    """Open the address of the function that `[{"uri", "function"}]` names in a browser, or tell it where none is to be had.

    Returns:
        `{"url", "running"}`: for the client to copy, and whether anything answers there.

    Raises:
        JsonRpcException: no such function, its route is not known, or the workspace is not trusted. Editors show the message.
    """
    wanted = wanted_function(session, params)
    check_trust(session, "nothing is opened")
    function = known_function(wanted)
    host = await asyncio.to_thread(client.find_host, wanted.app.root)
    port = urlsplit(host.url).port if host else None
    url = url_of(function, wanted.app, port) if port else url_of(function, wanted.app)
    if url is None or function.trigger is None or function.trigger.type != "httpTrigger":
        raise refused(f"{wanted.function} has no address that is known here")
    if host is None:
        session.show(types.MessageType.Info, f"{url} answers once the app runs: pystein.start")
    elif "{" in url or not session.client.shows_documents:
        session.show(types.MessageType.Info, url)
    else:
        session.browse(url)
    return {"url": url, "running": host is not None}
