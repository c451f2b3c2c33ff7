"""How long an editor waits: `python -m tests.benchmarks.editor [--peers DIR]` prints one JSON result.

All servers edit the same app, turn by turn in several rounds, because machines are busy now and then. Each is given a
mistake that it is known to report. Medians, and the 99th percentile of a change.
"""

from __future__ import annotations

import argparse
import json
import math
import queue
import statistics
import sys
import tempfile
from pathlib import Path
from typing import Any

from tests.benchmarks import machine
from tests.benchmarks.apps import write_apps
from tests.benchmarks.editor_session import Server, Taken, session
from tests.benchmarks.peers import Peers

PEERS = {
    "ruff": "ruff",
    "zuban": "zuban",
    "ty": "ty",
    "pyrefly": "pyrefly",
    "basedpyright-langserver": "basedpyright",
    "pylsp": "python-lsp-server[pyflakes]",
    "jedi-language-server": "jedi-language-server azure-functions",  # the library that they all are to know
}
NOTES = (
    "From a change to its diagnostics, and from a question right behind a change to completions. Processor time is the"
    " steadier figure on a busy machine."
)
NOTHING = "does nothing (pygls)"
OURS = '@app.queue_trigger(arg_name="p{n}", queue_name="queue", connection="AzureWebJobsStorage")\ndef wrong(x): ...'
UNDEFINED = "probe = missing_name_{n}"


def ours() -> list[Server]:
    """pystein-lsp, and a server on the same framework that does nothing."""
    nothing = str(Path(__file__).with_name("do_nothing_server.py"))
    return [
        Server("pystein-lsp", (sys.executable, "-m", "pystein_lsp", "--stdio"), OURS),
        Server(NOTHING, (sys.executable, nothing), "mark_to_find", completes=False),
    ]


def others(peers: Peers) -> list[Server]:
    """Servers for Python, as far as they are there."""
    programs = peers.python(PEERS)
    python = next((str(Path(each).with_name("python")) for each in programs.values()), sys.executable)
    settings = {"pythonPath": python, "analysis": {"diagnosticMode": "openFilesOnly"}}
    found = [
        Server(name, (programs[program], *options), fault, completes, more)
        for name, program, options, fault, completes, more in (
            ("ruff server", "ruff", ("server",), UNDEFINED, False, None),
            ("zuban", "zuban", ("server",), UNDEFINED, True, None),
            ("ty", "ty", ("server",), UNDEFINED, True, None),
            ("pyrefly", "pyrefly", ("lsp",), UNDEFINED, True, None),
            ("basedpyright", "basedpyright-langserver", ("--stdio",), UNDEFINED, True, settings),
            ("pylsp", "pylsp", (), UNDEFINED, True, None),
            ("jedi-language-server", "jedi-language-server", (), "probe_{n} = = 1", True, None),
        )
        if program in programs
    ]
    if pyright := peers.node("pyright", ".bin/pyright-langserver"):
        found.append(Server("pyright", (pyright, "--stdio"), UNDEFINED, settings=settings))
    return found


def measure(servers: list[Server], sizes: list[int], rounds: int, edits: int, seconds: float) -> dict[str, Any]:
    """All figures; a server that does not answer has none."""
    rows: list[dict[str, Any]] = []
    gaps: list[str] = []
    with tempfile.TemporaryDirectory() as folder:
        for size in sizes:
            root = Path(folder, str(size))
            write_apps(root, 1, size * 4 // 3)
            taken: dict[str, list[Taken]] = {server.name: [] for server in servers}
            for number in range(rounds):
                for server in servers:
                    if len(taken[server.name]) < number:
                        continue  # it has been waited for once
                    sys.stderr.write(f"{size} lines, round {number + 1}: {server.name}\n")
                    try:
                        taken[server.name].append(session(server, root / "app0000", edits, seconds))
                    except (AssertionError, OSError, queue.Empty) as error:
                        gaps.append(f"{server.name}, {size:,} lines: no answer in time ({type(error).__name__})")
            nothing = taken[NOTHING]
            rows += [_row(name, size, results, nothing) for name, results in taken.items() if results]
    return {"title": "Language servers", "machine": machine.described(), "notes": NOTES, "gaps": gaps, "rows": rows}


def _row(name: str, size: int, results: list[Taken], nothing: list[Taken]) -> dict[str, Any]:
    changes = sorted(change for each in results for change in each.changes)
    p50, start = statistics.median(changes), statistics.median(each.start for each in results)
    nothing_p50 = statistics.median([change for each in nothing for change in each.changes] or [p50])
    nothing_start = statistics.median([each.start for each in nothing] or [start])
    return {
        "server": name,
        "lines": size,
        "change p50 ms": round(p50, 2),
        "change p99 ms": round(changes[math.ceil(0.99 * len(changes)) - 1], 2),
        "of doing nothing": round(p50 / nothing_p50, 2),
        "processor ms": _median([each.processor for each in results], 1),
        "completion ms": _median([value for each in results for value in each.completions], 2),
        "start ms": round(start),
        "above doing nothing ms": round(start - nothing_start),
        "open ms": _median([each.opened for each in results], 0),
        "started MiB": _median([each.memory_started for each in results], 0),
        "edited MiB": _median([each.memory_edited for each in results], 0),
        "changes": len(changes),
    }


def _median(values: list[float | None] | list[float], digits: int) -> float | None:
    known = [value for value in values if value is not None]
    return round(statistics.median(known), digits or None) if known else None


def main() -> None:
    """Print the result."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--peers", type=Path, metavar="DIR", help="measure peers, installed there where they are not")
    parser.add_argument("--lines", type=int, nargs="+", default=[1000, 10_000])
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--edits", type=int, default=100, help="in each round")
    parser.add_argument("--seconds", type=float, default=5.0, help="after which a round of a slow server ends")
    options = parser.parse_args()
    peers = Peers(options.peers, "editor")
    servers = [*ours(), *others(peers)]
    found = measure(servers, options.lines, options.rounds, options.edits, options.seconds)
    json.dump({**found, "gaps": [*peers.gaps, *found["gaps"]]}, sys.stdout, indent=2)
    sys.stdout.write("\n")


if __name__ == "__main__":
    main()
