"""What an edit costs, by its kind and the length of the file: `python -m tests.benchmarks.editing [--lines N ...]` prints JSON.

The same edits go to a server on the same framework that does nothing: what is above its time is ours.
"""

from __future__ import annotations

import argparse
import json
import re
import statistics
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any, NamedTuple

from tests.benchmarks import machine
from tests.benchmarks.apps import write_apps
from tests.benchmarks.editor import NOTHING, ours
from tests.benchmarks.editor_session import CAPABILITIES, Client, Server
from tests.benchmarks.machine import processor
from tests.lsp.wire import edit

NOTES = "Milliseconds from a change in the middle of a file to what is shown for it, medians."
PROBE = '''
PROBED = "probe-0"


@app.queue_trigger(arg_name="probe", queue_name=PROBED, connection="AzureWebJobsStorage")
@app.queue_output(arg_name="answer", queue_name="answers-0", connection="AzureWebJobsStorage")
def probing(probe: func.QueueMessage, answer: func.Out[str]) -> None:
    """Look at one message."""
    weight = 10
    answer.set(str(weight))

'''


class Kind(NamedTuple):
    """An edit of one line of the probe, and the way back."""

    name: str
    line: str
    """How the line begins that it is made in."""
    text: str
    """What the line is then; `{n}` is another number each time."""


KINDS = (
    Kind("in a body", "    weight = 10", "    weight = {n}"),
    Kind(
        "a decorator's argument",
        "@app.queue_output",
        '@app.queue_output(arg_name="answer", queue_name="answers-{n}", connection="AzureWebJobsStorage")',
    ),
    Kind("a constant", "PROBED", 'PROBED = "probe-{n}"'),
    Kind(
        "a function's name", "def probing", "def probing{n}(probe: func.QueueMessage, answer: func.Out[str]) -> None:"
    ),
    Kind("a broken line", "    answer.set", "    answer.set(str(weight{n}"),
)


def source(root: Path, lines: int) -> str:
    """An app's entry file of about so many lines with the probe in its middle; it and its blueprint are written, too."""
    write_apps(root, 1, max(lines * 4 // 3 - 10, 40))
    file = root / "app0000" / "function_app.py"
    text = file.read_text("utf-8")
    start = next(
        (found.start() for found in re.finditer(r"^\n@app", text, re.MULTILINE) if found.start() > len(text) // 2),
        len(text),
    )
    text = text[:start] + PROBE + text[start:]
    file.write_text(text, "utf-8")
    return text


class Cost(NamedTuple):
    """Milliseconds of an edit: on the clock, and of the processors where the system tells."""

    clock: float
    processors: float | None


def costs(server: Server, root: Path, text: str, edits: int) -> dict[str, Cost]:
    """What each kind of edit costs with one server."""
    uri = (root / "function_app.py").as_uri()
    lines = text.split("\n")
    version = 1
    with Client(server) as client:
        client.initialize(root, capabilities=CAPABILITIES, workspaceFolders=[{"uri": root.as_uri(), "name": root.name}])
        client.open(uri, text)
        client.shown(uri, version)
        found = {}
        for kind in KINDS:
            line = next(number for number, each in enumerate(lines) if each.startswith(kind.line))
            taken = []
            used = processor(client.process.pid)
            for number in range(2 * edits + 2):
                version += 1
                new = kind.text.replace("{n}", str(number)) if number % 2 == 0 else lines[line]
                change = edit(line, 0, line, 1000, new)
                began = time.perf_counter()
                client.change(uri, version, change)
                client.shown(uri, version)
                if number > 1:  # the first time there may be more to learn
                    taken.append((time.perf_counter() - began) * 1000)
            after = processor(client.process.pid)
            each = (after - used) / (2 * edits + 2) if after is not None and used is not None else None
            found[kind.name] = Cost(statistics.median(taken), each)
    return found


def measure(sizes: Sequence[int], edits: int) -> dict[str, Any]:
    """All kinds at all sizes."""
    rows = []
    with tempfile.TemporaryDirectory() as folder:
        for size in sizes:
            sys.stderr.write(f"{size} lines\n")
            root = Path(folder, str(size))
            text = source(root, size)
            found = {server.name: costs(server, root / "app0000", text, edits) for server in ours()}
            nothing = found[NOTHING]
            rows += [
                {
                    "lines": size,
                    "edit": name,
                    "ms": round(cost.clock, 3),
                    "processor ms": cost.processors and round(cost.processors, 2),
                    "doing nothing ms": round(nothing[name].clock, 3),
                    "of doing nothing": round(cost.clock / nothing[name].clock, 2),
                }
                for name, cost in found["pystein-lsp"].items()
            ]
    return {"title": "The cost of an edit", "machine": machine.described(), "notes": NOTES, "rows": rows}


def main() -> None:
    """Print the result."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--lines", type=int, nargs="+", default=[100, 300, 1000, 3000, 10_000, 20_000])
    parser.add_argument("--edits", type=int, default=40, help="of each kind, and as many back")
    options = parser.parse_args()
    json.dump(measure(options.lines, options.edits), sys.stdout, indent=2)
    sys.stdout.write("\n")


if __name__ == "__main__":
    main()
