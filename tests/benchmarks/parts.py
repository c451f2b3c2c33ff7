"""The parts of the benchmark: one module each, which prints one JSON result; `__main__.py` runs them all.

A result is `{"title", "machine", "rows"}` and perhaps `"notes"` and `"gaps"`; the keys of the rows are the columns of its table.
What all parts have in common (when, how long, how busy the machine was) is added here.
"""

from __future__ import annotations

import json
import subprocess
import sys
import time
from datetime import datetime, timezone
from pathlib import Path
from typing import Any, NamedTuple

from tests.benchmarks import machine

ROOT = Path(__file__).parents[2]
RESULTS = Path(__file__).parent / "results"
PATIENCE = 2400.0
"""Seconds after which a part is given up."""


class Part(NamedTuple):
    """A part, which is the module of the same name."""

    name: str
    quick: str
    """The options with which it takes seconds and shows no more than that it works."""
    has_peers: bool = False


PARTS = (
    Part("editor", "--lines 300 --rounds 1 --edits 4 --seconds 5", has_peers=True),
    Part("editing", "--lines 100 200 --edits 2"),
    Part("check", "--apps 1 8 --lines 60 --rounds 1", has_peers=True),
    Part("start", "--rounds 1"),
    Part("http_load", "--rounds 1 --seconds 1", has_peers=True),
    Part("messages", "--count 40 --rounds 1", has_peers=True),
    Part("storage", "--count 10 --rounds 1", has_peers=True),
    Part("durable", "--sizes 4 8 --rounds 1"),
    Part("mcp_kafka", "--calls 5 --records 500 --rounds 1"),
)
NAMES = tuple(part.name for part in PARTS)


class PartError(Exception):
    """A part that gave no result."""


def run(part: Part, *, quick: bool, peers: Path | None) -> dict[str, Any]:
    """Run a part in a process of its own.

    Raises:
        PartError: it failed, or took too long.
    """
    command = [sys.executable, "-m", f"tests.benchmarks.{part.name}", *(part.quick.split() if quick else ())]
    if part.has_peers and peers:
        command += ["--peers", str(peers)]
    load, began = machine.load(), time.monotonic()
    try:
        done = subprocess.run(command, cwd=ROOT, stdout=subprocess.PIPE, check=True, timeout=PATIENCE)
        result: dict[str, Any] = json.loads(done.stdout)
    except (OSError, subprocess.SubprocessError, ValueError) as error:
        raise PartError(f"{part.name} gave no result: {error}") from error
    return {
        **result,
        "taken": f"{datetime.now(timezone.utc):%Y-%m-%d}, in {time.monotonic() - began:.0f} s",
        "load before": load,
        "load after": machine.load(),
    }


def write(folder: Path, name: str, result: dict[str, Any]) -> None:
    """Keep a result."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / f"{name}.json").write_text(json.dumps(result, indent=2) + "\n", "utf-8")


def read(folder: Path) -> dict[str, dict[str, Any]]:
    """The results that a folder holds, by part."""
    found = {name: folder / f"{name}.json" for name in NAMES}
    return {name: json.loads(path.read_text("utf-8")) for name, path in found.items() if path.exists()}
