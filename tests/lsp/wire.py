"""A client that says whatever it likes: messages, halves of messages, and nonsense."""

from __future__ import annotations

import contextlib
import json
import queue
import subprocess
import sys
import threading
from collections.abc import Sequence
from pathlib import Path
from types import TracebackType
from typing import Any

PATIENCE = 30.0

CAPABILITIES = {
    "textDocument": {"publishDiagnostics": {"versionSupport": True, "relatedInformation": True}},
    "general": {"positionEncodings": ["utf-16"]},
}


class Wire:
    """A server process and what it has sent."""

    def __init__(self, *options: str, command: Sequence[str] | None = None) -> None:
        self.process = subprocess.Popen(
            command or [sys.executable, "-m", "pystein_lsp", *(options or ("--stdio",))],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        )
        self._inbox: queue.SimpleQueue[dict[str, Any] | None] = queue.SimpleQueue()
        self._number = 0
        self.seen: list[dict[str, Any]] = []
        self.errors = b""
        self._threads = [threading.Thread(target=each, daemon=True) for each in (self._read, self._read_errors)]
        for thread in self._threads:
            thread.start()

    def __enter__(self) -> Wire:  # noqa: PYI034 (Self is newer than our oldest Python)
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        if self.process.poll() is None:
            self.process.kill()
        self.process.wait()
        for thread in self._threads:
            thread.join(PATIENCE)
        for stream in (self.process.stdin, self.process.stdout, self.process.stderr):
            assert stream is not None
            with contextlib.suppress(OSError):
                stream.close()

    def _read(self) -> None:
        stdout = self.process.stdout
        assert stdout is not None
        while header := stdout.readline():
            length = 0
            while header.strip():
                name, _, value = header.partition(b":")
                assert name.lower() in (b"content-length", b"content-type"), f"not the protocol: {header!r}"
                length = int(value) if name.lower() == b"content-length" else length
                header = stdout.readline()
            self._inbox.put(json.loads(stdout.read(length)))
        self._inbox.put(None)

    def _read_errors(self) -> None:
        assert self.process.stderr is not None
        self.errors = self.process.stderr.read()

    def raw(self, data: bytes) -> None:
        """Send bytes as they are."""
        assert self.process.stdin is not None
        self.process.stdin.write(data)
        self.process.stdin.flush()

    def send(self, message: Any) -> None:
        """Send a message."""
        body = json.dumps(message).encode()
        self.raw(b"Content-Length: %d\r\n\r\n%b" % (len(body), body))

    def notify(self, method: str, params: Any = None) -> None:
        """Send a notification."""
        self.send({"jsonrpc": "2.0", "method": method, "params": params})

    def ask(self, method: str, params: Any = None) -> int:
        """Send a request; its number."""
        self._number += 1
        self.send({"jsonrpc": "2.0", "id": self._number, "method": method, "params": params})
        return self._number

    def answer(self, number: Any) -> dict[str, Any]:
        """Wait for the answer to a request."""
        return self.wait(lambda message: "method" not in message and message.get("id") == number)

    def request(self, method: str, params: Any = None) -> dict[str, Any]:
        """Ask, and wait for the answer."""
        return self.answer(self.ask(method, params))

    def wait(self, wanted: Any) -> dict[str, Any]:
        """The next message that fulfils a condition; requests of the server's are agreed to."""
        while True:
            message = self._inbox.get(timeout=PATIENCE)
            assert message is not None, f"the server has gone: {self.process.wait()} {self.errors.decode()}"
            self.seen.append(message)
            if "method" in message and "id" in message:
                self.send({"jsonrpc": "2.0", "id": message["id"], "result": self.agree(message)})
            if wanted(message):
                return message

    def agree(self, _request: dict[str, Any]) -> Any:
        """The answer to a request of the server's."""
        return None

    def initialize(
        self, root: Path | None = None, options: Any = None, capabilities: Any = None, **more: Any
    ) -> dict[str, Any]:
        """Start a session."""
        answer = self.request(
            "initialize",
            {
                "processId": None,
                "rootUri": root.as_uri() if root else None,
                "capabilities": CAPABILITIES if capabilities is None else capabilities,
                "initializationOptions": options,
                **more,
            },
        )
        self.notify("initialized", {})
        result = answer["result"]
        assert isinstance(result, dict)
        return result

    def open(self, uri: str, text: str, version: Any = 1) -> None:
        """Open a document."""
        document = {"uri": uri, "languageId": "python", "version": version, "text": text}
        self.notify("textDocument/didOpen", {"textDocument": document})

    def change(self, uri: str, version: Any, *changes: Any) -> None:
        """Change a document."""
        self.notify(
            "textDocument/didChange",
            {"textDocument": {"uri": uri, "version": version}, "contentChanges": list(changes)},
        )

    def shown(self, uri: str, version: Any) -> list[dict[str, Any]]:
        """Wait for what is shown for a version of a document, but for the headline of an app that is lost."""
        message = self.wait(
            lambda each: (
                each.get("method") == "textDocument/publishDiagnostics"
                and each["params"]["uri"] == uri
                and each["params"].get("version") == version
            )
        )
        return [each for each in message["params"]["diagnostics"] if each["code"] != "app-not-indexed"]

    def leave(self) -> int:
        """End the session in order; the exit status."""
        assert "error" not in self.request("shutdown")
        self.notify("exit")
        return self.process.wait(PATIENCE)


def edit(line: Any, column: Any, end_line: Any, end_column: Any, text: Any) -> dict[str, Any]:
    """A change of a range."""
    return {
        "range": {
            "start": {"line": line, "character": column},
            "end": {"line": end_line, "character": end_column},
        },
        "text": text,
    }
