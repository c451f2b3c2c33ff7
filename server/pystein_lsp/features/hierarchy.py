"""Call hierarchy: from a durable client to the orchestrator that it starts, and on to activities and entities."""

from __future__ import annotations

from typing import NamedTuple

from pystein_lsp.features.calls import is_called
from pystein_lsp.features.names import name_of, same_function
from pystein_lsp.features.occurrences import name_span, named_at
from pystein_lsp.features.symbols import whole
from pystein_lsp.features.target import function_around
from pystein_lsp.model.app import App
from pystein_lsp.model.functions import Function
from pystein_lsp.model.module import Module
from pystein_lsp.model.summary import summary_of
from pystein_lsp.syntax.span import Span


class Node(NamedTuple):
    """A function in the hierarchy. Spans are in lines of its file."""

    name: str
    detail: str
    path: str
    span: Span
    selection: Span


def node_of(app: App, function: Function) -> Node:
    """A function as the hierarchy shows it."""
    detail = " ".join(summary_of(function, app)).rstrip()
    span, selection = whole(function), name_span(function)
    if not (span[:2] <= selection[:2] and selection[2:] <= span[2:]):
        selection = function.definition.name_span.shifted(function.block.line)
    return Node(name_of(function) or function.definition.name, detail, function.module.path, span, selection)


def function_at(app: App, module: Module, line: int, column: int) -> Function | None:
    """The function that a position names, or that it stands in."""
    named = named_at(app, module, line, column)
    if named and named.kind == "function":
        means = same_function(app, named.name)
        found = [each for each in app.indexed if means(name_of(each) or "")]
        called = next((each for each in found if is_called(each)), None)
        return called or (found[0] if found else None)
    return function_around(app, module, line)


def function_named(app: App, name: str) -> Function | None:
    """The function of a name; where none is spelt like that, one that differs in case alone."""
    means = same_function(app, name)
    return next((each for each in app.indexed if means(name_of(each) or "")), None)
