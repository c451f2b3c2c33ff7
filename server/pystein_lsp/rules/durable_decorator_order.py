"""The rule durable-decorator-order."""

from __future__ import annotations

from collections.abc import Iterator

from pystein_lsp.model.app import App
from pystein_lsp.model.functions import Function, Use
from pystein_lsp.rules.durable import CLIENT, ENTITY, ORCHESTRATOR
from pystein_lsp.rules.rule import Finding, FunctionRule, Related

_OWN_ORDER = "azure.durable_functions."
"""Classes of the durable package, whose client decorator may stand anywhere."""


class DurableDecoratorOrder(FunctionRule):
    """Durable decorators in an order that loses what stands below.

    ## What it does
    Reports `durable_client_input` of a `FunctionApp` or `Blueprint` above the trigger, and an orchestration or entity
    trigger above `function_name`.

    ## Why it matters
    These decorators build the function anew: the trigger or the name that was set before is gone. Without its trigger one
    function takes the *whole app* with it; `DFApp` raises AttributeError for the name.

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

    def check(self, function: Function, app: App) -> Iterator[Finding]:
        """One finding for each decorator that stands too high."""
        for index, use in enumerate(function.uses):
            kind = use.known.binding_type if use.known else None
            below = function.uses[index + 1 :]
            own = use.container.class_name.startswith(_OWN_ORDER)
            if kind == CLIENT and not own:
                lost = next((each for each in below if each.known and each.known.role == "trigger"), None)
                if lost:
                    yield _finding(function, use, lost, "the trigger is lost, and with it the whole app")
            elif kind in (ORCHESTRATOR, ENTITY):
                lost = next((each for each in below if each.name == "function_name"), None)
                if lost and own:
                    yield _finding(function, use, lost, "importing the file fails and the whole app is lost")
                elif lost:
                    found = _finding(function, use, lost, "the name is lost")
                    yield found._replace(severity="warning", effect="none")


def _finding(function: Function, use: Use, lost: Use, what: str) -> Finding:
    message = f"@{use.name} stands above @{lost.name} and builds the function anew: {what}; put it below"
    related = (Related(f"@{lost.name} is here", function.location(lost.name_span)),)
    return Finding(message, function.location(use.name_span), function.name, related)
