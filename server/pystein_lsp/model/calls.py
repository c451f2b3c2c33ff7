"""Calls whose signature the catalogue knows: decorators and constructors, their arguments bound as Python binds them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import NamedTuple

from pystein_lsp.catalogue import catalogue
from pystein_lsp.catalogue.types import Parameter, Removed
from pystein_lsp.model.values import text
from pystein_lsp.syntax.span import Span
from pystein_lsp.syntax.tree import Argument, Call, Expression


class Signature:
    """What a call may be given. Made once for each decorator or class, and compared by identity."""

    __slots__ = ("accepts_extra", "by_name", "name", "parameters", "positional", "removed")

    def __init__(
        self, name: str, parameters: tuple[Parameter, ...], accepts_extra: bool, removed: tuple[Removed, ...] = ()
    ) -> None:
        self.name = name
        self.parameters = parameters
        self.accepts_extra = accepts_extra
        self.removed = removed
        """Parameters of a constructor that are gone; those of decorators stand in the catalogue."""
        self.by_name = {parameter.name: parameter for parameter in parameters}
        self.positional = [parameter.name for parameter in parameters if not parameter.keyword_only]

    def parameter(self, name: str) -> Parameter | None:
        """A parameter by name."""
        return self.by_name.get(name)

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
    positional, names = signature.positional, signature.by_name
    taken: dict[str, Argument] = {}
    extra: list[Argument] = []
    place = 0
    complete = call.complete
    for argument in call.arguments:
        if argument.stars:
            complete = False
            continue
        name = argument.name
        if name is None:
            name = positional[place] if place < len(positional) else ""
            place += 1
        if name in names and name not in taken:
            taken[name] = argument
        else:
            extra.append(argument)
    values = {name: fold(argument.value) for name, argument in taken.items()}
    return Bound(signature, call, name_span, taken, values, tuple(extra), complete)
