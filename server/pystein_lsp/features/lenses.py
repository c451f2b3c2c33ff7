"""Code lenses: what can be done with a function, above it."""

from __future__ import annotations

from collections.abc import Iterator

from pystein_lsp.features.types import Command, Lens
from pystein_lsp.model.app import App
from pystein_lsp.model.functions import Function
from pystein_lsp.model.module import Module
from pystein_lsp.syntax.span import Span

RUN = "pystein.run"


def lenses(app: App, module: Module, uri: str) -> Iterator[Lens]:
    """The lenses of a module, in source order.

    Args:
        app: the app that the module belongs to.
        module: the module.
        uri: the document, as the client spells it.
    """
    for function in runnable(app, module):
        yield Lens(_head(function), run_command(function, uri))


def runnable(app: App, module: Module) -> Iterator[Function]:
    """The functions of a module that the platform would see and that a trigger starts."""
    if module.path not in app.reachable:
        return
    for function in app.functions(module):
        if function.name and function.trigger:
            yield function


def run_command(function: Function, uri: str) -> Command:
    """Run a function."""
    return Command(f"▶ Run {function.name}", RUN, ({"uri": uri, "function": function.name},))


def _head(function: Function) -> Span:
    """The first line of the function's stack, in lines of the file."""
    lines = [use.decorator.span.line for use in function.uses] + [each.span.line for each in function.others]
    line = function.block.line + min([function.definition.span.line, *lines])
    return Span(line, 0, line, 0)
