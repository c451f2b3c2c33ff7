"""The local cloud beside Azurite, as clients see them: `python -m tests.benchmarks.storage [--peers DIR]` prints one JSON result.

The Azure SDK does the same with both in turn, one request after the other. Most of a request's time is the SDK's own. Azurite has no
documents: what is written to Cosmos DB has no peer here.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import statistics
import sys
import tempfile
import time
import uuid
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

from azure.data.tables import TableClient
from azure.storage.blob import ContainerClient
from azure.storage.queue import QueueClient

from tests.benchmarks import azurite, machine
from tests.benchmarks.peers import Peers
from tests.benchmarks.serving import free_port, get, host, serving, wait_for

NOTES = (
    "The synchronous Azure SDK on both, in one process and one thread; data is persisted by both. Documents are written by the"
    " asynchronous one."
)
APP = """
import os

import azure.functions as func

app = func.FunctionApp(http_auth_level=func.AuthLevel.ANONYMOUS)


@app.route(route="connection")
def connection(req: func.HttpRequest) -> str:
    return os.environ["AzureWebJobsStorage"]


@app.route(route="ready")
def ready(req: func.HttpRequest) -> str:
    return "ready"


@app.route(route="documents")
def documents(req: func.HttpRequest) -> str:
    return os.environ["CosmosDb"]


@app.cosmos_db_trigger(arg_name="changes", connection="CosmosDb", database_name="shop", container_name="orders",
                       create_lease_container_if_not_exists=True)
def changed(changes: func.DocumentList) -> None: ...


@app.queue_trigger(arg_name="message", queue_name="unused", connection="AzureWebJobsStorage")
def unused(message: func.QueueMessage) -> None: ...
"""
SMALL, LARGE = b"x" * 1024, b"x" * (1 << 20)
WRITERS = 8
"""Of documents, at once."""
LARGE_SHARE = 0.1
"""Of the operations on small blobs, how many are done on large ones."""

Operation = Callable[[int], object]


@contextmanager
def local_cloud(folder: Path) -> Iterator[tuple[str, str]]:
    """The connection strings of the local cloud beside a host: of storage and of documents."""
    (folder / "function_app.py").write_text(APP, "utf-8")
    (folder / "host.json").write_text('{"version": "2.0"}', "utf-8")
    (folder / "local.settings.json").write_text('{"Values": {"CosmosDb": ""}}', "utf-8")
    port = free_port()
    with serving(host(folder, port), folder):
        wait_for(port, "/api/ready", "ready")
        yield get(port, "/api/connection"), get(port, "/api/documents")


def rates(connection: str, count: int) -> dict[str, float]:
    """Operations in a second, by what is done."""
    name = f"n{uuid.uuid4().hex[:20]}"
    with (
        QueueClient.from_connection_string(connection, name) as queue,
        ContainerClient.from_connection_string(connection, name) as blobs,
        TableClient.from_connection_string(connection, name) as table,
    ):
        for client in (queue, blobs, table):
            creation = next(
                each for each in ("create_queue", "create_container", "create_table") if hasattr(client, each)
            )
            getattr(client, creation)()

        def take(_: int) -> None:
            message = queue.receive_message()
            assert message is not None
            queue.delete_message(message)

        def entity(number: int) -> dict[str, Any]:
            return {"PartitionKey": "p", "RowKey": str(number), "total": number}

        fewer = max(int(count * LARGE_SHARE), 1)
        steps: dict[str, tuple[Operation, int]] = {
            "queue: put a message": (lambda number: queue.send_message(f"message {number}"), count),
            "queue: take and delete a message": (take, count),
            "blob: write 1 KiB": (lambda number: blobs.upload_blob(f"{number}", SMALL), count),
            "blob: read 1 KiB": (lambda number: blobs.download_blob(f"{number}").readall(), count),
            "blob: write 1 MiB": (lambda number: blobs.upload_blob(f"large{number}", LARGE), fewer),
            "blob: read 1 MiB": (lambda number: blobs.download_blob(f"large{number}").readall(), fewer),
            "table: insert an entity": (lambda number: table.create_entity(entity(number)), count),
            "table: get an entity": (lambda number: table.get_entity("p", str(number)), count),
        }
        return {what: _rate(*step) for what, step in steps.items()}


def _rate(operation: Operation, count: int) -> float:
    began = time.perf_counter()
    for number in range(count):
        operation(number)
    return count / (time.perf_counter() - began)


async def documents(connection: str, count: int) -> float:
    """Documents written in a second."""
    from azure.cosmos.aio import CosmosClient

    async with CosmosClient.from_connection_string(connection) as client:
        orders = client.get_database_client("shop").get_container_client("orders")
        numbers = iter(range(count))

        async def write() -> None:
            for number in numbers:
                await orders.upsert_item({"id": str(number), "total": number})

        began = time.perf_counter()
        await asyncio.gather(*(write() for _ in range(WRITERS)))
        return count / (time.perf_counter() - began)


def measure(count: int, rounds: int, peers: Peers) -> dict[str, Any]:
    """Both in turn."""
    found: dict[tuple[str, str], list[float]] = {}
    with ExitStack() as stack:
        folders = [Path(stack.enter_context(tempfile.TemporaryDirectory())) for _ in range(2)]
        local, of_documents = stack.enter_context(local_cloud(folders[0]))
        services = {"local cloud": local}
        if script := azurite.installed(peers):
            services["Azurite"] = stack.enter_context(azurite.running(script, folders[1])).connection_string
        for number in range(rounds):
            for service, connection in services.items():
                sys.stderr.write(f"round {number + 1}: {service}\n")
                for what, rate in rates(connection, count).items():
                    found.setdefault((what, service), []).append(rate)
            rate = asyncio.run(documents(of_documents, count))
            found.setdefault((f"cosmos: write a document, {WRITERS} at once", "local cloud"), []).append(rate)
    return {
        "title": "Storage beside Azurite",
        "machine": machine.described(),
        "notes": NOTES,
        "gaps": peers.gaps,
        "rows": [
            {"what": what, "service": service, "operations/s": round(statistics.median(each))}
            for (what, service), each in found.items()
        ],
    }


def main() -> None:
    """Print the result."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--peers", type=Path, metavar="DIR", help="measure Azurite, installed there where it is not")
    parser.add_argument("--count", type=int, default=500, help="operations of each kind")
    parser.add_argument("--rounds", type=int, default=3)
    options = parser.parse_args()
    json.dump(measure(options.count, options.rounds, Peers(options.peers, "storage")), sys.stdout, indent=2)
    sys.stdout.write("\n")


if __name__ == "__main__":
    main()
