"""`--fix` and `--diff`: apply the fixes of what is found, and write them, or show what would be written."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from pystein_lsp.cli.analysis import diagnostics_of
from pystein_lsp.cli.files import write_whole
from pystein_lsp.cli.report import shown_path
from pystein_lsp.cli.reporters.text import count
from pystein_lsp.cli.status import UnusableError
from pystein_lsp.cli.targets import Target
from pystein_lsp.fixes.apply import Change, apply_fixes
from pystein_lsp.fixes.diff import diff


class Fixed(NamedTuple):
    """What was fixed in all apps."""

    changes: tuple[Change, ...]
    applied: int


def fix(targets: Iterable[Target], texts: Mapping[str, bytes], *, unsafe: bool) -> Fixed:
    """Fix apps in memory; `texts` stand in for files."""
    changes: list[Change] = []
    applied = 0
    for target in targets:
        app = target.app
        outcome = apply_fixes(app.files, app.root, lambda: diagnostics_of(target).shown, unsafe=unsafe, texts=texts)  # noqa: B023 (called at once)
        if not outcome.stable:
            place = shown_path(app.root)
            print(f"pystein-lsp: {place}: the fixes call each other forth; some were left", file=sys.stderr)
        changes += outcome.changes
        applied += outcome.applied
    return Fixed(tuple(changes), applied)


def write(fixed: Fixed) -> None:
    """Write the changed files.

    Raises:
        UnusableError: one of them cannot be written, or is no longer what it was.
    """
    for change in fixed.changes:
        _write(change)


def _write(change: Change) -> None:
    before, after = change
    shown = shown_path(before.path)
    try:
        with open(before.path, "r+b") as file:
            now = file.read()
        if now == after.encoded():  # the same file under another name
            return
        if now != before.encoded():
            raise UnusableError(f"{shown}: it changed while it was checked; nothing is written to it")
        write_whole(before.path, after.encoded())
    except OSError as error:
        raise UnusableError(f"{shown}: it cannot be written: {error.strerror}") from error


def tell(fixed: Fixed, *, done: bool) -> None:
    """Say on standard error what was done, or would be."""
    fixes = f"{fixed.applied} fix{'' if fixed.applied == 1 else 'es'}"
    verb = "made" if done else "--fix would make"
    print(f"pystein-lsp: {verb} {fixes} in {count(len(fixed.changes), 'file')}", file=sys.stderr)


def as_diff(fixed: Fixed) -> str:
    """All changes as one diff."""
    changes = sorted(fixed.changes, key=lambda change: change.before.path)
    return "".join(diff(change, shown_path(change.before.path)) for change in changes)
