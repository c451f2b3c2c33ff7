"""The rule invalid-binding-expression."""

from __future__ import annotations

from collections.abc import Iterator

from pystein_lsp.model.app import App
from pystein_lsp.model.functions import Function, Written
from pystein_lsp.platform.expressions import BUILT_IN, Mistake, expressions
from pystein_lsp.rules.rule import Edit, Finding, Fix, FunctionRule
from pystein_lsp.rules.suggest import closest
from pystein_lsp.syntax.literals import part_of

_WITHOUT_DATA = frozenset({"timertrigger", "warmuptrigger"})
"""Triggers that bring no payload, so that every name must be one of the host's own."""


class InvalidBindingExpression(FunctionRule):
    """A `{binding expression}` that the host cannot fill.

    ## What it does
    Reports expressions with unbalanced braces or without a name, and, for timers, names that nothing can bring: a timer has
    no payload, so only `{rand-guid}`, `{datetime}` and `{sys...}` are there.

    ## Why it matters
    A template that cannot be read puts the function into error; a name without a value fails every call.

    ## Example
    ```python
    @app.timer_trigger(arg_name="timer", schedule="0 0 2 * * *")
    @app.blob_output(arg_name="report", path="reports/{date}.txt", connection="AzureWebJobsStorage")
    def nightly(timer: func.TimerRequest, report: func.Out[str]): ...
    ```

    ## Use instead
    ```python
    @app.timer_trigger(arg_name="timer", schedule="0 0 2 * * *")
    @app.blob_output(arg_name="report", path="reports/{datetime:yyyy-MM-dd}.txt", connection="AzureWebJobsStorage")
    def nightly(timer: func.TimerRequest, report: func.Out[str]): ...
    ```

    ## Fix safety
    A suggested name is unsafe: it is a guess.

    ## Reference
    https://learn.microsoft.com/azure/azure-functions/functions-bindings-expressions-patterns
    """

    name = "invalid-binding-expression"
    severity = "error"
    effect = "function"
    wants = frozenset({"expressions", "blob_path"})

    def check(self, function: Function, app: App) -> Iterator[Finding]:
        """One finding for each expression."""
        for argument in function.texts:
            if argument.parameter.expressions or argument.parameter.kind == "blob_path":
                yield from _check(function, argument)


def _check(function: Function, argument: Written) -> Iterator[Finding]:
    trigger = function.trigger
    known = trigger is not None and (trigger.type or "").lower() in _WITHOUT_DATA and function.sure
    for part in expressions(argument.text):
        span = part_of(function.block, argument.literal.span, argument.text, part.offset, part.length)
        location = function.location(span)
        if isinstance(part, Mistake):
            message = (
                f"{part.message}: the host does not load {function.definition.name}; a brace that is text is doubled"
            )
            yield Finding(message, location, function.name)
        elif known and part.name.lower() not in (*BUILT_IN, "timertrigger"):
            meant = closest(part.name, BUILT_IN)
            fixes: tuple[Fix, ...] = ()
            if meant and span != argument.literal.span:
                fixes = (Fix(f"Change to {meant}", safe=False, edits=(Edit(location, f"{{{meant}}}"),)),)
            hint = f"did you mean '{{{meant}}}'?" if meant else "{datetime}, {rand-guid} and {sys.utcnow} are there"
            message = f"nothing brings a value for '{part.name}' to this function, so every call fails; {hint}"
            yield Finding(message, location, function.name, fixes=fixes, severity="warning", effect="none")
