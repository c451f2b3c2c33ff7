"""What we can do, as the client is told: depends on what it can."""

from __future__ import annotations

from typing import Any

from pystein_lsp.features.kinds import FIX_ALL, QUICK_FIX, RUN, TOKENS
from pystein_lsp.lsp.capabilities import Client
from pystein_lsp.lsp.commands import NAMES

_INCREMENTAL = 2
_TRIGGERS = ["@", ".", "(", ",", '"', "'", "%", "{", " "]


def offer(client: Client) -> dict[str, Any]:
    """The server's capabilities."""
    offered: dict[str, Any] = {
        "positionEncoding": client.encoding,
        "textDocumentSync": {"openClose": True, "change": _INCREMENTAL, "save": True},
        "completionProvider": {"triggerCharacters": _TRIGGERS, "resolveProvider": True},
        "hoverProvider": True,
        "codeLensProvider": {"resolveProvider": False},
        "codeActionProvider": {"codeActionKinds": [QUICK_FIX, FIX_ALL, RUN]} if client.literal_actions else True,
        "signatureHelpProvider": {"triggerCharacters": ["(", ","], "retriggerCharacters": [")", "="]},
        "inlayHintProvider": True,
        "documentSymbolProvider": True,
        "workspaceSymbolProvider": True,
        "definitionProvider": True,
        "referencesProvider": True,
        "documentHighlightProvider": True,
        "renameProvider": {"prepareProvider": True} if client.rename_prepare else True,
        "semanticTokensProvider": {
            "legend": {"tokenTypes": list(TOKENS), "tokenModifiers": []},
            "full": True,
            "range": True,
        },
        "documentLinkProvider": {"resolveProvider": False},
        "executeCommandProvider": {"commands": list(NAMES)},
        "workspace": {"workspaceFolders": {"supported": True, "changeNotifications": True}},
    }
    if client.pulls:
        offered["diagnosticProvider"] = {
            "identifier": "pystein",
            "interFileDependencies": True,
            "workspaceDiagnostics": True,
        }
    return offered
