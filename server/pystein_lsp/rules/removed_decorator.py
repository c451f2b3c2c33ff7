"""The rule removed-decorator."""

from __future__ import annotations

from collections.abc import Iterator

from pystein_lsp.catalogue import catalogue
from pystein_lsp.model.app import App
from pystein_lsp.model.functions import Function, Use
from pystein_lsp.rules.rule import Edit, Finding, Fix, FunctionRule


class RemovedDecorator(FunctionRule):
    """A decorator of the alpha release that no longer exists.

    ## What it does
    Reports decorators of azure-functions 1.10 and 1.11, such as `on_queue_change` or `write_blob`, with the name that took
    their place.

    ## Why it matters
    They were removed in 1.12 without an alias: Python raises AttributeError while the worker imports the file, and *no*
    function of the app is loaded.

    ## Example
    ```python
    @app.on_queue_change(arg_name="msg", queue_name="orders", connection="AzureWebJobsStorage")
    def take(msg: func.QueueMessage): ...
    ```

    ## Use instead
    ```python
    @app.queue_trigger(arg_name="msg", queue_name="orders", connection="AzureWebJobsStorage")
    def take(msg: func.QueueMessage): ...
    ```

    ## Fix safety
    The rewrite is safe where the parameters kept their names.

    ## Reference
    https://learn.microsoft.com/azure/azure-functions/functions-bindings-triggers-python
    """

    name = "removed-decorator"
    severity = "error"
    effect = "app"
    wants = frozenset({"unknown"})

    def check(self, function: Function, app: App) -> Iterator[Finding]:
        """One finding for each removed name."""
        for use in function.uses:
            removed = catalogue().removed.get(use.name) if use.known is None else None
            if removed is None:
                continue
            hint = " or ".join(f"'{name}'" for name in removed.replaced_by)
            message = f"'{use.name}' was removed in azure-functions {removed.removed_in}: importing the file fails"
            message += f" and the whole app is lost; use {hint}" if hint else " and the whole app is lost"
            fixes = tuple(_fix(function, use, name) for name in removed.replaced_by)
            yield Finding(message, function.location(use.name_span), function.name, fixes=fixes)


def _fix(function: Function, use: Use, name: str) -> Fix:
    known = catalogue().decorator(use.container.class_name, name)
    taken = {parameter.name for parameter in known.parameters} if known else set()
    given = [argument for argument in (use.bound.extra if use.bound else ()) if argument.name and argument.name_span]
    edits = [Edit(function.location(use.name_span), name)]
    safe = True
    for argument in given:
        if argument.name in taken or argument.name_span is None:
            continue
        gone = catalogue().removed_parameter(name, argument.name or "")
        if gone and gone.replaced_by:
            edits.append(Edit(function.location(argument.name_span), gone.replaced_by[0]))
        else:
            safe = False
    return Fix(f"Change to {name}", safe=safe, edits=tuple(edits))
