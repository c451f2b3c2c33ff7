"""The webhooks over plain HTTP."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from durable_driver import WEBHOOKS, Hub, Line

SOURCE = """
@app.orchestration_trigger(context_name="context")
def waits(context):
    value = yield context.wait_for_external_event("go")
    return value

@app.orchestration_trigger(context_name="context")
def echo(context):
    return context.get_input()

@app.orchestration_trigger(context_name="context")
def fails(context):
    raise ValueError("no")

@app.entity_trigger(context_name="context")
def Counter(context):
    context.set_state(context.get_state(lambda: 0) + context.get_input())

@app.route(route="addresses")
@app.durable_client_input(client_name="client")
async def addresses(req: func.HttpRequest, client) -> str:
    return json.dumps(client.create_http_management_payload("x"))
"""


@pytest.fixture(scope="module")
def hub(serve: Callable[..., Hub], line: Line) -> Hub:
    return serve(SOURCE, *line.options)


def test_start(hub: Hub) -> None:
    answer = hub.api("POST", "orchestrators/echo", {"a": 1})
    assert (answer.status, answer.headers["retry-after"]) == (202, "10")
    assert set(answer.json) == {
        "id", "statusQueryGetUri", "sendEventPostUri", "terminatePostUri", "rewindPostUri", "purgeHistoryDeleteUri",
        "restartPostUri", "suspendPostUri", "resumePostUri",
    }  # fmt: skip
    assert re.fullmatch("[0-9a-f]{32}", answer.json["id"])
    assert hub.end(answer.json["id"])["output"] == {"a": 1}


def test_start_and_wait(hub: Hub) -> None:
    answer = hub.api("POST", "orchestrators/echo/mine?timeout=60&pollingInterval=1", [1])
    assert (answer.status, answer.json) == (200, [1])
    answer = hub.api("POST", "orchestrators/fails?timeout=60&pollingInterval=1")
    assert (answer.status, answer.json["runtimeStatus"]) == (500, "Failed")
    answer = hub.api("POST", "orchestrators/waits?timeout=0.01&pollingInterval=0.01")
    assert answer.status == 202


def test_what_cannot_be_started(hub: Hub) -> None:
    answer = hub.api("POST", "orchestrators/nobody")
    assert answer.status == 400
    assert answer.json["ExceptionMessage"].startswith("The function 'nobody' doesn't exist")
    assert hub.post(f"{WEBHOOKS}/orchestrators/echo", "{not json").status == 400
    hub.begin("waits", id_="busy")
    assert hub.api("POST", "orchestrators/waits/busy").status == 409
    assert hub.api("GET", "orchestrators/echo").status == 404
    assert hub.api("GET", "nothing/here").status == 404


def test_status(hub: Hub) -> None:
    id_ = hub.begin("waits")
    answer = hub.api("GET", f"instances/{id_}?showHistory=true")
    assert (answer.status, answer.headers["retry-after"]) == (202, "5")
    assert answer.headers["location"].endswith(f"/instances/{id_}?showHistory=true")
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", answer.json["createdTime"])
    assert hub.event(id_, "go", {"k": None}).status == 202
    assert hub.end(id_)["output"] == {"k": None}
    assert hub.api("GET", f"instances/{id_}").status == 200
    assert hub.event(id_, "go", 1).status == 410
    assert hub.api("GET", "instances/nobody").status == 404
    failed = hub.begin("fails")
    hub.end(failed)
    assert hub.api("GET", f"instances/{failed}").status == 200
    assert hub.api("GET", f"instances/{failed}?returnInternalServerErrorOnFailure=true").status == 500


def test_events_must_be_json(hub: Hub) -> None:
    id_ = hub.begin("waits")
    path = f"{WEBHOOKS}/instances/{id_}/raiseEvent/go"
    assert hub.request("POST", path, "x", {"content-type": "text/plain"}).status == 400
    assert hub.request("POST", path, "{", {"content-type": "application/json"}).status == 400
    assert hub.status(id_)["runtimeStatus"] in {"Pending", "Running"}


def test_pages_of_a_list(hub: Hub) -> None:
    for number in range(5):
        hub.begin("echo", number, f"page-{number}")
    seen: list[str] = []
    token = ""
    while True:
        headers = {"x-ms-continuation-token": token} if token else {}
        answer = hub.api("GET", "instances?top=2&instanceIdPrefix=page-", None, **headers)
        seen += [status["instanceId"] for status in answer.json]
        token = answer.headers.get("x-ms-continuation-token", "")
        if not token:
            break
    assert seen == [f"page-{number}" for number in range(5)]
    assert hub.api("GET", "instances", None, **{"x-ms-continuation-token": "x,y"}).status == 400


def test_purging_by_time_needs_a_time(hub: Hub) -> None:
    assert hub.api("DELETE", "instances").status == 400


def test_entities(hub: Hub) -> None:
    for key, value in (("a", 1), ("b", 2)):
        assert hub.api("POST", f"entities/Counter/{key}?op=add", value).status == 202
    while hub.api("GET", "entities/counter/b").status != 200:
        pass
    assert hub.api("GET", "entities/Counter/b").json == 2
    listed = hub.api("GET", "entities/counter?fetchState=true").json
    assert {item["entityId"]["key"]: item["state"] for item in listed}["b"] == 2
    assert hub.api("GET", "entities/counter/nobody").status == 404
    assert hub.api("POST", "entities/nobody/k?op=x").status == 400


def test_other_web_sites_may_not_use_it(hub: Hub) -> None:
    headers = {"origin": "https://example.com", "sec-fetch-site": "cross-site"}
    assert hub.request("POST", f"{WEBHOOKS}/orchestrators/echo", None, headers).status == 403
    assert hub.request("GET", f"{WEBHOOKS}/instances", None, {"host": "example.com"}).status == 403


def test_keys(start: Callable[..., Hub]) -> None:
    hub = start(SOURCE, "--enable-auth")
    assert hub.api("POST", "orchestrators/echo").status == 401
    assert hub.api("GET", "instances?code=wrong").status == 401
    links = hub.get("/api/addresses").json
    address = links["statusQueryGetUri"].partition(str(hub.port))[2]
    assert "code=" in address
    assert hub.get(address).status == 404


def test_the_hubs_name(start: Callable[..., Hub]) -> None:
    host_json = {"version": "2.0", "extensions": {"durableTask": {"hubName": "%HUB%", "defaultVersion": "1.5"}}}
    settings = {"IsEncrypted": False, "Values": {"HUB": "MyHub"}}
    hub = start(SOURCE, host_json=host_json, local__settings_json=settings)
    assert "taskHub=MyHub" in hub.get("/api/addresses").json["statusQueryGetUri"]
    assert (hub.root / ".pystein" / "taskhub-MyHub.sqlite").exists()
