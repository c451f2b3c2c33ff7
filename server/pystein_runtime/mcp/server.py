"""JSON-RPC of an MCP server: a message in, its answer out. It keeps nothing between requests.

What is answered when: azure-functions-mcp-extension, `McpWebJobsBuilderExtensions`; texts on what a function did wrong:
the C# SDK under it, `McpServerImpl`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from . import results, tool_schema
from .catalog import INTERNAL_ERROR, Catalog, FailedError, McpError

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from .catalog import Caller, Prompt, Resource, Tool

VERSIONS = ("2025-11-25", "2025-06-18", "2025-03-26", "2024-11-05")
"""Protocol versions that are spoken, the newest first."""
_INVALID_REQUEST = -32600
_METHOD_NOT_FOUND = -32601


class Identity(NamedTuple):
    """What the server says of itself."""

    name: str = "Azure Functions MCP server"
    version: str = "1.0.0"
    instructions: str | None = None


class Server:
    """Answers messages from a catalog, which may be replaced at any time."""

    def __init__(self, report: Callable[[str], None]) -> None:
        self.identity = Identity()
        self.catalog = Catalog({}, {}, {})
        self._report = report

    async def answer(self, message: Any, caller: Caller) -> dict[str, Any] | None:
        """The answer to a message; None where there is none to give, as to a notification."""
        if not isinstance(message, dict) or message.get("jsonrpc") != "2.0":
            return error(None, _INVALID_REQUEST, "A message must be a JSON-RPC 2.0 object.")
        id_, method = message.get("id"), message.get("method")
        if method is None and ("result" in message or "error" in message):
            return None
        if not isinstance(method, str):
            return error(id_, _INVALID_REQUEST, "A request must name its method.")
        if id_ is None:
            return None
        params = message.get("params")
        if params is not None and not isinstance(params, dict):
            return error(id_, _INVALID_REQUEST, "A request's params must be an object.")
        try:
            result = await self._result(method, params or {}, caller)
        except McpError as refusal:
            return error(id_, refusal.code, str(refusal))
        return {"jsonrpc": "2.0", "id": id_, "result": result}

    async def _result(self, method: str, params: Mapping[str, Any], caller: Caller) -> dict[str, Any]:
        catalog = self.catalog
        if method == "initialize":
            return self._initialize(params)
        if method == "ping":
            return {}
        if method == "tools/list":
            return {"tools": [_tool(item) for item in catalog.tools.values()]}
        if method == "tools/call":
            return await self._call(params, caller)
        if method == "resources/list":
            return {"resources": [_resource(item, "uri") for item in catalog.resources.values() if not item.pattern]}
        if method == "resources/templates/list":
            found = [_resource(item, "uriTemplate") for item in catalog.resources.values() if item.pattern]
            return {"resourceTemplates": found}
        if method == "resources/read":
            return await self._read(params, caller)
        if method == "prompts/list":
            return {"prompts": [_prompt(item) for item in catalog.prompts.values()]}
        if method == "prompts/get":
            return await self._prompt(params, caller)
        raise McpError(f"Method '{method}' is not available.", _METHOD_NOT_FOUND)

    def _initialize(self, params: Mapping[str, Any]) -> dict[str, Any]:
        wanted = params.get("protocolVersion")
        answer: dict[str, Any] = {
            "protocolVersion": wanted if wanted in VERSIONS else VERSIONS[0],
            "capabilities": {"tools": {}, "resources": {}, "prompts": {}},
            "serverInfo": {"name": self.identity.name, "version": self.identity.version},
        }
        return {**answer, "instructions": self.identity.instructions} if self.identity.instructions else answer

    async def _call(self, params: Mapping[str, Any], caller: Caller) -> dict[str, Any]:
        name, arguments = params.get("name"), _arguments(params)
        tool = self.catalog.tools.get(str(name).lower())
        if tool is None:
            raise McpError(f"Unknown tool: '{name}'")
        tool_schema.check(tool.schema, arguments or {})
        try:
            return results.of_tool(tool, await tool.run(arguments, caller))
        except FailedError:
            pass
        except results.ResultError as refusal:
            self._report(f"The MCP tool '{tool.name}' returned what is no result. {refusal}")
        return {"content": [{"type": "text", "text": f"An error occurred invoking '{name}'."}], "isError": True}

    async def _read(self, params: Mapping[str, Any], caller: Caller) -> dict[str, Any]:
        uri = str(params.get("uri"))
        resource = self.catalog.resource(uri)
        if resource is None:
            raise McpError(f"Unknown resource: '{uri}'")
        try:
            return results.of_resource(resource, uri, await resource.run(uri, caller))
        except FailedError as failure:
            raise McpError("An error occurred.", INTERNAL_ERROR) from failure

    async def _prompt(self, params: Mapping[str, Any], caller: Caller) -> dict[str, Any]:
        name, arguments = params.get("name"), _arguments(params)
        prompt = self.catalog.prompts.get(str(name).lower())
        if prompt is None:
            raise McpError(f"Unknown prompt: '{name}'")
        wanted = [str(item.get("name")) for item in prompt.arguments or () if item.get("required") is True]
        missing = [item for item in wanted if (arguments or {}).get(item) is None]
        if missing:
            raise McpError(
                f"One or more required prompt arguments are missing values. Please provide: {', '.join(missing)}"
            )
        try:
            return results.of_prompt(prompt, await prompt.run(arguments, caller))
        except FailedError as failure:
            raise McpError("An error occurred.", INTERNAL_ERROR) from failure
        except results.ResultError as refusal:
            self._report(f"The MCP prompt '{prompt.name}' returned what is no result. {refusal}")
            raise McpError("An error occurred.", INTERNAL_ERROR) from refusal


def error(id_: Any, code: int, message: str) -> dict[str, Any]:
    """An answer that refuses."""
    return {"jsonrpc": "2.0", "id": id_, "error": {"code": code, "message": message}}


def _arguments(params: Mapping[str, Any]) -> dict[str, Any] | None:
    arguments = params.get("arguments")
    if arguments is not None and not isinstance(arguments, dict):
        raise McpError("The arguments must be an object.")
    return arguments


def _tool(tool: Tool) -> dict[str, Any]:
    return _present(
        name=tool.name, description=tool.description, inputSchema=tool.schema, outputSchema=tool.output_schema,
        _meta=tool.meta,
    )  # fmt: skip


def _resource(resource: Resource, place: str) -> dict[str, Any]:
    size = resource.size if place == "uri" else None
    return {place: resource.uri} | _present(
        name=resource.name, title=resource.title, description=resource.description, mimeType=resource.mime_type,
        size=size, _meta=resource.meta,
    )  # fmt: skip


def _prompt(prompt: Prompt) -> dict[str, Any]:
    return _present(
        name=prompt.name, title=prompt.title, description=prompt.description, arguments=prompt.arguments,
        icons=prompt.icons, _meta=prompt.meta,
    )  # fmt: skip


def _present(**values: Any) -> dict[str, Any]:
    return {name: value for name, value in values.items() if value is not None}
