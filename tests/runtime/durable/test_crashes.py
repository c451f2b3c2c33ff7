"""`kill -9` of the worker and of the host in the middle of orchestrations: the same result, and little is done twice."""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest
from durable_driver import Hub

STEPS = 6
SOURCE = """
@app.orchestration_trigger(context_name="context")
def steps(context):
    done = []
    for number in range(6):
        value = yield context.call_activity("step", number)
        done.append(value)
    both = yield context.task_all([context.call_activity("step", 10), context.call_activity("step", 11)])
    child = yield context.call_sub_orchestrator("child")
    entity = df.EntityId("Counter", context.instance_id)
    count = yield context.call_entity(entity, "add", 1)
    yield context.create_timer(context.current_utc_datetime + datetime.timedelta(milliseconds=20))
    event = yield context.wait_for_external_event("go")
    return [done, both, child, count, event]

@app.orchestration_trigger(context_name="context")
def child(context):
    value = yield context.call_activity("step", 20)
    return value

@app.activity_trigger(input_name="number")
def step(number: int) -> int:
    with open("done", "a") as file:
        file.write(f"{number}\\n")
    if pathlib.Path(f"die-{number}").exists():
        pathlib.Path(f"die-{number}").unlink()
        kill()
    return number

def kill():
    while not pathlib.Path("victim").exists() or not pathlib.Path("victim").read_text():
        pass
    os.kill(int(pathlib.Path("victim").read_text()) or os.getpid(), 9)
    if int(pathlib.Path("victim").read_text()):
        while True:
            pass

@app.activity_trigger(input_name="number")
def deadly(number: int) -> int:
    os._exit(3)

@app.orchestration_trigger(context_name="context")
def calls_deadly(context):
    yield context.call_activity("deadly", 1)

@app.activity_trigger(input_name="number")
def beside(number: int) -> int:
    pathlib.Path("begun").touch()
    time.sleep(0.5)
    return number

@app.activity_trigger(input_name="number")
def deadly_beside(number: int) -> int:
    while not pathlib.Path("begun").exists():
        pass
    os._exit(3)

@app.orchestration_trigger(context_name="context")
def calls_beside(context):
    number = yield context.call_activity("beside", 7)
    return number

@app.orchestration_trigger(context_name="context")
def calls_deadly_beside(context):
    yield context.call_activity("deadly_beside", 1)

@app.orchestration_trigger(context_name="context")
def is_deadly(context):
    os._exit(3)

@app.entity_trigger(context_name="context")
def Counter(context):
    if pathlib.Path("die-entity").exists():
        pathlib.Path("die-entity").unlink()
        kill()
    value = context.get_state(lambda: 0) + context.get_input()
    context.set_state(value)
    context.set_result(value)

@app.orchestration_trigger(context_name="context")
def dies(context):
    number = yield context.call_activity("step", 1)
    if pathlib.Path("die-here").exists():
        pathlib.Path("die-here").unlink()
        kill()
    more = yield context.call_activity("step", 2)
    return [number, more]
"""
RESULT = [list(range(STEPS)), [10, 11], 20, 1, "on"]


def done(root: Path) -> Counter[int]:
    return Counter(int(line) for line in (root / "done").read_text().split())


@pytest.mark.parametrize("who", ["worker", "host"])
def test_in_the_middle_of_every_step(start: Callable[..., Hub], who: str) -> None:
    hub = start(SOURCE)
    deaths = [2, 11, "entity"]
    for death in deaths:
        (hub.root / f"die-{death}").touch()
    (hub.root / "victim").write_text("0" if who == "worker" else str(hub.process.pid))
    id_ = hub.begin("steps")
    for _ in deaths if who == "host" else ():
        hub.process.wait(60)
        (hub.root / "victim").unlink()
        hub = start(root=hub.root)
        (hub.root / "victim").write_text(str(hub.process.pid))
    assert hub.event(id_, "go", "on").status == 202
    assert hub.end(id_)["output"] == RESULT
    assert not list(hub.root.glob("die-*"))
    twice = done(hub.root)
    assert set(twice) == {*range(STEPS), 10, 11, 20}
    assert sum(twice.values()) <= len(twice) + 2 * len(deaths)
    assert max(twice.values()) <= 1 + len(deaths)


@pytest.mark.parametrize("who", ["worker", "host"])
def test_in_the_middle_of_a_turn(start: Callable[..., Hub], who: str) -> None:
    hub = start(SOURCE)
    (hub.root / "victim").write_text("0" if who == "worker" else str(hub.process.pid))
    (hub.root / "die-here").touch()
    id_ = hub.begin("dies")
    if who == "host":
        hub.process.wait(60)
        hub = start(root=hub.root)
    assert hub.end(id_)["output"] == [1, 2]
    assert done(hub.root) == {1: 1, 2: 1}


def test_while_nothing_runs(start: Callable[..., Hub]) -> None:
    hub = start(SOURCE)
    id_ = hub.begin("steps")
    hub.until(id_, lambda _: hub.api("GET", f"entities/counter/{id_}").status == 200)
    hub.kill()
    hub = start(root=hub.root)
    assert hub.event(id_, "go", "on").status == 202
    assert hub.end(id_)["output"] == RESULT
    assert max(done(hub.root).values()) == 1


def test_stopped_in_order_and_started_again(start: Callable[..., Hub]) -> None:
    hub = start(SOURCE)
    ids = [hub.begin("steps") for _ in range(5)]
    assert hub.stop() == 0
    hub = start(root=hub.root)
    for id_ in ids:
        hub.event(id_, "go", "on")
        assert hub.end(id_)["output"] == RESULT
    assert set(done(hub.root).values()) == {len(ids)}


def test_what_runs_beside_a_deadly_function_is_not_blamed(start: Callable[..., Hub]) -> None:
    hub = start("import time\n" + SOURCE)
    deadly, beside = hub.begin("calls_deadly_beside"), hub.begin("calls_beside")
    assert "Activity function 'deadly_beside' failed" in hub.end(deadly)["output"]
    ended = hub.end(beside)
    assert (ended["runtimeStatus"], ended["output"]) == ("Completed", 7)


def test_functions_that_always_take_the_worker_along(start: Callable[..., Hub]) -> None:
    hub = start(SOURCE)
    status = hub.run("calls_deadly")
    assert "Activity function 'deadly' failed" in status["output"]
    assert "the worker process" in status["output"]


def test_a_history_that_cannot_be_read(start: Callable[..., Hub]) -> None:
    hub = start(SOURCE)
    broken = [hub.begin("steps") for _ in range(3)]
    sound = hub.begin("steps")
    for id_ in (*broken, sound):
        hub.until(id_, lambda _, id_=id_: hub.api("GET", f"entities/counter/{id_}").status == 200)
    hub.kill()
    with sqlite3.connect(hub.root / ".pystein" / "taskhub-TestHubName.sqlite") as database:
        for id_, text in zip(broken, ("{not json", "[]", '{"EventType": 4}'), strict=True):
            database.execute("UPDATE episode SET events = ? WHERE instance = ? AND number = 0", (text, id_))
    database.close()
    hub = start(root=hub.root)
    for id_ in broken:
        hub.event(id_, "go", 1)
        status = hub.end(id_)
        assert status["runtimeStatus"] == "Failed"
        assert "The history of this instance cannot be read: turn 1" in status["output"]
        assert hub.api("POST", f"instances/{id_}/rewind?reason=x").status == 400
    hub.event(sound, "go", "on")
    assert hub.end(sound)["output"] == RESULT


def test_a_file_that_is_no_store(start: Callable[..., Hub], tmp_path: Path) -> None:
    hub = start(SOURCE)
    hub.stop()
    path = hub.root / ".pystein" / "taskhub-TestHubName.sqlite"
    for left in path.parent.glob(f"{path.name}*"):
        left.unlink()
    path.write_bytes(b"no database" * 1000)
    bad = Hub(hub.root)
    assert "cannot be used as the task hub's store" in bad.wait("load-failed")["message"]
    bad.process.wait(60)
    bad.close()
