"""The rule durable-context-name."""

from __future__ import annotations

from collections.abc import Iterator

from pystein_lsp.model.app import App
from pystein_lsp.model.functions import WRAPPED, Function
from pystein_lsp.rules.rule import Edit, Finding, Fix, FunctionRule
from pystein_lsp.syntax.literals import quoted


class DurableContextName(FunctionRule):
    """An orchestrator or entity whose context is not called `context`.

    ## What it does
    Reports `context_name` other than `"context"`. What the function itself calls its parameter does not matter.

    ## Why it matters
    The durable package wraps the function in one whose parameter *is* called `context`. The worker then finds a binding
    without a parameter and refuses the *whole app*.

    ## Example
    ```python
    @app.orchestration_trigger(context_name="ctx")
    def flow(ctx): ...
    ```

    ## Use instead
    ```python
    @app.orchestration_trigger(context_name="context")
    def flow(ctx): ...
    ```

    ## Fix safety
    Changing the name is safe: nothing else refers to it.

    ## Reference
    https://learn.microsoft.com/azure/azure-functions/durable/durable-functions-bindings
    """

    name = "durable-context-name"
    severity = "error"
    effect = "app"
    late = True
    wants = frozenset({"orchestrationTrigger", "entityTrigger"})

    def check(self, function: Function, app: App) -> Iterator[Finding]:
        """One finding for the trigger."""
        for binding in function.bindings:
            if binding.type not in WRAPPED or binding.role != "trigger" or binding.name in (None, "context"):
                continue
            value = binding.use.value("context_name")
            location = function.location(binding.span)
            fixes: tuple[Fix, ...] = ()
            if value is not None:
                edit = Edit(location, quoted(function.block, binding.span, "context"))
                fixes = (Fix('Change to "context"', safe=True, edits=(edit,)),)
            message = f"context_name must be \"context\", not '{binding.name}': the worker refuses the app;"
            yield Finding(
                f"{message} the function's own parameter may have any name", location, function.name, fixes=fixes
            )
