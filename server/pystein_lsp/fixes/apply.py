"""Apply the fixes of diagnostics, round after round, until there is nothing left to fix.

A round takes every fix that leaves the edits of the others alone. A fix after which a file can be read less well than before
is undone. Nothing is written: the new texts stand in for the files until the caller decides.
"""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import NamedTuple, TypeAlias

from pystein_lsp.fixes.source_file import SourceFile, overlap, read_source
from pystein_lsp.model.files import Files
from pystein_lsp.platform.jsonc import read_json
from pystein_lsp.rules.diagnose import Diagnostic
from pystein_lsp.rules.rule import Edit, Fix
from pystein_lsp.syntax.span import Span

MOST_ROUNDS = 20
"""Fixes that go on for longer call each other forth."""

_Signature: TypeAlias = "tuple[str, tuple[tuple[str, str], ...]]"


class Change(NamedTuple):
    """A file that fixes changed."""

    before: SourceFile
    after: SourceFile


class Outcome(NamedTuple):
    """What fixing did."""

    changes: tuple[Change, ...]
    applied: int
    """How many fixes."""
    stable: bool
    """False where they never came to an end."""


def apply_fixes(
    files: Files,
    root: str,
    ask: Callable[[], list[Diagnostic]],
    *,
    unsafe: bool,
    texts: Mapping[str, bytes] | None = None,
) -> Outcome:
    """Apply fixes.

    Args:
        files: where texts are read, and where the new ones then stand in.
        root: the app's folder; a link in it that leads out of it is not followed.
        ask: what gives the diagnostics of the texts as they now are.
        unsafe: whether fixes count that may change what a program does.
        texts: contents that count in place of those on disk, by path.
    """
    work = _Work(files, root, texts or {}, unsafe=unsafe)
    before: Counter[tuple[str, str, str]] | None = None
    for _ in range(MOST_ROUNDS):
        diagnostics = ask()
        now = Counter((each.code, each.location.path, each.message) for each in diagnostics)
        if now == before:  # what was done was of no use
            break
        applied = work.applied
        if not work.round(diagnostics):
            return Outcome(tuple(work.changes()), work.applied, stable=True)
        before = now if work.applied > applied else None
    return Outcome(tuple(work.changes()), work.applied, stable=False)


class _Work:
    def __init__(self, files: Files, root: str, texts: Mapping[str, bytes], *, unsafe: bool) -> None:
        self._files = files
        self._root = root
        self._texts = texts
        self._unsafe = unsafe
        self._first: dict[str, SourceFile | None] = {}
        self._now: dict[str, SourceFile] = {}
        self._refused: set[_Signature] = set()
        self.applied = 0

    def round(self, diagnostics: Iterable[Diagnostic]) -> bool:
        """Apply what goes together; return whether there was anything."""
        chosen = list(self._choose(diagnostics))
        if not chosen:
            return False
        if self._try([fix for _, fix in chosen]):
            self.applied += len(chosen)
            return True
        for (
            code,
            fix,
        ) in chosen:  # one of them does harm: the first that does not is taken, the others get another round
            if self._try([fix]):
                self.applied += 1
                return True
            self._refused.add(_signature(code, fix))
        return True

    def changes(self) -> Iterator[Change]:
        """The files that are other than they were."""
        for path, after in self._now.items():
            before = self._first[path]
            if before and before.text != after.text:
                yield Change(before, after)

    def _choose(self, diagnostics: Iterable[Diagnostic]) -> Iterator[tuple[str, Fix]]:
        taken: dict[str, list[Span]] = {}
        for diagnostic in sorted(diagnostics, key=lambda each: (each.location.path, each.location.absolute, each.code)):
            for fix in diagnostic.fixes:
                if (fix.safe or self._unsafe) and _signature(diagnostic.code, fix) not in self._refused:
                    if self._is_free(fix, taken):
                        for edit in fix.edits:
                            taken.setdefault(edit.location.path, []).append(edit.location.absolute)
                        yield diagnostic.code, fix
                    break  # where another fix is in the way, this one waits for the next round

    def _is_free(self, fix: Fix, taken: dict[str, list[Span]]) -> bool:
        return bool(fix.edits) and all(
            self._source(edit.location.path)
            and not any(overlap(edit.location.absolute, other) for other in taken.get(edit.location.path, ()))
            for edit in fix.edits
        )

    def _try(self, fixes: list[Fix]) -> bool:
        """Make the edits, unless a file would be harmed."""
        by_path: dict[str, list[Edit]] = {}
        for fix in fixes:
            for edit in fix.edits:
                by_path.setdefault(edit.location.path, []).append(edit)
        new: dict[str, SourceFile] = {}
        for path, edits in by_path.items():
            old = self._source(path)
            if old is None:
                return False
            new[path] = old.edited(edits)
            if new[path] == old or not _can_be_written(new[path]):
                return False
        old_problems = {path: self._problems(path) for path in new}
        old_files = {path: self._now[path] for path in new}
        self._cover(new)
        if any(self._problems(path) > old_problems[path] for path in new):
            self._cover(old_files)
            return False
        return True

    def _source(self, path: str) -> SourceFile | None:
        if path not in self._first:
            leads_out = _is_in(path, self._root) and not _is_in(os.path.realpath(path), os.path.realpath(self._root))
            data = None if leads_out else self._texts.get(path) or self._files.read(path)
            self._first[path] = read_source(path, data) if data is not None else None
            if found := self._first[path]:
                self._now[path] = found
        return self._now.get(path)

    def _cover(self, sources: dict[str, SourceFile]) -> None:
        for path, source in sources.items():
            self._now[path] = source
            if path.endswith(".py"):
                self._files.open(path, source.text)
            else:
                self._files.open_text(path, source.text)

    def _problems(self, path: str) -> int:
        """How much in a file cannot be read."""
        if path.endswith(".py"):
            module = self._files.module(path)
            return sum(block.problem is not None for block in module.document) if module else 0
        if path.endswith(".json"):
            return len(read_json(self._files.text(path) or "").problems)
        return 0


def _is_in(path: str, folder: str) -> bool:
    return path.startswith(os.path.join(folder, ""))


def _signature(code: str, fix: Fix) -> _Signature:
    """A fix, whatever line it has moved to."""
    return code, tuple((edit.location.path, edit.text) for edit in fix.edits)


def _can_be_written(source: SourceFile) -> bool:
    try:
        source.encoded()
    except UnicodeEncodeError:
        return False
    return True
