"""`pystein-lsp completion SHELL`: what makes a shell complete commands, options, rules and files."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pystein_lsp.cli import status
from pystein_lsp.cli.output import emit

if TYPE_CHECKING:
    import argparse

SHELLS = ("bash", "zsh", "fish", "tcsh")
_FILES = ("FILE", "PATH")
_FOLDERS = ("DIR", "APP")
_RULES = "_pystein_lsp_rules"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The options of the command."""
    parser.add_argument("shell", choices=SHELLS, help="for which shell; put the output where it looks for completions")


def run(args: argparse.Namespace) -> int:
    """Print the script."""
    from pystein_lsp.cli.fish import script  # noqa: PLC0415 - it knows this command, too
    from pystein_lsp.cli.whole import whole_parser  # noqa: PLC0415 - the same
    from pystein_lsp.rules.table import BY_NAME  # noqa: PLC0415 - only this command and those that check need them

    rules = " ".join(sorted(BY_NAME))
    parser = whole_parser(spellings=True)
    text = (
        script(parser, {"RULE": rules, "RULE,..": rules})
        if args.shell == "fish"
        else _by_shtab(parser, args.shell, rules)
    )
    emit(text + "\n")
    return status.OK


def _by_shtab(parser: argparse.ArgumentParser, shell: str, rules: str) -> str:
    import shtab  # noqa: PLC0415 - only this command needs it

    from pystein_lsp.cli.whole import commands  # noqa: PLC0415 - it knows this command, too

    for each in (parser, *(command for _, command in commands(parser))):
        for action in each._actions:
            wanted = action.metavar if isinstance(action.metavar, str) else action.dest.upper()
            if wanted in _FILES:
                action.complete = shtab.FILE  # type: ignore[attr-defined]  # shtab's own way
            elif wanted in _FOLDERS:
                action.complete = shtab.DIRECTORY  # type: ignore[attr-defined]  # the same
            elif wanted.startswith("RULE"):
                action.complete = {"bash": _RULES, "zsh": _RULES}  # type: ignore[attr-defined]  # the same
    preamble = {
        "bash": f'{_RULES}() {{ compgen -W "{rules}" -- "$1"; }}',
        "zsh": f"{_RULES}() {{ compadd -- {rules} }}",
    }
    return shtab.complete(parser, shell, preamble=preamble.get(shell, ""))
