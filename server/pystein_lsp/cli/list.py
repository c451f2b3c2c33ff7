"""`pystein-lsp list`: the functions of apps, read from the source."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from pystein_lsp.cli import status
from pystein_lsp.cli.output import emit
from pystein_lsp.cli.report import AppReport, as_json, functions_from, shown_path
from pystein_lsp.cli.targets import find_targets
from pystein_lsp.model.app import App
from pystein_lsp.model.constructed import constructed
from pystein_lsp.model.files import Files
from pystein_lsp.model.summary import summary_of
from pystein_lsp.rules.diagnose import examine, indexes
from pystein_lsp.syntax.span import Location

if TYPE_CHECKING:
    import argparse


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The options of the command."""
    parser.add_argument("paths", nargs="*", metavar="PATH", help="trees or apps; by default the working directory")
    parser.add_argument("--output-format", choices=("full", "concise", "json"), default="full")


def run(args: argparse.Namespace) -> int:
    """Print the functions."""
    apps = [target.app for target in find_targets(Files(), args.paths)]
    if args.output_format == "json":
        content = as_json(_report(app) for app in apps)
        emit(json.dumps(content, indent=2, ensure_ascii=False) + "\n", for_machines=True)
    else:
        emit("".join((_concise if args.output_format == "concise" else _full)(app) for app in apps))
    return status.OK


def _report(app: App) -> AppReport:
    entry = app.entry
    return AppReport(app.root, entry.path if entry else None, indexes(app, *examine(app)), functions_from(app), ())


def _rows(app: App) -> list[tuple[str, str, str, str]]:
    rows = [
        (name or "?", "httpTrigger", "/{*route}", _place(container.location)) for name, container in constructed(app)
    ]
    for function in app.indexed:
        place = _place(function.location(function.definition.name_span))
        rows.append((function.name or "?", *summary_of(function, app), place))
    return rows


def _place(location: Location) -> str:
    return f"{shown_path(location.path)}:{location.absolute.line + 1}"


def _concise(app: App) -> str:
    return "".join(f"{place}: {name}: {trigger} {what}".rstrip() + "\n" for name, trigger, what, place in _rows(app))


def _full(app: App) -> str:
    rows = _rows(app)
    widths = [max((len(row[column]) for row in rows), default=0) for column in range(4)]
    lines = [f"{shown_path(app.root)}: {len(rows)} function{'' if len(rows) == 1 else 's'}"]
    lines += [
        "  " + "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in rows
    ]
    return "\n".join(lines) + "\n"
