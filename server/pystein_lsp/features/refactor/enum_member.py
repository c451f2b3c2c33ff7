"""A member of an enum in the place of its name as text."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pystein_lsp.catalogue import catalogue
from pystein_lsp.catalogue.types import Parameter
from pystein_lsp.features.kinds import REFACTOR
from pystein_lsp.features.target import alias_of
from pystein_lsp.features.types import Action, TextEdit
from pystein_lsp.model.app import App
from pystein_lsp.model.functions import Function
from pystein_lsp.model.meaning import LIBRARIES
from pystein_lsp.syntax.span import Span
from pystein_lsp.syntax.tree import Expression, Items, Literal

KIND = f"{REFACTOR}.rewrite.enum"


def enum_member(app: App, function: Function, at: Span) -> Iterator[Action]:
    """`func.AuthLevel.ANONYMOUS` for `"anonymous"`, where the range touches that."""
    for use in function.uses:
        for name, argument in use.bound.arguments.items() if use.bound else ():
            parameter = use.bound.signature.parameter(name) if use.bound else None
            enum = _enum_of(parameter) if parameter else None
            for value in _values(argument.value) if enum else ():
                member = _member(enum or "", value)
                span = value.span.shifted(function.block.line)
                if member and span[:2] <= at[2:] and at[:2] <= span[2:]:
                    text = f"{alias_of(function.module, app, enum or '')}.{member}"
                    yield Action(f"Use {text}", KIND, (TextEdit(function.module.path, span, text),))


def _enum_of(parameter: Parameter) -> str | None:
    """The enum of the library whose members a parameter takes."""
    for name in re.findall(r"\b[A-Z]\w+\b", parameter.annotation) if parameter.choices else ():
        for library in LIBRARIES:
            if catalogue().enum(f"{library}.{name}"):
                return f"{library}.{name}"
    return None


def _values(value: Expression) -> tuple[Expression, ...]:
    return value.values if isinstance(value, Items) else (value,)


def _member(enum: str, value: Expression) -> str | None:
    found = catalogue().enum(enum)
    if found is None or not isinstance(value, Literal) or not isinstance(value.value, str):
        return None
    return next((member for member in found.members if member.lower() == value.value.lower()), None)
