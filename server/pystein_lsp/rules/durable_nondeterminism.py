"""The rule durable-nondeterminism."""

from __future__ import annotations

from collections.abc import Iterator

from pystein_lsp.model.app import App
from pystein_lsp.model.functions import Function
from pystein_lsp.model.meaning import External
from pystein_lsp.rules.durable import orchestrator_body
from pystein_lsp.rules.rule import Finding, FunctionRule

INSTEAD = {
    "datetime.datetime.now": "{context}.current_utc_datetime",
    "datetime.datetime.utcnow": "{context}.current_utc_datetime",
    "datetime.datetime.today": "{context}.current_utc_datetime",
    "datetime.date.today": "{context}.current_utc_datetime",
    "time.time": "{context}.current_utc_datetime",
    "time.time_ns": "{context}.current_utc_datetime",
    "time.monotonic": "{context}.current_utc_datetime",
    "time.perf_counter": "{context}.current_utc_datetime",
    "time.sleep": "yield {context}.create_timer(...)",
    "asyncio.sleep": "yield {context}.create_timer(...)",
    "uuid.uuid1": "{context}.new_uuid()",
    "uuid.uuid4": "{context}.new_uuid()",
    "os.urandom": "an activity",
    "os.getenv": "an activity or the input",
    "os.environ.get": "an activity or the input",
    "builtins.open": "an activity",
    "builtins.input": "an activity",
}
"""What must not be called, with what to use for it."""

_MODULES = {
    "random": "an activity",
    "secrets": "an activity",
    "requests": "{context}.call_http(...) or an activity",
    "httpx": "{context}.call_http(...) or an activity",
    "aiohttp": "{context}.call_http(...) or an activity",
    "urllib.request": "{context}.call_http(...) or an activity",
    "threading": "activities",
    "concurrent.futures": "activities",
    "socket": "an activity",
    "subprocess": "an activity",
}
"""Modules of which nothing may be called."""

_READ = {"os.environ": "an activity or the input"}


class DurableNondeterminism(FunctionRule):
    """An orchestrator does what comes out differently when it is replayed.

    ## What it does
    Reports the clock, random numbers, the environment, files, the network, sleeping and threads in orchestrators.

    ## Why it matters
    An orchestrator is run again from its start for every step. What it decided by the clock or by chance comes out
    differently then, and the instance fails or repeats itself.

    ## Example
    ```python
    import uuid

    @app.orchestration_trigger(context_name="context")
    def flow(context):
        yield context.call_activity("hello", str(uuid.uuid4()))
    ```

    ## Use instead
    ```python
    @app.orchestration_trigger(context_name="context")
    def flow(context):
        yield context.call_activity("hello", str(context.new_uuid()))
    ```

    ## Fix safety
    There is no fix.

    ## Reference
    https://learn.microsoft.com/azure/azure-functions/durable/durable-functions-code-constraints
    """

    name = "durable-nondeterminism"
    severity = "warning"
    wants = frozenset({"orchestrationTrigger"})

    def check(self, function: Function, app: App) -> Iterator[Finding]:
        """One finding for each place."""
        found = orchestrator_body(function)
        if found is None:
            return
        body, context = found
        reads = [(name, span) for name, span in body.attributes if _external(name, function, app) in _READ]
        places = [
            (call.callee, call.call.span)
            for call in body.calls
            if call.callee and call.callee.partition(".")[0] != context
        ]
        for name, span in [*places, *reads]:
            meant = _instead(_external(name, function, app))
            if meant:
                message = f"'{name}' comes out differently when the orchestrator is replayed; use {meant.format(context=context)}"
                yield Finding(message, function.location(span), function.name)


def _external(name: str, function: Function, app: App) -> str | None:
    """The full name of something of another package, as seen from the function's module."""
    before = function.block.line + function.definition.span.end_line + 1
    meaning, rest = app.resolver.dotted(function.module, name, before)
    return meaning.name if isinstance(meaning, External) and not rest else None


def _instead(name: str | None) -> str | None:
    if name is None:
        return None
    parts = name.split(".")
    modules = (_MODULES.get(".".join(parts[:end])) for end in range(1, len(parts)))
    return INSTEAD.get(name) or _READ.get(name) or next((meant for meant in modules if meant), None)
