"""How many messages go through a function: `python -m tests.benchmarks.messages [--peers DIR] [--count N] [CASE...]` prints JSON.

They are there before the first one is taken; what is timed is from that one to the last, with their inputs, outputs and
settlements, persisted. Beside the local cloud the same host takes messages from Azurite. The processor time of host and worker for
each message is the steadier figure on a busy machine.
"""

from __future__ import annotations

import argparse
import asyncio
import base64
import json
import statistics
import sys
import tempfile
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path
from typing import Any, NamedTuple

sys.path.append(str(Path(__file__).parents[1] / "runtime" / "host"))

from host_driver import Host, write_app

from pystein_runtime.amqp import message as amqp
from pystein_runtime.cloud import blobs, queues
from pystein_runtime.cloud import containers as blob_containers
from pystein_runtime.cloud.bus import entities, hubs, messages
from pystein_runtime.cloud.cosmos import containers, documents
from pystein_runtime.cloud.store import Store, path_for
from tests.benchmarks import azurite, baseline, machine
from tests.benchmarks.peers import Peers

NOTES = (
    "Functions are async unless said otherwise. On Azurite the host works through the Azure SDK, as it does with a real account;"
    " the processor time is the host's and the worker's, without Azurite's own."
)
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
QUEUE = """
@app.queue_trigger(arg_name="m", queue_name="inbox", connection="AzureWebJobsStorage")
@app.queue_output(arg_name="o", queue_name="outbox", connection="AzureWebJobsStorage")
async def work(m: func.QueueMessage, o: func.Out[str]) -> None:
    o.set(m.get_body().decode())
    count()
"""
BLOB = """
@app.blob_trigger(arg_name="b", path="inbox/{name}", connection="AzureWebJobsStorage")
async def work(b: func.InputStream) -> None:
    b.read()
    count()
"""
BUS = """
@app.service_bus_queue_trigger(arg_name="m", queue_name="inbox", connection="SB")
async def work(m: func.ServiceBusMessage) -> None:
    m.get_body()
    count()
"""
BUS_MANY = """
@app.service_bus_queue_trigger(arg_name="ms", queue_name="inbox", connection="SB", cardinality="many")
async def work(ms: typing.List[func.ServiceBusMessage]) -> None:
    count(len(ms))
"""
BUS_TO_BUS = """
@app.service_bus_queue_trigger(arg_name="m", queue_name="inbox", connection="SB")
@app.service_bus_queue_output(arg_name="o", queue_name="outbox", connection="SB")
async def work(m: func.ServiceBusMessage, o: func.Out[str]) -> None:
    o.set(m.get_body().decode())
    count()
"""
HUB_MANY = """
@app.event_hub_message_trigger(arg_name="es", event_hub_name="hub", connection="SB", cardinality="many")
async def work(es: typing.List[func.EventHubEvent]) -> None:
    count(len(es))
"""
HUB_ONE = """
@app.event_hub_message_trigger(arg_name="e", event_hub_name="hub", connection="SB", cardinality="one")
async def work(e: func.EventHubEvent) -> None:
    count()
"""
COSMOS = """
@app.cosmos_db_trigger(arg_name="documents", connection="DB", database_name="shop", container_name="orders",
                       create_lease_container_if_not_exists=True, max_items_per_invocation=100)
async def work(documents: func.DocumentList) -> None:
    count(len(documents))
"""


class Case(NamedTuple):
    """An app and what is sent to it."""

    source: str
    send: Callable[[Store, int], None]
    share: float = 1.0
    """Of the number of messages that are asked for: what is slow gets fewer."""
    to_azurite: Callable[[str, int], None] | None = None
    """Puts as many into Azurite, before the host starts."""


class Drained(NamedTuple):
    """Messages in a second; microseconds of host and worker for each."""

    rate: float
    processor: float


def _body(number: int) -> bytes:
    return b'{"id": %d}' % number


def _queue(store: Store, count: int) -> None:
    queues.create(store, "inbox")
    with store.transaction():
        for number in range(count):
            queues.send(store, "inbox", base64.b64encode(_body(number)).decode())


def _blob(store: Store, count: int) -> None:
    async def put() -> None:
        for number in range(count):
            await blobs.put(store, "inbox", f"{number}.json", _body(number))

    blob_containers.create(store, "inbox")
    asyncio.run(put())


def _bus(store: Store, count: int) -> None:
    messages.send(store, entities.get(store, "inbox"), [amqp.build(_body(number)) for number in range(count)])


def _hub(store: Store, count: int) -> None:
    raws = [amqp.build(_body(number)) for number in range(count)]
    for start in range(0, count, 100):
        hubs.send(store, entities.get(store, "hub"), raws[start : start + 100])


def _documents(store: Store, count: int) -> None:
    orders = containers.locate(store, "shop", "orders")
    for number in range(count):
        documents.create(store, orders, {"id": str(number), "total": number}, None)


def _queue_of_azurite(connection: str, count: int) -> None:
    from azure.storage.queue import QueueClient, TextBase64EncodePolicy

    with (
        QueueClient.from_connection_string(
            connection, "inbox", message_encode_policy=TextBase64EncodePolicy()
        ) as client,
        ThreadPoolExecutor(8) as pool,
    ):
        client.create_queue()
        list(pool.map(lambda number: client.send_message(_body(number).decode()), range(count)))


def _blobs_of_azurite(connection: str, count: int) -> None:
    from azure.storage.blob import ContainerClient

    with ContainerClient.from_connection_string(connection, "inbox") as client, ThreadPoolExecutor(8) as pool:
        client.create_container()
        list(pool.map(lambda number: client.upload_blob(f"{number}.json", _body(number)), range(count)))


CASES = {
    "queue to queue": Case(QUEUE, _queue, 1.0, _queue_of_azurite),
    "blobs": Case(BLOB, _blob, 0.2, _blobs_of_azurite),
    "service bus": Case(BUS, _bus),
    "service bus, sync": Case(BUS.replace("async ", ""), _bus),
    "service bus, many": Case(BUS_MANY, _bus),
    "service bus to service bus": Case(BUS_TO_BUS, _bus),
    "event hub, many": Case(HUB_MANY, _hub),
    "event hub, one": Case(HUB_ONE, _hub),
    "cosmos changes, many": Case(COSMOS, _documents),
}
AZURITE_SHARE = 0.2
"""Of a case's messages that go through Azurite."""


def local(case: Case, count: int, folder: Path) -> Drained:
    """A case on the local cloud."""
    root = _app(case, count, folder, SB="", DB="")

    def fill(host: Host) -> None:
        with closing(Store(path_for(root))) as store:
            case.send(store, count)

    return _drained(root, count, fill)


def on_azurite(case: Case, count: int, folder: Path, script: str) -> Drained:
    """A case on Azurite."""
    assert case.to_azurite is not None
    data = folder / "azurite"
    data.mkdir()
    with azurite.running(script, data) as endpoints:
        connection = endpoints.connection_string
        case.to_azurite(connection, count)
        return _drained(_app(case, count, folder, AzureWebJobsStorage=connection), count, lambda _: None)


def _app(case: Case, count: int, folder: Path, **settings: str) -> Path:
    return write_app(
        folder / "app", COUNTER.format(count=count) + case.source, local__settings_json={"Values": settings}
    )


def _drained(root: Path, count: int, fill: Callable[[Host], None]) -> Drained:
    host = Host(root)
    try:
        host.ready()
        before = machine.processor(host.process.pid) or 0.0
        fill(host)
        seconds = float(host.log("all there")["message"].rpartition(" ")[2])
        used = (machine.processor(host.process.pid) or 0.0) - before
        host.stop()
    finally:
        host.close()
    return Drained(count / max(seconds, 1e-6), used * 1000 / count)


def measure(names: list[str], count: int, rounds: int, peers: Peers) -> dict[str, Any]:
    """All cases, each on the services that there are for it in turn."""
    script, rows = azurite.installed(peers), []
    for name in names:
        case = CASES[name]
        number = max(int(count * case.share), 1)
        found: dict[str, list[Drained]] = {}
        for _ in range(rounds):
            sys.stderr.write(f"{name}\n")
            with tempfile.TemporaryDirectory() as folder:
                found.setdefault("local cloud", []).append(local(case, number, Path(folder)))
            if script and case.to_azurite:
                fewer = max(int(number * AZURITE_SHARE), 1)
                try:
                    with tempfile.TemporaryDirectory() as folder:
                        found.setdefault("Azurite", []).append(on_azurite(case, fewer, Path(folder), script))
                except Exception as error:  # a peer, its SDK, or Node: what we measure of ours counts all the same
                    peers.missing(f"Azurite, {name}", f"it did not serve ({type(error).__name__} {error})")
                    script = None
        rows += [_row(name, service, drained) for service, drained in found.items() if drained]
    rows.append(_row(baseline.NAME, "SQLite alone", [Drained(*baseline.measure(count)) for _ in range(rounds)]))
    return {
        "title": "Messages through a function",
        "machine": machine.described(),
        "notes": NOTES,
        "gaps": peers.gaps,
        "rows": rows,
    }


def _row(name: str, service: str, drained: list[Drained]) -> dict[str, Any]:
    return {
        "what": name,
        "service": service,
        "messages/s": round(statistics.median(each.rate for each in drained)),
        "processor us each": round(statistics.median(each.processor for each in drained)),
    }


def main() -> None:
    """Print the result."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("cases", nargs="*", metavar="CASE", help=", ".join(CASES))
    parser.add_argument("--peers", type=Path, metavar="DIR", help="measure Azurite, installed there where it is not")
    parser.add_argument("--count", type=int, default=5000)
    parser.add_argument("--rounds", type=int, default=3)
    options = parser.parse_args()
    json.dump(
        measure(options.cases or list(CASES), options.count, options.rounds, Peers(options.peers, "messages")),
        sys.stdout,
        indent=2,
    )
    sys.stdout.write("\n")


if __name__ == "__main__":
    main()
