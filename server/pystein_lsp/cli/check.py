"""`pystein-lsp check`: everything an editor would show, for a terminal or a CI run."""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Callable, Sequence
from importlib import import_module
from typing import TYPE_CHECKING

from pystein_lsp.cli import status
from pystein_lsp.cli.output import emit, emit_bytes
from pystein_lsp.cli.parallel import check_all
from pystein_lsp.cli.progress import Progress
from pystein_lsp.cli.report import AppReport, Report, shown_path
from pystein_lsp.cli.targets import Target, find_targets
from pystein_lsp.config.configuration import Configuration
from pystein_lsp.config.names import UnknownRuleError, rules_named
from pystein_lsp.model.files import Files
from pystein_lsp.model.settings import settings_problem

if TYPE_CHECKING:
    import argparse

    from pystein_lsp.cli.cache import Cache

FORMATS = ("full", "concise", "json", "sarif", "github", "gitlab", "junit")
FOR_PEOPLE = ("full", "concise")
STDIN = "-"
FEWEST_TO_KEEP = 8
"""Apps from which on keeping reports pays: to check fewer takes no longer than to see whether they have changed."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The options of the command."""
    parser.add_argument(
        "paths",
        nargs="*",
        metavar="PATH",
        help="trees, apps or files, by default the working directory; `-` with --stdin-filename",
    )
    parser.add_argument("--output-format", choices=FORMATS, default="full")
    parser.add_argument("--settings", metavar="FILE", help="app settings that count like local.settings.json")
    parser.add_argument("--select", metavar="RULE,..", help="only these rules; `durable-*` names several")
    parser.add_argument("--ignore", metavar="RULE,..", help="not these rules")
    parser.add_argument("--error-on-warning", action="store_true", help="exit with 1 for warnings too")
    parser.add_argument("--exit-zero", action="store_true", help="exit with 0 whatever is found")
    fixing = parser.add_argument_group("fixes")
    fixing.add_argument("--fix", action="store_true", help="make the safe ones, and report what is left")
    fixing.add_argument(
        "--unsafe-fixes", action="store_true", help="with --fix or --diff: those too that are to be looked at"
    )
    fixing.add_argument("--diff", action="store_true", help="show what --fix would change, and change nothing")
    known = parser.add_argument_group("baseline")
    known.add_argument("--baseline", metavar="FILE", help="findings that are known and not reported")
    known.add_argument("--write-baseline", metavar="FILE", help="write what is found now, so that it counts as known")
    parser.add_argument(
        "--stdin-filename", metavar="NAME", help="read one file from standard input, which has this name"
    )
    parser.add_argument("--no-cache", action="store_true", help="look at every app, even where nothing has changed")
    parser.epilog = (
        "exit status: 0 no errors; 1 errors; 2 unusable options, configuration or paths; 101 a fault of ours"
    )


def run(args: argparse.Namespace) -> int:
    """Check, print, and say by the exit status whether there were errors."""
    if args.unsafe_fixes and not (args.fix or args.diff):
        raise status.UnusableError("--unsafe-fixes says which fixes --fix and --diff are about: give one of them, too")
    gc.disable()  # what is read stays to the end, and collecting in between is half the time of a large tree
    choose = _choice(args)
    files = Files()
    texts = _standard_input(args)
    for path, data in texts.items():
        files.stand_in(path, data)
    settings_file = _settings_file(args.settings, files)
    targets = [
        target._replace(configuration=choose(target.configuration))
        for target in find_targets(files, list(texts) or args.paths, settings_file)
    ]
    fixed_text = _fix(targets, texts, args) if args.fix and not args.diff else None
    plain = not (texts or args.fix or args.diff)
    cache = _cache(files, settings_file) if plain and not args.no_cache and len(targets) >= FEWEST_TO_KEEP else None
    reports = _check(targets, settings_file, files, cache, in_memory=not plain)
    if args.write_baseline:
        _write_baseline(args.write_baseline, reports)
    reports = _without_known(targets, reports, args)
    _tell_unreadable(files)
    if args.diff:
        _show_diff(targets, texts, args)
    else:
        _print(Report(tuple(reports)), args.output_format, fixed_text)
    return status.FOUND if any(each.fails for each in reports) and not args.exit_zero else status.OK


def _check(
    targets: Sequence[Target], settings_file: str | None, files: Files, cache: Cache | None, *, in_memory: bool
) -> list[AppReport]:
    """Check the apps that nothing is known of. Where texts stand in for files, this process alone knows them."""
    reports = {index: report for index, target in enumerate(targets) if cache and (report := cache.get(target))}
    missing = [index for index in range(len(targets)) if index not in reports]
    progress = Progress(len(missing))
    try:
        new = check_all(
            [targets[index] for index in missing], settings_file, progress.advance, workers=1 if in_memory else None
        )
    finally:
        progress.end()
    for index, each in zip(missing, new, strict=True):
        files.unreadable.update(each.unreadable)
        reports[index] = each.report
        if cache and not any(path.startswith(each.report.root) for path in each.unreadable):
            cache.put(targets[index], each.report)
    if cache and missing:
        cache.prune()
    return [reports[index] for index in range(len(targets))]


def _cache(files: Files, settings_file: str | None) -> Cache:
    from pystein_lsp.cli.cache import Cache  # noqa: PLC0415 (only many apps need it)

    return Cache(files, settings_file)


def _print(report: Report, output_format: str, fixed_text: bytes | None) -> None:
    """Print a report; where a fixed text takes standard output for itself, on standard error."""
    text = import_module(f"pystein_lsp.cli.reporters.{output_format}").render(report)
    if fixed_text is None:
        emit(text, for_machines=output_format not in FOR_PEOPLE)
    else:
        emit_bytes(fixed_text)
        sys.stderr.write(text)


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


def _settings_file(path: str | None, files: Files) -> str | None:
    if path is None:
        return None
    absolute = os.path.abspath(path)
    if not os.path.isfile(absolute):
        raise status.UnusableError(f"--settings: {path}: no such file")
    if problem := settings_problem(files, absolute):
        raise status.UnusableError(f"--settings: {path}: {problem}")
    return absolute


def _standard_input(args: argparse.Namespace) -> dict[str, bytes]:
    """The text that was given on standard input, by the path that it is said to have."""
    name = args.stdin_filename
    if name is None:
        if STDIN in args.paths:
            raise status.UnusableError("- reads standard input: say with --stdin-filename which file that is")
        return {}
    if args.paths not in ([], [STDIN]):
        raise status.UnusableError("--stdin-filename names the only file: give no other path than -")
    if sys.stdin is None:
        raise status.UnusableError("standard input is closed")
    return {os.path.abspath(name): sys.stdin.buffer.read()}


def _fix(targets: Sequence[Target], texts: dict[str, bytes], args: argparse.Namespace) -> bytes | None:
    """Fix what can be fixed; gives the text that came from standard input, if any, as it is then."""
    from pystein_lsp.cli import fixing  # noqa: PLC0415 (only where something is to be fixed)

    fixed = fixing.fix(targets, texts, unsafe=args.unsafe_fixes)
    if not texts:
        fixing.write(fixed)
    fixing.tell(fixed, done=True)
    if not texts:
        return None
    [(path, data)] = texts.items()
    return {change.before.path: change.after.encoded() for change in fixed.changes}.get(path, data)


def _show_diff(targets: Sequence[Target], texts: dict[str, bytes], args: argparse.Namespace) -> None:
    from pystein_lsp.cli import fixing  # noqa: PLC0415 (the same)

    fixed = fixing.fix(targets, texts, unsafe=args.unsafe_fixes)
    fixing.tell(fixed, done=False)
    emit(fixing.as_diff(fixed), for_machines=True)


def _write_baseline(path: str, reports: Sequence[AppReport]) -> None:
    from pystein_lsp.cli.baseline import write_baseline  # noqa: PLC0415 (the same)

    number = write_baseline(path, reports)
    print(f"pystein-lsp: {path} holds {number} {'finding' if number == 1 else 'findings'}", file=sys.stderr)


def _without_known(targets: Sequence[Target], reports: list[AppReport], args: argparse.Namespace) -> list[AppReport]:
    """The reports without what the baseline of each app, or the one that was given, knows."""
    given = args.write_baseline or args.baseline
    if given is None and not any(target.configuration.baseline for target in targets):
        return reports
    from pystein_lsp.cli.baseline import read_baseline, without_known  # noqa: PLC0415 (the same)

    paths = [given or target.configuration.baseline for target in targets]
    known = {path: read_baseline(path) for path in dict.fromkeys(paths) if path}
    found = [
        without_known(report, path, known[path]) if path else report
        for report, path in zip(reports, paths, strict=True)
    ]
    gone = sum(sum(counts.values()) for counts in known.values())
    everything = not (args.paths or args.select or args.ignore or args.stdin_filename)
    if gone and everything:
        print(f"pystein-lsp: {gone} of the baseline's findings are gone: write it again", file=sys.stderr)
    return found


def _tell_unreadable(files: Files) -> None:
    """What could not be read was not checked: say so, unless a diagnostic of the module says it."""
    for path, reason in sorted(files.unreadable.items()):
        if not path.endswith(".py"):
            print(f"pystein-lsp: {shown_path(path)}: cannot be read and was not checked: {reason}", file=sys.stderr)
