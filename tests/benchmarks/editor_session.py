"""One server in an editor's hands: started, given an app, edited again and again, asked for completions, weighed."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Any, NamedTuple

from tests.benchmarks.machine import memory, processor
from tests.lsp.wire import Wire, edit

CALL = "@app.queue_trigger("
_APART = 6
"""Lines between the two places that the fault is moved between: what is reported at the new one cannot be old news."""


class Server(NamedTuple):
    """A server to measure."""

    name: str
    command: tuple[str, ...]
    fault: str
    """Source that it reports; `{n}` is another number each time."""
    completes: bool = True
    settings: Any = None
    """What it is told when it asks for its configuration, whatever the section."""


class Taken(NamedTuple):
    """What one session took: milliseconds, and MiB where /proc tells."""

    start: float
    opened: float
    changes: list[float]
    completions: list[float]
    processor: float | None
    """Processor time of a change."""
    memory_started: float | None
    memory_edited: float | None


class Client(Wire):
    """A client that answers what servers ask for."""

    def __init__(self, server: Server) -> None:
        super().__init__(command=server.command)
        self._settings = server.settings

    def agree(self, request: dict[str, Any]) -> Any:
        """Settings where they are asked for, yes to everything else."""
        if request["method"] == "workspace/configuration":
            return [self._settings for _ in request["params"]["items"]]
        return None


CAPABILITIES = {
    "general": {"positionEncodings": ["utf-16"]},
    "workspace": {"configuration": True, "workspaceFolders": True},
    "textDocument": {
        "publishDiagnostics": {"versionSupport": True, "relatedInformation": True},
        "completion": {"completionItem": {"snippetSupport": True}},
    },
}


def session(server: Server, root: Path, edits: int, seconds: float) -> Taken:
    """Measure one session with the app in a folder; edits end early when they take too long."""
    path = root / "function_app.py"
    text = path.read_text("utf-8")
    height = text.count("\n")
    began = time.perf_counter()
    with Client(server) as client:
        folders = [{"uri": root.as_uri(), "name": root.name}]
        client.initialize(root, capabilities=CAPABILITIES, workspaceFolders=folders)
        start = _since(began)
        memory_started = memory(client.process.pid)
        page = _Page(client, path.as_uri(), height, server)
        opened = page.open(text)
        page.change()
        spent = processor(client.process.pid)
        changes: list[float] = []
        end = time.perf_counter() + seconds
        while len(changes) < edits and time.perf_counter() < end:
            changes.append(page.change())
        after = processor(client.process.pid)
        per_change = (after - spent) / len(changes) if spent is not None and after is not None else None
        completions: list[float] = []
        end = time.perf_counter() + seconds / 2
        while server.completes and len(completions) < min(len(changes), edits // 2) and time.perf_counter() < end:
            completions.append(page.complete())
        return Taken(start, opened, changes, completions, per_change, memory_started, memory(client.process.pid))


class _Page:
    """The open app: its text, the fault in one of two places below, and a call to complete in below that."""

    def __init__(self, client: Wire, uri: str, height: int, server: Server) -> None:
        self._client = client
        self._uri = uri
        self._height = height
        self._server = server
        self._number = 0

    def open(self, text: str) -> float:
        began = time.perf_counter()
        self._client.open(self._uri, text + self._tail() + f"\n\n{CALL})\ndef last(message): ...\n")
        self._reported()
        return _since(began)

    def change(self) -> float:
        """Move the fault; the time until it is reported at its new place."""
        began = self._move()
        self._reported()
        return _since(began)

    def complete(self) -> float:
        """Ask for a completion right behind a change."""
        self._move()
        position = {"line": self._height + 2 * _APART + 2, "character": len(CALL)}
        began = time.perf_counter()
        self._client.request("textDocument/completion", {"textDocument": {"uri": self._uri}, "position": position})
        return _since(began)

    def _move(self) -> float:
        self._number += 1
        change = edit(self._height, 0, self._height + 2 * _APART, 0, self._tail())
        began = time.perf_counter()
        self._client.change(self._uri, self._number + 1, change)
        return began

    def _tail(self) -> str:
        """Always as many lines, with the fault in the upper or the lower half."""
        fault = self._server.fault.replace("{n}", str(self._number)).split("\n")
        half = fault + [""] * (_APART - len(fault))
        empty = [""] * _APART
        return "\n".join([*(half + empty if self._number % 2 == 0 else empty + half), ""])

    def _reported(self) -> None:
        first = self._height + (_APART if self._number % 2 else 0)
        lines = range(first, first + _APART)

        def shows(message: dict[str, Any]) -> bool:
            if message.get("method") != "textDocument/publishDiagnostics":
                return False
            params = message["params"]
            if params["uri"] != self._uri or params.get("version") not in (None, self._number + 1):
                return False
            return any(each["range"]["start"]["line"] in lines for each in params["diagnostics"])

        self._client.wait(shows)


def _since(began: float) -> float:
    return (time.perf_counter() - began) * 1000
