"""The MCP endpoint as a part of the host: what its transports refuse, keys, reload, running by hand, mistakes in apps."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from host_driver import HEADER, Answer, Host, invoke, write_app
from mcp_app import PATH, client

ACCEPT = "application/json, text/event-stream"
ADD = """
@app.mcp_tool()
def add(a: int, b: int = 2) -> str:
    return str(a + b)
"""


def post(host: Host, message: Any, path: str = PATH, accept: str = ACCEPT, **headers: str) -> Answer:
    return host.post(path, message, accept=accept, **headers)


def event(answer: Answer) -> Any:
    """The message of a streamed answer."""
    assert answer.headers["content-type"] == "text/event-stream"
    kind, data = answer.text.strip().split("\n")
    assert kind == "event: message"
    return json.loads(data.removeprefix("data: "))


def request(method: str, **params: Any) -> dict[str, Any]:
    return {"jsonrpc": "2.0", "id": 1, "method": method, "params": params}


@pytest.fixture(scope="module")
def host(serve: Callable[..., Host]) -> Host:
    return serve(ADD)


def test_transports_say_what_they_do_not_take(host: Host) -> None:
    assert host.get(PATH).status == 405
    assert host.request("DELETE", PATH).status == 405
    assert host.get(f"{PATH}/elsewhere").status == 404
    assert host.post(f"{PATH}/sse").status == 405
    assert host.get(f"{PATH}x").status == 404
    answer = post(host, request("ping"), accept="application/json")
    assert (answer.status, answer.json["error"]["code"]) == (406, -32000)
    assert post(host, b"{").json["error"]["code"] == -32700
    assert post(host, b"[]").status == 400
    assert "connect to the /sse endpoint" in post(host, request("ping"), f"{PATH}/message").text
    assert post(host, request("ping"), f"{PATH}/message?azmcpcs=no").status == 400


def test_messages(host: Host) -> None:
    assert event(post(host, request("ping"), accept="*/*"))["result"] == {}
    assert post(host, {"jsonrpc": "2.0", "method": "notifications/initialized"}).status == 202
    assert post(host, {"jsonrpc": "2.0", "id": 4, "result": {}}).status == 202
    assert event(post(host, {"id": 1, "method": "ping"}))["error"]["code"] == -32600
    assert event(post(host, {"jsonrpc": "2.0", "id": 1, "method": 4}))["error"]["code"] == -32600
    assert event(post(host, {"jsonrpc": "2.0", "id": 1, "method": "ping", "params": []}))["error"]["code"] == -32600
    assert event(post(host, request("sampling/createMessage")))["error"]["code"] == -32601
    assert event(post(host, request("tools/call", name="add", arguments=[])))["error"]["code"] == -32602


@pytest.mark.parametrize(("asked", "spoken"), [("2024-11-05", "2024-11-05"), ("1999-01-01", "2025-11-25")])
def test_versions(host: Host, asked: str, spoken: str) -> None:
    answer = post(host, request("initialize", protocolVersion=asked, capabilities={}, clientInfo={}))
    assert event(answer)["result"]["protocolVersion"] == spoken
    assert answer.headers["mcp-session-id"]


def test_other_web_sites_are_refused(host: Host) -> None:
    assert post(host, request("ping"), origin="https://evil.example").status == 403
    assert host.post(PATH, request("ping"), accept=ACCEPT, host="evil.example").status == 403


def test_cors_settings_let_a_web_site_in(start: Callable[..., Host]) -> None:
    host = start(ADD, local__settings_json={"Host": {"CORS": "http://localhost:6274"}})
    assert post(host, request("ping"), origin="http://localhost:6274").status == 200
    asked = {"origin": "http://localhost:6274", "access-control-request-method": "POST"}
    assert (
        host.request("OPTIONS", PATH, headers=asked).headers["access-control-allow-origin"] == "http://localhost:6274"
    )


async def test_keys(start: Callable[..., Host]) -> None:
    host = start(ADD, "--enable-auth")
    assert post(host, request("ping")).status == 401
    keys = json.loads((host.root / ".pystein" / "keys.json").read_text())
    key = keys["systemKeys"]["mcp_extension"]
    assert post(host, request("ping"), f"{PATH}?code={key}").status == 200
    assert post(host, request("ping"), f"{PATH}?code={keys['functionKeys']['default']}").status == 401
    for transport in ("streamable", "sse"):  # the stream hands the key on to the place for messages
        async with client(host.port, transport, **{"x-functions-key": key}) as session:
            assert (await session.call_tool("add", {"a": 1})).content[0].text == "3"


def test_host_json_may_want_no_key(start: Callable[..., Host]) -> None:
    section = {"mcp": {"system": {"webhookAuthorizationLevel": "Anonymous"}}}
    host = start(ADD, "--enable-auth", host_json={"version": "2.0", "extensions": section})
    assert post(host, request("ping")).status == 200


async def test_clients_stay_connected_when_the_app_changes(start: Callable[..., Host]) -> None:
    host = start(ADD)
    async with client(host.port, "sse") as old, client(host.port) as other:
        assert (await old.call_tool("add", {"a": 1})).content[0].text == "3"
        changed = ADD.replace("str(a + b)", "str(a * b)").replace("def add", "def times")
        (host.root / "function_app.py").write_text(HEADER + changed, "utf-8")
        host.wait("reloaded")
        for session in (old, other):
            assert [tool.name for tool in (await session.list_tools()).tools] == ["times"]
            assert (await session.call_tool("times", {"a": 5})).content[0].text == "10"


async def test_a_host_ends_while_a_client_listens(start: Callable[..., Host]) -> None:
    host = start(ADD)
    async with client(host.port, "sse"):
        assert host.stop() == 0


def test_mistakes_cost_only_their_function(start: Callable[..., Host]) -> None:
    host = start(
        ADD + """
def tool(name, **more):
    def add_tool(f):
        f.__name__ = name
        return app.function_name(name)(app.mcp_tool_trigger(arg_name="context", **more)(f))
    return add_tool

@tool("twice", tool_name="ADD")
def twice(context): return ""
@tool("no_json", tool_name="a", tool_properties="[{")
def no_json(context): return ""
@tool("no_array", tool_name="b", tool_properties="{}")
def no_array(context): return ""
@tool("no_type", tool_name="c", tool_properties='[{"propertyName": "x"}]')
def no_type(context): return ""
@tool("no_name", tool_name=" ")
def no_name(context): return ""
@tool("no_object", tool_name="d", metadata="[]")
def no_object(context): return ""
@app.mcp_resource_trigger(arg_name="context", uri="docs://{a}{b}", resource_name="r")
def close(context): return ""
@app.mcp_resource_trigger(arg_name="context", uri="readme", resource_name="r")
def relative(context): return ""
@app.mcp_resource_trigger(arg_name="context", uri="docs://{", resource_name="r")
def brace(context): return ""
""")  # fmt: skip
    said = {
        "twice": "Tool with name 'ADD' is already registered.",
        "no_json": "toolProperties is not JSON",
        "no_array": "toolProperties cannot be used: it must be a JSON array of objects.",
        "no_type": "the property 'x' has no propertyType.",
        "no_name": "The mcpToolTrigger needs a toolName.",
        "no_object": "metadata must be a JSON object.",
        "close": "two expressions of 'docs://{a}{b}' have nothing between them.",
        "relative": "'readme' is not an absolute URI",
        "brace": "the braces of 'docs://{' are empty or have no partner.",
    }
    for name, why in said.items():
        line = host.wait("host", lambda line, name=name: f"'{name}'" in line["message"])
        assert why in line["message"]
    listed = event(post(host, request("tools/list")))["result"]["tools"]
    assert [tool["name"] for tool in listed] == ["add"]


def test_by_hand(tmp_path: Path) -> None:
    root = write_app(
        tmp_path / "app",
        ADD + """
@app.mcp_resource_trigger(arg_name="context", uri="docs://{page}", resource_name="r")
def page(context: str): return context
@app.mcp_prompt_trigger(arg_name="context", prompt_name="p", prompt_arguments=[func.PromptArgument("code")])
def prompt(context: func.PromptInvocationContext): return context.name + context.arguments["code"]
""")  # fmt: skip
    assert invoke(root, "add", "--data", '{"a": 5}').json["return"] == "7"
    assert invoke(root, "add", "--data", '{"name": "add", "arguments": {"a": 6}}').json["return"] == "8"
    assert invoke(root, "add").json["return"] == "2", "the sample is made of the schema"
    assert json.loads(invoke(root, "page", "--data", "docs://one").json["return"])["uri"] == "docs://one"
    assert json.loads(invoke(root, "page").json["return"])["uri"] == "docs://page"
    assert invoke(root, "prompt", "--data", '{"code": "x"}').json["return"] == "px"
    refused = invoke(root, "add", "--data", "5")
    assert (refused.status, refused.err.strip().count("\n")) == (2, 0)
    assert "add takes its arguments as a JSON object." in refused.err
