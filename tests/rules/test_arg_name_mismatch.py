"""arg-name-mismatch: bindings whose parameter is missing."""

from __future__ import annotations

import pytest

from tests.conftest import Check

HEAD = "import azure.functions as func\napp = func.FunctionApp()\n"


@pytest.mark.parametrize("parameter", ["message", "_msg", "Msg"])
def test_names_the_only_unbound_parameter(check: Check, parameter: str) -> None:
    source = HEAD + (
        '@app.queue_trigger(arg_name="msg", queue_name="q", connection="C")\n'
        f"def take({parameter}: func.QueueMessage): ...\n"
    )
    [found] = check(source, only="arg-name-mismatch")
    assert (found.line, found.text, found.severity) == (3, '"msg"', "error")
    assert f"did you mean '{parameter}'?" in found.message
    safe = [fix for fix in found.diagnostic.fixes if fix.safe]
    assert [edit.text for fix in safe for edit in fix.edits] == [f'"{parameter}"']


def test_route_needs_req(check: Check) -> None:
    [found] = check(HEAD + "@app.route()\ndef hello(request): ...\n", only="arg-name-mismatch")
    assert (found.line, found.text) == (3, "route")
    assert "'request'" in found.message


@pytest.mark.parametrize(
    "stack",
    [
        "@app.route()\ndef hello(req): ...\n",
        '@app.route(trigger_arg_name="r")\ndef hello(r): ...\n',
        '@app.route(binding_arg_name="$return")\ndef hello(req, context): ...\n',
        "NAME = 'msg'\n@app.queue_trigger(arg_name=NAME, queue_name='q', connection='C')\ndef f(msg): ...\n",
        "@app.queue_trigger(arg_name=name(), queue_name='q', connection='C')\ndef f(msg): ...\n",
        "@app.queue_trigger(**options)\ndef f(msg): ...\n",
        "@app.route()\n@wraps_it\ndef hello(): ...\n",
        "@app.orchestration_trigger(context_name='context')\ndef flow(ctx): ...\n",
        "@app.mcp_tool()\ndef tool(a: str, b: int) -> str: ...\n",
        "import other\n@other.route()\ndef hello(): ...\n",
    ],
)
def test_is_silent(check: Check, stack: str) -> None:
    assert check(HEAD + stack, only="arg-name-mismatch") == []
