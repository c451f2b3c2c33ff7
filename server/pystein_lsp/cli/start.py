"""`pystein-lsp start`: run an app with the bundled runtime."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

from pystein_lsp.cli import debug_options
from pystein_lsp.cli.status import UnusableError
from pystein_runtime.host import launch

if TYPE_CHECKING:
    import argparse


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The options of `start`."""
    parser.epilog = (
        "exit status: 0 stopped; 1 the app cannot be loaded (on a terminal the host waits for an edit instead);"
        " 2 unusable options, settings, host.json or port"
    )
    parser.add_argument("app", nargs="?", default=".", help="the app's folder (default: the one around this place)")
    parser.add_argument("--port", "-p", type=int, help="port on loopback, 0: a free one (default: 7071)")
    parser.add_argument("--functions", nargs="+", metavar="NAME", help="run only these functions")
    parser.add_argument("--enable-auth", action="store_true", help="ask for function keys, as the platform does")
    parser.add_argument("--no-reload", action="store_true", help="do not follow changes of the app's files")
    parser.add_argument("--python", metavar="PATH", help="the Python to run the app with, or its virtual environment")
    debug_options.add_arguments(parser)
    parser.add_argument("--json", action="store_true", help="print one JSON object per line")


def run(args: argparse.Namespace) -> int:
    """Serve until stopped; gives the exit status."""
    if args.port is not None and not 0 <= args.port <= 65535:
        raise UnusableError(f"--port {args.port} is not a port number")
    if args.debug and not args.debug.isdecimal() and args.app == ".":  # `--debug APP` is `--debug` and then the app
        args.app, args.debug = args.debug, ""
    interactive = sys.stdin is not None and sys.stdin.isatty() and sys.stdout.isatty()
    options = launch.StartOptions(
        port=args.port,
        functions=args.functions,
        enable_auth=args.enable_auth,
        reload=not args.no_reload,
        stay=interactive and not args.no_reload,
        as_json=args.json,
        python=args.python,
        debug=debug_options.read(args),
    )
    try:
        return launch.start(launch.find_app(Path(args.app), upwards=args.app == "."), options, sys.stdout)
    except launch.LaunchError as error:
        raise UnusableError(str(error)) from error
