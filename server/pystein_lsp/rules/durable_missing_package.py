"""The rule durable-missing-package."""

from __future__ import annotations

from collections.abc import Iterator

from pystein_lsp.model.app import App
from pystein_lsp.rules.rule import AppRule, Edit, Finding, Fix, Related
from pystein_lsp.syntax.span import Location, Span

PACKAGE = "azure-functions-durable"


class DurableMissingPackage(AppRule):
    """Durable Functions without their package.

    ## What it does
    Reports apps that import `azure.durable_functions` or use durable decorators, and whose requirements.txt does not list
    `azure-functions-durable`. It is silent where the file includes what cannot be read.

    ## Why it matters
    Once deployed, the import fails, and *no* function of the app is loaded.

    ## Example
    A requirements.txt with `azure-functions` alone beside:
    ```python
    @app.activity_trigger(input_name="name")
    def hello(name: str) -> str: ...
    ```

    ## Use instead
    ```text
    azure-functions
    azure-functions-durable
    ```

    ## Fix safety
    Adding the package is safe.

    ## Reference
    https://learn.microsoft.com/azure/azure-functions/durable/quickstart-python-vscode
    """

    name = "durable-missing-package"
    severity = "error"
    effect = "app"

    def check(self, app: App) -> Iterator[Finding]:
        """One finding for the app."""
        requirements = app.requirements
        if not requirements.complete or requirements.lists(PACKAGE) or not requirements.found:
            return
        use = _first_use(app)
        if use is None:
            return
        path = requirements.found[-1].location.path
        text = app.files.text(path) or ""
        last = text.count("\n")
        end = Span(last, len(text.rsplit("\n", 1)[-1]), last, len(text.rsplit("\n", 1)[-1]))
        anchor = requirements.found[-1].location.anchor
        new = f"{PACKAGE}\n" if text.endswith("\n") or not text else f"\n{PACKAGE}\n"
        fix = Fix(f"Add {PACKAGE} to requirements.txt", safe=True, edits=(Edit(Location(anchor, end), new),))
        related = (Related("the requirements are listed here", requirements.found[0].location),)
        message = f"requirements.txt does not list {PACKAGE}: once deployed the import fails and the whole app is lost"
        yield Finding(message, use, related=related, fixes=(fix,))


def _first_use(app: App) -> Location | None:
    for _, definition, by in app.imports():
        if definition.conditional:
            continue
        if by.imported.module.startswith("azure.durable_functions") or (
            by.imported.module == "azure" and by.imported.name == "durable_functions"
        ):
            return Location(definition.block, by.imported.span)
    for function in app.indexed:
        for use in function.uses:
            if use.known and use.known.binding_type in (
                "activityTrigger",
                "orchestrationTrigger",
                "entityTrigger",
                "durableClient",
            ):
                return function.location(use.name_span)
    return None
