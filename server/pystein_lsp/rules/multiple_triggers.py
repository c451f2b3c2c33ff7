"""The rule multiple-triggers."""

from __future__ import annotations

from collections.abc import Iterator

from pystein_lsp.model.app import App
from pystein_lsp.model.functions import Function, Use
from pystein_lsp.rules.rule import Edit, Finding, Fix, FunctionRule, Related
from pystein_lsp.syntax.span import Span


class MultipleTriggers(FunctionRule):
    """A function with more than one trigger.

    ## What it does
    Reports every trigger above the one that is next to the function.

    ## Why it matters
    The library raises `ValueError: A trigger was already registered to this function` while the worker imports the file,
    and *no* function of the app is loaded.

    ## Example
    ```python
    @app.timer_trigger(arg_name="timer", schedule="0 0 2 * * *")
    @app.route(route="report")
    def report(req: func.HttpRequest, timer: func.TimerRequest) -> str: ...
    ```

    ## Use instead
    Two functions that call the same code.
    ```python
    @app.route(route="report")
    def report(req: func.HttpRequest) -> str: ...

    @app.timer_trigger(arg_name="timer", schedule="0 0 2 * * *")
    def nightly_report(timer: func.TimerRequest): ...
    ```

    ## Fix safety
    There is no safe fix: removing a trigger changes what the function does.

    ## Reference
    https://learn.microsoft.com/azure/azure-functions/functions-triggers-bindings
    """

    name = "multiple-triggers"
    severity = "error"
    effect = "app"
    wants = frozenset({"several"})

    def check(self, function: Function, app: App) -> Iterator[Finding]:
        """One finding for each trigger too many."""
        if len({use.container for use in function.uses}) > 1:
            return  # two containers on one function: mixed-containers
        starts = [each.decorator.span for each in function.wrappers if each.shape.effect != "keeps"]
        first: Use | None = None
        for use in reversed(function.uses):
            if use.rebuilds or (first and any(use.decorator.span < span < first.decorator.span for span in starts)):
                first = None  # a function of its own starts here
            if use.known is None or use.known.role != "trigger" or not use.bound:
                continue
            if first:
                yield _finding(function, use, first)
            first = first or use


def _finding(function: Function, use: Use, first: Use) -> Finding:
    message = (
        f"{function.definition.name} already has the trigger '{first.name}': importing the file fails and the whole"
    )
    message += " app is lost; keep one trigger and call shared code from two functions"
    related = (Related("the first trigger is here", function.location(first.name_span)),)
    span = use.decorator.span
    line = Span(span.line, 0, span.end_line + 1, 0)
    fix = Fix(f"Remove @{use.name}", safe=False, edits=(Edit(function.location(line), ""),))
    return Finding(message, function.location(use.name_span), function.name, related, (fix,))
