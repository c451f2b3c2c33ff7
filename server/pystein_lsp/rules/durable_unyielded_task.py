"""The rule durable-unyielded-task."""

from __future__ import annotations

from collections.abc import Iterator

from pystein_lsp.model.app import App
from pystein_lsp.model.functions import Function
from pystein_lsp.rules.durable import TASKS, context_calls, orchestrator_body
from pystein_lsp.rules.rule import Edit, Finding, Fix, FunctionRule
from pystein_lsp.syntax.span import Span


class DurableUnyieldedTask(FunctionRule):
    """A task that an orchestrator creates and forgets.

    ## What it does
    Reports calls such as `context.call_activity(...)` that stand alone as a statement.

    ## Why it matters
    A task is scheduled when it is yielded. One that is not never runs, without a word.

    ## Example
    ```python
    @app.orchestration_trigger(context_name="context")
    def flow(context):
        context.call_activity("hello", "Tokyo")
        yield context.call_activity("hello", "London")
    ```

    ## Use instead
    ```python
    @app.orchestration_trigger(context_name="context")
    def flow(context):
        yield context.call_activity("hello", "Tokyo")
        yield context.call_activity("hello", "London")
    ```

    ## Fix safety
    Adding `yield` is unsafe: the orchestrator then waits for the task.

    ## Reference
    https://learn.microsoft.com/azure/azure-functions/durable/durable-functions-code-constraints
    """

    name = "durable-unyielded-task"
    severity = "warning"
    wants = frozenset({"orchestrationTrigger"})

    def check(self, function: Function, app: App) -> Iterator[Finding]:
        """One finding for each task."""
        found = orchestrator_body(function)
        for method, call in context_calls(*found) if found else ():
            if method in TASKS and call.ignored:
                span = call.call.span
                start = Span(span.line, span.column, span.line, span.column)
                fix = Fix("Yield it", safe=False, edits=(Edit(function.location(start), "yield "),))
                message = f"the task of {method} is never yielded, so it never runs; write 'yield {call.callee}(...)'"
                yield Finding(message, function.location(span), function.name, fixes=(fix,))
