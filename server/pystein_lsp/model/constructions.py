"""Where a module makes its apps and blueprints."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from pystein_lsp import catalogue as knowledge
from pystein_lsp.model.calls import Bound, Signature, bind
from pystein_lsp.model.meaning import Resolver
from pystein_lsp.model.module import Module, definitions
from pystein_lsp.model.values import fold
from pystein_lsp.syntax.document import Block
from pystein_lsp.syntax.tree import Call, Name


def constructions_of(module: Module, block: Block, resolver: Resolver) -> Iterator[Bound]:
    """The calls of a block that assign a new app or blueprint of the library to a name."""
    seen: set[int] = set()
    for definition in definitions(block):
        call = definition.by
        if not isinstance(call, Call) or not isinstance(call.function, Name) or id(call) in seen:
            continue
        seen.add(id(call))
        before = block.line + definition.line
        meaning, rest = resolver.dotted(module, call.function.dotted, before)
        class_name, extended = (None, False) if rest else resolver.app_class(meaning)
        if class_name is None or extended:
            continue
        yield bind(
            _signature(class_name),
            call,
            call.function.last_span,
            lambda value, before=before: fold(value, module, resolver, before),  # type: ignore[misc]  # mypy infers no lambda with a default
        )


@cache
def _signature(class_name: str) -> Signature:
    known = knowledge.catalogue().classes[class_name]
    return Signature(class_name.rpartition(".")[2], known.parameters, known.accepts_extra, known.removed)
