"""`pystein-lsp check`: everything an editor would show, for a terminal or a CI run."""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Callable
from importlib import import_module
from typing import TYPE_CHECKING

from pystein_lsp.cli import status
from pystein_lsp.cli.analysis import analyse
from pystein_lsp.cli.output import emit
from pystein_lsp.cli.report import Report, shown_path
from pystein_lsp.cli.targets import find_targets
from pystein_lsp.config.configuration import Configuration
from pystein_lsp.config.names import UnknownRuleError, rules_named
from pystein_lsp.model.files import Files

if TYPE_CHECKING:
    import argparse

FORMATS = ("full", "concise", "json", "sarif", "github", "gitlab", "junit")
FOR_PEOPLE = ("full", "concise")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The options of the command."""
    parser.add_argument(
        "paths", nargs="*", metavar="PATH", help="trees, apps or files; by default the working directory"
    )
    parser.add_argument("--output-format", choices=FORMATS, default="full")
    parser.add_argument("--settings", metavar="FILE", help="app settings that count like local.settings.json")
    parser.add_argument("--select", metavar="RULE,..", help="only these rules")
    parser.add_argument("--ignore", metavar="RULE,..", help="not these rules")
    parser.add_argument("--error-on-warning", action="store_true", help="exit with 1 for warnings too")
    parser.add_argument("--exit-zero", action="store_true", help="exit with 0 whatever is found")


def run(args: argparse.Namespace) -> int:
    """Check, print, and say by the exit status whether there were errors."""
    gc.disable()  # what is read stays to the end, and collecting in between is half the time of a large tree
    choose = _choice(args)
    files = Files()
    targets = find_targets(files, args.paths, _settings_file(args.settings))
    reports = [analyse(target._replace(configuration=choose(target.configuration))) for target in targets]
    report = Report(tuple(reports))
    _tell_unreadable(files)
    reporter = import_module(f"pystein_lsp.cli.reporters.{args.output_format}")
    emit(reporter.render(report), for_machines=args.output_format not in FOR_PEOPLE)
    return status.FOUND if any(each.fails for each in reports) and not args.exit_zero else status.OK


def _choice(args: argparse.Namespace) -> Callable[[Configuration], Configuration]:
    """How the options of this run change a configuration."""
    select = None if args.select is None else _rules("--select", args.select)
    ignore = _rules("--ignore", args.ignore or "")

    def choose(configuration: Configuration) -> Configuration:
        return configuration._replace(
            select=configuration.select if select is None else select,
            ignore=ignore | (configuration.ignore if select is None else frozenset()),
            error_on_warning=configuration.error_on_warning or args.error_on_warning,
        )

    return choose


def _rules(option: str, text: str) -> frozenset[str]:
    try:
        return rules_named(name.strip() for name in text.split(",") if name.strip())
    except UnknownRuleError as error:
        raise status.UnusableError(f"{option}: {error}") from error


def _settings_file(path: str | None) -> str | None:
    if path is None:
        return None
    absolute = os.path.abspath(path)
    if not os.path.isfile(absolute):
        raise status.UnusableError(f"--settings: {path}: no such file")
    return absolute


def _tell_unreadable(files: Files) -> None:
    """What could not be read was not checked: say so, unless a diagnostic of the module says it."""
    for path, reason in sorted(files.unreadable.items()):
        if not path.endswith(".py"):
            print(f"pystein-lsp: {shown_path(path)}: cannot be read and was not checked: {reason}", file=sys.stderr)
