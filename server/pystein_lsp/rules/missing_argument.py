"""The rule missing-argument."""

from __future__ import annotations

from collections.abc import Iterator

from pystein_lsp.model.app import App
from pystein_lsp.model.calls import Bound
from pystein_lsp.model.functions import Function
from pystein_lsp.rules.rule import CallRule, Finding
from pystein_lsp.syntax.document import Block
from pystein_lsp.syntax.span import Location


class MissingArgument(CallRule):
    """A decorator lacks an argument that it must have.

    ## What it does
    Reports calls of decorators and of app classes without their required arguments. It is silent where `*args` or
    `**kwargs` may bring them.

    ## Why it matters
    Python raises TypeError while the worker imports the file, and *no* function of the app is loaded.

    ## Example
    ```python
    @app.queue_trigger(arg_name="msg", queue_name="orders")
    def take(msg: func.QueueMessage): ...
    ```

    ## Use instead
    ```python
    @app.queue_trigger(arg_name="msg", queue_name="orders", connection="AzureWebJobsStorage")
    def take(msg: func.QueueMessage): ...
    ```

    ## Fix safety
    There is no fix: only you know the value.

    ## Reference
    https://learn.microsoft.com/azure/azure-functions/functions-triggers-bindings
    """

    name = "missing-argument"
    severity = "error"
    effect = "app"
    wants = frozenset({"required"})

    def check(self, bound: Bound, block: Block, function: Function | None, app: App) -> Iterator[Finding]:
        """One finding for all missing arguments of a call."""
        signature = bound.signature
        if not bound.complete:
            return
        missing = [each for each in signature.parameters if each.required and each.name not in bound.arguments]
        renamed = {gone.replaced_by[0] for gone in map(signature.gone, _names(bound)) if gone and gone.replaced_by}
        missing = [each for each in missing if each.name not in renamed]  # reported with the old name
        if not missing:
            return
        listed = " and ".join(f"'{each.name}'" for each in missing)
        message = f"{signature.name} needs {listed}: importing the file fails and the whole app is lost; add "
        message += ", ".join(f"{each.name}=..." for each in missing)
        yield Finding(message, Location(block, bound.name_span), function.name if function else None)


def _names(bound: Bound) -> list[str]:
    return [argument.name for argument in bound.extra if argument.name]
