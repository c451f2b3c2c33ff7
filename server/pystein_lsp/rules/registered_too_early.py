"""The rule registered-too-early."""

from __future__ import annotations

from collections.abc import Iterator

from pystein_lsp.model.app import App
from pystein_lsp.rules.loss import is_too_late
from pystein_lsp.rules.rule import AppRule, Finding, Related


class RegisteredTooEarly(AppRule):
    """A blueprint that is registered before its functions are there.

    ## What it does
    Reports functions that are added to a blueprint further down in the module that has registered it already.

    ## Why it matters
    `register_functions` takes what the blueprint holds at that moment. Functions that come later are lost without a word.

    ## Example
    ```python
    bp = func.Blueprint()
    app.register_functions(bp)

    @bp.route(route="hello")
    def hello(req: func.HttpRequest) -> str: ...
    ```

    ## Use instead
    ```python
    bp = func.Blueprint()

    @bp.route(route="hello")
    def hello(req: func.HttpRequest) -> str: ...

    app.register_functions(bp)
    ```

    ## Fix safety
    There is no fix: the call has to move behind the last function.

    ## Reference
    https://learn.microsoft.com/azure/azure-functions/functions-reference-python#blueprints
    """

    name = "registered-too-early"
    severity = "error"
    effect = "function"

    def check(self, app: App) -> Iterator[Finding]:
        """One finding for each function."""
        for function in app.indexed if app.registrations.calls else ():
            if not is_too_late(function, app):
                continue
            call = app.registrations.of(function.container)[-1]
            variable, line = function.container.variable, call.location.absolute.line + 1
            message = f"'{variable}' is registered in line {line}, before {function.definition.name} is added to it:"
            related = (Related(f"'{variable}' is registered here", call.location),)
            hint = f"the function is lost; register '{variable}' behind it"
            here = function.location(function.definition.name_span)
            yield Finding(f"{message} {hint}", here, function.name, related)
