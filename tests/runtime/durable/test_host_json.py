"""What host.json and settings say about Durable Functions."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from durable_driver import Hub

SOURCE = """
@app.orchestration_trigger(context_name="context")
def version(context):
    inner = yield context.call_sub_orchestrator("inner")
    return [context.version, inner]

@app.orchestration_trigger(context_name="context")
def inner(context):
    return context.version

@app.route(route="own")
@app.durable_client_input(client_name="client", task_hub="%HUB%")
async def own(req: func.HttpRequest, client) -> str:
    return await client.start_new("inner", "mine")

@app.route(route="other")
@app.durable_client_input(client_name="client", task_hub="Other")
async def other(req: func.HttpRequest, client) -> str:
    return await client.start_new("inner")

@app.orchestration_trigger(context_name="context")
def waits(context):
    yield context.wait_for_external_event("go")
"""


def host_json(**durable: Any) -> dict[str, Any]:
    return {"version": "2.0", "extensions": {"durableTask": durable}}


def begin(hub: Hub, version: str) -> str:
    return str(hub.api("POST", f"orchestrators/version?version={version}").json["id"])


def test_versions_that_are_newer_wait(start: Callable[..., Hub]) -> None:
    hub = start(SOURCE, host_json=host_json(defaultVersion="2.0"))
    assert hub.output("version") == ["2.0", "2.0"]
    assert hub.end(begin(hub, "1.10"))["output"] == ["1.10", "2.0"]
    id_ = begin(hub, "10.0")
    hub.wait("host", lambda line: f"The instance {id_} of 'version' waits: its version is '10.0'" in line["message"])
    assert hub.status(id_)["runtimeStatus"] == "Pending"


def test_other_versions_fail(start: Callable[..., Hub]) -> None:
    config = host_json(defaultVersion="2.0", versionMatchStrategy="Strict", versionFailureStrategy="Fail")
    hub = start(SOURCE, host_json=config)
    assert hub.output("version") == ["2.0", "2.0"]
    assert "its version is '1.0', host.json's defaultVersion is '2.0'" in hub.end(begin(hub, "1.0"))["output"]


def test_any_version(start: Callable[..., Hub]) -> None:
    hub = start(SOURCE, host_json=host_json(defaultVersion="2.0", versionMatchStrategy="None"))
    assert hub.end(begin(hub, "10.0"))["output"] == ["10.0", "2.0"]


def test_the_hub_of_a_client(start: Callable[..., Hub]) -> None:
    settings = {"IsEncrypted": False, "Values": {"HUB": "mine"}}
    hub = start(SOURCE, host_json=host_json(hubName="Mine"), local__settings_json=settings)
    assert hub.post("/api/own").text == "mine"
    assert hub.end("mine")["output"] is None
    assert hub.post("/api/other").status == 500
    said = hub.invocation("other")["error"]["message"]
    assert "The task hub 'Other' is not here: this host has the app's own, 'Mine', only." in said
    assert hub.api("GET", "instances/mine?taskHub=mine").status == 200
    assert hub.api("GET", "instances/mine?taskHub=Other").status == 404


def test_running_instances_may_be_replaced(start: Callable[..., Hub]) -> None:
    hub = start(SOURCE, host_json=host_json(overridableExistingInstanceStates="AnyState"))
    hub.begin("waits", id_="one")
    assert hub.api("POST", "orchestrators/inner/one").status == 202
    assert hub.end("one")["name"] == "inner"


def test_a_thousand_at_once_with_few_places(start: Callable[..., Hub]) -> None:
    hub = start(SOURCE, host_json=host_json(maxConcurrentOrchestratorFunctions=2, maxConcurrentActivityFunctions=1))
    ids = [hub.begin("version") for _ in range(1000)]
    while hub.api("GET", "instances?runtimeStatus=Pending,Running&top=1").json:
        pass
    found = hub.api("GET", "instances").json
    assert len(found) == 2 * len(ids)
    assert {status["runtimeStatus"] for status in found} == {"Completed"}
