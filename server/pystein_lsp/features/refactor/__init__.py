"""Refactorings: changes that people reach for though nothing is wrong. One module each; the table of them is here."""

from __future__ import annotations

from collections.abc import Iterator

from pystein_lsp.features.refactor.async_function import async_function
from pystein_lsp.features.refactor.blueprint import blueprint
from pystein_lsp.features.refactor.enum_member import enum_member
from pystein_lsp.features.refactor.output_binding import output_binding
from pystein_lsp.features.types import Action
from pystein_lsp.model.app import App
from pystein_lsp.model.functions import Function
from pystein_lsp.model.module import Module
from pystein_lsp.syntax.span import Span


def refactorings(app: App, module: Module, at: Span, *, asked: bool = True) -> Iterator[Action]:
    """What can be done with the functions whose stacks or signatures a range touches.

    Args:
        app: the app that the module belongs to.
        module: the module.
        at: the range, in lines of the file.
        asked: whether refactorings were asked for, and not whatever there is: then a few outputs are enough.
    """
    found = [function for function in app.functions(module) if _touches(function, at)]
    if len(found) == 1:
        yield from enum_member(app, found[0], at)
        yield from async_function(found[0])
        yield from output_binding(app, found[0], every=asked)
    yield from blueprint(app, module, found)


def _touches(function: Function, at: Span) -> bool:
    """Whether a range touches a function's stack or its `def`; what lies inside its body is Python's."""
    if function.home_block is not function.block or function.inside:
        return False
    base = function.block.line
    first = min([function.definition.name_span.line, *(use.decorator.span.line for use in function.uses)])
    signature = max(
        [function.definition.name_span.line, *(each.span.end_line for each in function.definition.parameters)]
    )
    return at.line <= base + signature and base + first <= at.end_line
