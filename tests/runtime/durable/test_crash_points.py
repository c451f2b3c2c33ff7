"""`kill -9` at every step of an orchestration: the same result, and no activity runs more often than once for each crash.

Hosts die before and after each commit of their task hub, workers at the beginning and at the end of each call. All points
take minutes: `PYSTEIN_EVERY_CRASH=1` tries them, else every seventh is tried. `-s` shows how many deaths there were.
"""

from __future__ import annotations

import http.client
import os
import signal
import sys
import time
from collections import Counter
from pathlib import Path

import pytest
from durable_driver import FINISHED, Hub, Line, write
from host_driver import SECONDS

SOURCE = """
def point():
    # The next point of the orchestration's life at which its worker may die.
    with open("points", "ab", buffering=0) as file:
        file.write(b".")
        if str(file.tell()) == os.environ.get("DIE_AT"):
            os.kill(os.getpid(), 9)

@app.orchestration_trigger(context_name="context")
def steps(context):
    point()
    first = yield context.call_activity("step", 1)
    both = yield context.task_all([context.call_activity("step", 2), context.call_activity("step", 3)])
    child = yield context.call_sub_orchestrator("child")
    count = yield context.call_entity(df.EntityId("Counter", context.instance_id), "add", 1)
    yield context.create_timer(context.current_utc_datetime + datetime.timedelta(milliseconds=10))
    event = yield context.wait_for_external_event("go")
    last = yield context.call_activity_with_retry("step", df.RetryOptions(5, 2), 5)
    return [first, both, child, count, event, last]

@app.orchestration_trigger(context_name="context")
def child(context):
    point()
    value = yield context.call_activity("step", 4)
    return value

@app.activity_trigger(input_name="number")
def step(number: int) -> int:
    point()
    with open("done", "a") as file:
        file.write(f"{number}\\n")
    point()
    return number

@app.entity_trigger(context_name="context")
def Counter(context):
    point()
    value = context.get_state(lambda: 0) + context.get_input()
    context.set_state(value)
    context.set_result(value)
    point()
"""
RESULT = [1, [2, 3], 4, 1, "on", 5]
STRIDE = 1 if os.environ.get("PYSTEIN_EVERY_CRASH") else 7
ID = "it"

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="there is no kill -9")


class Life:
    """An orchestration over the lives of its hosts."""

    def __init__(self, root: Path, line: Line) -> None:
        self.root = root
        self.options = line.options
        self.begun = self.told = False
        self.deaths = 0

    def live(self, **environ: str) -> bool:
        """One life of a host; True: the orchestration came to its end."""
        hub = Hub(self.root, *self.options, environ=environ)
        try:
            return self._drive(hub)
        except (OSError, http.client.HTTPException):  # it died while it was asked
            return False
        finally:
            self.deaths += int(hub.process.poll() is not None)
            hub.close()

    def _drive(self, hub: Hub) -> bool:
        end = time.monotonic() + SECONDS
        while not any(line.get("event") == "ready" for line in hub.lines):
            if hub.process.poll() is not None:
                assert hub.process.returncode == -signal.SIGKILL, hub.other
                return False
            assert time.monotonic() < end, hub.other
            time.sleep(0.002)
        hub.ready()
        while not self.begun:
            self.begun = hub.api("POST", f"orchestrators/steps/{ID}").status in {202, 409}
        if not self.told:
            self.told = hub.event(ID, "go", "on").status in {202, 410}
        while hub.status(ID)["runtimeStatus"] not in FINISHED:
            assert time.monotonic() < end, (hub.status(ID), hub.lines[-10:], hub.other)
            time.sleep(0.002)
        self.check(hub)
        return True

    def check(self, hub: Hub) -> None:
        """The result is as if nothing had happened."""
        status = hub.status(ID)
        assert (status["runtimeStatus"], status["output"]) == ("Completed", RESULT), status
        assert hub.api("GET", f"entities/counter/{ID}").json == 1
        done = Counter((self.root / "done").read_text().split())
        assert set(done) == {"1", "2", "3", "4", "5"}
        assert sum(done.values()) - len(done) <= 2 * max(self.deaths, 1), done  # two run beside each other
        assert max(done.values()) <= 1 + max(self.deaths, 1), done


def dies_at(when: str, number: int) -> dict[str, str]:
    """The environment of a host that dies at a commit."""
    place = str(Path(__file__).parent / "crashing")
    return {
        "PYSTEIN_DIE_AT": f"{when}:{number}",
        "PYTHONPATH": os.pathsep.join([place, os.environ.get("PYTHONPATH", "")]),
    }


def tell(line: Line, deaths: int) -> None:
    """Show how many deaths a test has seen."""
    sys.stdout.write(f"{deaths} deaths with {line.name}\n")


@pytest.mark.parametrize("when", ["before", "after"])
def test_a_host_dies_at_a_commit(tmp_path: Path, line: Line, when: str) -> None:
    """Once in each orchestration, at its first, second, ... commit, until one has not so many."""
    number = 1
    while True:
        life = Life(write(tmp_path / str(number), SOURCE), line)
        if life.live(**dies_at(when, number)):
            break
        assert life.live(), f"after the death {when} commit {number}"
        number += STRIDE
    assert number > 10
    tell(line, number // STRIDE)


def test_a_host_dies_again_and_again(tmp_path: Path, line: Line) -> None:
    """Each host gets a commit or two further than the one before."""
    life = Life(write(tmp_path, SOURCE), line)
    while not life.live(**dies_at("after", 1 + life.deaths % 2)):  # the first one may be of an event that is sent again
        assert life.deaths < 100
    assert life.deaths > 1
    tell(line, life.deaths)


def test_a_worker_dies_at_a_call(tmp_path: Path, line: Line) -> None:
    """Once in each orchestration: at the beginning or the end of its first, second, ... call."""
    number = 1
    while True:
        life = Life(write(tmp_path / str(number), SOURCE), line)
        life.deaths = 1
        assert life.live(DIE_AT=str(number)), f"point {number}"
        if (life.root / "points").stat().st_size < number:
            break
        number += STRIDE
    assert number > 15
    tell(line, number // STRIDE)
