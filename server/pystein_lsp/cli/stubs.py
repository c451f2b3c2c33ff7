"""`pystein-lsp stubs`: the type stubs, where pyright, Pylance and mypy find them."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from pystein_lsp.catalogue.location import stubs_directory
from pystein_lsp.catalogue.writing import FOLDER, write
from pystein_lsp.cli import status
from pystein_lsp.cli.output import emit

if TYPE_CHECKING:
    import argparse


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The options of the command."""
    parser.add_argument(
        "--output",
        metavar="DIR",
        default=FOLDER,
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


def _use_of(target: Path) -> str:
    shown = target.as_posix()
    relative = not os.path.isabs(shown)
    own = "nothing to do" if shown == FOLDER else f'"stubPath": "{shown}" in pyrightconfig.json'
    pylance = "nothing to do" if shown == FOLDER else f'"python.analysis.stubPath": "{shown}" in the settings'
    place = f"$MYPY_CONFIG_FILE_DIR/{shown}" if relative else shown
    return f'pyright: {own}\nPylance: {pylance}\nmypy: mypy_path = "{place}" in its configuration\n'
