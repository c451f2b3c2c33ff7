"""pytest in a process of its own, as a user has it, with our plugin and without those of this project's tests."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

from host_driver import CLEAN


class Tested(NamedTuple):
    """A run that has ended."""

    status: int
    out: str

    @property
    def counts(self) -> dict[str, int]:
        """The tests by what became of them: `{"passed": 3}`."""
        return {
            name.rstrip("s"): int(number) for number, name in re.findall(r"(\d+) (passed|failed|errors?)", self.out)
        }


def run_pytest(folder: Path, *options: str, python: str = sys.executable) -> Tested:
    """Run the tests in a folder. Warnings are errors: what a plugin leaves open is its mistake."""
    plugin = () if "pystein" in _entry_points() else ("-p", "pystein_runtime.testing")
    command = [python, "-m", "pytest", *plugin, "-p", "no:asyncio", "-p", "no:cacheprovider", "-W", "error", *options]
    environ = {name: value for name, value in CLEAN.items() if not name.startswith("PYTEST_")}
    done = subprocess.run(
        command, cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, env=environ, check=False
    )
    return Tested(done.returncode, done.stdout)


def _entry_points() -> set[str]:
    from importlib.metadata import entry_points

    return {found.name for found in entry_points(group="pytest11")}


def write(folder: Path, **files: str) -> Path:
    """Files by name, `__` for `/`, with the ending .py."""
    for name, text in files.items():
        path = folder / f"{name.replace('__', os.sep)}.py"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    (folder / "host.json").write_text('{"version": "2.0"}', "utf-8")
    return folder
