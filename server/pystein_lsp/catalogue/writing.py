"""Put the stubs where type checkers look for them."""

from __future__ import annotations

from pathlib import Path

FOLDER = "typings"
"""Where pyright and Pylance look by themselves."""

OURS = ("azure/functions", "azure/durable_functions")
_MARK = "azure/functions/_api/__init__.pyi"
"""A file that only our stubs have."""


def write(source: Path, target: Path) -> int:
    """Copy the stubs from one folder below another, replacing those of an earlier version; the number of files.

    An `azure/__init__.pyi` that is there stays: it may be the user's own, and any will do. It makes `azure` a package in which
    type checkers look on for azure.storage and the other real packages.

    Raises:
        OSError: A file cannot be written.
    """
    files = {path.relative_to(source): path for path in source.rglob("*.pyi")}
    if (target / _MARK).is_file():
        for folder in OURS:
            for old in (target / folder).rglob("*.pyi"):
                if old.relative_to(target) not in files:
                    old.unlink()
    for relative, path in files.items():
        written = target / relative
        if relative.as_posix() == "azure/__init__.pyi" and written.exists():
            continue
        written.parent.mkdir(parents=True, exist_ok=True)
        written.write_bytes(path.read_bytes())
    return len(files)
