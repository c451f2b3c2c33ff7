"""`pystein-lsp stubs`: the type stubs, where pyright, Pylance and mypy find them."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from pystein_lsp.catalogue.location import stubs_directory
from pystein_lsp.cli import status
from pystein_lsp.cli.output import emit

if TYPE_CHECKING:
    import argparse

OURS = ("azure/functions", "azure/durable_functions")
_MARK = "azure/functions/_api/__init__.pyi"
"""A file that only our stubs have."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The options of the command."""
    parser.add_argument(
        "--output",
        metavar="DIR",
        default="typings",
        help="the folder to write to; by default `typings`, where pyright and Pylance look by themselves",
    )


def run(args: argparse.Namespace) -> int:
    """Write the stubs and say how to use them."""
    target = Path(args.output)
    try:
        source = stubs_directory()
    except FileNotFoundError as error:
        raise status.UnusableError(str(error)) from error
    try:
        count = write(source, target)
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        raise status.UnusableError(f"cannot write the stubs to {error.filename or target}: {reason}") from error
    emit(f"Wrote {count} stubs to {target}.\n{_use_of(target)}")
    return status.OK


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


def _use_of(target: Path) -> str:
    shown = target.as_posix()
    relative = not os.path.isabs(shown)
    own = "nothing to do" if shown == "typings" else f'"stubPath": "{shown}" in pyrightconfig.json'
    pylance = "nothing to do" if shown == "typings" else f'"python.analysis.stubPath": "{shown}" in the settings'
    place = f"$MYPY_CONFIG_FILE_DIR/{shown}" if relative else shown
    return f'pyright: {own}\nPylance: {pylance}\nmypy: mypy_path = "{place}" in its configuration\n'
