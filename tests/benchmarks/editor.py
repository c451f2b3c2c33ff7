"""How long an editor waits: `python -m tests.benchmarks.editor [--peers VENV] > editor.json`.

All servers edit the same app, turn by turn in several rounds, because machines are busy now and then. Each is given a
mistake that it is known to report. Medians, and the 99th percentile of a change.
"""

from __future__ import annotations

import argparse
import json
import math
import os
import platform
import queue
import shutil
import statistics
import subprocess
import sys
import tempfile
import venv
from pathlib import Path
from typing import Any

from tests.benchmarks.apps import write_apps
from tests.benchmarks.editor_session import Server, Taken, session

PACKAGES = (
    "ruff", "zuban", "ty", "pyrefly", "basedpyright", "python-lsp-server[pyflakes]", "jedi-language-server", "azure-functions",
)  # fmt: skip
TARGETS = {
    1000: {
        "change p50 ms": "<= 1.1", "change p99 ms": "<= 3", "completion ms": "<= 3",
        "started MiB": "<= 60", "edited MiB": "<= 80",
    },
    10_000: {"change p50 ms": "<= 3.5"},
}  # fmt: skip
"""What pystein-lsp has to reach, by the length of the file."""
NOTES = (
    "From a change to its diagnostics, and from a question right behind a change to completions. Processor time is the"
    " steadier figure on a busy machine. A server without a row gave no answer in time."
)
OURS = '@app.queue_trigger(arg_name="p{n}", queue_name="queue", connection="AzureWebJobsStorage")\ndef wrong(x): ...'
UNDEFINED = "probe = missing_name_{n}"


def ours() -> list[Server]:
    """pystein-lsp, and a server on the same framework that does nothing."""
    nothing = str(Path(__file__).with_name("do_nothing_server.py"))
    return [
        Server("pystein-lsp", (sys.executable, "-m", "pystein_lsp", "--stdio"), OURS),
        Server("does nothing (pygls)", (sys.executable, nothing), "mark_to_find", completes=False),
    ]


def peers(folder: Path) -> list[Server]:
    """Servers for Python, installed in a virtual environment; pyright in `node_modules` below it, where there is npm."""
    home = folder / ("Scripts" if os.name == "nt" else "bin")
    if not (home / "jedi-language-server").exists():
        venv.create(folder, with_pip=True)
        subprocess.run([home / "python", "-m", "pip", "install", "--quiet", *PACKAGES], check=True)
    node = folder / "node_modules" / ".bin" / "pyright-langserver"
    npm = shutil.which("npm")
    if npm and not node.exists():
        subprocess.run([npm, "install", "--silent", "--ignore-scripts", "--prefix", folder, "pyright"], check=True)
    settings = {"pythonPath": str(home / "python"), "analysis": {"diagnosticMode": "openFilesOnly"}}
    found = [
        Server("ruff server", (str(home / "ruff"), "server"), UNDEFINED, completes=False),
        Server("zuban", (str(home / "zuban"), "server"), UNDEFINED),
        Server("ty", (str(home / "ty"), "server"), UNDEFINED),
        Server("pyrefly", (str(home / "pyrefly"), "lsp"), UNDEFINED),
        Server("basedpyright", (str(home / "basedpyright-langserver"), "--stdio"), UNDEFINED, settings=settings),
        Server("pylsp", (str(home / "pylsp"),), UNDEFINED),
        Server("jedi-language-server", (str(home / "jedi-language-server"),), "probe_{n} = = 1"),
    ]
    if node.exists():
        found.append(Server("pyright", (str(node), "--stdio"), UNDEFINED, settings=settings))
    return found


def measure(servers: list[Server], sizes: list[int], rounds: int, edits: int, seconds: float) -> dict[str, Any]:
    """All figures; a server that does not answer has none."""
    rows: list[dict[str, Any]] = []
    with tempfile.TemporaryDirectory() as folder:
        for size in sizes:
            root = Path(folder, str(size))
            write_apps(root, 1, size * 4 // 3)
            taken: dict[str, list[Taken]] = {}
            for _ in range(rounds):
                for server in servers:
                    result = _session(server, root / "app0000", edits, seconds)
                    if result and result.changes:
                        taken.setdefault(server.name, []).append(result)
            nothing = [change for each in taken.get("does nothing (pygls)", ()) for change in each.changes]
            for name, results in taken.items():
                rows.append(_row(name, size, results, statistics.median(nothing) if nothing else None))
            rows.append({"server": "to reach: pystein-lsp", "lines": size, **TARGETS.get(size, {})})
    return {
        "title": "Language servers",
        "machine": f"{platform.platform()}, {os.cpu_count()} cores, Python {platform.python_version()}",
        "notes": NOTES,
        "rows": rows,
    }


def _session(server: Server, root: Path, edits: int, seconds: float) -> Taken | None:
    try:
        return session(server, root, edits, seconds)
    except (AssertionError, OSError, queue.Empty) as error:
        sys.stderr.write(f"{server.name} gave no answer: {type(error).__name__} {error}\n")
        return None


def _row(name: str, size: int, results: list[Taken], nothing: float | None) -> dict[str, Any]:
    changes = sorted(change for each in results for change in each.changes)
    p50 = statistics.median(changes)
    return {
        "server": name,
        "lines": size,
        "change p50 ms": round(p50, 2),
        "change p99 ms": round(changes[math.ceil(0.99 * len(changes)) - 1], 2),
        "of doing nothing": f"{p50 / nothing:.1f}x" if nothing else None,
        "processor ms": _median([each.processor for each in results], 1),
        "completion ms": _median([value for each in results for value in each.completions], 2),
        "start ms": _median([each.start for each in results], 0),
        "open ms": _median([each.opened for each in results], 0),
        "started MiB": _median([each.memory_started for each in results], 0),
        "edited MiB": _median([each.memory_edited for each in results], 0),
        "changes": len(changes),
    }


def _median(values: list[float | None] | list[float], digits: int) -> float | None:
    known = [value for value in values if value is not None]
    return round(statistics.median(known), digits) if known else None


def main() -> None:
    """Print the result."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--peers", type=Path, metavar="VENV", help="measure peers, installed there where they are not")
    parser.add_argument("--lines", type=int, nargs="+", default=[1000, 10_000])
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--edits", type=int, default=100, help="in each round")
    parser.add_argument("--seconds", type=float, default=10.0, help="after which a round of a slow server ends")
    options = parser.parse_args()
    servers = [*ours(), *(peers(options.peers.absolute()) if options.peers else ())]
    found = measure(servers, options.lines, options.rounds, options.edits, options.seconds)
    json.dump(found, sys.stdout, indent=2)
    sys.stdout.write("\n")


if __name__ == "__main__":
    main()
