"""`pystein-lsp completion SHELL`: what makes a shell complete commands and options."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pystein_lsp.cli import status
from pystein_lsp.cli.output import emit

if TYPE_CHECKING:
    import argparse

SHELLS = ("bash", "zsh", "tcsh")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The options of the command."""
    parser.add_argument("shell", choices=SHELLS, help="for which shell; put the output where it looks for completions")


def run(args: argparse.Namespace) -> int:
    """Print the script."""
    import shtab  # noqa: PLC0415 - only this command needs it

    from pystein_lsp.cli.whole import whole_parser  # noqa: PLC0415 - it knows this command, too

    emit(shtab.complete(whole_parser(), args.shell) + "\n")
    return status.OK
