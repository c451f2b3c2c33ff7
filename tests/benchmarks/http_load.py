"""How many requests the host answers: `python -m tests.benchmarks.http_load [--peers DIR]` prints one JSON result.

wrk asks; functions-framework and uvicorn take turns with us. A busy machine takes as much from each of them, but the
processor time of a request (of all processes of the server) is the steadier figure.
"""

from __future__ import annotations

import argparse
import json
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from tests.benchmarks import machine
from tests.benchmarks.peers import Peers
from tests.benchmarks.serving import free_port, host, serving, wait_for

PEERS = {"functions-framework": "functions-framework", "uvicorn": "uvicorn httptools uvloop"}
CONNECTIONS = (1, 32, 256)
NOTES = (
    "`wrk` with one thread, on the same machine. The functions of ours go through the host, the worker and azure-functions."
    " functions-framework runs as its command does by itself; uvicorn has an app of three lines, uvloop and httptools."
)
APP = """
import azure.functions as func

app = func.FunctionApp(http_auth_level=func.AuthLevel.ANONYMOUS)


@app.route(route="hello")
async def hello(req: func.HttpRequest) -> func.HttpResponse:
    return func.HttpResponse("hello")


@app.route(route="sync")
def sync(req: func.HttpRequest) -> func.HttpResponse:
    return func.HttpResponse("hello")
"""
PEER = """
import functions_framework


@functions_framework.http
def hello(request):
    return "hello"
"""
BARE = """
async def app(scope, receive, send):
    assert scope["type"] == "http"
    await send({"type": "http.response.start", "status": 200, "headers": [(b"content-type", b"text/plain")]})
    await send({"type": "http.response.body", "body": b"hello"})
"""


class Contender(NamedTuple):
    """A server of HTTP."""

    name: str
    path: str
    command: Callable[[int], Sequence[str]]
    """The command that serves on a port."""


class Rate(NamedTuple):
    """Requests in a second, and microseconds of the processors for each where the system tells."""

    rate: float
    processor: float | None


def contenders(root: Path, peers: Peers) -> list[Contender]:
    """Ours, and the peers that are there."""
    found = [
        Contender("pystein-lsp, async function", "/api/hello", lambda port: host(root, port)),
        Contender("pystein-lsp, sync function", "/api/sync", lambda port: host(root, port)),
    ]
    programs = peers.python(PEERS)
    if framework := programs.get("functions-framework"):
        source = str(root / "peer.py")
        given = (framework, "--source", source, "--target", "hello", "--port")
        found.append(Contender("functions-framework", "/", lambda port: [*given, str(port)]))
    if uvicorn := programs.get("uvicorn"):
        bare = (uvicorn, "bare:app", "--no-access-log", "--port")
        found.append(Contender("uvicorn", "/", lambda port: [*bare, str(port)]))
    return found


def rate(pid: int, port: int, path: str, connections: int, seconds: int) -> Rate:
    """What a server does under load."""
    command = ["wrk", "-t1", f"-c{connections}", f"-d{seconds}s", f"http://127.0.0.1:{port}{path}"]
    before = machine.processor(pid)
    said = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    after = machine.processor(pid)
    assert "Non-2xx" not in said, said
    per_second, total = re.search(r"Requests/sec: *([0-9.]+)", said), re.search(r"(\d+) requests in", said)
    assert per_second is not None, said
    assert total is not None, said
    used = (after - before) * 1000 / max(int(total[1]), 1) if before is not None and after is not None else None
    return Rate(float(per_second[1]), used)


def measure(rounds: int, seconds: int, peers: Peers) -> dict[str, Any]:
    """All contenders, one after the other in every round."""
    found: dict[tuple[int, str], list[Rate]] = {}
    if shutil.which("wrk") is None:
        peers.missing("HTTP", "wrk is not installed")
        rounds = 0
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        for name, text in (("function_app", APP), ("peer", PEER), ("bare", BARE)):
            (root / f"{name}.py").write_text(text, "utf-8")
        (root / "host.json").write_text('{"version": "2.0"}', "utf-8")
        servers = contenders(root, peers)
        for number in range(rounds):
            for server in list(servers):
                sys.stderr.write(f"round {number + 1}: {server.name}\n")
                try:
                    for connections, taken in _rates(server, root, seconds):
                        found.setdefault((connections, server.name), []).append(taken)
                except (OSError, AssertionError, subprocess.SubprocessError) as error:
                    peers.missing(server.name, f"it did not serve ({type(error).__name__} {error})")
                    servers.remove(server)
    return {
        "title": "HTTP",
        "machine": machine.described(),
        "notes": NOTES,
        "gaps": peers.gaps,
        "rows": [_row(*key, rates) for key, rates in sorted(found.items(), key=lambda item: item[0][0])],
    }


def _rates(server: Contender, root: Path, seconds: int) -> Iterator[tuple[int, Rate]]:
    """What a server does with each number of connections."""
    port = free_port()
    with serving(server.command(port), root) as pid:
        wait_for(port, server.path, "hello")
        rate(pid, port, server.path, 32, 1)
        for connections in CONNECTIONS:
            yield connections, rate(pid, port, server.path, connections, seconds)


def _row(connections: int, server: str, rates: list[Rate]) -> dict[str, Any]:
    used = [each.processor for each in rates if each.processor is not None]
    return {
        "connections": connections,
        "server": server,
        "requests/s": round(statistics.median(each.rate for each in rates)),
        "processor us each": round(statistics.median(used)) if used else None,
    }


def main() -> None:
    """Print the result."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--peers", type=Path, metavar="DIR", help="measure peers, installed there where they are not")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--seconds", type=int, default=4, help="of each measurement")
    options = parser.parse_args()
    json.dump(measure(options.rounds, options.seconds, Peers(options.peers, "http_load")), sys.stdout, indent=2)
    sys.stdout.write("\n")


if __name__ == "__main__":
    main()
