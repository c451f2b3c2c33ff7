"""The rule durable-decorator-order."""

from __future__ import annotations

from collections.abc import Iterator

from pystein_lsp.model.app import App
from pystein_lsp.model.functions import WRAPPED, Function, Use
from pystein_lsp.rules.durable import CLIENT, ENTITY, ORCHESTRATOR
from pystein_lsp.rules.rule import Finding, FunctionRule, Related

_OWN_ORDER = "azure.durable_functions."
"""Classes of the durable package, whose client decorator may stand anywhere."""


class DurableDecoratorOrder(FunctionRule):
    """Durable decorators in an order that loses what stands below.

    ## What it does
    Reports what stands below `durable_client_input` or a durable trigger of a `FunctionApp` or `Blueprint`, and anything
    below an orchestration or entity trigger of a `DFApp`.

    ## Why it matters
    These decorators build the function anew: the trigger, the bindings and the name that were set before are gone. A
    function without its trigger, or with a parameter that nothing fills, takes the *whole app* with it; on a `DFApp`
    importing the file fails.

    ## Example
    ```python
    @app.durable_client_input(client_name="client")
    @app.route(route="start")
    async def start(req: func.HttpRequest, client) -> func.HttpResponse: ...
    ```

    ## Use instead
    ```python
    @app.route(route="start")
    @app.durable_client_input(client_name="client")
    async def start(req: func.HttpRequest, client) -> func.HttpResponse: ...
    ```

    ## Fix safety
    There is no fix: the decorators have to change places.

    ## Reference
    https://learn.microsoft.com/azure/azure-functions/durable/durable-functions-bindings
    """

    name = "durable-decorator-order"
    severity = "error"
    effect = "app"
    late = True
    wants = frozenset({"orchestrationTrigger", "entityTrigger", "activityTrigger", "durableClient"})

    def check(self, function: Function, app: App) -> Iterator[Finding]:
        """One finding for each decorator that is undone, and one for what makes importing fail."""
        for index, use in enumerate(function.uses):
            kind = use.known.binding_type if use.known else None
            below = function.uses[index + 1 :]
            if kind in (ORCHESTRATOR, ENTITY) and below and use.container.class_name.startswith(_OWN_ORDER):
                found = _finding(function, use, below[0], "importing the file fails and the whole app is lost")
                yield found._replace(late=False)
                return
        undone = function.uses[len(function.lasting) :]
        for lost in undone:
            yield _undone(function, function.lasting[-1], lost)


def _undone(function: Function, use: Use, lost: Use) -> Finding:
    """A durable decorator of azure-functions itself makes the function anew from what stands right above `def`."""
    kind = use.known.binding_type if use.known else None
    role = lost.known.role if lost.known else None
    if kind == CLIENT and role == "trigger":
        return _finding(function, use, lost, "the trigger is lost, and with it the whole app")
    named = [lost.text(each.name) for each in lost.known.parameters if each.kind == "arg_name"] if lost.known else []
    named += [name for key, name, _ in lost.known.default_names if lost.value(key) is None] if lost.known else []
    kept = {binding.name for binding in function.bindings}
    free = [each.name for each in function.definition.parameters if each.name not in kept]
    parameter = next((name for name in free if name in named), None)
    if parameter and kind not in WRAPPED:
        return _finding(
            function, use, lost, f"nothing fills the parameter '{parameter}', and the worker refuses the app"
        )
    what = "the name is lost" if lost.name == "function_name" else f"@{lost.name} is lost"
    return _finding(function, use, lost, what)._replace(severity="warning", effect="none")


def _finding(function: Function, use: Use, lost: Use, what: str) -> Finding:
    message = f"@{use.name} stands above @{lost.name} and builds the function anew: {what}; put it below"
    related = (Related(f"@{lost.name} is here", function.location(lost.name_span)),)
    return Finding(message, function.location(use.name_span), function.name, related)
