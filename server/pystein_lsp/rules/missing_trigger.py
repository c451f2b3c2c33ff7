"""The rule missing-trigger."""

from __future__ import annotations

from collections.abc import Iterator

from pystein_lsp.model.app import App
from pystein_lsp.model.functions import Function
from pystein_lsp.rules.rule import Finding, FunctionRule


class MissingTrigger(FunctionRule):
    """A function without a trigger.

    ## What it does
    Reports functions that have a name, an input or an output, but nothing that starts them, and `generic_trigger` with a type
    that is no trigger's.

    ## Why it matters
    The library refuses the *whole app* (`Function X does not have a trigger`): all functions vanish.

    ## Example
    ```python
    @app.function_name(name="orders")
    @app.queue_output(arg_name="out", queue_name="orders", connection="AzureWebJobsStorage")
    def orders(out: func.Out[str]): ...
    ```

    ## Use instead
    ```python
    @app.function_name(name="orders")
    @app.route(route="orders")
    @app.queue_output(arg_name="out", queue_name="orders", connection="AzureWebJobsStorage")
    def orders(req: func.HttpRequest, out: func.Out[str]) -> str: ...
    ```

    ## Fix safety
    There is no fix: what starts the function is your decision.

    ## Reference
    https://learn.microsoft.com/azure/azure-functions/functions-triggers-bindings
    """

    name = "missing-trigger"
    severity = "error"
    effect = "app"
    late = True

    def check(self, function: Function, app: App) -> Iterator[Finding]:
        """One finding for the function."""
        unclear = any(wrapper.shape.effect == "unknown" for wrapper in function.wrappers)
        if unclear or not all(use.sure for use in function.uses):
            return
        if function.trigger:
            yield from _no_real_trigger(function)
            return
        if any(use.known and use.known.role == "trigger" for use in function.uses):
            return
        names = ", ".join(f"@{use.name}" for use in function.uses)
        message = (
            f"{function.definition.name} has no trigger, only {names}: the library refuses the whole app; add a trigger"
        )
        yield Finding(message, function.location(function.definition.name_span), function.name)


def _no_real_trigger(function: Function) -> Iterator[Finding]:
    """`generic_trigger(type="foo")`: the library takes it for a trigger, the host goes by the type."""
    types = [each.type for each in (*function.bindings, function.trigger) if each and each.direction == "in"]
    if not types or None in types or any(each and each.lower().endswith("trigger") for each in types):
        return
    what = f"'{types[0]}' is no type of a trigger: those end with 'Trigger'"
    message = f"{what}, and the host does not load {function.definition.name}"
    location = (
        function.location(function.trigger.use.name_span) if function.trigger else function.location(function.name_span)
    )
    yield Finding(message, location, function.name, effect="function")
