"""A clock that jumps, under a real host: nothing is missed or stands still, and nothing is fired in storms.

The clock is that of Debian's package `faketime`: what a process is told changes with a file.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from durable_driver import Hub, write

LIBRARIES = list(Path("/usr/lib").glob("*/faketime/libfaketimeMT.so.1"))
pytestmark = pytest.mark.skipif(not LIBRARIES, reason="needs the package faketime")
HOUR = 3600
SOURCE = """
import logging

@app.timer_trigger(arg_name="t", schedule="* * * * * *")
def tick(t: func.TimerRequest) -> None:
    logging.info("tick")

@app.timer_trigger(arg_name="t", schedule="0 */30 * * * *")
def seldom(t: func.TimerRequest) -> None:
    logging.info("seldom, past due: %s", t.past_due)

@app.route(route="put/{name}")
@app.queue_output(arg_name="queued", queue_name="work", connection="AzureWebJobsStorage")
@app.service_bus_queue_output(arg_name="message", queue_name="work", connection="SB")
def put(req: func.HttpRequest, queued: func.Out[str], message: func.Out[str]) -> str:
    queued.set(req.route_params["name"])
    message.set(req.route_params["name"])
    return "ok"

@app.queue_trigger(arg_name="m", queue_name="work", connection="AzureWebJobsStorage")
def queue(m: func.QueueMessage) -> None:
    logging.info("queue %s %d", m.get_body().decode(), m.dequeue_count)
    if m.dequeue_count == 1:
        raise ValueError("once more")

@app.service_bus_queue_trigger(arg_name="m", queue_name="work", connection="SB")
def bus(m: func.ServiceBusMessage) -> None:
    logging.info("bus %s %d", m.get_body().decode(), m.delivery_count)

@app.orchestration_trigger(context_name="context")
def waits(context):
    yield context.create_timer(context.current_utc_datetime + datetime.timedelta(seconds=context.get_input()))
    return "done"
"""
FILES = {
    "local__settings_json": {"Values": {"AzureWebJobsStorage": "", "SB": ""}},
    "host_json": {"version": "2.0", "extensions": {"queues": {"visibilityTimeout": "00:00:01"}}},
}


class Clock:
    """The clock of a host, and the host."""

    def __init__(self, folder: Path) -> None:
        self._offset = folder / "offset"
        self._root = write(folder / "app", SOURCE, **FILES)
        self.jump(0)
        self.host = self.start()

    def start(self) -> Hub:
        environ = {
            "LD_PRELOAD": str(LIBRARIES[0]), "FAKETIME_TIMESTAMP_FILE": str(self._offset), "FAKETIME_NO_CACHE": "1",
            "FAKETIME_DONT_FAKE_MONOTONIC": "1", "NO_FAKE_STAT": "1",
        }  # fmt: skip
        self.host = Hub(self._root, environ=environ)
        self.host.ready()
        return self.host

    def jump(self, seconds: int) -> None:
        """Set the clock to so much before or behind the true one."""
        self._offset.write_text(f"{seconds:+d}")

    def counts(self, message: str) -> int:
        return sum(message in line.get("message", "") for line in self.host.lines)


@pytest.fixture
def clock(tmp_path: Path) -> Iterator[Clock]:
    clock = Clock(tmp_path)
    yield clock
    assert clock.host.stop() == 0
    clock.host.close()


def next_log(host: Hub, message: str) -> Any:
    """Wait for one more record than there are."""
    known = sum(message in line.get("message", "") for line in host.lines if line.get("event") == "log")
    return host.log(message, known + 1)


@pytest.mark.parametrize("seconds", [HOUR, -HOUR])
def test_all_goes_on_after_a_jump(clock: Clock, seconds: int) -> None:
    host = clock.host
    host.log("tick")
    short = host.begin("waits", 2)
    assert host.get("/api/put/before").text == "ok"
    began = time.monotonic()
    clock.jump(seconds)
    assert host.get("/api/put/after").text == "ok"
    for _ in range(2):
        next_log(host, "tick")
    for name in ("before", "after"):  # each comes again after its visibility timeout
        host.log(f"queue {name} 2")
        host.log(f"bus {name} 1")
    assert host.end(short)["output"] == "done"
    assert clock.counts("tick") <= time.monotonic() - began + 5
    assert clock.counts("queue ") == 4
    assert clock.counts("bus ") <= 3  # a lock ends by the clock: what was being worked on then comes again


def test_an_orchestration_waits_no_longer_than_the_clock_says(clock: Clock) -> None:
    host = clock.host
    long = host.begin("waits", HOUR // 2)
    host.until(long, lambda status: status["runtimeStatus"] == "Running")
    clock.jump(HOUR)
    assert host.end(long)["output"] == "done"


def test_what_a_timer_has_missed_is_made_up_for_once(clock: Clock) -> None:
    clock.host.stop()
    clock.host.close()
    clock.jump(5 * HOUR)
    host = clock.start()
    host.log("seldom, past due: True")
    for _ in range(2):
        next_log(host, "tick")
    assert clock.counts("seldom") == 1
    host.stop()
    host.close()
    clock.jump(-5 * HOUR)
    host = clock.start()
    for _ in range(2):
        next_log(host, "tick")
    assert clock.counts("seldom, past due: True") == 0
