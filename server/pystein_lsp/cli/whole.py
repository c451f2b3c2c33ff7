"""All commands in one parser, for what is made from all of them: shell completion and the manual page."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, NamedTuple

from pystein_lsp import __version__
from pystein_lsp.cli import serve
from pystein_lsp.cli.main import COMMANDS

if TYPE_CHECKING:
    from argparse import Action, ArgumentParser
    from collections.abc import Iterator

DESCRIPTION = "Language server, checker and runtime for Azure Functions in Python (v2 programming model)"
_UNSAID = {
    "help": "show the options of the command",
    "version": "show the version",
    "output_format": "how what is found is printed",
}
"""What options do that say nothing of themselves, or what argparse says in other words in each Python."""


class Described(NamedTuple):
    """An option or a positional argument."""

    names: tuple[str, ...]
    """`-p`, `--port`; empty for a positional argument."""
    takes: str
    """What it is given, as users see it; empty for a switch."""
    says: str
    """What it is for: no capital, no full stop."""


def whole_parser(*, spellings: bool = False) -> ArgumentParser:
    """The parser of `pystein-lsp` with every command; with `spellings`, also with their other names."""
    import argparse  # noqa: PLC0415 - as in main

    parser = argparse.ArgumentParser(
        prog="pystein-lsp", description=f"{DESCRIPTION}. Without a command, it serves an editor."
    )
    parser.add_argument("--version", action="version", version=f"pystein-lsp {__version__}")
    serve.add_arguments(parser)
    found = parser.add_subparsers(metavar="COMMAND")
    for name, purpose in {**COMMANDS, **({"--check": COMMANDS["check"]} if spellings else {})}.items():
        import_module(f"pystein_lsp.cli.{name.lstrip('-')}").add_arguments(
            found.add_parser(name, help=purpose, description=purpose)
        )
    return parser


def commands(parser: ArgumentParser) -> Iterator[tuple[str, ArgumentParser]]:
    """The commands of a parser, by name."""
    for action in parser._actions:
        if action.nargs == "A...":
            yield from dict(action.choices or {}).items()


def described(parser: ArgumentParser) -> Iterator[Described]:
    """The options of a parser, and what it takes besides; its commands are left out."""
    for action in parser._actions:
        if action.nargs != "A...":
            says = _UNSAID.get(action.dest) or action.help or ""
            yield Described(tuple(action.option_strings), _takes(action), says % {"default": action.default})


def _takes(action: Action) -> str:
    """`[PATH ...]`, `{bash,zsh}`, `PORT`."""
    if action.nargs == 0:
        return ""
    one = action.metavar if isinstance(action.metavar, str) else ""
    if not one:
        one = f"{{{','.join(map(str, action.choices))}}}" if action.choices else action.dest.upper()
    return {"*": f"[{one} ...]", "+": f"{one} ...", "?": f"[{one}]"}.get(str(action.nargs), one)


def usage(parser: ArgumentParser) -> str:
    """How a command is called."""
    taken = [each.takes for each in described(parser) if not each.names]
    return " ".join([parser.prog, "[OPTIONS]", *taken])
