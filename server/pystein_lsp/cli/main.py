"""The command line. Each command is a module of its own, imported only when it is the one that runs."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from importlib import import_module
from typing import TYPE_CHECKING

from pystein_lsp import __version__
from pystein_lsp.cli import output, status

if TYPE_CHECKING:
    from argparse import ArgumentParser

COMMANDS = {
    "check": "check apps for mistakes that lose functions",
    "list": "list the functions of apps, without running them",
    "explain": "say what a rule finds, why it matters and how to mend it",
    "init": "write a new app",
    "migrate": "bring alpha names and function.json projects to today's model",
    "start": "run an app with the bundled runtime",
    "invoke": "run one function once",
    "stubs": "write the type stubs to a folder",
    "completion": "print what makes a shell complete all this",
}
_SERVER_OPTIONS = ("--stdio", "--tcp", "--ws", "--log-level", "--log-file")


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command; returns the exit status."""
    output.prepare()
    if arguments is not None:
        return _guarded(list(arguments))
    result = _guarded(sys.argv[1:])
    if "pystein_lsp.cli.check" in sys.modules:
        output.leave(result)  # it holds nothing open, and freeing what a large tree took is a tenth of checking it
    return result


def _guarded(given: list[str]) -> int:
    try:
        return _dispatch(given)
    except status.UnusableError as error:
        print(f"pystein-lsp: {error}", file=sys.stderr)
        return status.UNUSABLE
    except KeyboardInterrupt:
        print("pystein-lsp: interrupted", file=sys.stderr)
        return status.INTERRUPTED
    except BrokenPipeError:
        output.abandon()
        return status.OK
    except Exception as error:
        return _missing_libcst() if getattr(error, "name", None) == "libcst" else _fault(error)


def _dispatch(given: list[str]) -> int:
    if given and given[0] == "--check":
        given[0] = "check"
    if given and given[0] in COMMANDS:
        command = import_module(f"pystein_lsp.cli.{given[0]}")
        parser = _parser(prog=f"pystein-lsp {given[0]}", description=COMMANDS[given[0]])
        command.add_arguments(parser)
        return int(command.run(parser.parse_args(given[1:])))
    if "--check" in given:  # `pystein-lsp --output-format json --check .`
        given.remove("--check")
        return _dispatch(["check", *given])
    if not given or any(each.partition("=")[0] in _SERVER_OPTIONS for each in given):
        command = import_module("pystein_lsp.cli.serve")
        parser = _top_parser()
        command.add_arguments(parser)
        return int(command.run(parser.parse_args(given)))
    if not given[0].startswith("-"):
        raise status.UnusableError(_no_command(given[0]))
    parser = _top_parser()
    import_module("pystein_lsp.cli.serve").add_arguments(parser)
    parser.parse_args(given)
    return status.UNUSABLE


def _no_command(given: str) -> str:
    if os.path.exists(given):
        return f"there is no command '{given}'; to check it: pystein-lsp --check {given}"
    from difflib import get_close_matches  # noqa: PLC0415 (3 ms that only a slip needs)

    meant = get_close_matches(given, COMMANDS, n=1)
    hint = f"did you mean '{meant[0]}'?" if meant else f"there are {', '.join(COMMANDS)}"
    return f"there is no command '{given}'; {hint}"


def _parser(**given: str) -> ArgumentParser:
    import argparse  # noqa: PLC0415 (an interrupt while it is imported is answered as any other)

    class Formatter(argparse.RawDescriptionHelpFormatter):
        """Told its width, it does not import shutil to ask for it."""

        def __init__(self, prog: str) -> None:
            super().__init__(prog, max_help_position=32, width=_width())

    return argparse.ArgumentParser(formatter_class=Formatter, **given)  # type: ignore[arg-type]  # texts only


def _width() -> int:
    try:
        return min(int(os.environ["COLUMNS"]), 120)
    except (KeyError, ValueError):
        pass
    try:
        return min(os.get_terminal_size().columns, 120) - 2
    except (OSError, ValueError):
        return 98


def _top_parser() -> ArgumentParser:
    commands = "\n".join(f"  {name:<10} {purpose}" for name, purpose in COMMANDS.items())
    parser = _parser(
        prog="pystein-lsp",
        description="Language server, checker and runtime for Azure Functions in Python (v2 programming model).\n"
        "Without arguments, or with --stdio, it speaks the Language Server Protocol.",
        epilog=f"commands:\n{commands}\n\n`pystein-lsp COMMAND --help` says more; `--check` is another spelling of `check`.",
    )
    parser.add_argument("--version", action="version", version=f"pystein-lsp {__version__}")
    return parser


def _missing_libcst() -> int:
    """Say what to install: the editor's package is one for every system and Python, so it comes without compiled libcst."""
    needed = f"this needs libcst, which {sys.executable} does not have"
    print(f"pystein-lsp: {needed}: {sys.executable} -m pip install libcst", file=sys.stderr)
    return status.UNUSABLE


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
