"""Decorators that are none of a container's, and what they make of a function."""

from __future__ import annotations

from typing import Literal, NamedTuple, TypeAlias

from pystein_lsp.model.meaning import Code, Resolver
from pystein_lsp.model.module import Module
from pystein_lsp.model.shapes import UNKNOWN_SHAPE, Shape, definition_shape
from pystein_lsp.syntax.tree import Call, Decorator, FunctionDef, Name

Position: TypeAlias = Literal["above", "between", "below"]
"""Where it stands among the decorators of containers."""


class Wrapper(NamedTuple):
    """A decorator that is none of a container's."""

    decorator: Decorator
    position: Position
    shape: Shape
    name: str
    """Dotted; empty where it is no chain of names."""


def shape_of(decorator: Decorator, module: Module, resolver: Resolver, line: int) -> tuple[Shape, str]:
    """What a decorator at a line of a module does, and its name."""
    call = decorator.expression if isinstance(decorator.expression, Call) else None
    target = call.function if call else decorator.expression
    if not isinstance(target, Name):
        return UNKNOWN_SHAPE, ""
    meaning, rest = resolver.dotted(module, target.dotted, line)
    if rest or not isinstance(meaning, Code) or not isinstance(meaning.node, FunctionDef):
        return UNKNOWN_SHAPE, target.dotted
    shape = definition_shape(meaning.definition.block, meaning.node)
    return (shape.returned or UNKNOWN_SHAPE) if call else shape, target.dotted
