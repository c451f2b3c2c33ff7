"""Instances that go while something of theirs still runs."""

from __future__ import annotations

from collections.abc import Callable

from durable_driver import Hub

SOURCE = """
@app.orchestration_trigger(context_name="context")
def flow(context):
    result = yield context.call_activity("slow", context.get_input())
    return result

@app.activity_trigger(input_name="name")
def slow(name: str) -> str:
    import time
    pathlib.Path(f"begun-{name}").touch()
    while not pathlib.Path(f"go-{name}").exists():
        time.sleep(0.002)
    return name
"""


def test_an_activity_outlives_its_instance(start: Callable[..., Hub]) -> None:
    hub = start(SOURCE)
    hub.begin("flow", "old", id_="it")
    hub.until("it", lambda _: (hub.root / "begun-old").exists())
    assert hub.api("POST", "instances/it/terminate?reason=x").status == 202
    assert hub.api("DELETE", "instances/it").status == 200
    hub.begin("flow", "new", id_="it")
    hub.until("it", lambda _: (hub.root / "begun-new").exists())
    (hub.root / "go-old").touch()
    hub.invocation("slow")
    assert hub.status("it")["runtimeStatus"] == "Running"
    hub.kill()
    hub = start(root=hub.root)
    (hub.root / "go-new").touch()
    assert hub.end("it")["output"] == "new"
