"""The rule invalid-blob-path."""

from __future__ import annotations

from collections.abc import Iterator

from pystein_lsp.model.app import App
from pystein_lsp.model.functions import Function, Use
from pystein_lsp.model.types import Unsure
from pystein_lsp.rules.annotated import type_of
from pystein_lsp.rules.rule import Finding, FunctionRule
from pystein_lsp.rules.storage_names import resolved


class InvalidBlobPath(FunctionRule):
    """A blob path that the host cannot use.

    ## What it does
    Reports paths of inputs and outputs that are not `container/blob`, paths of triggers without a container or with an
    expression in it, and blob names that the service does not take.

    ## Why it matters
    The host puts the function into error: it is never run.

    ## Example
    ```python
    @app.route(route="report")
    @app.blob_input(arg_name="report", path="reports", connection="AzureWebJobsStorage")
    def report(req: func.HttpRequest, report: str) -> str: ...
    ```

    ## Use instead
    ```python
    @app.route(route="report")
    @app.blob_input(arg_name="report", path="reports/latest.txt", connection="AzureWebJobsStorage")
    def report(req: func.HttpRequest, report: str) -> str: ...
    ```

    ## Fix safety
    There is no fix.

    ## Reference
    https://learn.microsoft.com/azure/azure-functions/functions-bindings-storage-blob
    """

    name = "invalid-blob-path"
    severity = "error"
    effect = "function"
    wants = frozenset({"blob_path"})

    def check(self, function: Function, app: App) -> Iterator[Finding]:
        """One finding for each path."""
        for use, _, literal, text in function.texts_of("blob_path"):
            path = resolved(text, app)
            problem = _problem(path, use, whole=_takes_containers(function, use, app)) if path is not None else None
            if problem:
                message = f"{problem}: the host does not load {function.definition.name}"
                yield Finding(message, function.location(literal.span), function.name)


def _takes_containers(function: Function, use: Use, app: App) -> bool:
    """Whether the parameter may be a client of azurefunctions-extensions-bindings-blob, which reaches a whole container."""
    names = {binding.name for binding in function.bindings if binding.use is use}
    annotations = [each.annotation for each in function.definition.parameters if each.name in names and each.annotation]
    return any(isinstance(type_of(function, each, app), Unsure) for each in annotations)


def _problem(path: str, use: Use, *, whole: bool) -> str | None:
    container, slash, blob = path.partition("/")
    is_trigger = bool(use.known and use.known.role == "trigger")
    if not container:
        return "the path has no container: it is container/blob"
    if is_trigger and "{" in container:
        return "the container of a trigger cannot hold an expression"
    if not blob and (slash or not (is_trigger or whole)):
        return "the path names no blob: it is container/blob"
    if len(blob) > 1024:
        return f"a blob name has 1,024 characters at most, this one {len(blob)}"
    if blob.endswith((".", "/")):
        return "a blob name may not end with '.' or '/'"
    if "\\" in blob:
        return "a blob name may not hold a backslash"
    return None
