"""How long a check takes: `python -m tests.benchmarks.check_speed [--apps N ...] [--rounds N] [--peers PYTHON] [--json FILE]`.

Beside `--check` stand what it cannot beat (`ast.parse` of the same files on all processors) and, where they are to be had,
`ruff check` and azure-functions-doctor. The commands take turns, because machines are busy; the figures are medians, in
milliseconds, of the time on the clock and of the processors' time (user and system, of all processes).
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
import venv
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import NamedTuple

from tests.benchmarks.apps import write_apps

PEERS = ("ruff", "azure-functions-doctor")
PARSE = (sys.executable, str(Path(__file__).with_name("parse_all.py")))
CHECK = (sys.executable, "-m", "pystein_lsp", "--check", "--output-format", "concise")
DOCTOR_AT_MOST = 10
"""It takes one app for each run, and seconds for it."""


class Taken(NamedTuple):
    """Milliseconds."""

    clock: float
    processors: float


class Contender(NamedTuple):
    """A command on a tree; what is to be done before each of its runs is not measured."""

    name: str
    commands: Sequence[Sequence[str]]
    before: Callable[[], None] | None = None


Table = dict[int, dict[str, Taken]]


def measure(counts: Sequence[int], rounds: int, lines: int, peers: Path | None) -> Table:
    """Everything; the table by number of apps and contender."""
    table: Table = {}
    with tempfile.TemporaryDirectory() as scratch:
        for count in counts:
            tree, caches = Path(scratch) / f"tree{count}", Path(scratch) / f"caches{count}"
            write_apps(tree, count, lines)
            table[count] = _turns(_contenders(tree, caches, peers), rounds, caches)
    return table


def _contenders(tree: Path, caches: Path, peers: Path | None) -> list[Contender]:
    ours, theirs = caches / "pystein-lsp", caches / "ruff"
    apps = sorted(tree.iterdir())
    found = [
        Contender("ast.parse", [(*PARSE, str(tree))]),
        Contender("--check, cold", [(*CHECK, str(tree))], lambda: shutil.rmtree(ours, ignore_errors=True)),
        Contender("--check, warm", [(*CHECK, str(tree))]),
    ]
    if peers:
        ruff = (str(peers.with_name("ruff")), "check", "--quiet", "--isolated", "--cache-dir", str(theirs), str(tree))
        found += [
            Contender("ruff, cold", [ruff], lambda: shutil.rmtree(theirs, ignore_errors=True)),
            Contender("ruff, warm", [ruff]),
        ]
        doctor = (str(peers.with_name("azure-functions-doctor")), "doctor", "--format", "json", "--path")
        if len(apps) <= DOCTOR_AT_MOST:
            found.append(Contender("doctor", [(*doctor, str(app)) for app in apps]))
    return found


def _turns(contenders: Sequence[Contender], rounds: int, caches: Path) -> dict[str, Taken]:
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    environment |= {"XDG_CACHE_HOME": str(caches), "LOCALAPPDATA": str(caches)}
    taken: dict[str, list[Taken]] = {each.name: [] for each in contenders}
    for turn in range(rounds + 1):  # the first fills caches of byte code and is not counted
        for each in contenders:
            if each.before:
                each.before()
            result = _run(each.commands, environment)
            if turn:
                taken[each.name].append(result)
    return {
        name: Taken(
            statistics.median(each.clock for each in results), statistics.median(each.processors for each in results)
        )
        for name, results in taken.items()
    }


def _run(commands: Sequence[Sequence[str]], environment: dict[str, str]) -> Taken:
    def processors() -> float:
        used = resource.getrusage(resource.RUSAGE_CHILDREN)
        return used.ru_utime + used.ru_stime

    before, began = processors(), time.perf_counter()
    for command in commands:
        subprocess.run(command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False)
    return Taken((time.perf_counter() - began) * 1000, (processors() - before) * 1000)


def rendered(table: Table) -> str:
    """The table as text: clock, and processors' time in brackets."""
    names = list(dict.fromkeys(name for row in table.values() for name in row))
    lines = ["apps".rjust(6) + "".join(name.rjust(18) for name in names)]
    for count, row in table.items():
        cells = [f"{row[name].clock:.0f} ({row[name].processors:.0f})" if name in row else "-" for name in names]
        lines.append(str(count).rjust(6) + "".join(cell.rjust(18) for cell in cells))
    return "\n".join(lines) + "\n"


def install_peers(folder: Path) -> Path:
    """A virtual environment with the peers, made on first use."""
    python = folder / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
    if not python.with_name("ruff").exists():
        venv.create(folder, with_pip=True)
        subprocess.run([python, "-m", "pip", "install", "--quiet", *PEERS], check=True)
    return python


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--apps", type=int, nargs="+", default=[1, 10, 100, 300, 1000], help="sizes of the trees")
    parser.add_argument("--lines", type=int, default=200, help="length of each app's source")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--peers", type=Path, metavar="VENV", help="measure peers, installed there where they are not")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write the figures there, too")
    args = parser.parse_args()
    table = measure(args.apps, args.rounds, args.lines, install_peers(args.peers.absolute()) if args.peers else None)
    sys.stdout.write(rendered(table))
    if args.json:
        content = {str(count): {name: taken._asdict() for name, taken in row.items()} for count, row in table.items()}
        args.json.write_text(json.dumps(content, indent=2) + "\n", "utf-8")


if __name__ == "__main__":
    main()
