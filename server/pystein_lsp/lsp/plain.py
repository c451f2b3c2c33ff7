"""Parameters as they came: what requests that are answered past cattrs read of them."""

from __future__ import annotations

from typing import Any

from pygls.exceptions import JsonRpcInvalidParams


def uri_of(params: dict[str, Any]) -> str:
    """The document that a request is about.

    Raises:
        JsonRpcInvalidParams: it names none.
    """
    document = params.get("textDocument")
    uri = document.get("uri") if isinstance(document, dict) else None
    if not isinstance(uri, str):
        raise JsonRpcInvalidParams("textDocument.uri is a string")
    return uri


def lines_of(params: dict[str, Any]) -> tuple[int, int]:
    """The first and last line of the range that a request is about.

    Raises:
        JsonRpcInvalidParams: it has none.
    """
    span = params.get("range")
    ends = [span.get(end) for end in ("start", "end")] if isinstance(span, dict) else []
    lines = [line for end in ends if isinstance(end, dict) and isinstance(line := end.get("line"), int)]
    if len(lines) != 2:
        raise JsonRpcInvalidParams("range.start.line and range.end.line are numbers")
    return lines[0], lines[1]
