"""The rule mixed-containers."""

from __future__ import annotations

from collections.abc import Iterator

from pystein_lsp.model.app import App, Declared
from pystein_lsp.model.functions import Function
from pystein_lsp.model.meaning import Container
from pystein_lsp.rules.rule import AppRule, Edit, Effect, Finding, Fix, Related
from pystein_lsp.syntax.span import Span


class MixedContainers(AppRule):
    """Decorators of two containers on one function.

    ## What it does
    Reports a decorator of another app or blueprint than the one whose decorator is next to the function.

    ## Why it matters
    Each container keeps a list of what it decorated and takes the *last* entry for granted: the second container changes
    whatever function it decorated before, or raises IndexError, and the whole app is lost.

    ## Example
    ```python
    bp = func.Blueprint()

    @bp.queue_output(arg_name="out", queue_name="orders", connection="AzureWebJobsStorage")
    @app.route(route="orders")
    def orders(req: func.HttpRequest, out: func.Out[str]) -> str: ...
    ```

    ## Use instead
    ```python
    @app.queue_output(arg_name="out", queue_name="orders", connection="AzureWebJobsStorage")
    @app.route(route="orders")
    def orders(req: func.HttpRequest, out: func.Out[str]) -> str: ...
    ```

    ## Fix safety
    Taking the container of the decorator below is unsafe: the other may have been meant.

    ## Reference
    https://learn.microsoft.com/azure/azure-functions/functions-reference-python#blueprints
    """

    name = "mixed-containers"
    severity = "error"
    effect = "app"

    def check(self, app: App) -> Iterator[Finding]:
        """One finding for each decorator of another container."""
        if not any(len(each.uses) > 1 and _is_mixed(each) for module in app.modules for each in app.declared(module)):
            return
        used: dict[Container, set[str]] = {}
        for module in app.modules:
            for function in app.functions(module):
                used.setdefault(function.container, set()).add(module.path)
        for module in app.modules:
            filled = {container for container, paths in used.items() if paths - {module.path}}
            for function in app.functions(module):
                yield from _mixed(function, filled)
                filled.add(function.container)


def _is_mixed(declared: Declared) -> bool:
    """Whether functions of a block may have decorators of two containers, to go by identity: comparing them takes long."""
    return len({container for container, _ in declared.uses}) > 1


def _mixed(function: Function, filled: set[Container]) -> Iterator[Finding]:
    lowest = function.uses[-1]
    for use in function.uses[:-1]:
        if use.container == lowest.container or use.container.is_module or lowest.container.is_module:
            continue
        wrong, right = use.container.variable, lowest.container.variable
        start = use.decorator.expression.span
        owner = Span(start.line, start.column, use.name_span.line, use.name_span.column - 1)
        what = "the library loses the whole app"
        effect: Effect = "app"
        if use.container in filled and use.known and (use.known.role != "trigger" or use.rebuilds):
            what, effect = f"it changes the function that was added to '{wrong}' before", "function"
        message = f"'{wrong}' decorates a function that '{right}' has decorated already: {what};"
        related = (Related(f"the decorator of '{right}' is here", function.location(lowest.name_span)),)
        fix = Fix(f"Use {right}", safe=False, edits=(Edit(function.location(owner), right),))
        yield Finding(
            f"{message} use one container for all decorators of a function",
            function.location(owner),
            function.name,
            related,
            (fix,),
            effect=effect,
        )
