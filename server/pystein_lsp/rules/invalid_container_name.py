"""The rule invalid-container-name."""

from __future__ import annotations

from collections.abc import Iterator

from pystein_lsp.model.app import App
from pystein_lsp.model.functions import Function
from pystein_lsp.rules.rule import Finding, FunctionRule
from pystein_lsp.rules.storage_names import container_name_problem, resolved
from pystein_lsp.syntax.literals import part_of


class InvalidContainerName(FunctionRule):
    """A blob container name that the service does not take.

    ## What it does
    Reports paths whose first part is not 3 to 63 lower-case letters, digits and single dashes (or `$root`, `$web`). A
    container with `{expression}` is left alone.

    ## Why it matters
    The host puts the function into error, or every call fails.

    ## Example
    ```python
    @app.blob_trigger(arg_name="blob", path="Uploads/{name}", connection="AzureWebJobsStorage")
    def uploaded(blob: func.InputStream): ...
    ```

    ## Use instead
    ```python
    @app.blob_trigger(arg_name="blob", path="uploads/{name}", connection="AzureWebJobsStorage")
    def uploaded(blob: func.InputStream): ...
    ```

    ## Fix safety
    There is no fix: the container has to be renamed with it.

    ## Reference
    https://learn.microsoft.com/rest/api/storageservices/naming-and-referencing-containers--blobs--and-metadata
    """

    name = "invalid-container-name"
    severity = "error"
    effect = "function"
    wants = frozenset({"blob_path"})

    def check(self, function: Function, app: App) -> Iterator[Finding]:
        """One finding for each path."""
        for _, _, literal, text in function.texts_of("blob_path"):
            path = resolved(text, app)
            if not path:
                continue
            container = path.lstrip("/").partition("/")[0]
            if not container or "{" in container:
                continue
            if problem := container_name_problem(container):
                offset = text.find(container) if path == text else 0
                length = len(container) if path == text else len(text)
                span = part_of(function.block, literal.span, text, offset, length)
                message = f"{problem}: '{container}' cannot be; the host does not load {function.definition.name}"
                yield Finding(message, function.location(span), function.name)
