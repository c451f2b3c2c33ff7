"""Killing hosts and workers while they are busy, and counting what becomes of the work.

`python -m tests.faults.kills --kills 50 --items 2000 --output build/kills` prints what it has counted, and writes it as a
table; with `--real` the services are in a process of their own, as real ones are, and reached through the SDKs.
"""

from __future__ import annotations

import argparse
import asyncio
import base64
import contextlib
import json
import os
import random
import signal
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path
from typing import NamedTuple

from bus_driver import Cloud
from cloud_driver import LocalCloud, cloud_at, shared_access
from durable_driver import Hub, write

from pystein_runtime.amqp import message as amqp
from pystein_runtime.cloud import blobs, containers, queues
from pystein_runtime.cloud.bus import entities, hubs, messages
from pystein_runtime.cloud.cosmos import containers as cosmos
from pystein_runtime.cloud.cosmos import documents
from pystein_runtime.cloud.store import Store, path_for

REAL = ("queue", "blob", "bus", "hub")
"""Services that can be reached through the SDKs here."""
SERVICES = (*REAL, "documents", "durable", "timer")
IN_FLIGHT = {"queue": 16 + 8, "blob": 32 + 16, "bus": 16, "hub": 4 * 100, "documents": 100, "durable": 10}
"""How many of each a host has taken at once: these may be repeated by a crash."""
COUNTED = {"queue", "bus"}
"""Services that tell how often something was delivered."""
SECONDS = 120.0  # without any progress, before a run is given up

APP = """
import time, typing
place = os.open(pathlib.Path(__file__).with_name("done.txt"), os.O_WRONLY | os.O_CREAT | os.O_APPEND)

def note(*words) -> None:
    os.write(place, (" ".join(map(str, words)) + chr(10)).encode())

def work(service, names, count=0) -> None:
    for name in names:
        note("begin", service, name, count)
    time.sleep(0.002 * len(names))
    for name in names:
        note("end", service, name, count)
"""
FUNCTIONS = {
    "queue": """
@app.queue_trigger(arg_name="m", queue_name="work", connection="AzureWebJobsStorage")
def queue(m: func.QueueMessage) -> None:
    work("queue", [m.get_body().decode()], m.dequeue_count)
""",
    "blob": """
@app.blob_trigger(arg_name="b", path="work/{name}", connection="AzureWebJobsStorage")
def blob(b: func.InputStream) -> None:
    work("blob", [b.name.partition("/")[2]])
""",
    "bus": """
@app.service_bus_queue_trigger(arg_name="m", queue_name="work", connection="SB")
def bus(m: func.ServiceBusMessage) -> None:
    work("bus", [m.get_body().decode()], m.delivery_count)
""",
    "hub": """
@app.event_hub_message_trigger(arg_name="es", event_hub_name="hub", connection="SB", cardinality="many")
def hub(es: typing.List[func.EventHubEvent]) -> None:
    work("hub", [e.get_body().decode() for e in es])
""",
    "documents": """
@app.cosmos_db_trigger(arg_name="items", connection="DB", database_name="db", container_name="work",
                       create_lease_container_if_not_exists=True, feed_poll_delay=200)
def changed(items: func.DocumentList) -> None:
    work("documents", [item["id"] for item in items])
""",
    "durable": """
@app.orchestration_trigger(context_name="context")
def steps(context):
    for step in "begin", "between", "end":
        yield context.call_activity("step", [step, context.instance_id])

@app.activity_trigger(input_name="given")
def step(given: list) -> str:
    note(given[0], "durable", given[1], 0)
    return ""
""",
    "timer": """
@app.timer_trigger(arg_name="t", schedule="* * * * * *")
def tick(t: func.TimerRequest) -> None:
    work("timer", [int(time.time())])
""",
}
HOST_JSON = {
    "version": "2.0",
    "extensions": {
        "eventHubs": {"loadBalancingUpdateInterval": "00:00:01"},
        "queues": {"maxDequeueCount": 1000},
        "blobs": {"poisonBlobThreshold": 1000, "maxDegreeOfParallelism": 16},
    },
}


class Counts(NamedTuple):
    """What became of the items of one service."""

    items: int
    lost: int
    """That never ended."""
    begun: int
    """How often any was begun."""
    most: int
    """How often the unluckiest was begun."""
    disordered: int
    """Whose dequeue or delivery counts do not grow."""

    @property
    def repeats(self) -> int:
        return self.begun - self.items


class Real:
    """Services that outlive the hosts: an account and a namespace, which hosts take for real ones."""

    def __init__(self, folder: Path) -> None:
        self.paths = folder / "account.sqlite", folder / "namespace.sqlite"
        self._account = LocalCloud(self.paths[0])
        account = shared_access(cloud_at("account", self._account.begin()))
        self._namespace = Cloud(self.paths[1])
        self._namespace.call(self._create)
        self.settings = {"SB": self._namespace.connection_string, "AzureWebJobsStorage": account}
        with contextlib.closing(Store(self.paths[0])) as store:
            queues.create(store, "work")

    def _create(self, store: Store) -> None:
        entities.create_queue(store, "work", entities.Options(lock=5.0, max_deliveries=1000))
        entities.create_hub(store, "hub")

    def close(self) -> None:
        self._account.stop()
        self._namespace.close()


class CrashRun:
    """An app, its load, and what it has noted."""

    def __init__(self, root: Path, services: tuple[str, ...] = SERVICES, seed: int = 0, *, real: bool = False) -> None:
        self.root = root
        self.real = Real(root.parent) if real else None
        self._paths = (path_for(root), path_for(root)) if self.real is None else self.real.paths
        self.services = services
        self.fed = [service for service in services if service != "timer"]
        """The services that are given items."""
        self.kills: Counter[str] = Counter()
        self.first: list[float] = []
        """Seconds from each start of a host to the first item that it has begun."""
        self.sent = 0
        self._random = random.Random(seed)
        values = {"SB": "", "AzureWebJobsStorage": "", "DB": ""} if self.real is None else self.real.settings
        source = APP + "".join(FUNCTIONS[service] for service in services)
        write(root, source, host_json=HOST_JSON, local__settings_json={"Values": values})
        self.host = self._start()

    def _start(self) -> Hub:
        before, begun = self._begun(), time.monotonic()
        host = Hub(self.root, environ={} if self.real is None else {"PYSTEIN_LOCAL_CLOUD": ""})
        host.ready()
        if self.real is None and before < self.sent * len(self.fed):
            with contextlib.suppress(AssertionError):
                self._until(lambda: self._begun() > before, SECONDS / 4)
                self.first.append(time.monotonic() - begun)
        return host

    def send(self, count: int) -> None:
        """Give every service so many items."""
        names = [str(number) for number in range(self.sent, self.sent + count)]
        self.sent += count
        if "durable" in self.fed:  # first: it takes its time, and the others shall have something to do when they die
            for name in names:
                self.host.begin("steps", id_=name)
        with contextlib.closing(Store(self._paths[0])) as store:
            if "queue" in self.fed:
                with store.transaction():
                    for name in names:
                        queues.send(store, "work", base64.b64encode(name.encode()).decode())
            if "blob" in self.fed:
                containers.create(store, "work")
                for name in names:
                    asyncio.run(blobs.put(store, "work", name, b"content"))
            if "documents" in self.fed:
                container = cosmos.locate(store, "db", "work")
                with store.transaction():
                    for name in names:
                        documents.create(store, container, {"id": name}, None)
        raws = [amqp.build(name.encode()) for name in names]
        with contextlib.closing(Store(self._paths[1])) as store:
            if "bus" in self.fed:
                messages.send(store, entities.get(store, "work"), raws)
            if "hub" in self.fed:
                for start in range(0, count, 10):
                    hubs.send(store, entities.get(store, "hub"), raws[start : start + 10])

    def kill(self) -> None:
        """Kill the worker or the host at some moment; a killed host is started again."""
        time.sleep(self._random.random() * 0.5)
        victim = self._random.choice(["worker", "host"])
        self.kills[victim] += 1
        if victim == "worker":
            with contextlib.suppress(OSError, ValueError, TypeError):  # it may be starting just now
                os.kill(self.host.worker(), signal.SIGKILL)
            return
        self.close()
        self.host = self._start()

    def close(self) -> None:
        """Kill the host."""
        self.host.close()

    def finish(self) -> dict[str, Counts]:
        """Wait until there is nothing left to do, and count."""
        self._until(lambda: len(self._ended()) >= self.sent * len(self.fed))
        if "durable" in self.fed:
            assert {self.host.end(str(name))["runtimeStatus"] for name in range(self.sent)} == {"Completed"}
        self.host.stop()
        self.close()
        if self.real is not None:
            self.real.close()
        notes = [line.split() for line in self._notes() if line.count(" ") == 3]
        return {service: self._count(service, notes) for service in self.services}

    def _count(self, service: str, notes: list[list[str]]) -> Counts:
        names = [str(number) for number in range(self.sent)]
        if service == "timer":
            names = sorted({name for _, whose, name, _ in notes if whose == service})
        begins: dict[str, list[int]] = {name: [] for name in names}
        ends = set()
        for what, whose, name, count in notes:
            if whose == service and what == "begin":
                begins[name].append(int(count))
            elif whose == service and what == "end":
                ends.add(name)
        disordered = sum(counts != sorted(set(counts)) for counts in begins.values()) if service in COUNTED else 0
        begun = [len(counts) for counts in begins.values()]
        lost = 0 if service == "timer" else len(names) - len(ends)  # what a timer began has had its turn
        return Counts(len(names), lost, sum(begun), max(begun, default=0), disordered)

    def _notes(self) -> list[str]:
        try:
            return (self.root / "done.txt").read_text("utf-8").split("\n")[:-1]
        except FileNotFoundError:
            return []

    def _begun(self) -> int:
        return sum(line.startswith("begin") and " timer " not in line for line in self._notes())

    def _ended(self) -> set[str]:
        return {line.rpartition(" ")[0] for line in self._notes() if line.startswith("end") and " timer " not in line}

    def _until(self, condition: object, seconds: float = SECONDS) -> None:
        assert callable(condition)
        last, progress = time.monotonic(), -1
        while not condition():
            now = len(self._ended())
            if now != progress:
                last, progress = time.monotonic(), now
            assert time.monotonic() - last < seconds, f"nothing moves: {self.host.lines[-5:]} {self.host.other[-5:]}"
            time.sleep(0.05)


def table(run: CrashRun, counts: dict[str, Counts]) -> str:
    """What was counted, as a table."""
    kills = ", ".join(f"{count} {who}s" for who, count in sorted(run.kills.items()))
    lines = [
        f"Killed under load: {kills}.",
        "",
        "| service | items | lost | repeated | most often begun | disordered |",
    ]
    lines.append("|---|---|---|---|---|---|")
    for service, found in counts.items():
        cells = (found.items, found.lost, found.repeats, found.most, found.disordered)
        lines.append(f"| {service} | {' | '.join(f'{cell:,}' for cell in cells)} |")
    waits = sorted(run.first)
    if waits:
        median = waits[len(waits) // 2]
        lines += [
            "",
            f"From the start of a host to its next delivery: {median:.2f} s (median of {len(waits)}), {waits[-1]:.2f} s at most.",
        ]
    return "\n".join(lines) + "\n"


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--kills", type=int, default=50)
    parser.add_argument("--items", type=int, default=2000, help="of each service, all together")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--real", action="store_true")
    parser.add_argument("--services", nargs="+")
    parser.add_argument("--output", type=Path, help="a folder for kills.md and kills.json")
    options = parser.parse_args()
    services = options.services or (REAL if options.real else SERVICES)
    with tempfile.TemporaryDirectory() as folder:
        run = CrashRun(Path(folder) / "app", tuple(services), options.seed, real=options.real)
        portion = max(options.items // options.kills, 1)
        try:
            for _ in range(options.kills):
                run.send(portion)
                run.kill()
            counts = run.finish()
        finally:
            run.close()
    text = table(run, counts)
    sys.stdout.write(text)
    if options.output is not None:
        options.output.mkdir(parents=True, exist_ok=True)
        (options.output / "kills.md").write_text(text, "utf-8")
        found = {"kills": run.kills, "counts": {service: each._asdict() for service, each in counts.items()}}
        (options.output / "kills.json").write_text(json.dumps(found, indent=1), "utf-8")
    return 1 if any(found.lost or found.disordered for found in counts.values()) else 0


if __name__ == "__main__":
    sys.exit(main())
