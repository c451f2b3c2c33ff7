"""Completion of annotations: what a binding's parameter can be, and what a function can return."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pystein_lsp.features.cursor import Word
from pystein_lsp.features.target import alias_of, function_around
from pystein_lsp.features.types import Item
from pystein_lsp.model.app import App
from pystein_lsp.model.functions import Binding, Function
from pystein_lsp.model.module import Module

_PARAMETER = re.compile(r"[(,]\s*(\w+)\s*:\s*[\w.]*\Z")
_RETURN = re.compile(r"\)\s*->\s*[\w.]*\Z")
_NAME = re.compile(r"(?:[A-Za-z_]\w*\.)+[A-Za-z_]\w*")


def annotation_types(app: App, module: Module, word: Word, line: int) -> list[Item] | None:
    """The types that fit at a position of a signature; None where that is no annotation of a function of the app."""
    before = module.document.line_text(line)[: word.span.column + len(word.prefix)]
    parameter = _PARAMETER.search(before)
    if parameter is None and not _RETURN.search(before):
        return None
    function = function_around(app, module, line)
    if function is None:
        return None
    types = _of_parameter(function, parameter[1]) if parameter else _of_return(function)
    found = []
    for rank, written in enumerate(dict.fromkeys(types)):
        spelt = _NAME.sub(lambda match: alias_of(module, app, match[0]), written)
        text = spelt.removeprefix(f"{word.owner}.") if word.owner else spelt
        if not word.owner or text != spelt:
            found.append(Item(spelt, "value", text, word.span, rank=rank, filter=text))
    return found


def _of_parameter(function: Function, name: str) -> Iterator[str]:
    """What the binding of that name gives; for a name that no binding has, what the trigger gives."""
    bindings = [each for each in function.bindings if each.name == name] or [
        each for each in (function.trigger,) if each is not None
    ]
    for binding in bindings:
        yield from _types(binding)


def _types(binding: Binding) -> Iterator[str]:
    known = binding.use.known
    for each in known.value_types if known else ():
        yield f"azure.functions.Out[{each}]" if binding.direction == "out" else each


def _of_return(function: Function) -> Iterator[str]:
    known = function.trigger.use.known if function.trigger else None
    yield from known.return_types if known else ()
