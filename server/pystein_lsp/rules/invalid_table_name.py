"""The rule invalid-table-name."""

from __future__ import annotations

from collections.abc import Iterator

from pystein_lsp.model.app import App
from pystein_lsp.model.functions import Function
from pystein_lsp.rules.rule import Finding, FunctionRule
from pystein_lsp.rules.storage_names import resolved, table_name_problem


class InvalidTableName(FunctionRule):
    """A storage table name that the service does not take.

    ## What it does
    Reports names that are not 3 to 63 letters and digits starting with a letter. A name with `{expression}` is left alone.

    ## Why it matters
    The host puts the function into error: it is never run.

    ## Example
    ```python
    @app.route(route="orders")
    @app.table_input(arg_name="rows", table_name="new-orders", connection="AzureWebJobsStorage")
    def orders(req: func.HttpRequest, rows: str) -> str: ...
    ```

    ## Use instead
    ```python
    @app.route(route="orders")
    @app.table_input(arg_name="rows", table_name="NewOrders", connection="AzureWebJobsStorage")
    def orders(req: func.HttpRequest, rows: str) -> str: ...
    ```

    ## Fix safety
    There is no fix: the table has to be renamed with it.

    ## Reference
    https://learn.microsoft.com/rest/api/storageservices/understanding-the-table-service-data-model
    """

    name = "invalid-table-name"
    severity = "error"
    effect = "function"
    wants = frozenset({"table"})

    def check(self, function: Function, app: App) -> Iterator[Finding]:
        """One finding for each name."""
        for _, _, literal, text in function.texts_of("table"):
            name = resolved(text, app)
            problem = table_name_problem(name) if name is not None and "{" not in name else None
            if problem:
                message = f"{problem}: the host does not load {function.definition.name}"
                yield Finding(message, function.location(literal.span), function.name)
