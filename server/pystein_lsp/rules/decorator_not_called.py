"""The rule decorator-not-called."""

from __future__ import annotations

from collections.abc import Iterator

from pystein_lsp.model.app import App
from pystein_lsp.model.functions import Function
from pystein_lsp.rules.rule import Edit, Finding, Fix, FunctionRule


class DecoratorNotCalled(FunctionRule):
    """A decorator without parentheses.

    ## What it does
    Reports `@app.route` where `@app.route()` is needed.

    ## Why it matters
    Every decorator of the model is a method that *returns* the decorator. Without the call, the method takes the function
    for its first argument and nothing is registered: the function is lost without a message, or, where other decorators
    stand above it, the whole app is.

    ## Example
    ```python
    @app.route
    def hello(req: func.HttpRequest) -> str: ...
    ```

    ## Use instead
    ```python
    @app.route()
    def hello(req: func.HttpRequest) -> str: ...
    ```

    ## Fix safety
    Adding the parentheses is safe where no argument is required.

    ## Reference
    https://learn.microsoft.com/azure/azure-functions/functions-reference-python
    """

    name = "decorator-not-called"
    severity = "error"
    effect = "function"

    def check(self, function: Function, app: App) -> Iterator[Finding]:
        """One finding for each decorator that is not called."""
        for index, use in enumerate(function.uses):
            if use.bound is not None or use.known is None or function.block.problem:
                continue
            required = any(parameter.required for parameter in use.known.parameters)
            fixes: tuple[Fix, ...] = ()
            if not required:
                end = use.name_span._replace(line=use.name_span.end_line, column=use.name_span.end_column)
                fixes = (Fix("Add parentheses", safe=True, edits=(Edit(function.location(end), "()"),)),)
            fatal = required or index > 0 or len(function.uses) > 1
            lost = (
                "the whole app is lost" if fatal else f"{function.definition.name} is not registered, without a message"
            )
            message = f"@{use.name} is not called: {lost}; write @{function.container.variable}.{use.name}(...)"
            yield Finding(
                message,
                function.location(use.name_span),
                function.name,
                fixes=fixes,
                effect="app" if fatal else "function",
            )
