"""Where a function names other functions: durable calls, and arguments that say which activity or orchestrator is meant."""

from __future__ import annotations

from collections.abc import Iterator

from pystein_lsp.model.body import BodyCall, read_body
from pystein_lsp.model.functions import Function
from pystein_lsp.rules.durable import CALLED, argument, orchestrator_body, written_name
from pystein_lsp.syntax.literals import part_of
from pystein_lsp.syntax.span import Span
from pystein_lsp.syntax.tree import Expression

_KINDS = ("activity_name", "orchestrator_name", "entity_name", "function_name")


def named_functions(function: Function) -> Iterator[tuple[str, Span]]:
    """Names of functions with their places in the block, without quotes."""
    for name, span in _called(function):
        yield name, part_of(function.block, span, name, 0, len(name))
    for use in function.uses:
        for parameter in use.known.parameters if use.known else ():
            value = use.value(parameter.name) if parameter.kind in _KINDS else None
            text = use.text(parameter.name) if value else None
            if value and text:
                yield text, part_of(function.block, value.span, text, 0, len(text))


def _called(function: Function) -> Iterator[tuple[str, Span]]:
    orchestrator = orchestrator_body(function)
    client = next((binding.name for binding in function.bindings if binding.role == "client"), None)
    if orchestrator:
        body, context = orchestrator
    elif client and (read := read_body(function.block, function.definition)):
        body, context = read, None
    else:
        return
    for call in body.calls:
        expression = _naming(call, context, client)
        name = written_name(expression)
        if expression and name:
            yield name, expression.span


def _naming(call: BodyCall, context: str | None, client: str | None) -> Expression | None:
    """The argument of a call that names a function."""
    owner, _, method = call.callee.rpartition(".")
    if method == "EntityId" or (owner == context and method in CALLED):
        return argument(call, 0, "name")
    if client and call.callee == f"{client}.start_new":
        return argument(call, 0, "orchestration_function_name")
    return None
