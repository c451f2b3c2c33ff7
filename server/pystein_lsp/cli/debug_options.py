"""The options of `start` and `invoke` that let a debugger in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pystein_lsp.cli.status import UnusableError
from pystein_runtime.host.launch import DebugOptions

if TYPE_CHECKING:
    import argparse


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """`--debug [PORT]` and `--debugpy DIR`."""
    parser.add_argument(
        "--debug", nargs="?", const="", metavar="PORT",
        help="wait for a debugger on this port of loopback, 0: a free one (default: 5678, or a free one)",
    )  # fmt: skip
    parser.add_argument(
        "--debugpy", metavar="DIR", help="the folder that holds debugpy (default: the app's own, or ours)"
    )


def read(args: argparse.Namespace) -> DebugOptions | None:
    """How to debug; None: not at all.

    Raises:
        UnusableError: no port, or a folder for nothing.
    """
    if args.debug is None:
        if args.debugpy is not None:
            raise UnusableError("--debugpy goes with --debug")
        return None
    if args.debug and (not args.debug.isdecimal() or int(args.debug) > 65535):
        raise UnusableError(f"--debug {args.debug} is not a port number")
    return DebugOptions(int(args.debug) if args.debug else None, args.debugpy)
