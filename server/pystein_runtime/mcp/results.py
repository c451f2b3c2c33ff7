"""What functions give, as MCP has it.

Rules: azure-functions-mcp-extension, `SimpleToolReturnValueBinder`, `ToolReturnValueBinder`,
`ResourceReturnValueBinder`, `SimplePromptReturnValueBinder` and `PromptReturnValueBinder`.
"""

from __future__ import annotations

import base64
import json
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pystein_runtime.worker.messages import Datum

    from .catalog import Prompt, Resource, Tool

_BLOCKS = {"text", "image", "audio", "resource", "resource_link"}


class ResultError(ValueError):
    """A function's value is not what it has to be; the text is for the app's author."""


def of_tool(tool: Tool, datum: Datum) -> dict[str, Any]:
    """The result of a tool's call.

    Raises:
        ResultError: a value that has to be an envelope and is none.
    """
    if datum.type is None:
        return {"content": []}
    if not tool.enveloped:
        return {"content": [{"type": "text", "text": _text(datum)}]}
    envelope = _envelope(datum)
    kind, content = str(envelope["type"]).lower(), _inner(envelope, "content")
    if kind == "call_tool_result":
        if not isinstance(content, dict):
            raise ResultError("A call_tool_result's content must be the JSON of an object.")
        _check_blocks(content.get("content", []))
        return content
    blocks = content if kind == "multi_content_result" else [content]
    _check_blocks(blocks)
    result: dict[str, Any] = {"content": blocks}
    if envelope.get("structuredcontent"):
        result["structuredContent"] = _inner(envelope, "structuredcontent")
    return result


def of_resource(resource: Resource, uri: str, datum: Datum) -> dict[str, Any]:
    """What reading a resource gives."""
    if datum.type is None:
        return {"contents": []}
    mime = {"mimeType": resource.mime_type} if resource.mime_type else {}
    if datum.type == "bytes":
        return {"contents": [{"uri": uri, **mime, "blob": base64.b64encode(datum.value).decode()}]}
    text = _text(datum)
    content = _given_contents(text)
    if content is None:
        return {"contents": [{"uri": uri, **mime, "text": text}]}
    content["uri"] = content.get("uri") or uri
    if not content.get("mimeType"):
        content.pop("mimeType", None)
        content.update(mime)
    return {"contents": [content]}


def of_prompt(prompt: Prompt, datum: Datum) -> dict[str, Any]:
    """The messages of a prompt.

    Raises:
        ResultError: a value that has to be an envelope and is none.
    """
    if datum.type is None:
        return {"messages": []}
    if not prompt.enveloped:
        return {"messages": [{"role": "user", "content": {"type": "text", "text": _text(datum)}}]}
    envelope = _envelope(datum)
    kind, content = str(envelope["type"]).lower(), _inner(envelope, "content")
    if kind == "get_prompt_result" and isinstance(content, dict):
        return content
    if kind == "prompt_messages" and isinstance(content, list):
        return {"messages": content}
    raise ResultError(f"'{envelope['type']}' is neither a get_prompt_result nor prompt_messages.")


def _text(datum: Datum) -> str:
    return datum.value.decode("utf-8", "replace") if datum.type == "bytes" else str(datum.value)


def _envelope(datum: Datum) -> dict[str, Any]:
    try:
        value = json.loads(_text(datum))
    except ValueError:
        value = None
    found = {str(name).lower(): item for name, item in value.items()} if isinstance(value, dict) else {}
    if not isinstance(found.get("type"), str) or not isinstance(found.get("content"), str):
        raise ResultError(
            'With use_result_schema a function must return the JSON of {"type": ..., "content": "<JSON>"}.'
        )
    return found


def _inner(envelope: dict[str, Any], name: str) -> Any:
    try:
        return json.loads(envelope[name])
    except (ValueError, TypeError) as error:
        raise ResultError(f"The {name} of a result of type '{envelope['type']}' is not JSON in a string.") from error


def _check_blocks(blocks: Any) -> None:
    if not isinstance(blocks, list):
        raise ResultError("The content of a tool's result must be an array of content blocks.")
    for block in blocks:
        kind = block.get("type") if isinstance(block, dict) else None
        if kind not in _BLOCKS:
            raise ResultError(f"'{kind}' is not the type of a content block: {', '.join(sorted(_BLOCKS))}.")


def _given_contents(text: str) -> dict[str, Any] | None:
    """The contents that a function made itself: `{"content": "<JSON with text or blob>"}`."""
    try:
        outer = json.loads(text)
        inner = next(value for name, value in outer.items() if name.lower() == "content")
        content = json.loads(inner)
    except (ValueError, TypeError, AttributeError, StopIteration):
        return None
    return content if isinstance(content, dict) and ("text" in content or "blob" in content) else None
