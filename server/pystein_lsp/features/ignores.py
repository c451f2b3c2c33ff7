"""`# pystein: ignore[rule]` in an editor: rules to name, what they are, and their pages."""

from __future__ import annotations

import inspect
import re
from collections.abc import Iterator

from pystein_lsp.features.suppress import NEVER
from pystein_lsp.features.types import Hover, Item, Link
from pystein_lsp.model.module import Module
from pystein_lsp.rules.rule import Rule
from pystein_lsp.rules.suppressions import MARK, suppressions_of
from pystein_lsp.rules.table import BY_NAME
from pystein_lsp.syntax.span import Span

_OPEN = re.compile(rf"#[ \t]*{MARK}[ \t]*ignore(?:-file)?[ \t]*\[[^\]#]*?(?P<word>[\w-]*)\Z")


def complete_ignores(module: Module, line: int, column: int) -> list[Item] | None:
    """The rules that can be named at a position; None outside the brackets of such a comment."""
    text = module.document.line_text(line)
    found = _OPEN.search(text[:column])
    if found is None:
        return None
    rest = re.match(r"[\w-]*", text[column:])
    span = Span(line, found.start("word"), line, column + (rest.end() if rest else 0))
    return [
        Item(name, "value", name, span, detail=rule.severity, documentation=_told(rule))
        for name, rule in BY_NAME.items()
        if name not in NEVER
    ]


def hover_ignore(module: Module, line: int, column: int) -> Hover | None:
    """The rule that is named at a position."""
    for rule, span in _named(module, line):
        if span.holds(line, column):
            return Hover(f"{_told(rule)}\n\n[{rule.name}]({rule.url()})", span)
    return None


def ignore_links(module: Module) -> Iterator[Link]:
    """The pages of the rules that comments name."""
    for block in module.document:
        if MARK in block.text:
            for rule, span in _named(module, block.line):
                yield Link(span, rule.url(), f"the page of {rule.name}")


def _named(module: Module, line: int) -> Iterator[tuple[type[Rule], Span]]:
    """The rules that the comments of a line's block name, with their places in the file."""
    block = module.document.block_at(line)
    for suppression in suppressions_of(block):
        for name, span in suppression.names:
            if name in BY_NAME:
                yield BY_NAME[name], span.shifted(block.line)


def _told(rule: type[Rule]) -> str:
    """What a rule does: the beginning of its page."""
    title, _, page = inspect.cleandoc(rule.__doc__ or "").partition("\n")
    does = page.partition("## What it does\n")[2].partition("\n## ")[0].strip()
    return "\n\n".join(part for part in (title, does) if part)
