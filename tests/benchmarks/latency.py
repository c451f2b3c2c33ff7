"""How long an editor waits: `python -m tests.benchmarks.latency [--rounds N]` prints medians in milliseconds.

Start-up is measured beside a pygls server that does nothing, turn by turn, because machines differ and are busy.
"""

from __future__ import annotations

import argparse
import statistics
import sys
import tempfile
import time
from pathlib import Path
from typing import NamedTuple

from tests.lsp.wire import Wire, edit

OURS = (sys.executable, "-m", "pystein_lsp", "--stdio")
NOTHING = (sys.executable, str(Path(__file__).parent / "do_nothing_server.py"))
HEAD = "import azure.functions as func\n\napp = func.FunctionApp()\n"
FUNCTION = '''

@app.queue_trigger(arg_name="msg", queue_name="orders-{n}", connection="AzureWebJobsStorage")
@app.queue_output(arg_name="done", queue_name="done-{n}", connection="AzureWebJobsStorage")
def take_{n}(msg: func.QueueMessage, done: func.Out[str]) -> None:
    """Handle one order."""
    total = sum(item["price"] * item["count"] for item in msg.get_json()["items"])
    if total > {n}:
        done.set(str(total))
'''
CALL = "@app.queue_trigger("


class Figures(NamedTuple):
    """Milliseconds and MiB; None where the machine does not tell."""

    start: float
    start_of_nothing: float
    change_1k: float
    change_10k: float
    completion_1k: float
    memory_started: float | None
    memory_after_edits: float | None


def source(lines: int) -> str:
    """An app of about that many lines."""
    count = (lines - HEAD.count("\n")) // FUNCTION.count("\n")
    return HEAD + "".join(FUNCTION.format(n=number) for number in range(count))


def measure(rounds: int) -> Figures:
    """Everything; the more rounds, the steadier."""
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        (root / "host.json").write_text('{"version": "2.0"}', "utf-8")
        ours, nothing = [], []
        for _ in range(max(1, rounds // 10)):
            ours.append(_start(OURS, root))
            nothing.append(_start(NOTHING, root))
        change_1k, completion_1k, started, after = _type(root, source(1000), rounds)
        change_10k, _, _, _ = _type(root, source(10_000), rounds)
    return Figures(
        statistics.median(ours), statistics.median(nothing), change_1k, change_10k, completion_1k, started, after
    )


def _start(command: tuple[str, ...], root: Path) -> float:
    began = time.perf_counter()
    with Wire(command=command) as wire:
        wire.initialize(root)
        return (time.perf_counter() - began) * 1000


def _type(root: Path, text: str, rounds: int) -> tuple[float, float, float | None, float | None]:
    """Edit the end of a file: the median from a change to its diagnostics, and of a completion right behind a change."""
    uri = (root / "function_app.py").as_uri()
    with Wire() as wire:
        wire.initialize(root)
        started = _memory(wire.process.pid)
        wire.open(uri, text)
        wire.shown(uri, 1)
        end = text.count("\n")
        changes, completions = [], []
        for number in range(2, rounds + 2):
            fault = f'@app.queue_trigger(arg_name="p{number}", queue_name="q", connection="C")\ndef last(x): ...\n\n{CALL})\n'
            began = time.perf_counter()
            wire.change(uri, number, edit(end, 0, end + 10, 0, fault))
            wire.shown(uri, number)
            changes.append((time.perf_counter() - began) * 1000)
            position = {"line": end + 3, "character": len(CALL)}
            wire.change(uri, -number, edit(end + 1, 0, end + 1, 0, ""))
            began = time.perf_counter()
            wire.request("textDocument/completion", {"textDocument": {"uri": uri}, "position": position})
            completions.append((time.perf_counter() - began) * 1000)
        return statistics.median(changes), statistics.median(completions), started, _memory(wire.process.pid)


def _memory(pid: int) -> float | None:
    """Resident memory of a process in MiB, where /proc tells."""
    try:
        status = Path(f"/proc/{pid}/status").read_text("utf-8")
    except OSError:
        return None
    line = next((line for line in status.splitlines() if line.startswith("VmRSS:")), None)
    return int(line.split()[1]) / 1024 if line else None


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=100)
    for name, value in measure(parser.parse_args().rounds)._asdict().items():
        sys.stdout.write(f"{name:<20}{'-' if value is None else f'{value:.2f}':>10}\n")


if __name__ == "__main__":
    main()
