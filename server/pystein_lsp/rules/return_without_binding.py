"""The rule return-without-binding."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pystein_lsp.model.app import App
from pystein_lsp.model.body import read_body
from pystein_lsp.model.functions import Function
from pystein_lsp.model.meaning import Library
from pystein_lsp.rules.rule import Finding, FunctionRule
from pystein_lsp.syntax.tree import Binary, Call, Expression, Items, Literal, Mapping, Name

_RETURNS = re.compile(r"return[ \t(]+(?!None\b)[^\s#;]")
GIVE_NOTHING_BACK = frozenset(
    {
        "blob", "blobTrigger", "cosmosDB", "cosmosDBTrigger", "durableClient", "eventGrid", "eventGridTrigger", "eventHub",
        "eventHubTrigger", "http", "httpTrigger", "kafka", "kafkaTrigger", "mysql", "mysqlTrigger", "queue", "queueTrigger",
        "serviceBus", "serviceBusTrigger", "sql", "timerTrigger", "warmupTrigger",
    }
)  # fmt: skip
"""Types of bindings that take no return value unless one of them is `$return` (azure-functions 1.26.0, the converters
without `has_implicit_output`); all others do."""


class ReturnWithoutBinding(FunctionRule):
    """A function returns a value that no binding takes.

    ## What it does
    Reports `return` with a value in functions whose bindings take none: no output is bound to `$return`, and the trigger is not
    one that answers, as HTTP, MCP and durable triggers do.

    ## Why it matters
    The app loads, and then every call that gets there fails (`function without a $return binding returned a non-None value`).
    A queue's message is tried again and ends in the poison queue.

    ## Example
    ```python
    @app.queue_trigger(arg_name="msg", queue_name="orders", connection="AzureWebJobsStorage")
    def take(msg: func.QueueMessage):
        return "done"
    ```

    ## Use instead
    ```python
    @app.queue_trigger(arg_name="msg", queue_name="orders", connection="AzureWebJobsStorage")
    @app.queue_output(arg_name="$return", queue_name="done", connection="AzureWebJobsStorage")
    def take(msg: func.QueueMessage):
        return "done"
    ```

    ## Fix safety
    There is no fix: where the value should go is your decision.

    ## Reference
    https://learn.microsoft.com/azure/azure-functions/functions-reference-python#outputs
    """

    name = "return-without-binding"
    severity = "warning"
    wants = GIVE_NOTHING_BACK

    def check(self, function: Function, app: App) -> Iterator[Finding]:
        """One finding for the first such return."""
        if not function.sure or function.trigger is None or not _RETURNS.search(function.home_block.text):
            return
        if any(
            each.name in ("$return", None) or each.type not in GIVE_NOTHING_BACK
            for each in (*function.bindings, function.trigger)
        ):
            return
        body = read_body(function.home_block, function.definition) if function.home is function.module else None
        for value in body.returns if body and not body.yields else ():
            if _is_something(value, function, app):
                what = f"{function.definition.name} returns a value, and none of its bindings takes it"
                message = f"{what}: every call that gets here fails;"
                hint = 'bind an output to "$return", or return nothing'
                yield Finding(f"{message} {hint}", function.location(value.span), function.name)
                return


def _is_something(value: Expression, function: Function, app: App) -> bool:
    """Whether an expression is certainly not None."""
    match value:
        case Literal():
            return value.value is not None
        case Items() | Mapping() | Binary("+"):
            return True
        case Call(function=Name(dotted)):
            meaning, rest = app.resolver.dotted(function.module, dotted)
            return isinstance(meaning, Library) and not rest
    return False
