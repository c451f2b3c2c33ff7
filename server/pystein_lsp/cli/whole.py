"""All commands in one parser, for what is made from all of them: shell completion and the manual page."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

from pystein_lsp import __version__
from pystein_lsp.cli import serve
from pystein_lsp.cli.main import COMMANDS

if TYPE_CHECKING:
    from argparse import ArgumentParser

DESCRIPTION = "Language server, checker and runtime for Azure Functions in Python (v2 programming model)"


def whole_parser() -> ArgumentParser:
    """The parser of `pystein-lsp` with every command."""
    import argparse  # noqa: PLC0415 - as in main

    parser = argparse.ArgumentParser(
        prog="pystein-lsp", description=f"{DESCRIPTION}. Without a command, it serves an editor."
    )
    parser.add_argument("--version", action="version", version=f"pystein-lsp {__version__}")
    serve.add_arguments(parser)
    commands = parser.add_subparsers(metavar="COMMAND")
    for name, purpose in COMMANDS.items():
        import_module(f"pystein_lsp.cli.{name}").add_arguments(
            commands.add_parser(name, help=purpose, description=purpose)
        )
    return parser
