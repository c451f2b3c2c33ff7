"""The rule durable-sync-client."""

from __future__ import annotations

from collections.abc import Iterator

from pystein_lsp.model.app import App
from pystein_lsp.model.functions import Function
from pystein_lsp.rules.durable import CLIENT
from pystein_lsp.rules.rule import Edit, Finding, Fix, FunctionRule
from pystein_lsp.syntax.span import Span


class DurableSyncClient(FunctionRule):
    """A function with a durable client that is not `async def`.

    ## What it does
    Reports plain functions with `durable_client_input`.

    ## Why it matters
    The durable package awaits the function; a plain one gives nothing to await, and every call fails. The client's methods
    are coroutines besides.

    ## Example
    ```python
    @app.route(route="start")
    @app.durable_client_input(client_name="client")
    def start(req: func.HttpRequest, client) -> func.HttpResponse: ...
    ```

    ## Use instead
    ```python
    @app.route(route="start")
    @app.durable_client_input(client_name="client")
    async def start(req: func.HttpRequest, client) -> func.HttpResponse: ...
    ```

    ## Fix safety
    Writing `async def` is unsafe: calls of the client need `await`, too.

    ## Reference
    https://learn.microsoft.com/azure/azure-functions/durable/durable-functions-bindings
    """

    name = "durable-sync-client"
    severity = "warning"
    wants = frozenset({"durableClient"})

    def check(self, function: Function, app: App) -> Iterator[Finding]:
        """One finding for the function."""
        client = next((each for each in function.bindings if each.type == CLIENT), None)
        if client and not function.definition.is_async and not function.others and function.definition.complete:
            message = (
                f"{function.definition.name} has a durable client and must be 'async def': as it is every call fails;"
            )
            location = function.location(function.definition.name_span)
            hint = "write 'async def', and 'await' the client's methods"
            yield Finding(f"{message} {hint}", location, function.name, fixes=_fixes(function))


def _fixes(function: Function) -> tuple[Fix, ...]:
    span = function.definition.name_span
    column = function.block.line_text(span.line).rfind("def ", 0, span.column)
    if column < 0 or function.home is not function.module:
        return ()
    edit = Edit(function.location(Span(span.line, column, span.line, column)), "async ")
    return (Fix("Make it async", safe=False, edits=(edit,)),)
