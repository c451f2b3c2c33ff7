"""How long a check takes: `python -m tests.benchmarks.check [--apps N ...] [--rounds N] [--peers DIR]` prints one JSON result.

Beside `--check` stand what it cannot beat (`ast.parse` of the same files on all processors) and, where they are to be had,
`ruff check` and azure-functions-doctor. The commands take turns, because machines are busy. The processors' time (user and
system, of all processes) is the steadier figure.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from tests.benchmarks import machine
from tests.benchmarks.apps import write_apps
from tests.benchmarks.peers import Peers

PEERS = {"ruff": "ruff", "azure-functions-doctor": "azure-functions-doctor"}
PARSE = (sys.executable, str(Path(__file__).with_name("parse_all.py")))
CHECK = (sys.executable, "-m", "pystein_lsp", "--check", "--output-format", "concise")
DOCTOR_AT_MOST = 10
DOCTOR_ROUNDS = 2
"""It takes one app for each run, and a good part of a second for it."""
SINGLE = 0
"""Stands for an app of one short file, in place of a number of apps."""
NOTES = (
    "Apps of 200 lines in two files, all different; 0 apps stands for one of a single file with three functions. Warm is a second"
    " run, of which caches know that nothing has changed. Ratios are of the processors' time. Memory is the most that one of the"
    " processes had resident."
)
SINGLE_APP = """
import azure.functions as func

app = func.FunctionApp()


@app.route(route="hello")
def hello(req: func.HttpRequest) -> func.HttpResponse:
    return func.HttpResponse("hello")


@app.timer_trigger(arg_name="timer", schedule="0 */5 * * * *")
def tick(timer: func.TimerRequest) -> None:
    print(timer.past_due)


@app.queue_trigger(arg_name="message", queue_name="orders", connection="AzureWebJobsStorage")
def work(message: func.QueueMessage) -> None:
    print(message.id)
"""


class Taken(NamedTuple):
    """Milliseconds on the clock and of the processors; MiB."""

    clock: float
    processors: float
    memory: float


class Contender(NamedTuple):
    """A command on a tree; what is to be done before each of its runs is not measured."""

    name: str
    commands: Sequence[Sequence[str]]
    before: Callable[[], None] | None = None
    rounds: int = 1000
    """How often it takes part at most."""


def measure(counts: Sequence[int], rounds: int, lines: int, peers: Peers) -> dict[str, Any]:
    """Everything."""
    rows = []
    programs = peers.python(PEERS)
    with tempfile.TemporaryDirectory() as scratch:
        for count in counts:
            tree, caches = Path(scratch) / f"tree{count}", Path(scratch) / f"caches{count}"
            if count == SINGLE:
                _write_single(tree)
            else:
                write_apps(tree, count, lines)
            sys.stderr.write(f"{count} apps\n")
            contenders = _contenders(tree, caches, programs, count)
            rows += _rows(count, _turns(contenders, rounds if count < 1000 else min(rounds, 3), caches))
            shutil.rmtree(tree)
    return {
        "title": "The checker",
        "machine": machine.described(),
        "notes": NOTES,
        "gaps": peers.gaps,
        "rows": rows,
    }


def _write_single(tree: Path) -> None:
    (tree / "app").mkdir(parents=True)
    (tree / "app" / "function_app.py").write_text(SINGLE_APP, "utf-8")
    (tree / "app" / "host.json").write_text('{"version": "2.0"}', "utf-8")


def _contenders(tree: Path, caches: Path, programs: dict[str, str], count: int) -> list[Contender]:
    ours, theirs = caches / "pystein-lsp", caches / "ruff"
    found = [
        Contender("ast.parse", [(*PARSE, str(tree))]),
        Contender("--check, cold", [(*CHECK, str(tree))], lambda: shutil.rmtree(ours, ignore_errors=True)),
        Contender("--check, warm", [(*CHECK, str(tree))]),
    ]
    if "ruff" in programs:
        ruff = (programs["ruff"], "check", "--quiet", "--isolated", "--cache-dir", str(theirs), str(tree))
        found += [
            Contender("ruff, cold", [ruff], lambda: shutil.rmtree(theirs, ignore_errors=True)),
            Contender("ruff, warm", [ruff]),
        ]
    if "azure-functions-doctor" in programs and count <= DOCTOR_AT_MOST:
        doctor = (programs["azure-functions-doctor"], "doctor", "--format", "json", "--path")
        found.append(
            Contender(
                "azure-functions-doctor", [(*doctor, str(app)) for app in sorted(tree.iterdir())], None, DOCTOR_ROUNDS
            )
        )
    return found


def _turns(contenders: Sequence[Contender], rounds: int, caches: Path) -> dict[str, list[Taken]]:
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    environment |= {"XDG_CACHE_HOME": str(caches), "LOCALAPPDATA": str(caches)}
    taken: dict[str, list[Taken]] = {each.name: [] for each in contenders}
    for turn in range(rounds + 1):  # the first fills caches of byte code and is not counted
        for each in contenders:
            if turn > each.rounds:
                continue
            if each.before:
                each.before()
            result = _run(each.commands, environment)
            if turn:
                taken[each.name].append(result)
    return taken


def _run(commands: Sequence[Sequence[str]], environment: dict[str, str]) -> Taken:
    began, processors, memory = time.perf_counter(), 0.0, 0.0
    for command in commands:
        process = subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        _, status, used = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        processors += used.ru_utime + used.ru_stime
        memory = max(memory, used.ru_maxrss / 1024)
    return Taken((time.perf_counter() - began) * 1000, processors * 1000, memory)


def _rows(count: int, table: dict[str, list[Taken]]) -> list[dict[str, Any]]:
    medians = {name: _median(taken) for name, taken in table.items()}
    rows = []
    for name, taken in medians.items():
        rows.append(
            {
                "apps": count,
                "command": name,
                "ms": round(taken.clock, 1),
                "processors ms": round(taken.processors, 1),
                "of ast.parse": _ratio(taken, medians["ast.parse"]),
                "of ruff, warm": _ratio(taken, medians.get("ruff, warm")) if name.endswith("warm") else None,
                "MiB": round(taken.memory, 1),
            }
        )
    return rows


def _median(taken: Sequence[Taken]) -> Taken:
    return Taken(*(statistics.median(values) for values in zip(*taken, strict=True)))


def _ratio(taken: Taken, base: Taken | None) -> float | None:
    """How much more time of the processors: what a busy machine does to the clock is not the commands' doing."""
    return round(taken.processors / base.processors, 2) if base and base.processors else None


def main() -> None:
    """Print the result."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--apps", type=int, nargs="+", default=[0, 1, 10, 100, 300, 1000], help="sizes of the trees")
    parser.add_argument("--lines", type=int, default=200, help="length of each app's source")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--peers", type=Path, metavar="DIR", help="measure peers, installed there where they are not")
    options = parser.parse_args()
    found = measure(options.apps, options.rounds, options.lines, Peers(options.peers, "check"))
    json.dump(found, sys.stdout, indent=2)
    sys.stdout.write("\n")


if __name__ == "__main__":
    main()
