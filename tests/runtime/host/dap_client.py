"""A debugger, as an editor is one: the Debug Adapter Protocol over a socket."""

from __future__ import annotations

import json
import socket
from pathlib import Path
from typing import Any

SECONDS = 60.0


class Debugger:
    """A client that has attached, with breakpoints set."""

    def __init__(self, port: int, *breakpoints: tuple[Path, int], **arguments: Any) -> None:
        self._socket = socket.create_connection(("127.0.0.1", port), SECONDS)
        self._file = self._socket.makefile("rb")
        self._number = 0
        self._kept: list[dict[str, Any]] = []
        self.ask("initialize", adapterID="debugpy", pathFormat="path", linesStartAt1=True)
        attach = self.send("attach", justMyCode=True, **arguments)
        self.event("initialized")
        for file in {file for file, _ in breakpoints}:
            lines = [{"line": line} for path, line in breakpoints if path == file]
            self.ask("setBreakpoints", source={"path": str(file)}, breakpoints=lines)
        self.ask("configurationDone")
        self._answer(attach)

    def send(self, command: str, **arguments: Any) -> int:
        """Send a request; gives its number."""
        self._number += 1
        body = json.dumps({"seq": self._number, "type": "request", "command": command, "arguments": arguments}).encode()
        self._socket.sendall(b"Content-Length: %d\r\n\r\n%s" % (len(body), body))
        return self._number

    def ask(self, command: str, **arguments: Any) -> Any:
        """Send a request and wait for its answer."""
        return self._answer(self.send(command, **arguments))

    def event(self, name: str) -> Any:
        """Wait for an event; gives its body."""
        return self._wait(lambda message: message.get("event") == name).get("body")

    def stopped(self) -> dict[str, Any]:
        """Wait until a breakpoint is hit; gives the innermost frame, with its thread."""
        thread = self.event("stopped")["threadId"]
        frames = self.ask("stackTrace", threadId=thread)["stackFrames"]
        return {**frames[0], "thread": thread}

    def variables(self, frame: dict[str, Any]) -> dict[str, str]:
        """The local variables of a frame."""
        scope = self.ask("scopes", frameId=frame["id"])["scopes"][0]
        found = self.ask("variables", variablesReference=scope["variablesReference"])["variables"]
        return {item["name"]: item["value"] for item in found}

    def go_on(self, frame: dict[str, Any]) -> None:
        self.ask("continue", threadId=frame["thread"])

    def step(self, frame: dict[str, Any]) -> None:
        self.ask("next", threadId=frame["thread"])

    def close(self) -> None:
        self._file.close()
        self._socket.close()

    def _answer(self, number: int) -> Any:
        answer = self._wait(lambda message: message.get("request_seq") == number)
        assert answer["success"], answer
        return answer.get("body")

    def _wait(self, accept: Any) -> dict[str, Any]:
        for message in self._kept:
            if accept(message):
                self._kept.remove(message)
                return message
        while True:
            message = self._read()
            if accept(message):
                return message
            self._kept.append(message)

    def _read(self) -> dict[str, Any]:
        length = 0
        while line := self._file.readline().strip():
            name, _, value = line.partition(b":")
            length = int(value) if name.lower() == b"content-length" else length
        assert length, f"the adapter has gone; it said {self._kept}"
        message = json.loads(self._file.read(length))
        assert isinstance(message, dict)
        return message
