"""How fast the runtime is: `python -m tests.benchmarks.runtime [--peers VENV] [--rounds N]` prints one JSON result.

HTTP is measured with wrk, where that is installed; functions-framework and uvicorn, from the virtual environment of
`--peers` (made on first use), take turns with us. Everything else is a real command, timed from its spawn.
"""

from __future__ import annotations

import argparse
import http.client
import json
import os
import platform
import re
import shutil
import socket
import statistics
import subprocess
import sys
import tempfile
import threading
import time
import venv
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from typing import Any, NamedTuple

PEERS = ("functions-framework", "uvicorn", "httptools", "uvloop")
PATIENCE = 60.0  # seconds that anything may take
CONNECTIONS = (1, 32, 256)
APP = """
import json

import azure.functions as func

app = func.FunctionApp(http_auth_level=func.AuthLevel.ANONYMOUS)
done = []


@app.route(route="hello")
async def hello(req: func.HttpRequest) -> func.HttpResponse:
    return func.HttpResponse("hello 0")


@app.route(route="sync")
def sync(req: func.HttpRequest) -> func.HttpResponse:
    return func.HttpResponse("hello 0")


@app.route(route="fill/{count:int}")
@app.queue_output(arg_name="messages", queue_name="orders", connection="AzureWebJobsStorage")
def fill(req: func.HttpRequest, messages: func.Out[str]) -> str:
    messages.set(json.dumps([str(number) for number in range(int(req.route_params["count"]))]))
    return "filled"


@app.queue_trigger(arg_name="message", queue_name="orders", connection="AzureWebJobsStorage")
@app.queue_output(arg_name="answer", queue_name="answers", connection="AzureWebJobsStorage")
def work(message: func.QueueMessage, answer: func.Out[str]) -> None:
    answer.set(message.get_body().decode())
    done.append(None)


@app.route(route="count")
def count(req: func.HttpRequest) -> str:
    return str(len(done))
"""
PEER = """
import functions_framework


@functions_framework.http
def hello(request):
    return "hello 0"


async def app(scope, receive, send):
    assert scope["type"] == "http"
    await send({"type": "http.response.start", "status": 200, "headers": [(b"content-type", b"text/plain")]})
    await send({"type": "http.response.body", "body": b"hello 0"})
"""


class Row(NamedTuple):
    """One figure: a median."""

    name: str
    value: float
    unit: str
    target: str = ""


class Contender(NamedTuple):
    """A server of HTTP."""

    name: str
    path: str
    command: Callable[[int], Sequence[str]]
    """The command that serves on a port."""
    folder: Path


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def ours(root: Path, port: int) -> list[str]:
    return [sys.executable, "-m", "pystein_lsp", "start", str(root), "--port", str(port), "--json"]


def get(port: int, path: str) -> str:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    try:
        connection.request("GET", path)
        return connection.getresponse().read().decode()
    finally:
        connection.close()


def wait_for(port: int, path: str, text: str) -> None:
    """Ask until that is the answer."""
    end, said = time.monotonic() + PATIENCE, "nothing"
    while time.monotonic() < end:
        with suppress(OSError, http.client.HTTPException):
            said = get(port, path)
            if said == text:
                return
        time.sleep(0.001)
    raise TimeoutError(f"{path} answers {said}")


@contextmanager
def serving(command: Sequence[str], folder: Path) -> Iterator[None]:
    process = subprocess.Popen(command, cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    assert process.stdout is not None
    reader = threading.Thread(target=process.stdout.read)
    reader.start()
    try:
        yield
    finally:
        process.terminate()
        process.wait()
        reader.join()
        process.stdout.close()


def rate(port: int, path: str, connections: int, seconds: int) -> float:
    """Requests that are answered in a second."""
    command = ["wrk", "-t1", f"-c{connections}", f"-d{seconds}s", f"http://127.0.0.1:{port}{path}"]
    said = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    assert "Non-2xx" not in said, said
    found = re.search(r"Requests/sec: *([0-9.]+)", said)
    assert found is not None, said
    return float(found[1])


def http_rates(contenders: Sequence[Contender], rounds: int, seconds: int) -> Iterator[Row]:
    """All contenders, one after the other in every round."""
    found: dict[str, list[float]] = {}
    for _ in range(rounds):
        for name, path, command, folder in contenders:
            port = free_port()
            with serving(command(port), folder):
                wait_for(port, path, "hello 0")
                rate(port, path, 32, 1)
                for connections in CONNECTIONS:
                    key = f"HTTP, {name}, c={connections}"
                    found.setdefault(key, []).append(rate(port, path, connections, seconds))
    for name, rates in found.items():
        target = ">= 20000" if name == "HTTP, async function, c=32" else ""
        yield Row(name, statistics.median(rates), "requests/s", target)


def cold_start(root: Path) -> float:
    """Milliseconds from the spawn of `start` to the first answer."""
    port = free_port()
    began = time.perf_counter()
    with serving(ours(root, port), root):
        wait_for(port, "/api/hello", "hello 0")
        return (time.perf_counter() - began) * 1000


def one_run(root: Path) -> float:
    """Milliseconds that a whole `invoke` takes."""
    command = [sys.executable, "-m", "pystein_lsp", "invoke", "hello", "--app", str(root)]
    began = time.perf_counter()
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    return (time.perf_counter() - began) * 1000


def reload(root: Path, port: int, word: str) -> float:
    """Milliseconds from a save to the answer of the new code."""
    file = root / "function_app.py"
    text = re.sub(r"hello \d+", word, file.read_text("utf-8"))
    began = time.perf_counter()
    file.write_text(text, "utf-8")
    wait_for(port, "/api/hello", word)
    return (time.perf_counter() - began) * 1000


def queue(port: int, count: int) -> float:
    """Messages in a second that a function takes from one queue and answers in another."""
    before = int(get(port, "/api/count"))
    began = time.perf_counter()
    get(port, f"/api/fill/{count}")
    while int(get(port, "/api/count")) < before + count:
        time.sleep(0.005)
    return count / (time.perf_counter() - began)


def peers_in(folder: Path) -> Path:
    """The programs of a virtual environment with the peers, made on first use."""
    programs = folder / ("Scripts" if os.name == "nt" else "bin")
    if not (programs / "uvicorn").exists():
        venv.create(folder, with_pip=True)
        subprocess.run([programs / "python", "-m", "pip", "install", "--quiet", *PEERS], check=True)
    return programs


def contenders(root: Path, peers: Path | None) -> list[Contender]:
    own = lambda port: ours(root, port)  # noqa: E731 - a table of commands
    found = [
        Contender("async function", "/api/hello", own, root),
        Contender("sync function", "/api/sync", own, root),
    ]
    if peers is not None:
        framework, uvicorn = str(peers / "functions-framework"), str(peers / "uvicorn")
        source = str(root / "peer.py")
        found += [
            Contender(
                "functions-framework", "/",
                lambda port: [framework, "--source", source, "--target", "hello", "--port", str(port)], root,
            ),
            Contender(
                "bare uvicorn", "/", lambda port: [uvicorn, "peer:app", "--port", str(port), "--no-access-log"], root
            ),
        ]  # fmt: skip
    return found


def measure(rounds: int, seconds: int, messages: int, peers: Path | None = None) -> dict[str, Any]:
    """All figures."""
    with ExitStack() as stack:
        root = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        (root / "function_app.py").write_text(APP, "utf-8")
        (root / "peer.py").write_text(PEER, "utf-8")
        (root / "host.json").write_text('{"version": "2.0"}', "utf-8")
        cold_start(root)  # compiles
        rows = [
            Row(
                "start: spawn to first HTTP answer",
                statistics.median(cold_start(root) for _ in range(rounds * 3)),
                "ms",
                "<= 200",
            ),
            Row("invoke: the whole command", statistics.median(one_run(root) for _ in range(rounds * 3)), "ms"),
        ]
        port = free_port()
        with serving(ours(root, port), root):
            wait_for(port, "/api/hello", "hello 0")
            rates = [queue(port, messages) for _ in range(rounds)]
            reloads = [reload(root, port, f"hello {number}") for number in range(1, rounds * 3 + 1)]
            reload(root, port, "hello 0")
        rows += [
            Row("reload: save to answer of the new code", statistics.median(reloads), "ms", "<= 300"),
            Row("queue: messages through trigger and output", statistics.median(rates), "messages/s", ">= 2000"),
        ]
        if shutil.which("wrk"):
            rows += http_rates(contenders(root, peers), rounds, seconds)
    return {
        "title": "The bundled runtime",
        "machine": f"{platform.platform()}, {os.cpu_count()} cores, Python {platform.python_version()}",
        "rows": [{**row._asdict(), "value": round(row.value, 1)} for row in rows],
    }


def main() -> None:
    """Print the result."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--peers", type=Path, metavar="VENV", help="measure peers, installed there where they are not")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--seconds", type=int, default=4, help="of each HTTP measurement")
    parser.add_argument("--messages", type=int, default=5000, help="of each measurement of the queue")
    options = parser.parse_args()
    peers = peers_in(options.peers.absolute()) if options.peers else None
    json.dump(measure(options.rounds, options.seconds, options.messages, peers), sys.stdout, indent=2)
    sys.stdout.write("\n")


if __name__ == "__main__":
    main()
