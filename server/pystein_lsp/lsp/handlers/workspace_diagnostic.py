"""workspace/diagnostic: what there is to say about files that are not open. Answered when there is something new to say."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from typing import Any

from pystein_lsp.lsp.parts import Parts
from pystein_lsp.lsp.publisher import result_id
from pystein_lsp.lsp.session import Session

_NOTHING = "[]"


async def workspace_diagnostic(session: Session, params: dict[str, Any]) -> str:
    """Report every file whose diagnostics are others than the client knows; without any, wait for a change.

    A client asks again as soon as it has its answer: waiting spares both sides the asking. Only the first answer comes
    at once, whatever it says.
    """
    publisher = session.publisher
    publisher.asked()
    known = _known(params.get("previousResultIds"))
    parts = Parts(session.protocol, params, lambda items: {"items": items})
    while True:
        changed = publisher.changed
        async for report in _reports(session, known):
            parts.add(report)
        if parts.any or not session.told_workspace:
            session.told_workspace = True
            return json.dumps(parts.answer())
        await changed.wait()


async def _reports(session: Session, known: dict[str, str]) -> AsyncIterator[dict[str, Any]]:
    seen: set[str] = set()
    for path in await session.workspace_files():
        uri = session.workspace.uri(path)
        seen.add(uri)
        text = session.publisher.report(path)
        name = result_id(text)
        if known.get(uri) == name or (text == _NOTHING and uri not in known):
            continue
        opened = session.workspace.opened(path)
        yield _full(uri, json.loads(text), name, opened.version if opened else None)
        await asyncio.sleep(0)
    nothing = result_id(_NOTHING)
    for uri, name in known.items():
        if uri not in seen and name != nothing:
            yield _full(uri, [], nothing, None)


def _full(uri: str, items: list[Any], name: str, version: int | None) -> dict[str, Any]:
    return {"kind": "full", "uri": uri, "version": version, "resultId": name, "items": items}


def _known(previous: Any) -> dict[str, str]:
    """What the client says that it shows, by URI; what is no such thing is left out."""
    found = [each for each in previous if isinstance(each, dict)] if isinstance(previous, list) else []
    pairs = [(each.get("uri"), each.get("value")) for each in found]
    return {uri: value for uri, value in pairs if isinstance(uri, str) and isinstance(value, str)}
