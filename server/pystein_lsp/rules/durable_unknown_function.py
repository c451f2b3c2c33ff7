"""The rule durable-unknown-function."""

from __future__ import annotations

from collections.abc import Iterator

from pystein_lsp.model.app import App
from pystein_lsp.model.body import BodyCall, read_body
from pystein_lsp.model.functions import Function
from pystein_lsp.rules.durable import (
    CALLED,
    CLIENT,
    ORCHESTRATOR,
    argument,
    context_calls,
    names_of,
    orchestrator_body,
    written_name,
)
from pystein_lsp.rules.rule import AppRule, Edit, Finding, Fix, Related
from pystein_lsp.rules.suggest import closest
from pystein_lsp.syntax.literals import quoted

_CALLERS = (ORCHESTRATOR, CLIENT, None)
"""Types of bindings of functions that may call others by name; None where the type is an argument."""
_WORDS = {"activityTrigger": "activity", "orchestrationTrigger": "orchestrator"}


class DurableUnknownFunction(AppRule):
    """A durable function is called by a name that the app does not have.

    ## What it does
    Looks the names in `call_activity("...")`, `call_sub_orchestrator("...")` and `start_new("...")` up among the functions
    of the app, without regard to case. A name that is near one of them is a warning; any other is an information, because
    another app may serve the same task hub.

    ## Why it matters
    The orchestration fails when it comes to the call (`The function 'X' doesn't exist`).

    ## Example
    ```python
    @app.orchestration_trigger(context_name="context")
    def flow(context):
        yield context.call_activity("say_helo", "Tokyo")

    @app.activity_trigger(input_name="city")
    def say_hello(city: str) -> str: ...
    ```

    ## Use instead
    ```python
    @app.orchestration_trigger(context_name="context")
    def flow(context):
        yield context.call_activity("say_hello", "Tokyo")

    @app.activity_trigger(input_name="city")
    def say_hello(city: str) -> str: ...
    ```

    ## Fix safety
    A suggested name is unsafe: it is a guess.

    ## Reference
    https://learn.microsoft.com/azure/azure-functions/durable/durable-functions-bindings
    """

    name = "durable-unknown-function"
    severity = "warning"
    reads = "bodies"

    def check(self, app: App) -> Iterator[Finding]:
        """One finding for each name."""
        if not any(use.known is None or use.known.binding_type in _CALLERS for use in app.uses):
            return
        if not app.imports_known or not app.registrations.complete:
            return
        known: dict[str, dict[str, Function] | None] = {}
        for function in app.indexed:
            for kind, call in _calls(function):
                if kind not in known:
                    known[kind] = names_of(app, kind)
                names = known[kind]
                expression = argument(call, 0, "name")
                name = written_name(expression)
                if names is None or not name or expression is None or name.lower() in names:
                    continue
                yield _finding(function, kind, name, names, call)


def _calls(function: Function) -> Iterator[tuple[str, BodyCall]]:
    """The calls of a function that name a durable function, with the kind of it."""
    if found := orchestrator_body(function):
        for method, call in context_calls(*found):
            if method in CALLED:
                yield CALLED[method], call
    client = next((binding.name for binding in function.bindings if binding.role == "client"), None)
    body = read_body(function.block, function.definition) if client else None
    for call in body.calls if body else ():
        if call.callee == f"{client}.start_new":
            yield ORCHESTRATOR, call


def _finding(function: Function, kind: str, name: str, names: dict[str, Function], call: BodyCall) -> Finding:
    word = _WORDS[kind]
    expression = argument(call, 0, "name")
    span = expression.span if expression else call.call.span
    meant = closest(name, [each.name or "" for each in names.values()])
    location = function.location(span)
    if meant:
        other = names[meant.lower()]
        fix = Fix(f"Change to {meant}", safe=False, edits=(Edit(location, quoted(function.block, span, meant)),))
        related = (Related(f"'{meant}' is defined here", other.location(other.definition.name_span)),)
        message = f"the app has no {word} '{name}', so this call fails; did you mean '{meant}'?"
        return Finding(message, location, function.name, related, (fix,))
    message = f"the app has no {word} '{name}': this call fails unless another app of the same task hub has it"
    return Finding(message, location, function.name, severity="information")
