"""What a measurement was taken on, and what processes used of it."""

from __future__ import annotations

import os
import platform
from collections.abc import Iterator
from pathlib import Path

_TICK = os.sysconf("SC_CLK_TCK") if hasattr(os, "sysconf") else 100


def described() -> str:
    """The machine in one line."""
    return f"{platform.platform()}, {_model()}{os.cpu_count()} cores, Python {platform.python_version()}"


def _model() -> str:
    try:
        lines = Path("/proc/cpuinfo").read_text("utf-8").splitlines()
    except OSError:
        return ""
    return next((f"{line.partition(':')[2].strip()}, " for line in lines if line.startswith("model name")), "")


def load() -> float | None:
    """Processes that ran or wanted to in the last minute, on average; None where the system does not count them."""
    return round(os.getloadavg()[0], 2) if hasattr(os, "getloadavg") else None


def memory(pid: int) -> float | None:
    """Resident memory of a process and its descendants in MiB, where /proc tells."""
    found = [_resident(each) for each in _tree(pid)]
    known = [each for each in found if each is not None]
    return sum(known) / 1024 if known else None


def processor(pid: int) -> float | None:
    """Processor time that a process and its descendants have had, in milliseconds, where /proc tells."""
    total = None
    for each in _tree(pid):
        fields = _stat(each)
        if fields:
            total = (total or 0) + (int(fields[11]) + int(fields[12])) * 1000 / _TICK
    return total


def _tree(pid: int) -> Iterator[int]:
    children: dict[int, list[int]] = {}
    for entry in Path("/proc").glob("[0-9]*"):
        fields = _stat(int(entry.name))
        if fields:
            children.setdefault(int(fields[1]), []).append(int(entry.name))
    pending = [pid]
    while pending:
        current = pending.pop()
        yield current
        pending += children.get(current, [])


def _stat(pid: int) -> list[str]:
    """The fields of a process behind its name, from its state on."""
    try:
        return Path(f"/proc/{pid}/stat").read_text("utf-8").rpartition(")")[2].split()
    except OSError:
        return []


def _resident(pid: int) -> int | None:
    """KiB."""
    try:
        lines = Path(f"/proc/{pid}/status").read_text("utf-8").splitlines()
    except OSError:
        return None
    return next((int(line.split()[1]) for line in lines if line.startswith("VmRSS:")), None)
