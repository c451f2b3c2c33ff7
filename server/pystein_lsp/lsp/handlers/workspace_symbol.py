"""workspace/symbol. Plain JSON on both sides: a client asks again with every letter of a name."""

from __future__ import annotations

import asyncio
import json
from typing import Any

from pystein_lsp.features.symbols import workspace_symbols
from pystein_lsp.lsp.handlers.document_symbol import KINDS
from pystein_lsp.lsp.parts import Parts
from pystein_lsp.lsp.session import Session


async def workspace_symbol(session: Session, params: dict[str, Any]) -> str:
    """The functions of all apps of the workspace: by name, trigger, route or queue."""
    await session.find_all_apps()
    query = params.get("query")
    parts = Parts(session.protocol, params)
    for site in session.workspace.sites():
        for symbol, path in workspace_symbols([site.app], query if isinstance(query, str) else ""):
            parts.add(
                {
                    "name": symbol.name,
                    "kind": KINDS[symbol.kind].value,
                    "location": {
                        "uri": session.workspace.uri(path),
                        "range": session.convert.range_json(path, symbol.selection),
                    },
                    "containerName": symbol.detail,
                }
            )
        await asyncio.sleep(0)
    return json.dumps(parts.answer())
