"""Durable functions: what the rules about them share."""

from __future__ import annotations

from collections.abc import Iterator

from pystein_lsp.model.app import App
from pystein_lsp.model.body import Body, BodyCall, read_body
from pystein_lsp.model.functions import Function
from pystein_lsp.syntax.tree import Expression, Literal

ORCHESTRATOR = "orchestrationTrigger"
ENTITY = "entityTrigger"
ACTIVITY = "activityTrigger"
CLIENT = "durableClient"

TASKS = frozenset(
    {
        "call_activity", "call_activity_with_retry", "call_sub_orchestrator", "call_sub_orchestrator_with_retry", "call_entity",
        "call_http", "create_timer", "wait_for_external_event", "task_all", "task_any",
    }
)  # fmt: skip
"""Methods of the context that give a task, which does nothing until it is yielded (azure-functions-durable 1.7)."""

CALLED = {
    "call_activity": ACTIVITY,
    "call_activity_with_retry": ACTIVITY,
    "call_sub_orchestrator": ORCHESTRATOR,
    "call_sub_orchestrator_with_retry": ORCHESTRATOR,
}
"""Methods of the context whose first argument names a function, and what that has to be."""


def trigger_type(function: Function) -> str | None:
    """The type of a function's trigger."""
    return function.trigger.type if function.trigger else None


def orchestrator_body(function: Function) -> tuple[Body, str] | None:
    """An orchestrator's body and the name of its context; None for any other function, or where it cannot be read."""
    if trigger_type(function) != ORCHESTRATOR or not function.definition.parameters:
        return None
    body = read_body(function.block, function.definition)
    return (body, function.definition.parameters[0].name) if body else None


def context_calls(body: Body, context: str) -> Iterator[tuple[str, BodyCall]]:
    """The calls of methods of the context, by method."""
    for call in body.calls:
        owner, _, method = call.callee.rpartition(".")
        if owner == context:
            yield method, call


def argument(call: BodyCall, position: int, name: str) -> Expression | None:
    """An argument of a call by position or name."""
    positional = [each.value for each in call.call.arguments if each.name is None and not each.stars]
    named = next((each.value for each in call.call.arguments if each.name == name), None)
    return named or (positional[position] if position < len(positional) else None)


def names_of(app: App, kind: str) -> dict[str, Function] | None:
    """The app's functions of a kind by name in lower case; None where one of the names is not known."""
    found: dict[str, Function] = {}
    for function in app.indexed:
        if trigger_type(function) is None and not function.sure:
            return None
        if trigger_type(function) == kind:
            name = function.name
            if name is None:
                return None
            found[name.lower()] = function
    return found


def written_name(expression: Expression | None) -> str | None:
    """The name that an argument spells out."""
    return expression.value if isinstance(expression, Literal) and isinstance(expression.value, str) else None
