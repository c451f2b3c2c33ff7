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
        programs = self._folder / self._name / ("Scripts" if os.name == "nt" else "bin")
        found = {}
        for name, requirement in packages.items():
            path = programs / (f"{name}.exe" if os.name == "nt" else name)
            if path.exists() or self._install(
                name, path, [str(programs / "python"), "-m", "pip", "install", "--quiet", *requirement.split()]
            ):
                found[name] = str(path)
        return found

    def node(self, package: str, program: str) -> str | None:
        """The path of a file of an npm package."""
        if self._folder is None:
            return None
        path = self._folder / "node" / "node_modules" / program
        npm = shutil.which("npm")
        if not path.exists() and npm is None:
            self.gaps.append(f"{package}: there is no npm")
            return None
        command = [
            npm or "",
            "install",
            "--silent",
            "--ignore-scripts",
            "--no-audit",
            "--no-fund",
            "--prefix",
            str(path.parents[len(Path(program).parts)]),
            package,
        ]
        return str(path) if path.exists() or self._install(package, path, command) else None

    def missing(self, name: str, reason: str) -> None:
        """Name a gap."""
        self.gaps.append(f"{name}: {reason}")

    def _install(self, name: str, path: Path, command: list[str]) -> bool:
        sys.stderr.write(f"installing {name}\n")
        try:
            if command[1] == "-m" and not Path(command[0]).exists():
                venv.create(path.parents[1], with_pip=True)
            subprocess.run(command, check=True, timeout=SECONDS, stdout=sys.stderr)
        except (OSError, subprocess.SubprocessError) as error:
            self.missing(name, f"could not be installed ({type(error).__name__})")
            return False
        if not path.exists():
            self.missing(name, f"its package brings no {path.name}")
        return path.exists()
