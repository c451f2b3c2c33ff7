"""What we can do, as the client is told: depends on what it can."""

from __future__ import annotations

from typing import Any

from pystein_lsp.features.kinds import ACTION, FIX_ALL, QUICK_FIX, REFACTOR, TOKENS
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
        "codeLensProvider": {"resolveProvider": True},
        "codeActionProvider": _actions(client),
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
            "full": {"delta": True} if client.token_edits else True,
            "range": True,
        },
        "callHierarchyProvider": True,
        "foldingRangeProvider": True,
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


def _actions(client: Client) -> Any:
    return {"codeActionKinds": [QUICK_FIX, REFACTOR, FIX_ALL, ACTION]} if client.literal_actions else True
