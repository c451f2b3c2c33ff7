"""An app with everything that MCP clients can meet, and clients of it."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import httpx2
from mcp import ClientSession
from mcp.client.sse import sse_client
from mcp.client.streamable_http import streamable_http_client

PATH = "/runtime/webhooks/mcp"

SOURCE = '''
import dataclasses
import json
import typing

SAVE = json.dumps([
    {"propertyName": "name", "propertyType": "string", "description": "Of the snippet.", "isRequired": True},
    {"propertyName": "tags", "propertyType": "string", "isArray": True},
    {"propertyName": "size", "propertyType": "string", "enumValues": ["small", "big"]},
])

@app.mcp_tool_trigger(arg_name="context", tool_name="save_snippet", description="Keeps a snippet.", tool_properties=SAVE)
@app.blob_output(arg_name="file", path="snippets/{mcptoolargs.name}.json", connection="AzureWebJobsStorage")
def save_snippet(context: str, file: func.Out[str]) -> str:
    file.set(context)
    return "kept " + json.loads(context)["arguments"]["name"]

@app.mcp_tool_trigger(arg_name="context", tool_name="get_snippet", tool_properties=SAVE)
@app.blob_input(arg_name="file", path="snippets/{mcptoolargs.name}.json", connection="AzureWebJobsStorage")
def get_snippet(file: str, context: str) -> str:
    return file

@app.mcp_tool(metadata='{"openai/outputTemplate": "ui://widget"}')
@app.mcp_tool_property(arg_name="b", description="The other one.", is_required=False)
def add(a: int, b: int = 2, note: typing.Optional[str] = None) -> str:
    """Adds two numbers."""
    return str(a + b)

@app.mcp_tool()
def who(context: func.MCPToolContext) -> str:
    return json.dumps(context)

@app.mcp_tool()
def scale(factor: float, exact: bool, values: typing.List[int]) -> str:
    return json.dumps([factor, exact, values])

@app.mcp_tool()
def broken() -> str:
    raise ValueError("the reason")

@app.mcp_tool()
async def nothing() -> None:
    return None

@func.mcp_content
@dataclasses.dataclass
class Size:
    wide: int
    high: int

@app.mcp_tool()
def size() -> Size:
    return Size(3, 4)

@app.mcp_tool_trigger(arg_name="context", tool_name="picture", use_result_schema=True)
def picture(context: str) -> str:
    return json.dumps({"type": "image", "content": json.dumps(
        {"type": "image", "data": "AAEC", "mimeType": "image/png"}), "structuredContent": json.dumps({"wide": 3})})

@app.mcp_tool_trigger(arg_name="context", tool_name="several", use_result_schema=True)
def several(context: str) -> str:
    blocks = [{"type": "text", "text": "one"}, {"type": "text", "text": "two"}]
    return json.dumps({"type": "multi_content_result", "content": json.dumps(blocks)})

@app.mcp_tool_trigger(arg_name="context", tool_name="whole", use_result_schema=True)
def whole(context: str) -> str:
    result = {"content": [{"type": "text", "text": "no"}], "isError": True}
    return json.dumps({"type": "call_tool_result", "content": json.dumps(result)})

@app.mcp_tool_trigger(arg_name="context", tool_name="no_envelope", use_result_schema=True)
def no_envelope(context: str) -> str:
    return "plain"

@app.mcp_tool_trigger(arg_name="context", tool_name="odd_block", use_result_schema=True)
def odd_block(context: str) -> str:
    return json.dumps({"type": "video", "content": '{"type": "video"}'})

@app.mcp_resource_trigger(arg_name="context", uri="docs://readme", resource_name="readme", title="Read me",
                          description="Begin here.", mime_type="text/markdown", size=7)
def readme(context) -> str:
    return "# Hello"

@app.mcp_resource_trigger(arg_name="context", uri="docs://{topic}/page?of={book}", resource_name="page")
@app.blob_input(arg_name="file", path="docs/{topic}-{book}.txt", connection="AzureWebJobsStorage")
def page(context: str, file: str) -> bytes:
    return json.loads(context)["uri"].encode()

@app.mcp_resource_trigger(arg_name="context", uri="ui://widget", resource_name="widget", mime_type="text/html")
def widget(context) -> str:
    return json.dumps({"content": json.dumps({"text": "<b>hi</b>", "mimeType": "text/html+skybridge"})})

@app.mcp_resource_trigger(arg_name="context", uri="docs://lost", resource_name="lost")
def lost(context) -> str:
    raise ValueError("the reason")

@app.mcp_prompt_trigger(arg_name="context", prompt_name="review", title="Review", prompt_arguments=[
    func.PromptArgument("code", "What to look at.", True), func.PromptArgument("tone")])
def review(context: func.PromptInvocationContext) -> str:
    return f"Review {context.arguments['code']} {context.arguments.get('tone')}"

@app.mcp_prompt_trigger(arg_name="context", prompt_name="talk", use_result_schema=True)
def talk(context) -> str:
    said = [{"role": role, "content": {"type": "text", "text": role}} for role in ("user", "assistant")]
    return json.dumps({"type": "prompt_messages", "content": json.dumps(said)})
'''


@asynccontextmanager
async def client(port: int, transport: str = "streamable", **headers: str) -> AsyncIterator[ClientSession]:
    """A session of the MCP SDK's client that has introduced itself."""
    url = f"http://127.0.0.1:{port}{PATH}"
    async with httpx2.AsyncClient(headers=headers, timeout=60) as http:
        streams = (
            sse_client(f"{url}/sse", headers=headers)
            if transport == "sse"
            else streamable_http_client(url, http_client=http)
        )
        async with streams as (read, write), ClientSession(read, write) as session:
            await session.initialize()
            yield session
