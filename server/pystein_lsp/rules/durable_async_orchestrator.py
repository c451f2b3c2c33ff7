"""The rule durable-async-orchestrator."""

from __future__ import annotations

from collections.abc import Iterator

from pystein_lsp.model.app import App
from pystein_lsp.model.functions import Function
from pystein_lsp.rules.durable import ENTITY, ORCHESTRATOR, trigger_type
from pystein_lsp.rules.rule import Finding, FunctionRule


class DurableAsyncOrchestrator(FunctionRule):
    """An orchestrator or entity that is `async def`.

    ## What it does
    Reports orchestrators and entities that are coroutines.

    ## Why it matters
    The durable package runs an orchestrator as a generator: it yields tasks and is replayed. A coroutine is never run to
    its end, and every instance fails.

    ## Example
    ```python
    @app.orchestration_trigger(context_name="context")
    async def flow(context):
        await context.call_activity("hello")
    ```

    ## Use instead
    ```python
    @app.orchestration_trigger(context_name="context")
    def flow(context):
        yield context.call_activity("hello")
    ```

    ## Fix safety
    There is no fix: `await` has to become `yield` throughout.

    ## Reference
    https://learn.microsoft.com/azure/azure-functions/durable/durable-functions-code-constraints
    """

    name = "durable-async-orchestrator"
    severity = "warning"
    wants = frozenset({"orchestrationTrigger", "entityTrigger"})

    def check(self, function: Function, app: App) -> Iterator[Finding]:
        """One finding for the function."""
        kind = trigger_type(function)
        if kind in (ORCHESTRATOR, ENTITY) and function.definition.is_async and not function.others:
            what = "orchestrator" if kind == ORCHESTRATOR else "entity"
            message = f"{function.definition.name} is an {what} and must be a plain function: as 'async def' every instance fails;"
            hint = "write 'def', and 'yield' for each 'await'" if kind == ORCHESTRATOR else "write 'def'"
            yield Finding(f"{message} {hint}", function.location(function.definition.name_span), function.name)
