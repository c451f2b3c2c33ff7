"""How fast MCP tools and Kafka batches are: `python -m tests.benchmarks.mcp_kafka [--calls N] [--records N]` prints JSON.

The tool is called by the MCP SDK's client, in turn through a host and through the SDK's own server, over loopback. The
records go from a broker that the benchmark runs through a function that takes batches.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import platform
import socket
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path
from typing import Any, NamedTuple

SECONDS = 120.0  # how long anything may take
TOOL_APP = """
import azure.functions as func

app = func.FunctionApp()


@app.mcp_tool()
async def add(a: int, b: int) -> str:
    return str(a + b)
"""
TOOL_SERVER = """
import sys
from mcp.server.mcpserver import MCPServer

server = MCPServer("bench")


@server.tool()
async def add(a: int, b: int) -> str:
    return str(a + b)


server.run("streamable-http", host="127.0.0.1", port=int(sys.argv[1]), stateless_http=True)
"""
KAFKA_APP = """
import logging
import time
import typing

import azure.functions as func

app = func.FunctionApp()
seen, begun = 0, 0.0


@app.kafka_trigger(arg_name="events", topic="bench", broker_list="BROKERS", cardinality="MANY"{more})
async def work(events: typing.List[func.KafkaEvent]) -> None:
    global seen, begun
    begun = begun or time.monotonic()
    seen += len(events)
    assert all(event.get_body() and event.topic for event in events)
    if seen >= {count}:
        logging.info("all after %s", time.monotonic() - begun)
"""


class Row(NamedTuple):
    """One figure."""

    name: str
    value: float
    unit: str
    target: str


def spawn(root: Path) -> tuple[subprocess.Popen[str], int]:
    """A host of an app, and its port."""
    command = [sys.executable, "-m", "pystein_lsp", "start", str(root), "--port", "0", "--json", "--no-reload"]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
    event = wait(process, "ready")
    return process, int(event["url"].rpartition(":")[2])


def wait(process: subprocess.Popen[str], kind: str, text: str = "") -> dict[str, Any]:
    """The first line of a kind."""
    assert process.stdout is not None
    for line in process.stdout:
        event: dict[str, Any] = json.loads(line)
        if event["event"] == kind and text in event.get("message", ""):
            return event
    raise RuntimeError(f"The host ended without {kind}.")


def end(process: subprocess.Popen[str]) -> None:
    process.kill()
    process.wait()
    if process.stdout is not None:
        process.stdout.close()


def app(folder: Path, source: str, batch: int = 64, **settings: str) -> Path:
    folder.mkdir()
    (folder / "function_app.py").write_text(source, "utf-8")
    host = {"version": "2.0", "extensions": {"kafka": {"maxBatchSize": batch}}}
    (folder / "host.json").write_text(json.dumps(host), "utf-8")
    (folder / "local.settings.json").write_text(json.dumps({"IsEncrypted": False, "Values": settings}), "utf-8")
    return folder


async def calls(url: str, count: int) -> list[float]:
    """Milliseconds of each call of the tool."""
    from mcp import ClientSession
    from mcp.client.streamable_http import streamable_http_client

    async with streamable_http_client(url) as (read, write), ClientSession(read, write) as session:
        await session.initialize()
        found = []
        for number in range(count):
            begun = time.perf_counter()
            result = await session.call_tool("add", {"a": number, "b": 1})
            found.append((time.perf_counter() - begun) * 1000)
            assert result.content[0].text == str(number + 1)  # type: ignore[union-attr]
    return found


def tools(folder: Path, count: int, rounds: int) -> list[Row]:
    """The host and the SDK's server in turn."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    script = folder / "server.py"
    script.write_text(TOOL_SERVER, "utf-8")
    other = subprocess.Popen(
        [sys.executable, str(script), str(port)], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, text=True
    )
    host, ours = spawn(app(folder / "tools", TOOL_APP))
    assert host.stdout is not None
    reader = threading.Thread(target=host.stdout.read)  # else the pipe is full before long
    reader.start()
    until(port)
    found: dict[str, list[float]] = {"host": [], "sdk": []}
    try:
        for _ in range(rounds):
            found["host"] += asyncio.run(calls(f"http://127.0.0.1:{ours}/runtime/webhooks/mcp", count))
            found["sdk"] += asyncio.run(calls(f"http://127.0.0.1:{port}/mcp", count))
    finally:
        host.kill()
        reader.join()
        end(host)
        end(other)
    return [
        Row("MCP tool call through a function, p50", statistics.median(found["host"]), "ms", "<= 5"),
        Row("MCP tool call of the MCP SDK's server, p50", statistics.median(found["sdk"]), "ms", ""),
    ]


def until(port: int) -> None:
    """Wait until somebody listens."""
    last = time.monotonic() + SECONDS
    while time.monotonic() < last:
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.05)
    raise RuntimeError(f"Nothing listens at port {port}.")


def batches(folder: Path, count: int, batch: int, more: str) -> float:
    """Records in a second through a function."""
    import logging

    from confluent_kafka import Producer

    silent = logging.getLogger("benchmark.kafka")
    silent.propagate = False
    broker = Producer({"test.mock.num.brokers": 1, "bootstrap.servers": "127.0.0.1:1"}, logger=silent)
    address = ",".join(f"{item.host}:{item.port}" for item in broker.list_topics(timeout=SECONDS).brokers.values())
    producer = Producer({"bootstrap.servers": address, "queue.buffering.max.messages": count + 1}, logger=silent)
    for number in range(count):
        producer.produce("bench", f'{{"id": {number}}}'.encode(), key=str(number).encode())
    producer.flush(SECONDS)
    source = KAFKA_APP.replace("{count}", str(count)).replace("{more}", more)
    host, _ = spawn(app(folder, source, batch, BROKERS=address))
    try:
        return count / float(wait(host, "log", "all after")["message"].rpartition(" ")[2])
    finally:
        end(host)


def measure(count: int, records: int, rounds: int = 3) -> dict[str, Any]:
    """All figures, as medians."""
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        rows = tools(folder, count, rounds)
        for name, batch, more in (
            ("Kafka records through a function, batches of 64", 64, ""),
            ("Kafka records through a function, batches of 500", 500, ""),
            ("Kafka records as bytes, batches of 500", 500, ', data_type="binary"'),
        ):
            rates = [batches(folder / f"kafka{len(rows)}-{n}", records, batch, more) for n in range(rounds)]
            rows.append(Row(name, statistics.median(rates), "1/s", ">= 10000"))
    return {
        "title": "MCP and Kafka",
        "machine": f"{platform.platform()}, {os.cpu_count()} cores, Python {platform.python_version()}",
        "rows": [{**row._asdict(), "value": round(row.value, 3)} for row in rows],
    }


def main() -> None:
    """Print the result."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--calls", type=int, default=300)
    parser.add_argument("--records", type=int, default=50_000)
    parser.add_argument("--rounds", type=int, default=3)
    options = parser.parse_args()
    json.dump(measure(options.calls, options.records, options.rounds), sys.stdout, indent=2)
    sys.stdout.write("\n")


if __name__ == "__main__":
    main()
