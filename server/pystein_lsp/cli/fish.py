"""Completion for fish, which shtab does not know.

Facts: fish's manual, `complete`: `-n` says when, `-l` and `-s` name options, `-a` gives words, `-x` wants one and no file.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pystein_lsp.cli.whole import Described, commands, described

if TYPE_CHECKING:
    from argparse import ArgumentParser
    from collections.abc import Iterator, Mapping

_FOLDERS = "(__fish_complete_directories)"


def script(parser: ArgumentParser, words: Mapping[str, str]) -> str:
    """What makes fish complete a program; `words` by what stands for them in the usage, such as `RULE`."""
    return "\n".join(_lines(parser, words))


def _lines(parser: ArgumentParser, words: Mapping[str, str]) -> Iterator[str]:
    program = parser.prog
    yield f"complete -c {program} -f"
    for option in described(parser):
        yield _line(program, "__fish_use_subcommand", option, words)
    for name, command in commands(parser):
        if not name.startswith("-"):
            purpose = f" -d {_quoted(command.description or '')}"
            yield f"complete -c {program} -n __fish_use_subcommand -a {name}{purpose}"
        seen = f"__fish_seen_subcommand_from {name}"
        for option in described(command):
            yield _line(program, f"'{seen}'", option, words)


def _line(program: str, when: str, option: Described, words: Mapping[str, str]) -> str:
    parts = [f"complete -c {program} -n {when}"]
    parts += [f"-l {name[2:]}" if name.startswith("--") else f"-s {name[1:]}" for name in option.names]
    parts += _taken(option, words)
    if option.names:
        parts.append(f"-d {_quoted(option.says)}")
    return " ".join(parts)


def _taken(option: Described, words: Mapping[str, str]) -> Iterator[str]:
    """What an option or argument is given."""
    one = option.takes.strip("[]").removesuffix(" ...")
    needed = bool(option.names) and bool(one) and not option.takes.startswith("[")
    if one.startswith("{"):
        yield f"-{'x' if needed else 'f'} -a {_quoted(one.strip('{}').replace(',', ' '))}"
    elif one in words:
        yield f"-{'x' if needed else 'f'} -a {_quoted(words[one])}"
    elif one in ("DIR", "APP"):
        yield f"-{'x' if needed else 'f'} -a {_quoted(_FOLDERS)}"
    elif one in ("FILE", "PATH"):
        yield "-r -F" if needed else "-F"
    elif needed:
        yield "-x"


def _quoted(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace("'", "\\'")
    return f"'{escaped}'"
