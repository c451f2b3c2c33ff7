"""Killing hosts and workers while they are busy, and counting what becomes of the work.

As a program: `python tests/runtime/faults/crash_driver.py --kills 50 --items 5000` prints what it has counted; with `--real`
the services are in a process of their own, as real ones are, and reached through the SDKs.
"""

from __future__ import annotations

import argparse
import asyncio
import base64
import contextlib
import os
import random
import signal
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path
from typing import NamedTuple

sys.path += [str(Path(__file__).parents[1] / name) for name in ("host", "cloud", "bus")]

from bus_driver import Cloud
from cloud_driver import LocalCloud, cloud_at, shared_access
from host_driver import Host, write_app

from pystein_runtime.amqp import message as amqp
from pystein_runtime.cloud import blobs, containers, queues
from pystein_runtime.cloud.bus import entities, hubs, messages
from pystein_runtime.cloud.store import Store, path_for

SERVICES = ("queue", "blob", "bus", "hub")
IN_FLIGHT = {"queue": 16 + 8, "blob": 32 + 16, "bus": 16, "hub": 4 * 100}
"""How many of each a host has taken at once: these may be repeated by a crash."""
SECONDS = 120.0  # without any progress, before a run is given up

APP = """
import os, pathlib, time, typing
place = os.open(pathlib.Path(__file__).with_name("done.txt"), os.O_WRONLY | os.O_CREAT | os.O_APPEND)

def note(*words) -> None:
    os.write(place, (" ".join(map(str, words)) + chr(10)).encode())

def work(service, name, count=0) -> None:
    note("begin", service, name, count)
    time.sleep(0.002)
    note("end", service, name, count)

@app.queue_trigger(arg_name="m", queue_name="work", connection="AzureWebJobsStorage")
def queue(m: func.QueueMessage) -> None:
    work("queue", m.get_body().decode(), m.dequeue_count)

@app.blob_trigger(arg_name="b", path="work/{name}", connection="AzureWebJobsStorage")
def blob(b: func.InputStream) -> None:
    work("blob", b.name.partition("/")[2])

@app.service_bus_queue_trigger(arg_name="m", queue_name="work", connection="SB")
def bus(m: func.ServiceBusMessage) -> None:
    work("bus", m.get_body().decode(), m.delivery_count)

@app.event_hub_message_trigger(arg_name="es", event_hub_name="hub", connection="SB", cardinality="many")
def hub(es: typing.List[func.EventHubEvent]) -> None:
    names = [e.get_body().decode() for e in es]
    for name in names:
        note("begin", "hub", name, 0)
    time.sleep(0.01)
    for name in names:
        note("end", "hub", name, 0)
"""
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
        self.kills: Counter[str] = Counter()
        self.first: list[float] = []
        """Seconds from each start of a host to the first item that it has begun."""
        self.sent = 0
        self._random = random.Random(seed)
        values = {"SB": "", "AzureWebJobsStorage": ""} if self.real is None else self.real.settings
        write_app(root, APP, host_json=HOST_JSON, local__settings_json={"Values": values})
        self.host = self._start()

    def _start(self) -> Host:
        before, begun = self._begun(), time.monotonic()
        host = Host(self.root, environ={} if self.real is None else {"PYSTEIN_LOCAL_CLOUD": ""})
        host.ready()
        if self.real is None and before < self.sent * len(self.services):
            with contextlib.suppress(AssertionError):
                self._until(lambda: self._begun() > before)
                self.first.append(time.monotonic() - begun)
        return host

    def send(self, count: int) -> None:
        """Give every service so many items."""
        names = [str(number) for number in range(self.sent, self.sent + count)]
        self.sent += count
        raws = [amqp.build(name.encode()) for name in names]
        with contextlib.closing(Store(self._paths[0])) as store:
            if "queue" in self.services:
                with store.transaction():
                    for name in names:
                        queues.send(store, "work", base64.b64encode(name.encode()).decode())
            if "blob" in self.services:
                containers.create(store, "work")
                for name in names:
                    asyncio.run(blobs.put(store, "work", name, b"content"))
        with contextlib.closing(Store(self._paths[1])) as store:
            if "bus" in self.services:
                messages.send(store, entities.get(store, "work"), raws)
            if "hub" in self.services:
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
        self.host.kill()
        assert self.host.process.stdout is not None
        self.host.process.stdout.close()

    def finish(self) -> dict[str, Counts]:
        """Wait until there is nothing left to do, and count."""
        self._until(lambda: len(self._ended()) >= self.sent * len(self.services))
        self.host.stop()
        self.close()
        if self.real is not None:
            self.real.close()
        notes = [line.split() for line in self._notes() if line.count(" ") == 3]
        return {service: self._count(service, notes) for service in self.services}

    def _count(self, service: str, notes: list[list[str]]) -> Counts:
        begins: dict[str, list[int]] = {str(number): [] for number in range(self.sent)}
        ends = set()
        for what, whose, name, count in notes:
            if whose == service and what == "begin":
                begins[name].append(int(count))
            elif whose == service:
                ends.add(name)
        disordered = (
            sum(counts != sorted(set(counts)) for counts in begins.values()) if service in {"queue", "bus"} else 0
        )
        begun = [len(counts) for counts in begins.values()]
        return Counts(self.sent, self.sent - len(ends), sum(begun), max(begun), disordered)

    def _notes(self) -> list[str]:
        try:
            return (self.root / "done.txt").read_text("utf-8").split("\n")[:-1]
        except FileNotFoundError:
            return []

    def _begun(self) -> int:
        return sum(line.startswith("begin") for line in self._notes())

    def _ended(self) -> set[str]:
        return {line.rpartition(" ")[0] for line in self._notes() if line.startswith("end")}

    def _until(self, condition: object) -> None:
        assert callable(condition)
        last, progress = time.monotonic(), -1
        while not condition():
            now = len(self._notes())
            if now != progress:
                last, progress = time.monotonic(), now
            assert time.monotonic() - last < SECONDS, f"nothing moves: {self.host.lines[-5:]} {self.host.other[-5:]}"
            time.sleep(0.05)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--kills", type=int, default=50)
    parser.add_argument("--items", type=int, default=2000)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--real", action="store_true")
    parser.add_argument("--services", nargs="+", default=SERVICES)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        run = CrashRun(Path(folder) / "app", tuple(options.services), options.seed, real=options.real)
        portion = max(options.items // options.kills, 1)
        for _ in range(options.kills):
            run.send(portion)
            run.kill()
        counts = run.finish()
    lines = [f"kills: {dict(run.kills)}"]
    for service, found in counts.items():
        lines.append(f"{service:6} {found._asdict()} repeats {found.begun - found.items}")
    waits = sorted(run.first)
    if waits:
        median = waits[len(waits) // 2]
        lines.append(f"start -> next delivery: median {median:.2f} s, longest {waits[-1]:.2f} s of {len(waits)}")
    sys.stdout.write("\n".join(lines) + "\n")


if __name__ == "__main__":
    main()
