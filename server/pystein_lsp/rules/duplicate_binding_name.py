"""The rule duplicate-binding-name."""

from __future__ import annotations

from collections.abc import Iterator

from pystein_lsp.model.app import App
from pystein_lsp.model.functions import Binding, Function
from pystein_lsp.rules.rule import Finding, FunctionRule, Related


class DuplicateBindingName(FunctionRule):
    """Two bindings of a function have the same name.

    ## What it does
    Reports bindings whose names are equal but for case, `$return` included.

    ## Why it matters
    The host puts the function into error (`Binding names must be unique`): it is never run.

    ## Example
    ```python
    @app.route(route="orders")
    @app.queue_output(arg_name="$return", queue_name="orders", connection="AzureWebJobsStorage")
    def orders(req: func.HttpRequest) -> str: ...
    ```

    ## Use instead
    ```python
    @app.route(route="orders")
    @app.queue_output(arg_name="out", queue_name="orders", connection="AzureWebJobsStorage")
    def orders(req: func.HttpRequest, out: func.Out[str]) -> str: ...
    ```

    ## Fix safety
    There is no fix: which of the two gets another name is your decision.

    ## Reference
    https://learn.microsoft.com/azure/azure-functions/functions-triggers-bindings
    """

    name = "duplicate-binding-name"
    severity = "error"
    effect = "function"

    def check(self, function: Function, app: App) -> Iterator[Finding]:
        """One finding for each binding but the first of a name, in the order in which decorators run."""
        if len({binding.use.container for binding in function.bindings}) > 1:
            return
        first: dict[str, Binding] = {}
        for binding in reversed(function.bindings):
            if binding.name is None:
                continue
            earlier = first.setdefault(binding.name.lower(), binding)
            if earlier is not binding:
                message = f"the binding name '{binding.name}' is taken by @{earlier.use.name}: the host does not load the function;"
                related = (Related("the other one is here", function.location(earlier.span)),)
                location = function.location(binding.span)
                yield Finding(f"{message} give this one another name", location, function.name, related)
