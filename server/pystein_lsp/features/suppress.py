"""Say in the source that a finding is to be ignored."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from pystein_lsp.features.kinds import QUICK_FIX
from pystein_lsp.features.types import Action, Command, TextEdit
from pystein_lsp.model.module import Module
from pystein_lsp.rules.diagnose import Diagnostic
from pystein_lsp.rules.suppressions import MARK
from pystein_lsp.syntax.span import Span

NEVER = frozenset({"syntax-error", "app-not-indexed", "unused-suppression"})
"""Rules that a comment does not help against: what they report is the text itself, or another finding's shadow."""


def suppress_actions(module: Module, found: Iterable[Diagnostic], at: Span) -> Iterator[Action]:
    """Comments that silence the findings at a range, in the line where each of them starts."""
    for diagnostic in found:
        span = diagnostic.location.absolute
        touches = span[:2] <= at[2:] and at[:2] <= span[2:]
        if not touches or diagnostic.location.path != module.path or diagnostic.code in NEVER:
            continue
        edit = _comment(module, span.line, diagnostic.code)
        if edit:
            title = f"Ignore {diagnostic.code} here"
            yield Action(title, QUICK_FIX, (edit,), diagnostic=diagnostic)


def rule_pages(found: Iterable[Diagnostic], at: Span) -> Iterator[Action]:
    """Open the pages of the rules whose findings are at a range."""
    for diagnostic in {each.code: each for each in found}.values():
        span = diagnostic.location.absolute
        if span[:2] <= at[2:] and at[:2] <= span[2:]:
            title = f"Open the page of {diagnostic.code}"
            command = Command(title, "pystein.openRule", ({"rule": diagnostic.code},))
            yield Action(title, QUICK_FIX, command=command, diagnostic=diagnostic)


def _comment(module: Module, line: int, rule: str) -> TextEdit | None:
    """A comment at the end of a line; None where the line ends inside a string or goes on by a backslash."""
    text = module.document.line_text(line)
    if text.rstrip().endswith("\\") or MARK in text or text.count('"""') % 2 or text.count("'''") % 2:
        return None
    bare = text.rstrip()
    return TextEdit(module.path, Span(line, len(bare), line, len(text)), f"  # {MARK} ignore[{rule}]")
