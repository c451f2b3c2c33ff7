"""`pystein-lsp migrate PATH`: alpha names and function.json projects to today's model, and a word about what needs a person."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Sequence
from contextlib import suppress
from operator import itemgetter
from typing import TYPE_CHECKING, NamedTuple

from pystein_lsp.cli import fixing, status
from pystein_lsp.cli.output import emit
from pystein_lsp.cli.report import place_of, shown, shown_path
from pystein_lsp.cli.targets import Target, find_targets, target_of
from pystein_lsp.config.configuration import DEFAULT
from pystein_lsp.fixes.apply import Change, Outcome, apply_fixes
from pystein_lsp.fixes.diff import text_diff
from pystein_lsp.fixes.migrate.old_function import old_apps
from pystein_lsp.fixes.migrate.project import Plan, plan
from pystein_lsp.model.files import Files
from pystein_lsp.rules.diagnose import Diagnostic, diagnose

if TYPE_CHECKING:
    import argparse

_OLD_NAMES = ("removed-decorator", "removed-argument")
"""The rules whose fixes bring alpha names up to date."""


class _Migration(NamedTuple):
    """What is to be done to one app."""

    root: str
    names: Outcome
    project: Plan | None
    notes: tuple[str, ...]


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The options of the command."""
    parser.add_argument("paths", nargs="*", metavar="PATH", help="trees or apps; by default the working directory")
    parser.add_argument("--diff", action="store_true", help="show what would change, and change nothing")
    parser.epilog = "exit status: 0 everything is done; 1 something needs a person; 2 unusable options or paths"


def run(args: argparse.Namespace) -> int:
    """Migrate apps, or show what that would do."""
    files = Files()
    found = [_migration(target, files) for target in _targets(files, args.paths)]
    if args.diff:
        emit("".join(_diff(each) for each in found), for_machines=True)
    else:
        for each in found:
            _write(each)
    _tell(found, done=not args.diff)
    return status.FOUND if any(each.notes for each in found) else status.OK


def _targets(files: Files, paths: Sequence[str]) -> list[Target]:
    """The apps to migrate, those too that only the old model knows for apps."""
    roots = [root for path in paths or ["."] for root in old_apps(files, os.path.abspath(path))]
    old = [target_of(root, DEFAULT, None, None, files) for root in dict.fromkeys(roots)]
    try:
        return [*old, *(each for each in find_targets(files, paths) if each.app.root not in roots)]
    except status.UnusableError:
        if not old:
            raise
        return old


def _migration(target: Target, files: Files) -> _Migration:
    app = target.app

    def old_names() -> list[Diagnostic]:
        return [each for each in diagnose(app) if each.code in _OLD_NAMES]

    names = apply_fixes(files, app.root, old_names, unsafe=False)
    project = plan(files, app.root)
    left = [f"{shown(place_of(each.location))}: {each.message}" for each in old_names()]
    inside = [f"{shown_path(app.root)}: {note}" for note in project.notes] if project else []
    return _Migration(app.root, names, project, (*left, *inside))


def _diff(found: _Migration) -> str:
    parts: list[tuple[str, str | None, str | None]]
    parts = [(each.before.path, each.before.text, each.after.text) for each in found.names.changes]
    deleted: Sequence[str] = ()
    if found.project:
        parts += [(before.path, before.text, after.text) for before, after in found.project.changed]
        parts += [(source.path, None, source.text) for source in found.project.created]
        deleted = found.project.deleted
    parts += [(path, _text(path), None) for path in deleted]
    return "".join(
        text_diff(before, after, shown_path(path)) for path, before, after in sorted(parts, key=itemgetter(0))
    )


def _text(path: str) -> str:
    with open(path, encoding="utf-8", errors="replace", newline="") as file:
        return file.read()


def _write(found: _Migration) -> None:
    """Do it: first what can fail without harm, and deletions last."""
    project = found.project
    changes = [*found.names.changes, *(Change(*each) for each in project.changed)] if project else found.names.changes
    fixing.write(fixing.Fixed(tuple(changes), 0))
    if project is None:
        return
    created: list[str] = []
    try:
        for source in project.created:
            with open(source.path, "xb") as file:
                created.append(source.path)
                file.write(source.encoded())
        created.clear()  # all of them are there: they stay
        for path in project.deleted:
            os.remove(path)
        for old, new in project.renamed:
            os.rename(old, new)
    except OSError as error:
        for path in created:
            with suppress(OSError):
                os.remove(path)
        where = shown_path(str(error.filename or found.root))
        raise status.UnusableError(f"{where}: it cannot be written: {error.strerror}") from error


def _tell(found: Iterable[_Migration], *, done: bool) -> None:
    verb = "" if done else "would be "
    nothing = True
    for each in found:
        lines = [f"{verb}brought up to date: {shown_path(change.before.path)}" for change in each.names.changes]
        if each.project:
            lines += [f"{verb}decorated: {shown_path(before.path)}" for before, _ in each.project.changed]
            lines += [f"{verb}written: {shown_path(source.path)}" for source in each.project.created]
            lines += [f"{verb}removed: {shown_path(path)}" for path in each.project.deleted]
            lines += [f"{verb}renamed: {shown_path(old)} to {shown_path(new)}" for old, new in each.project.renamed]
        lines += [f"needs a person: {note}" for note in each.notes]
        nothing = nothing and not lines
        print("".join(line + "\n" for line in lines), end="", file=sys.stderr)
    if nothing:
        print("pystein-lsp: there is nothing to migrate", file=sys.stderr)
