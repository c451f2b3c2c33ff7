"""MCP tools, resources and prompts as clients of the MCP SDK meet them, through a real host and worker."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable
from typing import Any

import pytest
from host_driver import Host
from mcp.shared.exceptions import MCPError
from mcp_app import SOURCE, client


@pytest.fixture(scope="module")
def host(serve: Callable[..., Host]) -> Host:
    return serve(SOURCE, host_json={
        "version": "2.0", "extensions": {"mcp": {"serverName": "Snippets", "serverVersion": "7", "instructions": "Ask."}},
    })  # fmt: skip


both = pytest.mark.parametrize("transport", ["streamable", "sse"])


async def call(host: Host, tool: str, transport: str = "streamable", **arguments: Any) -> Any:
    async with client(host.port, transport) as session:
        return await session.call_tool(tool, arguments)


@both
async def test_what_the_server_says_of_itself(host: Host, transport: str) -> None:
    async with client(host.port, transport) as session:
        assert session.server_info is not None
        assert (session.server_info.name, session.server_info.version) == ("Snippets", "7")
        assert session.instructions == "Ask."
        await session.send_ping()


async def test_tools_are_listed_with_their_schemas(host: Host) -> None:
    async with client(host.port) as session:
        tools = {tool.name: tool for tool in (await session.list_tools()).tools}
    assert tools["save_snippet"].description == "Keeps a snippet."
    assert tools["save_snippet"].input_schema == {
        "type": "object",
        "properties": {
            "name": {"type": "string", "description": "Of the snippet."},
            "tags": {"type": "array", "items": {"type": "string"}, "description": ""},
            "size": {"type": "string", "enum": ["small", "big"], "description": ""},
        },
        "required": ["name"],
    }
    assert tools["add"].description == "Adds two numbers."
    assert tools["add"].input_schema["properties"] == {
        "a": {"type": "integer", "description": ""},
        "b": {"type": "integer", "description": "The other one."},
        "note": {"type": "string", "description": ""},
    }
    assert tools["add"].input_schema["required"] == ["a"]
    assert tools["add"].meta == {"openai/outputTemplate": "ui://widget"}
    assert tools["who"].input_schema["properties"] == {}


@both
async def test_a_tool_with_other_bindings(host: Host, transport: str) -> None:
    async with client(host.port, transport) as session:
        saved = await session.call_tool("save_snippet", {"name": transport, "tags": ["x"]})
        assert saved.content[0].text == f"kept {transport}"
        kept = await session.call_tool("get_snippet", {"name": transport})
    context = json.loads(kept.content[0].text)
    assert (context["name"], context["arguments"]) == ("save_snippet", {"name": transport, "tags": ["x"]})


async def test_typed_parameters(host: Host) -> None:
    assert (await call(host, "add", a=40)).content[0].text == "42"
    assert (await call(host, "add", a=1, b=1, note="n")).content[0].text == "2"
    assert (await call(host, "scale", factor=2, exact=True, values=[1])).content[0].text == "[2, true, [1]]"
    assert (await call(host, "nothing")).content[0].text == ""


@both
async def test_what_a_function_hears_of_the_client(host: Host, transport: str) -> None:
    async with client(host.port, transport, **{"x-mine": "yes"}) as session:
        context = json.loads((await session.call_tool("who", {})).content[0].text)
    assert context["name"] == "who"
    assert context["sessionid"]
    assert context["transport"]["name"] == ("http-sse" if transport == "sse" else "http-streamable")
    assert context["transport"]["properties"]["headers"]["X-Mine"] == "yes"
    assert (context["transport"].get("sessionId") == context["sessionid"]) is (transport == "streamable")
    assert ("clientinfo" in context) is (transport == "sse")


async def test_results_that_the_function_shapes(host: Host) -> None:
    picture = await call(host, "picture")
    assert (picture.content[0].type, picture.content[0].mime_type) == ("image", "image/png")
    assert picture.structured_content == {"wide": 3}
    assert [block.text for block in (await call(host, "several")).content] == ["one", "two"]
    assert (await call(host, "whole")).is_error
    size = await call(host, "size")
    assert (json.loads(size.content[0].text), size.structured_content) == ({"wide": 3, "high": 4},) * 2


async def test_many_calls_at_once(host: Host) -> None:
    async with client(host.port) as session:
        results = await asyncio.gather(*(session.call_tool("add", {"a": number}) for number in range(50)))
    assert [result.content[0].text for result in results] == [str(number + 2) for number in range(50)]


async def test_a_function_that_fails(host: Host) -> None:
    result = await call(host, "broken")
    assert result.is_error
    assert result.content[0].text == "An error occurred invoking 'broken'."
    assert host.invocation("broken")["error"]["message"] == "the reason"


@pytest.mark.parametrize(("tool", "why"), [
    ("no_envelope", 'must return the JSON of {"type": ..., "content": "<JSON>"}'),
    ("odd_block", "'video' is not the type of a content block"),
])  # fmt: skip
async def test_a_result_that_is_none(host: Host, tool: str, why: str) -> None:
    assert (await call(host, tool)).is_error
    host.wait("host", lambda line: f"'{tool}'" in line["message"] and why in line["message"])


@pytest.mark.parametrize(("tool", "arguments", "message"), [
    ("save_snippet", {}, "One or more required tool properties are missing values. Please provide: name"),
    ("save_snippet", {"name": None}, "Please provide: name"),
    ("save_snippet", {"name": 3}, "The argument 'name' must be of type string, not integer."),
    ("save_snippet", {"name": "n", "tags": "x"}, "The argument 'tags' must be of type array, not string."),
    ("save_snippet", {"name": "n", "tags": ["x", 1]}, "The argument 'tags'[1] must be of type string, not integer."),
    ("save_snippet", {"name": "n", "size": "huge"}, "The argument 'size' must be one of small, big."),
    ("add", {"a": "1"}, "The argument 'a' must be of type integer, not string."),
    ("add", {"a": True}, "The argument 'a' must be of type integer, not boolean."),
    ("unheard", {}, "Unknown tool: 'unheard'"),
])  # fmt: skip
async def test_calls_that_the_schema_forbids(host: Host, tool: str, arguments: dict[str, Any], message: str) -> None:
    async with client(host.port) as session:
        with pytest.raises(MCPError) as refusal:
            await session.call_tool(tool, arguments)
        assert message in str(refusal.value)
        assert refusal.value.error.code == -32602
        assert (await session.call_tool("add", {"a": 1})).content[0].text == "3"


async def test_resources(host: Host) -> None:
    async with client(host.port) as session:
        listed = {item.name: item for item in (await session.list_resources()).resources}
        templates = (await session.list_resource_templates()).resource_templates
        text = (await session.read_resource("docs://readme")).contents[0]
        shaped = (await session.read_resource("ui://widget")).contents[0]
        with pytest.raises(MCPError, match="Unknown resource: 'docs://nowhere'"):
            await session.read_resource("docs://nowhere")
        with pytest.raises(MCPError, match="An error occurred"):
            await session.read_resource("docs://lost")
    assert (listed["readme"].title, listed["readme"].mime_type, listed["readme"].size) == (
        "Read me",
        "text/markdown",
        7,
    )
    assert [item.uri_template for item in templates] == ["docs://{topic}/page?of={book}"]
    assert (text.uri, text.text, text.mime_type) == ("docs://readme", "# Hello", "text/markdown")
    assert (shaped.uri, shaped.text, shaped.mime_type) == ("ui://widget", "<b>hi</b>", "text/html+skybridge")


async def test_a_template_gives_its_parameters_to_other_bindings(host: Host) -> None:
    async with client(host.port) as session:
        page = (await session.read_resource("docs://Tea/page?of=one%20two")).contents[0]
    assert page.uri == "docs://Tea/page?of=one%20two"
    assert page.blob == "ZG9jczovL1RlYS9wYWdlP29mPW9uZSUyMHR3bw=="


async def test_prompts(host: Host) -> None:
    async with client(host.port) as session:
        listed = {item.name: item for item in (await session.list_prompts()).prompts}
        review = await session.get_prompt("review", {"code": "x = 1"})
        talk = await session.get_prompt("talk")
        with pytest.raises(MCPError, match="required prompt arguments are missing values"):
            await session.get_prompt("review", {"tone": "kind"})
        with pytest.raises(MCPError, match="Unknown prompt: 'none'"):
            await session.get_prompt("none")
    arguments = [(item.name, item.description, item.required) for item in listed["review"].arguments or ()]
    assert arguments == [("code", "What to look at.", True), ("tone", None, False)]
    assert review.messages[0].content.text == "Review x = 1 None"
    assert [message.role for message in talk.messages] == ["user", "assistant"]
