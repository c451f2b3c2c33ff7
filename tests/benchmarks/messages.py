"""How many messages and events go through a function: `python tests/benchmarks/messages.py [--count 5000] [CASE...]`.

Rates depend on what else the machine does; the processor time of host and worker for each message does so much less.
"""

from __future__ import annotations

import argparse
import base64
import os
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

sys.path.append(str(Path(__file__).parents[1] / "runtime" / "host"))

from host_driver import Host, write_app

from pystein_runtime.amqp import message as amqp
from pystein_runtime.cloud import queues
from pystein_runtime.cloud.bus import entities, hubs, messages
from pystein_runtime.cloud.store import Store, path_for

TICK = os.sysconf("SC_CLK_TCK") if hasattr(os, "sysconf") else 100
COUNTER = """
import time, typing
seen, begun = 0, None
def count(more=1):
    global seen, begun
    begun = begun or time.monotonic()
    seen += more
    if seen >= {count}:
        logging.info("all there after %s", time.monotonic() - begun)
"""


class Case(NamedTuple):
    """An app and what is sent to it."""

    source: str
    send: Callable[[Store, int], None]


def _queue(store: Store, count: int) -> None:
    queues.create(store, "inbox")
    with store.transaction():
        for number in range(count):
            queues.send(store, "inbox", base64.b64encode(f'{{"id": {number}}}'.encode()).decode())


def _bus(store: Store, count: int) -> None:
    messages.send(store, entities.get(store, "inbox"), [amqp.build(f'{{"id": {n}}}'.encode()) for n in range(count)])


def _hub(store: Store, count: int) -> None:
    raws = [amqp.build(f'{{"id": {number}}}'.encode()) for number in range(count)]
    for start in range(0, count, 100):
        hubs.send(store, entities.get(store, "hub"), raws[start : start + 100])


CASES = {
    "queue": Case(
        """
@app.queue_trigger(arg_name="m", queue_name="inbox", connection="AzureWebJobsStorage")
@app.queue_output(arg_name="o", queue_name="outbox", connection="AzureWebJobsStorage")
async def work(m: func.QueueMessage, o: func.Out[str]) -> None:
    o.set(m.get_body().decode())
    count()
""",
        _queue,
    ),
    "service bus": Case(
        """
@app.service_bus_queue_trigger(arg_name="m", queue_name="inbox", connection="SB")
async def work(m: func.ServiceBusMessage) -> None:
    m.get_body()
    count()
""",
        _bus,
    ),
    "service bus, sync": Case(
        """
@app.service_bus_queue_trigger(arg_name="m", queue_name="inbox", connection="SB")
def work(m: func.ServiceBusMessage) -> None:
    m.get_body()
    count()
""",
        _bus,
    ),
    "service bus, many": Case(
        """
@app.service_bus_queue_trigger(arg_name="ms", queue_name="inbox", connection="SB", cardinality="many")
async def work(ms: typing.List[func.ServiceBusMessage]) -> None:
    count(len(ms))
""",
        _bus,
    ),
    "service bus to service bus": Case(
        """
@app.service_bus_queue_trigger(arg_name="m", queue_name="inbox", connection="SB")
@app.service_bus_queue_output(arg_name="o", queue_name="outbox", connection="SB")
async def work(m: func.ServiceBusMessage, o: func.Out[str]) -> None:
    o.set(m.get_body().decode())
    count()
""",
        _bus,
    ),
    "event hub, many": Case(
        """
@app.event_hub_message_trigger(arg_name="es", event_hub_name="hub", connection="SB", cardinality="many")
async def work(es: typing.List[func.EventHubEvent]) -> None:
    count(len(es))
""",
        _hub,
    ),
    "event hub, one": Case(
        """
@app.event_hub_message_trigger(arg_name="e", event_hub_name="hub", connection="SB", cardinality="one")
async def work(e: func.EventHubEvent) -> None:
    count()
""",
        _hub,
    ),
}


def processor_seconds(pid: int) -> float:
    """What a process has used so far (Linux)."""
    fields = Path(f"/proc/{pid}/stat").read_text("ascii").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / TICK


def run(case: Case, count: int, folder: Path) -> str:
    root = write_app(
        folder / "app", COUNTER.format(count=count) + case.source, local__settings_json={"Values": {"SB": ""}}
    )
    host = Host(root).ready()
    try:
        pids = host.process.pid, host.worker()
        store = Store(path_for(root))
        before = [processor_seconds(pid) for pid in pids]
        case.send(store, count)
        store.close()
        seconds = float(host.log("all there")["message"].rpartition(" ")[2])
        used = [processor_seconds(pid) - earlier for pid, earlier in zip(pids, before, strict=True)]
        host.stop()
    finally:
        host.kill()
    host_us, worker_us = (1e6 * item / count for item in used)
    return f"{count / seconds:8,.0f} /s   host {host_us:5.0f} us, worker {worker_us:5.0f} us each"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("cases", nargs="*", metavar="CASE", help=", ".join(CASES))
    parser.add_argument("--count", type=int, default=5000)
    options = parser.parse_args()
    for name in options.cases or CASES:
        with tempfile.TemporaryDirectory() as folder:
            sys.stdout.write(f"{name:28}{run(CASES[name], options.count, Path(folder))}\n")
            sys.stdout.flush()


if __name__ == "__main__":
    main()
