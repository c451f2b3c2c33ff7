"""Code actions: the fixes of what is reported here, and what else can be done with the function at hand."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator

from pystein_lsp.features.kinds import ACTION, FIX_ALL, QUICK_FIX
from pystein_lsp.features.lenses import actions as lens_actions
from pystein_lsp.features.lenses import runnable
from pystein_lsp.features.types import Action, TextEdit
from pystein_lsp.model.app import App
from pystein_lsp.model.module import Module
from pystein_lsp.rules.diagnose import Diagnostic
from pystein_lsp.rules.rule import Fix
from pystein_lsp.syntax.span import Span


def quick_fixes(found: Iterable[Diagnostic], at: Span) -> Iterator[Action]:
    """The fixes of the diagnostics that touch a range."""
    for diagnostic in found:
        if _touch(diagnostic.location.absolute, at):
            for fix in diagnostic.fixes:
                yield Action(fix.title, QUICK_FIX, edits_of(fix), diagnostic=diagnostic, preferred=fix.safe)


def function_actions(
    app: App, module: Module, uri: str, at: Span, results: Container[str], *, may_run: bool
) -> Iterator[Action]:
    """What can be done with the function that a range lies in: the lenses' twins, for editors that show none."""
    block = module.document.block_at(at.line)
    for function in runnable(app, module):
        if function.block is block:
            for kind, command in lens_actions(function, uri, results, may_run=may_run):
                yield Action(command.title, f"{ACTION}.{kind}", command=command)


def fix_all(found: Iterable[Diagnostic]) -> Action | None:
    """All safe fixes of a document at once; of fixes that overlap, the first."""
    edits: list[TextEdit] = []
    for diagnostic in found:
        fix = next((each for each in diagnostic.fixes if each.safe), None)
        new = edits_of(fix) if fix else ()
        if not any(_overlap(edit, other) for edit in new for other in edits):
            edits.extend(new)
    return Action("Fix all that is safe to fix", FIX_ALL, tuple(edits)) if edits else None


def edits_of(fix: Fix) -> tuple[TextEdit, ...]:
    """The edits of a fix, in lines of their files."""
    return tuple(TextEdit(edit.location.path, edit.location.absolute, edit.text) for edit in fix.edits)


def _touch(one: Span, other: Span) -> bool:
    return one[:2] <= other[2:] and other[:2] <= one[2:]


def _overlap(one: TextEdit, other: TextEdit) -> bool:
    return one.path == other.path and one.span[:2] < other.span[2:] and other.span[:2] < one.span[2:]
