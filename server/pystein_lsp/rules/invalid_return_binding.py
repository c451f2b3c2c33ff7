"""The rule invalid-return-binding."""

from __future__ import annotations

from collections.abc import Iterator

from pystein_lsp.model.app import App
from pystein_lsp.model.functions import Function
from pystein_lsp.rules.rule import Finding, FunctionRule


class InvalidReturnBinding(FunctionRule):
    """An input that is called `$return`.

    ## What it does
    Reports triggers and inputs that are bound to `$return`, the name of the function's return value.

    ## Why it matters
    Only outputs can take the return value. The worker refuses the function, and with it the *whole app*: all functions
    vanish.

    ## Example
    ```python
    @app.queue_trigger(arg_name="$return", queue_name="orders", connection="AzureWebJobsStorage")
    def take(msg: func.QueueMessage): ...
    ```

    ## Use instead
    ```python
    @app.queue_trigger(arg_name="msg", queue_name="orders", connection="AzureWebJobsStorage")
    def take(msg: func.QueueMessage): ...
    ```

    ## Fix safety
    There is no fix: which parameter is meant is your decision.

    ## Reference
    https://learn.microsoft.com/azure/azure-functions/functions-reference-python
    """

    name = "invalid-return-binding"
    severity = "error"
    effect = "app"
    late = True

    def check(self, function: Function, app: App) -> Iterator[Finding]:
        """One finding for each trigger or input."""
        for binding in function.bindings:
            if binding.name == "$return" and binding.direction == "in":
                message = f"@{binding.use.name} brings a value in, but '$return' is what goes out: the worker refuses the app;"
                yield Finding(
                    f"{message} give it the name of a parameter", function.location(binding.span), function.name
                )
