"""Orchestrators that do not do again what they did: told in plain words, also when the code changes meanwhile."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from durable_driver import Hub

BEFORE = """
@app.orchestration_trigger(context_name="context")
def flow(context):
    a = yield context.call_activity("one", 1)
    yield context.wait_for_external_event("go")
    b = yield context.call_activity("two", 2)
    return [a, b]

@app.activity_trigger(input_name="n")
def one(n: int) -> int: return n

@app.activity_trigger(input_name="n")
def two(n: int) -> int: return n
"""


def change(root: Path, hub: Hub, old: str, new: str) -> None:
    path = root / "function_app.py"
    text = path.read_text()
    assert old in text
    count = sum(line["event"] == "reloaded" for line in hub.lines)
    path.write_text(text.replace(old, new))
    hub.wait("reloaded", count=count + 1)


def paused(hub: Hub) -> str:
    """An instance that has done its first activity."""
    id_ = hub.begin("flow")
    done = "EventType"
    hub.until(
        id_,
        lambda status: "TaskCompleted" in [event[done] for event in status.get("historyEvents", [])],
        "showHistory=true",
    )
    return id_


def test_another_call_in_place_of_one_that_was_made(start: Callable[..., Hub]) -> None:
    hub = start(BEFORE)
    first, second = paused(hub), paused(hub)
    change(hub.root, hub, 'call_activity("one", 1)', 'call_activity("two", 1)')
    hub.event(first, "go", None)
    status = hub.end(first)
    assert status["runtimeStatus"] == "Failed"
    assert (
        "Non-deterministic workflow detected: call 1 of the orchestrator 'flow' was the activity 'one'"
        in (status["output"])
    )
    line = (hub.root / "function_app.py").read_text().split("\n").index(
        '    a = yield context.call_activity("two", 1)'
    ) + 1
    assert f"and is the activity 'two' now (function_app.py, line {line} or {line + 2}). Either" in status["output"]
    # The former code is brought back: rewinding helps, and the one that slept has noticed nothing.
    change(hub.root, hub, 'call_activity("two", 1)', 'call_activity("one", 1)')
    assert hub.api("POST", f"instances/{first}/rewind?reason=x").status == 202
    assert hub.end(first)["output"] == [1, 2]
    hub.event(second, "go", None)
    assert hub.end(second)["output"] == [1, 2]


def test_a_call_that_is_not_made_any_more(start: Callable[..., Hub]) -> None:
    hub = start(BEFORE)
    id_ = paused(hub)
    change(hub.root, hub, 'a = yield context.call_activity("one", 1)', "a = 1")
    hub.event(id_, "go", None)
    assert "call 1 of the orchestrator 'flow' was the activity 'one' (sequence ID 0)" in hub.end(id_)["output"]


def test_no_further_call_is_made(start: Callable[..., Hub]) -> None:
    hub = start(BEFORE)
    id_ = paused(hub)
    change(hub.root, hub, 'a = yield context.call_activity("one", 1)', "return 1")
    hub.event(id_, "go", None)
    line = (hub.root / "function_app.py").read_text().split("\n").index("def flow(context):")
    place = f"orchestrator 'flow' (function_app.py, line {line}) was the activity 'one' (sequence ID 0)"
    assert place in hub.end(id_)["output"]
    assert "is not made any more. Either" in hub.end(id_)["output"]


def test_calls_after_those_that_were_made_may_change(start: Callable[..., Hub]) -> None:
    hub = start(BEFORE)
    id_ = paused(hub)
    change(hub.root, hub, 'call_activity("two", 2)', 'call_activity("one", 7)')
    hub.event(id_, "go", None)
    assert hub.end(id_)["output"] == [1, 7]


def test_an_orchestrator_that_is_gone_for_a_while(start: Callable[..., Hub]) -> None:
    hub = start(BEFORE)
    id_ = paused(hub)
    change(hub.root, hub, "def flow(context)", "def other(context)")
    hub.event(id_, "go", None)
    hub.wait("host", lambda line: "Instances of 'flow' wait" in line["message"])
    assert hub.status(id_)["runtimeStatus"] == "Running"
    change(hub.root, hub, "def other(context)", "def flow(context)")
    assert hub.end(id_)["output"] == [1, 2]


def test_a_reload_while_activities_run(start: Callable[..., Hub]) -> None:
    hub = start(
        """
        import time
        @app.orchestration_trigger(context_name="context")
        def flow(context):
            a = yield context.call_activity("slow", 1)
            b = yield context.call_activity("version", 1)
            return [a, b]

        @app.activity_trigger(input_name="n")
        def slow(n: int) -> str:
            pathlib.Path("begun").touch()
            while not pathlib.Path("go").exists():
                time.sleep(0.005)
            return VERSION

        @app.activity_trigger(input_name="n")
        def version(n: int) -> str: return VERSION

        VERSION = "old"
        """
    )
    id_ = hub.begin("flow")
    hub.until(id_, lambda _: (hub.root / "begun").exists())
    change(hub.root, hub, 'VERSION = "old"', 'VERSION = "new"')
    (hub.root / "go").touch()
    assert hub.end(id_)["output"] == ["old", "new"]


def test_arguments_that_change_at_every_replay(start: Callable[..., Hub]) -> None:
    hub = start(
        """
        import uuid
        @app.orchestration_trigger(context_name="context")
        def random(context):
            a = yield context.call_activity("one", str(uuid.uuid4()))
            b = yield context.call_activity("one", "x")
            return [len(a), b]

        @app.activity_trigger(input_name="n")
        def one(n: str) -> str: return n
        """
    )
    assert hub.output("random") == [36, "x"]
    message = hub.wait("host", lambda line: "was made with the input" in line["message"])["message"]
    assert message.startswith("Call 1 of the orchestrator 'random', the activity 'one' (function_app.py, line ")
    assert "), was made with the input" in message


def test_orchestrators_that_never_end(start: Callable[..., Hub]) -> None:
    hub = start(
        """
        @app.orchestration_trigger(context_name="context")
        def endless(context):
            import time
            while True:
                time.sleep(0.01)
            yield

        @app.activity_trigger(input_name="n")
        def never(n: int):
            import time
            while True:
                time.sleep(0.01)

        @app.orchestration_trigger(context_name="context")
        def waits(context):
            yield context.call_activity("never", 1)

        @app.orchestration_trigger(context_name="context")
        def fine(context):
            return 1
        """,
        host_json={"version": "2.0", "functionTimeout": "00:00:01"},
    )
    assert "Timeout value of 1 seconds exceeded by function: endless" in hub.run("endless")["output"]
    assert "Activity function 'never' failed: Timeout value of 1 seconds exceeded" in hub.run("waits")["output"]
    assert hub.output("fine") == 1


def test_orchestrators_that_are_none(start: Callable[..., Hub]) -> None:
    source = """
    @app.orchestration_trigger(context_name="context")
    async def asynchronous(context):
        return 1

    @app.generic_trigger(arg_name="context", type="orchestrationTrigger")
    def handmade(context) -> str:
        return "not json"

    @app.generic_trigger(arg_name="context", type="orchestrationTrigger")
    def listed(context) -> str:
        return '{"isDone": true, "actions": [[{"actionType": 99}]]}'

    @app.orchestration_trigger(context_name="context")
    def yields_nonsense(context):
        yield 5
    """
    hub = start(source)
    for name, text in {
        "asynchronous": "not JSON serializable",
        "handmade": "It returned something else than the durable package does",
        "listed": "actionType 99",
        "yields_nonsense": "Orchestrator function 'yields_nonsense' failed",
    }.items():
        status = hub.run(name)
        assert status["runtimeStatus"] == "Failed", status
        assert text in status["output"]
