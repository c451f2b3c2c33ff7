"""Symbols: the functions of a document or of a workspace, with what starts them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from pystein_lsp.features.names import name_of
from pystein_lsp.features.types import Symbol
from pystein_lsp.model.app import App
from pystein_lsp.model.functions import Binding, Function
from pystein_lsp.model.meaning import Container
from pystein_lsp.model.module import Module
from pystein_lsp.model.summary import summary_of
from pystein_lsp.syntax.span import Span


def document_symbols(app: App, module: Module) -> list[Symbol]:
    """The containers and functions of a module, in source order."""
    found = [*_containers(app, module), *(symbol_of(function, app) for function in app.functions(module))]
    return sorted(found, key=lambda each: each.span)


def workspace_symbols(apps: Iterable[App], query: str) -> Iterator[tuple[Symbol, str]]:
    """The functions of apps whose name, trigger or route has the letters of a query in their order; with their files."""
    wanted = query.lower()
    for app in apps:
        for function in app.indexed:
            symbol = symbol_of(function, app)
            if _fits(wanted, f"{symbol.name} {symbol.detail}".lower()):
                yield symbol, function.module.path


def symbol_of(function: Function, app: App) -> Symbol:
    """A function with its bindings."""
    trigger, what = summary_of(function, app)
    block = function.block.line
    definition = function.definition
    children = tuple(_binding(binding, function) for binding in function.bindings if binding.role != "trigger")
    return Symbol(
        name_of(function) or definition.name,
        f"{trigger} {what}".rstrip(),
        "function",
        whole(function),
        definition.name_span.shifted(block),
        children,
    )


def whole(function: Function) -> Span:
    """A function with its stack, in lines of the file."""
    starts = [use.decorator.span[:2] for use in function.uses] + [each.span[:2] for each in function.others]
    span = function.definition.span
    inside = [start for start in starts if start <= span[2:]]  # a stack that is a call may stand elsewhere
    line, column = min([span[:2], *inside])
    return Span(line, column, span.end_line, span.end_column).shifted(function.block.line)


def _binding(binding: Binding, function: Function) -> Symbol:
    span = binding.use.decorator.span.shifted(function.block.line)
    what = f"{binding.direction} {binding.type or '?'}"
    return Symbol(binding.name or "?", what, "binding", span, binding.span.shifted(function.block.line))


def _containers(app: App, module: Module) -> Iterator[Symbol]:
    for name, definitions in module.names.items():
        meaning = app.resolver.meaning(module, name)
        if isinstance(meaning, Container) and meaning.location.path == module.path:
            definition = definitions[-1]
            if definition.block is not meaning.location.anchor:
                continue
            span = meaning.location.absolute
            span = Span(definition.block.line + definition.line, 0, span.end_line, span.end_column)
            yield Symbol(name, meaning.class_name.removeprefix("azure."), "container", span, span)


def _fits(query: str, text: str) -> bool:
    position = 0
    for letter in query:
        position = text.find(letter, position) + 1
        if not position:
            return False
    return True
