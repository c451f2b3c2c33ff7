"""The rule missing-extension-bundle."""

from __future__ import annotations

from collections.abc import Iterator

from pystein_lsp.model.app import App
from pystein_lsp.rules.bundles import GENERAL, brings_own_extensions
from pystein_lsp.rules.rule import AppRule, Edit, Finding, Fix, Related
from pystein_lsp.syntax.span import Span


class MissingExtensionBundle(AppRule):
    """host.json names no extension bundle, but the app needs one.

    ## What it does
    Reports a host.json without `extensionBundle` where a function uses anything but HTTP, timer and warm-up triggers. An
    app that installs extensions itself (`extensions.csproj`, `bin/`) needs none; neither does a missing or empty host.json,
    which the host fills.

    ## Why it matters
    The host knows no queue, blob, Service Bus ... by itself: those functions are in error (`The binding type(s) 'x' are not
    registered`).

    ## Example
    ```json
    {"version": "2.0"}
    ```

    ## Use instead
    ```json
    {"version": "2.0", "extensionBundle": {"id": "Microsoft.Azure.Functions.ExtensionBundle", "version": "[4.*, 5.0.0)"}}
    ```

    ## Fix safety
    Adding the bundle is safe: it is what new apps get.

    ## Reference
    https://learn.microsoft.com/azure/azure-functions/extension-bundles
    """

    name = "missing-extension-bundle"
    severity = "error"
    effect = "function"

    def check(self, app: App) -> Iterator[Finding]:
        """One finding for the file."""
        root, file = app.host.root, app.host.file
        if root is None or file is None or file.json.problems or not root.members or brings_own_extensions(app):
            return
        if root.get("extensionBundle") is not None:
            return
        for function in app.indexed if any(use.known and use.known.bundle != "host" for use in app.uses) else ():
            for use in function.uses:
                if use.known and use.known.bundle != "host" and use.known.role != "setting" and use.known.binding_type:
                    start = Span(root.span.line, root.span.column, root.span.line, root.span.column + 1)
                    after = start._replace(column=start.end_column)
                    text = f'\n  "extensionBundle": {{\n    "id": "{GENERAL}",\n    "version": "[4.*, 5.0.0)"\n  }},'
                    fix = Fix("Add the extension bundle", safe=True, edits=(Edit(file.location(after), text),))
                    what = f"@{use.name} of {function.definition.name}"
                    message = f'host.json names no "extensionBundle", but {what} needs one: the host does not load such functions'
                    related = (Related("this decorator needs the bundle", function.location(use.name_span)),)
                    yield Finding(message, file.location(start), function.name, related, (fix,))
                    return
