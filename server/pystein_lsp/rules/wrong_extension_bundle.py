"""The rule wrong-extension-bundle."""

from __future__ import annotations

from collections.abc import Iterator

from pystein_lsp.catalogue.types import Decorator
from pystein_lsp.model.app import App
from pystein_lsp.rules.bundles import GENERAL, Bundle, bundle_of
from pystein_lsp.rules.rule import AppRule, Finding, Related

_ONLY_FOUR = ("sql", "mysql", "dapr", "mcp", "redis")
"""Beginnings of binding types that bundle 3.x does not hold."""


class WrongExtensionBundle(AppRule):
    """The extension bundle does not hold what a decorator needs.

    ## What it does
    Reports decorators whose binding is not in the bundle that host.json names: OpenAI bindings need the Preview bundle;
    SQL, MySQL, Dapr and MCP need version 4; today's `cosmos_db_*` decorators need version 4, the `*_v3` ones version 3.

    ## Why it matters
    The host does not know the binding type, or cannot make sense of its properties (`Can't figure out which ctor to call`):
    the function is in error.

    ## Example
    ```python
    @app.route(route="ask")
    @app.text_completion_input(arg_name="answer", prompt="{Query.question}")
    def ask(req: func.HttpRequest, answer: str) -> str: ...
    ```

    ## Use instead
    The Preview bundle in host.json.
    ```json
    {"version": "2.0", "extensionBundle": {"id": "Microsoft.Azure.Functions.ExtensionBundle.Preview", "version": "[4.*, 5.0.0)"}}
    ```

    ## Fix safety
    There is no fix: another bundle may lack what other functions need.

    ## Reference
    https://learn.microsoft.com/azure/azure-functions/extension-bundles
    """

    name = "wrong-extension-bundle"
    severity = "error"
    effect = "function"

    def check(self, app: App) -> Iterator[Finding]:
        """One finding for each decorator."""
        bundle = bundle_of(app)
        if bundle is None or not bundle.id.lower().startswith(GENERAL.lower()):
            return
        if not any(use.known and _problem(use.known, bundle) for use in app.uses):
            return
        for function in app.indexed:
            for use in function.uses:
                problem = _problem(use.known, bundle) if use.known and use.bound else None
                if problem:
                    related = (Related("the bundle is named here", bundle.location()),)
                    location = function.location(use.name_span)
                    message = f"@{use.name} {problem}: the host does not load {function.definition.name}"
                    yield Finding(message, location, function.name, related)


def _problem(known: Decorator, bundle: Bundle) -> str | None:
    if known.bundle == "preview" and bundle.id.lower() == GENERAL.lower():
        return "needs the bundle Microsoft.Azure.Functions.ExtensionBundle.Preview"
    if bundle.major is None or known.binding_type is None:
        return None
    if known.bundle == "v3" and bundle.major >= 4:
        return f"needs extension bundle 3.x, and host.json names {bundle.major}.x; use {known.name.removesuffix('_v3')}"
    newer = known.binding_type.lower().startswith(_ONLY_FOUR)
    is_cosmos = known.binding_type.lower().startswith("cosmosdb") and known.bundle == "ga"
    if bundle.major == 3 and (newer or is_cosmos):
        return "needs extension bundle 4.x, and host.json names 3.x" + (f"; use {known.name}_v3" if is_cosmos else "")
    return None
