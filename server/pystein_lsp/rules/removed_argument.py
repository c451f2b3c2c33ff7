"""The rule removed-argument."""

from __future__ import annotations

from collections.abc import Iterator

from pystein_lsp.model.app import App
from pystein_lsp.model.calls import Bound
from pystein_lsp.model.functions import Function
from pystein_lsp.rules.rule import CallRule, Edit, Finding, Fix
from pystein_lsp.syntax.document import Block
from pystein_lsp.syntax.span import Location


class RemovedArgument(CallRule):
    """An argument of an older release that no longer exists.

    ## What it does
    Reports parameters that decorators or app classes once had: `auth_level` of `FunctionApp`, the Cosmos DB names of
    extension 3 (`collection_name`, `connection_string_setting`) on today's `cosmos_db_*` decorators, and the like.

    ## Why it matters
    A decorator that takes any keyword swallows the old name and then lacks the new one; one that does not raises
    TypeError. Either way the worker cannot import the file or the function does not work.

    ## Example
    ```python
    app = func.FunctionApp(auth_level=func.AuthLevel.ANONYMOUS)
    ```

    ## Use instead
    ```python
    app = func.FunctionApp(http_auth_level=func.AuthLevel.ANONYMOUS)
    ```

    ## Fix safety
    Taking the new name is safe: the value means the same.

    ## Reference
    https://learn.microsoft.com/azure/azure-functions/functions-bindings-cosmosdb-v2
    """

    name = "removed-argument"
    severity = "error"
    effect = "app"
    wants = frozenset({"extra"})

    def check(self, bound: Bound, block: Block, function: Function | None, app: App) -> Iterator[Finding]:
        """One finding for each removed name that is given."""
        signature = bound.signature
        required = {each.name for each in signature.parameters if each.required}
        for argument in bound.extra:
            gone = signature.gone(argument.name) if argument.name else None
            if gone is None:
                continue
            location = Location(block, argument.name_span or argument.span)
            new = next(iter(gone.replaced_by), None)
            fatal = not signature.accepts_extra or (new in required and new not in bound.arguments)
            why = "importing the file fails and the whole app is lost" if fatal else "it is ignored"
            hint = f"; it is called '{new}' now" if new else f"; {gone.note}" if gone.note else "; leave it out"
            fixes: tuple[Fix, ...] = ()
            if new and argument.name_span and new not in bound.arguments:
                fixes = (Fix(f"Change to {new}", safe=True, edits=(Edit(location, new),)),)
            yield Finding(
                f"{signature.name} has no '{argument.name}' any more: {why}{hint}",
                location,
                function.name if function else None,
                fixes=fixes,
                severity="error" if fatal else "warning",
                effect="app" if fatal else "none",
            )
