"""The rule invalid-host-json."""

from __future__ import annotations

from collections.abc import Iterator

from pystein_lsp.model.app import App
from pystein_lsp.rules.rule import AppRule, Finding


class InvalidHostJson(AppRule):
    """host.json cannot be read.

    ## What it does
    Reports a host.json that is not a JSON object.

    ## Why it matters
    The host stops with "Unable to parse host configuration file" and runs nothing.

    ## Example
    ```json
    {"version": "2.0" "logging": {}}
    ```

    ## Use instead
    ```json
    {"version": "2.0", "logging": {}}
    ```

    ## Fix safety
    There is no fix.

    ## Reference
    https://learn.microsoft.com/azure/azure-functions/functions-host-json
    """

    name = "invalid-host-json"
    severity = "error"
    effect = "app"

    def check(self, app: App) -> Iterator[Finding]:
        """One finding for each place that is no JSON."""
        file = app.host.file
        if file is None:
            return
        for problem in file.json.problems:
            yield Finding(f"{problem.message}; the host does not start", file.location(problem.span))
        root = file.json.root
        if root and root.kind != "object" and not file.json.problems:
            yield Finding("host.json is no JSON object; the host does not start", file.location(root.span))
