"""The admin API, as tools of the platform use it."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from host_driver import Host

SOURCE = """
@app.route(route="hello/{name}", methods=["GET"])
def hello(req: func.HttpRequest) -> str:
    return "hello " + req.route_params["name"]

@app.timer_trigger(arg_name="t", schedule="0 0 0 1 1 *")
def tick(t: func.TimerRequest) -> None:
    logging.info("tick")

@app.queue_trigger(arg_name="m", queue_name="orders", connection="AzureWebJobsStorage")
def work(m: func.QueueMessage) -> None:
    logging.info("got %s", m.get_body().decode())

@app.timer_trigger(arg_name="t", schedule="* * * * * *")
def off(t: func.TimerRequest) -> None:
    logging.info("off ran")
"""


@pytest.fixture(scope="module")
def host(serve: Callable[..., Host]) -> Host:
    values = {"AzureWebJobs.off.Disabled": "1"}
    return serve(SOURCE, local__settings_json={"IsEncrypted": False, "Values": values})


def test_status(host: Host) -> None:
    status = host.get("/admin/host/status").json
    assert status["state"] == "Running"
    assert status["version"].startswith("4.")
    assert host.get("/admin/host/ping").status == 200


def test_functions(host: Host) -> None:
    functions = {item["name"]: item for item in host.get("/admin/functions").json}
    assert list(functions) == ["hello", "tick", "work", "off"]
    hello = functions["hello"]
    assert hello["invoke_url_template"] == f"http://localhost:{host.port}/api/hello/{{name}}"
    assert hello["language"] == "python"
    trigger = hello["config"]["bindings"][0]
    assert (trigger["type"], trigger["name"], trigger["methods"]) == ("httpTrigger", "req", ["GET"])
    assert functions["tick"]["invoke_url_template"] is None
    assert functions["off"]["isDisabled"] is True
    assert host.get("/admin/functions/HELLO").json == hello
    assert host.get("/admin/functions/off/status").json == {"isDisabled": True}
    assert host.get("/admin/functions/nope").status == 404


def test_a_function_is_set_off(host: Host) -> None:
    assert host.post("/admin/functions/tick", {}).status == 202
    host.log("tick")
    assert host.post("/admin/functions/work", {"input": "by hand"}).status == 202
    host.log("got by hand")
    assert host.post("/admin/functions/work", {"input": {"a": 1}}).status == 202
    host.log('got {"a": 1}')
    assert host.post("/admin/functions/nope", {}).status == 404
    assert host.post("/admin/functions/tick", b"{").status == 400
    assert host.post("/admin/functions/work", [1]).status == 400
    assert host.post("/admin/functions/work", {"Input": "in capitals"}).status == 202
    host.log("got in capitals")


def test_a_disabled_function_does_not_fire_but_can_be_set_off(host: Host) -> None:
    assert not any("off ran" in line.get("message", "") for line in host.lines)
    assert host.post("/admin/functions/off", {}).status == 202
    host.log("off ran")


def test_what_is_not_there(host: Host) -> None:
    for path in ("/admin", "/admin/", "/admin/x", "/admin/host/x", "/admin/vfs/site"):
        assert host.get(path).status == 404


def test_an_invocation_and_its_result(host: Host) -> None:
    result = host.invoke("hello", route={"name": "you"})
    assert result["return"]["body"] == "hello you"
    assert host.post("/admin/pystein/invoke", {"function": "nope"}).status == 404
    assert host.post("/admin/pystein/invoke", b"[]").status == 400
    assert host.get("/admin/pystein/invoke").status == 404


def test_stop(start: Callable[..., Host]) -> None:
    host = start(SOURCE)
    assert host.post("/admin/pystein/stop").status == 202
    assert host.process.wait(60) == 0


def test_the_page_and_what_it_shows(host: Host) -> None:
    page = host.get("/")
    assert page.headers["content-type"] == "text/html; charset=utf-8"
    assert "frame-ancestors 'none'" in page.headers["content-security-policy"]
    host.invoke("hello", route={"name": "you"})
    overview = host.get("/admin/pystein/overview").json
    assert overview["state"] == "Running"
    assert [item["name"] for item in overview["functions"]] == ["hello", "tick", "work", "off"]
    assert overview["invocations"][0]["function"] == "hello"
    assert overview["invocations"][0]["status"] == "succeeded"
    assert host.request("GET", "/admin/pystein/overview", headers={"Origin": "https://evil.example"}).status == 403


def test_warm_up(start: Callable[..., Host]) -> None:
    host = start(
        """
        @app.warm_up_trigger("w")
        def warm(w) -> None:
            logging.info("warm")
        """
    )
    host.log("warm")
