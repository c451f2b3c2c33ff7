"""What a call at a position calls: a decorator of a container, or the constructor of an app or blueprint."""

from __future__ import annotations

from typing import NamedTuple

from pystein_lsp.catalogue import catalogue
from pystein_lsp.catalogue.types import Decorator, Parameter
from pystein_lsp.features.cursor import Call
from pystein_lsp.model.app import App
from pystein_lsp.model.functions import Function
from pystein_lsp.model.meaning import Container, Library
from pystein_lsp.model.module import Module


class Target(NamedTuple):
    """A signature that is known, and its documentation's key."""

    key: str
    """Of `Catalogue.docs`."""
    name: str
    parameters: tuple[Parameter, ...]
    known: Decorator | None
    """None for a constructor."""

    def parameter_at(self, call: Call) -> Parameter | None:
        """The parameter that receives the argument at the position."""
        if call.name is not None:
            return next((each for each in self.parameters if each.name == call.name), None)
        positional = [each for each in self.parameters if not each.keyword_only]
        return positional[call.place] if call.place < len(positional) else None


def target_of(call: Call, module: Module, app: App) -> Target | None:
    """What a call calls; None where that is nothing that the catalogue knows."""
    owner, _, name = call.function.rpartition(".")
    meaning, rest = app.resolver.dotted(module, call.function, call.line)
    if isinstance(meaning, Container) and rest == name and owner:
        known = catalogue().decorator(meaning.class_name, name)
        return Target(key_of(meaning.class_name, name), name, known.parameters, known) if known else None
    if isinstance(meaning, Library) and not rest and meaning.name in catalogue().classes:
        found = catalogue().classes[meaning.name]
        return Target(meaning.name, meaning.name.rpartition(".")[2], found.parameters, None)
    return None


def key_of(class_name: str, name: str) -> str:
    """The key under which a class's decorator is documented."""
    own = f"durable:{name}"
    return own if own in catalogue().classes[class_name].decorators else name


def function_around(app: App, module: Module, line: int) -> Function | None:
    """The function of the app whose stack, signature or body a line belongs to."""
    block = module.document.block_at(line)
    for function in app.block_functions(module, block):
        span = function.definition.span
        stack = [use.decorator.span.line for use in function.uses]
        if min([span.line, *stack]) <= line - block.line <= span.end_line:
            return function
    return None


def alias_of(module: Module, app: App, qualified: str) -> str:
    """How a module spells a name of the library, such as `func.QueueMessage`."""
    library, _, name = qualified.rpartition(".")
    for bound in module.names:
        meaning = app.resolver.meaning(module, bound)
        if isinstance(meaning, Library):
            if meaning.name == qualified:
                return bound
            if meaning.name == library:
                return f"{bound}.{name}"
    return f"func.{name}"
