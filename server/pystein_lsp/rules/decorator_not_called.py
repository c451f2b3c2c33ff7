"""The rule decorator-not-called."""

from __future__ import annotations

from collections.abc import Iterator

from pystein_lsp.model.app import App
from pystein_lsp.model.functions import Function
from pystein_lsp.rules.rule import Edit, Effect, Finding, Fix, FunctionRule


class DecoratorNotCalled(FunctionRule):
    """A decorator without parentheses.

    ## What it does
    Reports `@app.route` where `@app.route()` is needed.

    ## Why it matters
    Every decorator of the model is a method that *returns* the decorator. Without the call, the method takes the function
    for its first argument and nothing is registered: the function is lost without a message, or, where other decorators
    stand above it, the whole app is. Above other decorators it is merely ignored, unless it is the trigger.

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
    wants = frozenset({"uncalled"})

    def check(self, function: Function, app: App) -> Iterator[Finding]:
        """One finding for each decorator that is not called."""
        for index, use in enumerate(function.uses):
            if use.bound is not None or use.known is None or function.block.problem:
                continue
            required = sum(parameter.required for parameter in use.known.parameters)
            fixes: tuple[Fix, ...] = ()
            if not required:
                end = use.name_span._replace(line=use.name_span.end_line, column=use.name_span.end_column)
                fixes = (Fix("Add parentheses", safe=True, edits=(Edit(function.location(end), "()"),)),)
            effect = _effect(function, index, required)
            message = f"@{use.name} is not called: {_LOST[effect].format(function=function.definition.name)};"
            yield Finding(
                f"{message} write @{use.container.variable}.{use.name}(...)",
                function.location(use.name_span),
                function.name,
                fixes=fixes,
                severity="warning" if effect == "none" else "error",
                effect=effect,
                late=required <= 1,
            )


_LOST: dict[Effect, str] = {
    "app": "the whole app is lost",
    "function": "{function} is not registered, without a message",
    "none": "what it says of {function} is ignored",
}


def _effect(function: Function, index: int, required: int) -> Effect:
    """What the library makes of a decorator that is not called.

    The method takes what stands below it for its first argument and returns a decorator, which those above then decorate in
    the place of the function.
    """
    above = any(use.bound for use in function.uses[:index])
    below = any(use.bound for use in function.uses[index + 1 :])
    known = function.uses[index].known
    if required > 1 or above or (below and known is not None and known.role == "trigger"):
        return "app"
    return "none" if below else "function"
