"""The rule invalid-local-settings."""

from __future__ import annotations

from collections.abc import Iterator

from pystein_lsp.model.app import App
from pystein_lsp.rules.rule import AppRule, Finding


class InvalidLocalSettings(AppRule):
    """local.settings.json cannot be read.

    ## What it does
    Reports a settings file that is not JSON (comments and trailing commas are tolerated, as the platform's tools do).

    ## Why it matters
    The tools say so in one warning and then start without *any* of the values: every connection is missing.

    ## Example
    ```json
    {"IsEncrypted": false, "Values": {"AzureWebJobsStorage": UseDevelopmentStorage=true}}
    ```

    ## Use instead
    ```json
    {"IsEncrypted": false, "Values": {"AzureWebJobsStorage": "UseDevelopmentStorage=true"}}
    ```

    ## Fix safety
    There is no fix.

    ## Reference
    https://learn.microsoft.com/azure/azure-functions/functions-develop-local#local-settings-file
    """

    name = "invalid-local-settings"
    severity = "warning"

    def check(self, app: App) -> Iterator[Finding]:
        """One finding for each place that is no JSON."""
        for file in app.settings.files:
            for problem in file.json.problems:
                message = f"{problem.message}; none of the settings in this file can be used"
                yield Finding(message, file.location(problem.span))
            root = file.json.root
            if root and root.kind != "object" and not file.json.problems:
                yield Finding("the settings file is no JSON object; no setting can be used", file.location(root.span))
