"""How fast the task hub is: `python -m tests.benchmarks.durable [--python EXE] [--count N]` prints one JSON result.

Every figure is taken from a real host with its hub in a file, driven over HTTP as clients do.
"""

from __future__ import annotations

import argparse
import http.client
import json
import os
import platform
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path
from typing import Any, NamedTuple

API = "/runtime/webhooks/durabletask"
SECONDS = 300.0  # how long anything may take
APP = """
import azure.durable_functions as df
import azure.functions as func

app = df.DFApp(http_auth_level=func.AuthLevel.ANONYMOUS)


@app.orchestration_trigger(context_name="context")
def three(context):
    done = []
    for name in ("Tokyo", "Seattle", "London"):
        greeting = yield context.call_activity("hello", name)
        done.append(greeting)
    return done


@app.orchestration_trigger(context_name="context")
def wide(context):
    done = yield context.task_all([context.call_activity("hello", str(n)) for n in range(context.get_input())])
    return len(done)


@app.orchestration_trigger(context_name="context")
def long(context):
    for number in range(context.get_input()):
        yield context.call_activity("hello", str(number))
    return "done"


@app.activity_trigger(input_name="name")
def hello(name: str) -> str:
    return f"Hello {name}!"


@app.route(route="start")
@app.durable_client_input(client_name="client")
async def start(req: func.HttpRequest, client) -> func.HttpResponse:
    return client.create_check_status_response(req, await client.start_new("three"))
"""


class Host:
    """A host of the app above, reached over kept connections."""

    def __init__(self, root: Path, python: str | None) -> None:
        self.began = time.perf_counter()
        command = [sys.executable, "-m", "pystein_lsp", "start", str(root), "--port", "0", "--json", "--no-reload"]
        self.process = subprocess.Popen(
            [*command, *(("--python", python) if python else ())],
            stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True,
        )  # fmt: skip
        self.port = 0
        self._connections: list[http.client.HTTPConnection] = []
        assert self.process.stdout is not None
        for line in self.process.stdout:
            event = json.loads(line)
            if event["event"] == "ready":
                self.port = int(event["url"].rpartition(":")[2])
                break
        self._reader = threading.Thread(target=self.process.stdout.read)
        self._reader.start()

    def connect(self) -> http.client.HTTPConnection:
        self._connections.append(http.client.HTTPConnection("127.0.0.1", self.port, timeout=SECONDS))
        return self._connections[-1]

    def stop(self) -> None:
        self.process.kill()
        self.process.wait()
        self._reader.join()
        assert self.process.stdout is not None
        self.process.stdout.close()
        for connection in self._connections:
            connection.close()


def ask(connection: http.client.HTTPConnection, method: str, path: str, body: Any = None) -> Any:
    """The JSON of an answer."""
    text = None if body is None else json.dumps(body)
    connection.request(method, path, text, {"content-type": "application/json"} if text else {})
    return json.loads(connection.getresponse().read() or "null")


def run(connection: http.client.HTTPConnection, name: str, given: Any) -> float:
    """Seconds from a start to its end, for which the host is asked to wait."""
    began = time.perf_counter()
    ask(connection, "POST", f"{API}/orchestrators/{name}?timeout={SECONDS}&pollingInterval=1", given)
    return time.perf_counter() - began


def throughput(host: Host, count: int) -> float:
    """Orchestrations of three activities in a second, all begun as fast as they can be."""
    began = time.perf_counter()
    ids: list[str] = []

    def begin(share: int) -> None:
        connection = host.connect()
        ids.extend(ask(connection, "POST", f"{API}/orchestrators/three")["id"] for _ in range(share))

    threads = [threading.Thread(target=begin, args=(count // 4,)) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    connection = host.connect()
    while ask(connection, "GET", f"{API}/instances?runtimeStatus=Pending,Running&top=1"):
        time.sleep(0.02)
    seconds = time.perf_counter() - began
    for id_ in ids[:: max(1, count // 50)]:
        output = ask(connection, "GET", f"{API}/instances/{id_}")["output"]
        assert output == ["Hello Tokyo!", "Hello Seattle!", "Hello London!"], output
    return len(ids) / seconds


def first(root: Path, python: str | None) -> float:
    """Seconds from the spawn of a host to the answer of its first function, which begins an orchestration."""
    host = Host(root, python)
    try:
        answer = ask(host.connect(), "POST", "/api/start")
        seconds = time.perf_counter() - host.began
        assert answer["statusQueryGetUri"]
        return seconds
    finally:
        host.stop()


class Row(NamedTuple):
    """One figure."""

    name: str
    value: float
    unit: str
    target: str


def measure(count: int, python: str | None = None, rounds: int = 3) -> dict[str, Any]:
    """All figures, as medians."""
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        (root / "function_app.py").write_text(APP, "utf-8")
        (root / "host.json").write_text('{"version": "2.0"}', "utf-8")
        starts = [first(root, python) for _ in range(rounds)]
        host = Host(root, python)
        try:
            connection = host.connect()
            run(connection, "three", None)
            rates = [throughput(host, count) for _ in range(rounds)]
            widths = [run(connection, "wide", min(count, 1000)) for _ in range(rounds)]
            sequence = run(connection, "long", min(count, 1000))
        finally:
            host.stop()
    rows = [
        Row("orchestrations of 3 activities, persisted", statistics.median(rates), "1/s", ">= 600"),
        Row(f"fan-out of {min(count, 1000)} activities", statistics.median(widths), "s", "< 0.5"),
        Row("spawn to the first answer that began an orchestration", statistics.median(starts) * 1000, "ms", "<= 300"),
        Row(f"sequence of {min(count, 1000)} activities", sequence, "s", "<= 15"),
    ]
    return {
        "title": "Durable Functions",
        "machine": f"{platform.platform()}, {os.cpu_count()} cores, Python {platform.python_version()}",
        "rows": [{**row._asdict(), "value": round(row.value, 3)} for row in rows],
    }


def main() -> None:
    """Print the result."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--python", help="the app's interpreter, for another line of the durable package")
    parser.add_argument("--count", type=int, default=1000)
    parser.add_argument("--rounds", type=int, default=3)
    options = parser.parse_args()
    json.dump(measure(options.count, options.python, options.rounds), sys.stdout, indent=2)
    sys.stdout.write("\n")


if __name__ == "__main__":
    main()
