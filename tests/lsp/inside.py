"""A server in the test's own process: the same protocol and handlers, without the pipe, so that many sessions fit into a second."""

from __future__ import annotations

import asyncio
import json
from pathlib import Path
from typing import Any

from pystein_lsp.lsp.server import Server


class Inside:
    """One session. Use it inside a running event loop."""

    def __init__(self) -> None:
        self.server = Server()
        self.sent: list[dict[str, Any]] = []
        self.server.protocol.set_writer(self, include_headers=False)
        self.asked = 0
        """The number of the last request."""

    def write(self, data: bytes) -> None:
        """Take what the server sends."""
        self.sent.append(json.loads(data))

    def close(self) -> None:
        """Nothing is to be closed."""

    def notify(self, method: str, params: Any) -> None:
        """Send a notification, by way of JSON as it would come."""
        self._take({"jsonrpc": "2.0", "method": method, "params": params})

    def request(self, method: str, params: Any) -> Any:
        """Ask, and get the answer, which handlers that do not wait for anything give at once."""
        self.ask(method, params)
        answer = next(each for each in reversed(self.sent) if each.get("id") == self.asked and "method" not in each)
        assert "error" not in answer, answer
        return answer["result"]

    def ask(self, method: str, params: Any) -> None:
        """Send a request; its answer may come later."""
        self.asked += 1
        self._take({"jsonrpc": "2.0", "id": self.asked, "method": method, "params": params})

    def _take(self, message: Any) -> None:
        self.server.protocol.handle_message(json.loads(json.dumps(message)))

    def initialize(self, root: Path, capabilities: Any = None, options: Any = None) -> Any:
        """Start a session in a folder."""
        result = self.request(
            "initialize",
            {
                "processId": None,
                "rootUri": root.as_uri(),
                "capabilities": capabilities or {},
                "initializationOptions": options,
            },
        )
        self.notify("initialized", {})
        return result

    def open(self, uri: str, text: str, version: int = 1) -> None:
        """Open a document."""
        document = {"uri": uri, "languageId": "python", "version": version, "text": text}
        self.notify("textDocument/didOpen", {"textDocument": document})

    def change(self, uri: str, version: int, *changes: Any) -> None:
        """Change a document."""
        self.notify(
            "textDocument/didChange",
            {"textDocument": {"uri": uri, "version": version}, "contentChanges": list(changes)},
        )

    async def shown(self, uri: str) -> list[dict[str, Any]]:
        """What is shown for a document when everything has been said."""
        for _ in range(20):
            await asyncio.sleep(0)
        return next(
            (
                each["params"]["diagnostics"]
                for each in reversed(self.sent)
                if each.get("method") == "textDocument/publishDiagnostics" and each["params"]["uri"] == uri
            ),
            [],
        )
