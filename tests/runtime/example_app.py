"""The apps of `examples/`, checked and copied to where they can be run."""

from __future__ import annotations

import shutil
from pathlib import Path

from host_driver import run

EXAMPLES = Path(__file__).parents[2] / "examples"


def copy(name: str, target: Path) -> Path:
    """A copy of an example that the checker has nothing to say of."""
    root = target / name
    shutil.copytree(EXAMPLES / name, root, ignore=shutil.ignore_patterns(".pystein", "__pycache__"))
    checked = run("--check", str(root))
    assert (checked.status, "nothing to report" in checked.out) == (0, True), checked.out
    return root
