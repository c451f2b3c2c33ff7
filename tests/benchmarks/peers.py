"""Other programs to measure beside ours. One that cannot be installed is a gap in the result that says so, not a fault."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import venv
from collections.abc import Mapping
from pathlib import Path

SECONDS = 300.0
"""How long installing one may take."""


class Peers:
    """Programs below a folder, installed on first use, and why some are not there."""

    def __init__(self, folder: Path | None, name: str = "") -> None:
        """Those of one part of the benchmark, which has a virtual environment of its name. Without a folder there are none."""
        self._folder = folder.absolute() if folder else None
        self._name = name
        self.gaps: list[str] = []

    def __bool__(self) -> bool:
        return self._folder is not None

    def python(self, packages: Mapping[str, str]) -> dict[str, str]:
        """Programs of Python packages in a virtual environment.

        Args:
            packages: requirements by the name of the program that each brings.

        Returns:
            Paths of those that are there, by name.
        """
        if self._folder is None:
            return {}
        home = self._folder / self._name
        programs = home / ("Scripts" if os.name == "nt" else "bin")
        found = {}
        for name, requirement in packages.items():
            path = programs / (f"{name}.exe" if os.name == "nt" else name)
            command = [str(programs / "python"), "-m", "pip", "install", "--quiet", *requirement.split()]
            if self._is_there(name, path, command, home):
                found[name] = str(path)
        return found

    def node(self, package: str, program: str) -> str | None:
        """The path of a file of an npm package."""
        if self._folder is None:
            return None
        home = self._folder / "node"
        path = home / "node_modules" / program
        npm = shutil.which("npm")
        if npm is None and not path.exists():
            self.missing(package, "there is no npm")
            return None
        options = ("--silent", "--ignore-scripts", "--no-audit", "--no-fund")
        command = [npm or "", "install", *options, "--prefix", str(home), package]
        return str(path) if self._is_there(package, path, command) else None

    def missing(self, name: str, reason: str) -> None:
        """Name a gap."""
        self.gaps.append(f"{name}: {reason}")

    def _is_there(self, name: str, path: Path, command: list[str], environment: Path | None = None) -> bool:
        """Whether a program is there, after a try to install it, into a virtual environment where it needs one."""
        if path.exists():
            return True
        sys.stderr.write(f"installing {name}\n")
        try:
            if environment and not environment.exists():
                venv.create(environment, with_pip=True)
            subprocess.run(command, check=True, timeout=SECONDS, stdout=sys.stderr)
        except (OSError, subprocess.SubprocessError) as error:
            self.missing(name, f"could not be installed ({type(error).__name__})")
            return False
        if not path.exists():
            self.missing(name, f"its package brings no {path.name}")
        return path.exists()
