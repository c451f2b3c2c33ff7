"""What a call gave, in the shape of `invoke`, or why it gave nothing."""

from __future__ import annotations

import base64
import json
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping


class LogRecord(NamedTuple):
    """What the function logged or printed."""

    level: str
    """`debug`, `information`, `warning`, `error` or `critical`."""
    message: str
    category: str
    """The logger's name; `stdout` and `stderr` for what was printed."""
    exception: str | None


class FunctionError(NamedTuple):
    """What the function raised."""

    type: str
    message: str
    traceback: str
    file: str | None
    line: int | None


class Response(NamedTuple):
    """What a client of an HTTP function gets."""

    status: int
    headers: Mapping[str, str]
    """Names in lower case."""
    body: bytes

    @property
    def text(self) -> str:
        """The body as text."""
        return self.body.decode()

    def json(self) -> Any:
        """The body as JSON.

        Raises:
            ValueError: it is none.
        """
        return json.loads(self.body)


class Result(NamedTuple):
    """What became of a call."""

    function: str
    invocation_id: str
    status: str
    """`succeeded` or `failed`."""
    duration_ms: float
    return_value: Any
    """As JSON has it: of an HTTP function `{"status", "headers", "body"}`, see `response`."""
    outputs: Mapping[str, Any]
    """What the output bindings were given, by name; what was not set is not there."""
    logs: list[LogRecord]
    error: FunctionError | None
    notes: list[str]
    """What was not done, such as an output to a real service."""

    @property
    def ok(self) -> bool:
        """Whether the function succeeded."""
        return self.status == "succeeded"

    @property
    def messages(self) -> list[str]:
        """What was logged and printed, line by line."""
        return [record.message for record in self.logs]

    @property
    def response(self) -> Response:
        """What a client of an HTTP function gets.

        Raises:
            TypeError: the function answers no requests.
        """
        if not self.ok:
            return Response(500, {}, b"")
        value = self.return_value
        if not isinstance(value, dict) or not value.keys() >= {"status", "headers", "body"}:
            raise TypeError(f"{self.function} is no HTTP function: it has no response.")
        body = value["body"]
        raw = base64.b64decode(body) if value.get("bodyEncoding") == "base64" else body.encode()
        return Response(value["status"], value["headers"], raw)


class AppError(Exception):
    """The app cannot be loaded, or has no such function; the text says why, in full."""


class InvocationError(Exception):
    """The function failed; `result` has what it did until then."""

    def __init__(self, result: Result) -> None:
        error = result.error
        said = "" if error is None else error.traceback.rstrip() or f"{error.type}: {error.message}"
        logs = "".join(f"\n  {record.level}: {record.message}" for record in result.logs)
        super().__init__(f"{result.function} failed.\n{said}" + (f"\nIt logged:{logs}" if logs else ""))
        self.result = result


def from_json(value: Mapping[str, Any]) -> Result:
    """The result that `invoke` shows as JSON."""
    error = value["error"]
    return Result(
        function=value["function"],
        invocation_id=value["invocationId"],
        status=value["status"],
        duration_ms=value["durationMs"],
        return_value=value["return"],
        outputs=value["outputs"],
        logs=[
            LogRecord(record["level"], record["message"], record["category"], record.get("exception"))
            for record in value["logs"]
        ],
        error=None if error is None else FunctionError(**error),
        notes=value.get("notes", []),
    )
