"""Calls whose signature the catalogue knows: decorators and constructors, their arguments bound as Python binds them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import NamedTuple

from pystein_lsp.catalogue import catalogue
from pystein_lsp.catalogue.types import Parameter, Removed
from pystein_lsp.model.values import text
from pystein_lsp.syntax.span import Span
from pystein_lsp.syntax.tree import Argument, Call, Expression


class Signature(NamedTuple):
    """What a call may be given."""

    name: str
    parameters: tuple[Parameter, ...]
    accepts_extra: bool
    removed: tuple[Removed, ...] = ()
    """Parameters of a constructor that are gone; those of decorators stand in the catalogue."""

    def parameter(self, name: str) -> Parameter | None:
        """A parameter by name."""
        return next((parameter for parameter in self.parameters if parameter.name == name), None)

    def gone(self, name: str) -> Removed | None:
        """What became of a parameter that once existed; None where it never did."""
        listed = next((each for each in self.removed if each.name == name), None)
        return listed or catalogue().removed_parameter(self.name, name)


class Bound(NamedTuple):
    """A call and what each parameter receives. Spans are relative to the block that holds the call."""

    signature: Signature
    call: Call
    name_span: Span
    """Where the called name stands."""
    arguments: Mapping[str, Argument]
    """By the parameter that receives them, as written."""
    values: Mapping[str, Expression]
    """The same arguments, folded."""
    extra: tuple[Argument, ...]
    """Arguments that no parameter takes."""
    complete: bool
    """False where unpacking or broken text may hide arguments."""

    def text(self, parameter: str) -> str | None:
        """The text of an argument; None where it is not given, not a text or not known."""
        value = self.values.get(parameter)
        return text(value) if value else None


def bind(signature: Signature, call: Call, name_span: Span, fold: Callable[[Expression], Expression]) -> Bound:
    """Give the arguments of a call to the parameters of a signature, as Python does."""
    positional = [parameter.name for parameter in signature.parameters if not parameter.keyword_only]
    names = {parameter.name for parameter in signature.parameters}
    taken: dict[str, Argument] = {}
    extra: list[Argument] = []
    place = 0
    for argument in call.arguments:
        if argument.stars:
            continue
        name = argument.name
        if name is None:
            name = positional[place] if place < len(positional) else ""
            place += 1
        if name in names and name not in taken:
            taken[name] = argument
        else:
            extra.append(argument)
    complete = call.complete and not any(argument.stars for argument in call.arguments)
    values = {name: fold(argument.value) for name, argument in taken.items()}
    return Bound(signature, call, name_span, taken, values, tuple(extra), complete)
