"""The manual page: `python -m pystein_lsp.cli.manual > docs/pystein-lsp.1`."""

from __future__ import annotations

import re
import sys
from typing import TYPE_CHECKING

from pystein_lsp.cli.whole import DESCRIPTION, Described, commands, described, usage, whole_parser

if TYPE_CHECKING:
    from argparse import ArgumentParser
    from collections.abc import Iterable, Iterator

_STATUS = (
    ("0", "nothing was found, the function succeeded, everything is done"),
    ("1", "errors were found, the function failed, something needs a person"),
    ("2", "options, configuration or paths that cannot be used"),
    ("101", "a fault of pystein-lsp itself"),
)
_FILES = (
    ("pystein-lsp.toml, pyproject.toml", "the configuration; in the latter the table [tool.pystein-lsp]"),
    ("local.settings.json", "the app's settings on this machine"),
    (".pystein/", "what running an app leaves behind: the local cloud, results, events to run functions with"),
)
_ENVIRONMENT = (
    ("NO_COLOR", "no colours, where it is set"),
    ("VIRTUAL_ENV", "where the Python is that runs an app that has no environment of its own"),
    ("PYSTEIN_DEBUG", "show the traceback of a fault, where it is set"),
)


def page() -> str:
    """The page in roff, for man(7)."""
    return "\n".join(_lines(whole_parser())) + "\n"


def _lines(parser: ArgumentParser) -> Iterator[str]:
    yield '.TH PYSTEIN-LSP 1 "" "pystein-lsp" "User Commands"'
    yield from (".SH NAME", f"pystein-lsp \\- {_text(DESCRIPTION[0].lower() + DESCRIPTION[1:])}")
    yield ".SH SYNOPSIS"
    yield from _usage(parser)
    for _, command in commands(parser):
        yield ".br"
        yield from _usage(command)
    yield ".SH DESCRIPTION"
    yield _text(
        "One wrong decorator makes every function of an app vanish, mostly without a message. pystein-lsp reads the source of"
        " function apps, says what the platform will refuse, and runs functions where they stand."
    )
    yield ".PP"
    yield _text("Without a command it speaks the Language Server Protocol. `--check` is another spelling of `check`.")
    yield from _items(described(parser))
    yield ".SH COMMANDS"
    for name, command in commands(parser):
        yield f".SS {name}"
        yield _text(f"{_sentence(command.description or '')}.")
        yield from _items(each for each in described(command) if "--help" not in each.names)
        if command.epilog:
            yield from (".PP", f"{_sentence(_text(command.epilog))}.")
    yield from (".SH EXIT STATUS", *_terms(_STATUS))
    yield from (".SH FILES", *_terms(_FILES))
    yield from (".SH ENVIRONMENT", *_terms(_ENVIRONMENT))


def _usage(parser: ArgumentParser) -> Iterator[str]:
    """How a command is called."""
    yield f".B {_text(parser.prog)}"
    yield _text(usage(parser).removeprefix(parser.prog).strip())


def _items(found: Iterable[Described]) -> Iterator[str]:
    for names, takes, says in found:
        bold = ", ".join(f"\\fB{_text(name)}\\fR" for name in names)
        yield from (".TP", " ".join([bold, *([f"\\fI{_text(takes)}\\fR"] if takes else [])]).strip())
        yield _text(f"{_sentence(says)}.")


def _terms(found: Iterable[tuple[str, str]]) -> Iterator[str]:
    for term, says in found:
        yield from (".TP", f".B {_text(term)}", _text(f"{_sentence(says)}."))


def _sentence(text: str) -> str:
    return text[:1].upper() + text[1:]


def _text(text: str) -> str:
    """Text as roff takes it; what stands between backticks is bold."""
    plain = text.replace("\\", "\\e").replace("-", "\\-")
    return re.sub(r"^(?=[.'])", r"\\&", re.sub(r"`([^`]*)`", r"\\fB\1\\fR", plain))


if __name__ == "__main__":
    sys.stdout.write(page())
