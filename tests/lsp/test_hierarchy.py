"""Who calls whom, and what folds."""

from __future__ import annotations

from typing import Any

import pytest
from lsprotocol import types
from pygls.exceptions import JsonRpcException

from tests.features.test_occurrences import DURABLE
from tests.lsp.conftest import Desk
from tests.lsp.test_commands import execute

pytestmark = pytest.mark.asyncio(loop_scope="module")


async def test_callers_are_shown_and_followed(desk: Desk) -> None:
    page = desk.open("function_app.py", DURABLE)
    places = await execute(desk, "pystein.showCallers", page.uri, function="greet")
    assert [each["range"]["start"]["line"] for each in places] == [7]
    prepare = types.CallHierarchyPrepareParams(**page.here("def greet", 5))
    (greet,) = await desk.client.text_document_prepare_call_hierarchy_async(prepare) or ()
    assert (greet.name, greet.detail) == ("greet", "activityTrigger")
    (flow,) = await desk.client.call_hierarchy_incoming_calls_async(types.CallHierarchyIncomingCallsParams(greet)) or ()
    assert flow.from_.name == "flow"
    callers = await desk.client.call_hierarchy_incoming_calls_async(types.CallHierarchyIncomingCallsParams(flow.from_))
    assert [each.from_.name for each in callers or ()] == ["flow", "start"]
    callees = await desk.client.call_hierarchy_outgoing_calls_async(types.CallHierarchyOutgoingCallsParams(flow.from_))
    assert [each.to.name for each in callees or ()] == ["greet", "flow"]
    (used,) = [each for each in callees or () if each.to.name == "greet"]
    assert [each.start.line for each in used.from_ranges] == [7]


async def test_a_name_in_a_call_leads_into_the_hierarchy_too(desk: Desk) -> None:
    page = desk.open("function_app.py", DURABLE)
    prepare = types.CallHierarchyPrepareParams(**page.here('call_activity("greet', 18))
    (item,) = await desk.client.text_document_prepare_call_hierarchy_async(prepare) or ()
    assert item.name == "greet"


async def test_stacks_and_bodies_fold(desk: Desk) -> None:
    page = desk.open("function_app.py", DURABLE)
    found = await desk.client.text_document_folding_range_async(types.FoldingRangeParams(page.identifier))
    lines = DURABLE.split("\n")
    folded = {lines[each.start_line]: lines[each.end_line] for each in found or ()}
    assert folded["def flow(context):"] == '    yield context.call_sub_orchestrator("flow")'
    assert folded["@app.route()"] == '@app.durable_client_input(client_name="client")'


@pytest.mark.parametrize("name", ["debug", "start", "stop", "editEvent", "showOutput", "openRoute", "showCallers"])
@pytest.mark.parametrize(
    "arguments", [None, [], [5], [{}], [{"uri": 5}], [{"uri": "file:///nowhere/x.py", "function": "x"}]]
)
async def test_commands_refuse_what_names_nothing(desk: Desk, name: str, arguments: Any) -> None:
    with pytest.raises(JsonRpcException, match=r"takes|belongs to no function app"):
        await desk.client.workspace_execute_command_async(types.ExecuteCommandParams(f"pystein.{name}", arguments))


async def test_of_two_names_that_differ_in_case_the_exact_one_is_meant(desk: Desk) -> None:
    twins = DURABLE.replace("def greet", "def FLOW").replace('call_activity("greet', 'call_activity("FLOW')
    page = desk.open("function_app.py", twins)
    for name, line in (("FLOW", "call_activity"), ("flow", "call_sub_orchestrator")):
        places = await execute(desk, "pystein.showCallers", page.uri, function=name)
        lines = twins.split("\n")
        assert any(line in lines[each["range"]["start"]["line"]] for each in places)
