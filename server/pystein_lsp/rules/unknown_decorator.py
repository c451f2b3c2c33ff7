"""The rule unknown-decorator."""

from __future__ import annotations

from collections.abc import Iterator

from pystein_lsp.catalogue import catalogue
from pystein_lsp.model.app import App
from pystein_lsp.model.functions import Function, Use
from pystein_lsp.rules.rule import Edit, Finding, Fix, FunctionRule
from pystein_lsp.rules.suggest import closest
from pystein_lsp.syntax.span import Span

_SOME_APP = "azure.functions.FunctionApp"


class UnknownDecorator(FunctionRule):
    """A decorator that the app object does not have.

    ## What it does
    Reports `@app.name(...)` where the class of `app` has no such method, and `@func.name(...)`: decorators belong to an
    app or blueprint, not to the module.

    ## Why it matters
    Python raises AttributeError while the worker imports the file, and *no* function of the app is loaded.

    ## Example
    ```python
    @app.http_trigger(route="orders")
    def orders(req: func.HttpRequest) -> str: ...
    ```

    ## Use instead
    ```python
    @app.route(route="orders")
    def orders(req: func.HttpRequest) -> str: ...
    ```

    ## Fix safety
    Taking the suggested name is unsafe: its parameters may differ.

    ## Reference
    https://learn.microsoft.com/azure/azure-functions/functions-reference-python
    """

    name = "unknown-decorator"
    severity = "error"
    effect = "app"
    wants = frozenset({"unknown"})

    def check(self, function: Function, app: App) -> Iterator[Finding]:
        """One finding for each unknown name; those of the alpha have a rule of their own."""
        known = catalogue()
        for use in function.uses:
            half_typed = not use.name or (use.bound is None and function.block.problem)
            if use.known is not None or use.name in known.removed or half_typed:
                continue
            class_name = _SOME_APP if use.container.is_module else use.container.class_name
            names = {key.partition(":")[2] or key for key in known.classes[class_name].decorators}
            if use.container.is_module:
                yield _of_module(function, use, app, use.name if use.name in names else known.meant(use.name))
                continue
            meant = known.meant(use.name) or closest(use.name, names)
            short = class_name.rpartition(".")[2]
            hint = f"did you mean '{meant}'?" if meant else "see the list of triggers and bindings"
            location = function.location(use.name_span)
            fixes = (Fix(f"Change to {meant}", safe=False, edits=(Edit(location, meant),)),) if meant else ()
            message = (
                f"{short} has no decorator '{use.name}': importing the file fails and the whole app is lost; {hint}"
            )
            yield Finding(message, location, function.name, fixes=fixes)


def _of_module(function: Function, use: Use, app: App, meant: str | None) -> Finding:
    """`@func.timer_trigger(...)`: decorators belong to an app, not to the module."""
    owner = app.main_variable
    message = f"{use.container.class_name} has no '{use.name}': importing the file fails and the whole app is lost;"
    hint = f"decorators belong to an app: write @{owner or 'app'}.{meant or '...'}"
    start = use.decorator.expression.span
    place = Span(start.line, start.column, use.name_span.end_line, use.name_span.end_column)
    fixes: tuple[Fix, ...] = ()
    if owner and meant and function.module is app.entry:
        edit = Edit(function.location(place), f"{owner}.{meant}")
        fixes = (Fix(f"Change to {owner}.{meant}", safe=False, edits=(edit,)),)
    return Finding(f"{message} {hint}", function.location(use.name_span), function.name, fixes=fixes)
