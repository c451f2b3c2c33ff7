"""What a process has taken of the machine, as Linux tells it under /proc."""

from __future__ import annotations

import contextlib
import os
from pathlib import Path
from typing import NamedTuple

TELLS = Path("/proc/self/status").exists()
_LISTENS = "0A"
_TICKS = os.sysconf("SC_CLK_TCK") if TELLS else 100


class Usage(NamedTuple):
    """What one process has taken at one moment."""

    memory: float
    """Resident, in MiB."""
    files: int
    """Open file descriptors."""
    threads: int
    seconds: float
    """Of a processor, since the process began."""


def usage(process: int) -> Usage:
    """What a process has taken.

    Raises:
        OSError: it is gone.
    """
    place = Path(f"/proc/{process}")
    status = dict(line.split(":", 1) for line in (place / "status").read_text("utf-8").splitlines())
    times = (place / "stat").read_text("utf-8").rpartition(")")[2].split()
    memory = int(status["VmRSS"].split()[0]) / 1024 if "VmRSS" in status else 0.0
    return Usage(
        memory, len(list((place / "fd").iterdir())), int(status["Threads"]), (int(times[11]) + int(times[12])) / _TICKS
    )


def ports(process: int) -> list[int]:
    """The TCP ports that a process listens on."""
    found = set()
    for table in ("tcp", "tcp6"):
        lines = Path(f"/proc/{process}/net/{table}").read_text("utf-8").splitlines()[1:]
        cells = [line.split() for line in lines]
        found |= {(int(cell[1].rpartition(":")[2], 16), cell[9]) for cell in cells if cell[3] == _LISTENS}
    links = set()
    for link in Path(f"/proc/{process}/fd").iterdir():
        with contextlib.suppress(OSError):  # closed meanwhile
            links.add(str(link.readlink()))
    return sorted({port for port, inode in found if f"socket:[{inode}]" in links})


def slope(values: list[tuple[float, float]]) -> float:
    """How much the second of each pair grows with the first: the line of least squares."""
    count = len(values)
    mean_x, mean_y = sum(x for x, _ in values) / count, sum(y for _, y in values) / count
    spread = sum((x - mean_x) ** 2 for x, _ in values)
    return sum((x - mean_x) * (y - mean_y) for x, y in values) / spread if spread else 0.0
