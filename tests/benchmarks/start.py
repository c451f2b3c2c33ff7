"""How soon something runs: `python -m tests.benchmarks.start [--rounds N]` prints one JSON result.

Real commands, timed from their spawn; beside them stands what nothing that runs functions can do without: a Python that imports
the app's library. All take turns.
"""

from __future__ import annotations

import argparse
import json
import re
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from tests.benchmarks import machine
from tests.benchmarks.serving import free_port, host, serving, wait_for

APP = """
import azure.functions as func

app = func.FunctionApp(http_auth_level=func.AuthLevel.ANONYMOUS)


@app.route(route="hello")
async def hello(req: func.HttpRequest) -> func.HttpResponse:
    return func.HttpResponse("hello 0")
"""
DURABLE = """
import azure.durable_functions as df
import azure.functions as func

app = df.DFApp(http_auth_level=func.AuthLevel.ANONYMOUS)


@app.orchestration_trigger(context_name="context")
def chain(context):
    return (yield context.call_activity("greet", "Tokyo"))


@app.activity_trigger(input_name="name")
def greet(name: str) -> str:
    return f"Hello {name}!"


@app.route(route="hello")
@app.durable_client_input(client_name="client")
async def hello(req: func.HttpRequest, client) -> func.HttpResponse:
    assert await client.start_new("chain")
    return func.HttpResponse("hello 0")
"""
NOTES = "Milliseconds. A durable app has answered when its first orchestration was begun and is kept."


def first_answer(root: Path) -> float:
    """Milliseconds from the spawn of `start` to the first answer."""
    port = free_port()
    began = time.perf_counter()
    with serving(host(root, port), root):
        wait_for(port, "/api/hello", "hello 0")
        return since(began)


def command(*given: str) -> float:
    """Milliseconds that a command takes."""
    began = time.perf_counter()
    subprocess.run(given, check=True, stdout=subprocess.DEVNULL)
    return since(began)


def since(began: float) -> float:
    """Milliseconds."""
    return (time.perf_counter() - began) * 1000


def reloads(root: Path, count: int) -> list[float]:
    """Milliseconds from each save to the answer of the new code, in one host."""
    file, port, found = root / "function_app.py", free_port(), []
    text = file.read_text("utf-8")
    with serving(host(root, port), root):
        wait_for(port, "/api/hello", "hello 0")
        for number in range(1, count + 1):
            began = time.perf_counter()
            file.write_text(re.sub(r"hello \d+", f"hello {number}", text), "utf-8")
            wait_for(port, "/api/hello", f"hello {number}")
            found.append(since(began))
    file.write_text(text, "utf-8")
    return found


def app(root: Path, source: str) -> Path:
    """An app, which was started once: Python has compiled it."""
    root.mkdir()
    (root / "function_app.py").write_text(source, "utf-8")
    (root / "host.json").write_text('{"version": "2.0"}', "utf-8")
    first_answer(root)
    return root


def measure(rounds: int) -> dict[str, Any]:
    """All figures."""
    with tempfile.TemporaryDirectory() as folder:
        plain, durable = app(Path(folder, "plain"), APP), app(Path(folder, "durable"), DURABLE)
        us = (sys.executable, "-m", "pystein_lsp")
        what: dict[str, Callable[[], float]] = {
            "python: import azure.functions": lambda: command(sys.executable, "-c", "import azure.functions"),
            "python: import azure.durable_functions": lambda: command(
                sys.executable, "-c", "import azure.durable_functions"
            ),
            "start: spawn to the first answer": lambda: first_answer(plain),
            "start of a durable app": lambda: first_answer(durable),
            "invoke: the whole command": lambda: command(*us, "invoke", "hello", "--app", str(plain)),
        }
        found: dict[str, list[float]] = {name: [] for name in what}
        for number in range(rounds):
            sys.stderr.write(f"round {number + 1}\n")
            for name, run in what.items():
                found[name].append(run())
        found["reload: save to the answer of the new code"] = reloads(plain, rounds)
    return {
        "title": "Starts and reloads",
        "machine": machine.described(),
        "notes": NOTES,
        "rows": [{"what": name, "ms": round(statistics.median(times), 1)} for name, times in found.items()],
    }


def main() -> None:
    """Print the result."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=11)
    json.dump(measure(parser.parse_args().rounds), sys.stdout, indent=2)
    sys.stdout.write("\n")


if __name__ == "__main__":
    main()
