"""How fast the task hub is: `python -m tests.benchmarks.durable [--python EXE] [--sizes N ...]` prints one JSON result.

Every figure is taken from a real host with its hub in a file, driven over HTTP as clients do.
"""

from __future__ import annotations

import argparse
import http.client
import json
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from tests.benchmarks import baseline, machine

API = "/runtime/webhooks/durabletask"
SECONDS = 300.0  # how long anything may take
NOTES = (
    "All is persisted. One after the other is the durable package's worst case: at every step it reads the whole history again,"
    " so the time grows with the square of the number."
)
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

"""


class Host:
    """A host of the app above, reached over kept connections."""

    def __init__(self, root: Path, python: str | None) -> None:
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

    shares = [count // 4 + (number < count % 4) for number in range(4)]
    threads = [threading.Thread(target=begin, args=(share,)) for share in shares]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    connection = host.connect()
    while ask(connection, "GET", f"{API}/instances/{ids[-1]}")["runtimeStatus"] in {"Pending", "Running"}:
        time.sleep(0.02)  # to ask for all of them now would cost the host more than the orchestrations
    while ask(connection, "GET", f"{API}/instances?runtimeStatus=Pending,Running&top=1"):
        time.sleep(0.02)
    seconds = time.perf_counter() - began
    for id_ in ids[:: max(1, count // 50)]:
        output = ask(connection, "GET", f"{API}/instances/{id_}")["output"]
        assert output == ["Hello Tokyo!", "Hello Seattle!", "Hello London!"], output
    return len(ids) / seconds


def measure(sizes: Sequence[int], rounds: int, python: str | None = None) -> dict[str, Any]:
    """All figures, as medians; of the sequences, which take long, one each."""
    rows: list[dict[str, Any]] = []
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        (root / "function_app.py").write_text(APP, "utf-8")
        (root / "host.json").write_text('{"version": "2.0"}', "utf-8")
        host = Host(root, python)
        try:
            connection = host.connect()
            run(connection, "three", None)
            for size in sizes:
                sys.stderr.write(f"{size}\n")
                rate = statistics.median(throughput(host, size) for _ in range(rounds))
                rows += [
                    _row("orchestrations of 3 activities at once", size, size / rate),
                    _row(
                        "activities at once",
                        size,
                        statistics.median(run(connection, "wide", size) for _ in range(rounds)),
                    ),
                    _row("activities one after the other", size, run(connection, "long", size)),
                ]
        finally:
            host.stop()
    kept = statistics.median(baseline.measure().rate for _ in range(rounds))
    rows += [_row(baseline.NAME, size, size / kept) for size in sizes]
    return {
        "title": "Durable Functions",
        "machine": machine.described(),
        "notes": NOTES,
        "rows": sorted(rows, key=lambda row: str(row["what"])),
    }


def _row(what: str, size: int, seconds: float) -> dict[str, Any]:
    return {"what": what, "how many": size, "seconds": round(seconds, 5), "1/s": round(size / seconds)}


def main() -> None:
    """Print the result."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--python", help="the app's interpreter, for another line of the durable package")
    parser.add_argument("--sizes", type=int, nargs="+", default=[10, 30, 100, 300, 1000])
    parser.add_argument("--rounds", type=int, default=3)
    options = parser.parse_args()
    json.dump(measure(options.sizes, options.rounds, options.python), sys.stdout, indent=2)
    sys.stdout.write("\n")


if __name__ == "__main__":
    main()
