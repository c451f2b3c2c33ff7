"""Inlay hints: what a value means, beside it."""

from __future__ import annotations

from collections.abc import Iterator

from pystein_lsp.features.routes import methods_of
from pystein_lsp.features.schedules import in_words, resolved
from pystein_lsp.features.types import Hint
from pystein_lsp.model.app import App
from pystein_lsp.model.functions import Function
from pystein_lsp.model.module import Module
from pystein_lsp.model.summary import route
from pystein_lsp.syntax.tree import Literal

_MANY = 60
"""Letters; a longer hint would push the code off the screen."""


def hints(app: App, module: Module, first: int, last: int) -> Iterator[Hint]:
    """The hints in a range of lines, from 0, both ends included."""
    for block in module.document:
        if block.line > last or block.line + block.height < first:
            continue
        for function in app.block_functions(module, block):
            yield from (hint for hint in _of(function, app) if first <= hint.line <= last)


def _of(function: Function, app: App) -> Iterator[Hint]:
    for use in function.uses:
        for parameter in use.known.parameters if use.known else ():
            value = use.value(parameter.name)
            if parameter.kind == "cron" and isinstance(value, Literal) and isinstance(value.value, str):
                words = in_words(resolved(value.value, app))
                if words:
                    line, column = function.block.line + value.span.end_line, value.span.end_column
                    yield Hint(line, column, _shortened(words), "schedule", words)
    yield from _route(function, app)
    yield from _name(function)


def _name(function: Function) -> Iterator[Hint]:
    """The name under which the platform knows a function, where its definition has another."""
    definition = function.definition
    if function.name and function.name != definition.name and function.home_block is function.block:
        span = definition.name_span
        text = f"runs as {function.name}"
        yield Hint(function.block.line + span.end_line, span.end_column, text, "name", "the platform's name of it")


def _route(function: Function, app: App) -> Iterator[Hint]:
    """The path that a function answers under, where that is not what is written."""
    trigger = function.trigger
    if trigger is None or trigger.type != "httpTrigger" or trigger.use.bound is None or not trigger.use.bound.complete:
        return
    path = route(function, app)
    if "?" in path.partition("{")[0]:
        return
    span = trigger.use.decorator.span
    yield Hint(
        function.block.line + span.end_line,
        span.end_column,
        f"{methods_of(function)} {path}",
        "route",
        "the effective route",
    )


def _shortened(words: str) -> str:
    return words if len(words) <= _MANY else f"{words[: _MANY - 1]}…"
