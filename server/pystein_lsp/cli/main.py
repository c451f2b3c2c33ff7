"""The command line. Each command is a module of its own, imported only when it is the one that runs."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence
from importlib import import_module

from pystein_lsp import __version__
from pystein_lsp.cli import status

COMMANDS = {
    "check": "check apps for mistakes that lose functions",
    "list": "list the functions of apps, without running them",
    "start": "run an app with the bundled runtime",
    "invoke": "run one function once",
    "stubs": "write the type stubs to a folder",
}
_SERVER_OPTIONS = ("--stdio", "--tcp", "--ws")


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command; returns the exit status."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    try:
        return _dispatch(given)
    except status.UnusableError as error:
        print(f"pystein-lsp: {error}", file=sys.stderr)
        return status.UNUSABLE
    except KeyboardInterrupt:
        print("pystein-lsp: interrupted", file=sys.stderr)
        return status.INTERRUPTED
    except BrokenPipeError:
        # whoever read our output has gone; nothing is wrong with us, and nothing more can be said
        sys.stdout = open(os.devnull, "w", encoding="utf-8")  # noqa: SIM115 (stays open to the end of the process)
        return status.OK
    except Exception as error:
        return _fault(error)


def _dispatch(given: list[str]) -> int:
    if given and given[0] == "--check":
        given[0] = "check"
    if given and given[0] in COMMANDS:
        command = import_module(f"pystein_lsp.cli.{given[0]}")
        parser = argparse.ArgumentParser(prog=f"pystein-lsp {given[0]}", description=COMMANDS[given[0]])
        command.add_arguments(parser)
        return int(command.run(parser.parse_args(given[1:])))
    if not given or given[0].partition("=")[0] in _SERVER_OPTIONS:
        command = import_module("pystein_lsp.cli.serve")
        parser = _top_parser()
        command.add_arguments(parser)
        return int(command.run(parser.parse_args(given)))
    if "--check" in given:  # `pystein-lsp --output-format json --check .`
        given.remove("--check")
        return _dispatch(["check", *given])
    _top_parser().parse_args(given)
    return status.UNUSABLE


def _top_parser() -> argparse.ArgumentParser:
    commands = "\n".join(f"  {name:<8} {purpose}" for name, purpose in COMMANDS.items())
    parser = argparse.ArgumentParser(
        prog="pystein-lsp",
        description="Language server, checker and runtime for Azure Functions in Python (v2 programming model).\n"
        "Without arguments, or with --stdio, it speaks the Language Server Protocol.",
        epilog=f"commands:\n{commands}\n\n`pystein-lsp COMMAND --help` says more; `--check` is another spelling of `check`.",
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--version", action="version", version=f"pystein-lsp {__version__}")
    return parser


def _fault(error: Exception) -> int:
    import traceback  # noqa: PLC0415 (only a fault needs it)

    where = traceback.extract_tb(error.__traceback__)[-1]
    print(
        f"pystein-lsp: a fault of ours: {type(error).__name__}: {error} ({os.path.basename(where.filename)}:{where.lineno});"
        " please report it; PYSTEIN_DEBUG=1 shows the traceback",
        file=sys.stderr,
    )
    if os.environ.get("PYSTEIN_DEBUG"):
        traceback.print_exc()
    return status.FAULT
