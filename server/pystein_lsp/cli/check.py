"""`pystein-lsp check`: everything an editor would show, for a terminal or a CI run."""

from __future__ import annotations

import argparse
import os
import sys
from importlib import import_module

from pystein_lsp.cli import status
from pystein_lsp.cli.report import AppReport, Report
from pystein_lsp.cli.targets import Target, find_targets
from pystein_lsp.model.app import Context
from pystein_lsp.model.files import Files
from pystein_lsp.rules.diagnose import diagnose, indexes
from pystein_lsp.rules.table import BY_NAME

FORMATS = ("full", "concise", "json")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The options of the command."""
    parser.add_argument(
        "paths", nargs="*", metavar="PATH", help="trees, apps or files; by default the working directory"
    )
    parser.add_argument("--output-format", choices=FORMATS, default="full")
    parser.add_argument("--settings", metavar="FILE", help="app settings that count like local.settings.json")
    parser.add_argument("--select", metavar="RULE,..", help="only these rules")
    parser.add_argument("--ignore", metavar="RULE,..", help="all rules but these")
    parser.add_argument("--error-on-warning", action="store_true", help="exit with 1 for warnings too")
    parser.add_argument("--exit-zero", action="store_true", help="exit with 0 whatever is found")


def run(args: argparse.Namespace) -> int:
    """Check, print, and say by the exit status whether there were errors."""
    selected = _selected(args.select, args.ignore)
    files = Files()
    context = Context(os.environ, settings_file=_settings_file(args.settings))
    targets = find_targets(files, args.paths, context)
    report = Report(tuple(_check(target, selected) for target in targets))
    reporter = import_module(f"pystein_lsp.cli.reporters.{args.output_format}")
    sys.stdout.write(reporter.render(report))
    sys.stdout.flush()
    if args.exit_zero:
        return status.OK
    failed = report.count("error") or (args.error_on_warning and report.count("warning"))
    return status.FOUND if failed else status.OK


def _check(target: Target, selected: frozenset[str]) -> AppReport:
    app = target.app
    found = diagnose(app)
    verdict = indexes(app, found)
    shown = [each for each in found if each.code in selected]
    if target.only is not None:
        shown = [each for each in shown if each.location.path in target.only]
    return AppReport(app, verdict, tuple(shown))


def _selected(select: str | None, ignore: str | None) -> frozenset[str]:
    wanted = _rules("--select", select) if select is not None else frozenset(BY_NAME)
    return wanted - _rules("--ignore", ignore or "")


def _rules(option: str, text: str) -> frozenset[str]:
    names = frozenset(name.strip() for name in text.split(",") if name.strip())
    unknown = sorted(names - BY_NAME.keys())
    if unknown:
        raise status.UnusableError(
            f"{option}: no rule is called '{unknown[0]}'; the rules are {', '.join(sorted(BY_NAME))}"
        )
    return names


def _settings_file(path: str | None) -> str | None:
    if path is None:
        return None
    absolute = os.path.abspath(path)
    if not os.path.isfile(absolute):
        raise status.UnusableError(f"--settings: {path}: no such file")
    return absolute
