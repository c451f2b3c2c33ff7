"""The rule invalid-queue-name."""

from __future__ import annotations

from collections.abc import Iterator

from pystein_lsp.model.app import App
from pystein_lsp.model.functions import Function
from pystein_lsp.rules.rule import Edit, Finding, Fix, FunctionRule
from pystein_lsp.rules.storage_names import queue_name_problem, resolved
from pystein_lsp.syntax.literals import quoted


class InvalidQueueName(FunctionRule):
    """A storage queue name that the service does not take.

    ## What it does
    Reports queue names that are not 3 to 63 letters, digits and single dashes. Capitals are a warning: the host makes them
    small without a word, and whoever writes to the queue under the name as it stands gets an error.

    ## Why it matters
    The host puts the function into error: it is never run.

    ## Example
    ```python
    @app.queue_trigger(arg_name="msg", queue_name="new_orders", connection="AzureWebJobsStorage")
    def take(msg: func.QueueMessage): ...
    ```

    ## Use instead
    ```python
    @app.queue_trigger(arg_name="msg", queue_name="new-orders", connection="AzureWebJobsStorage")
    def take(msg: func.QueueMessage): ...
    ```

    ## Fix safety
    Writing capitals small is safe: that is the queue the host uses.

    ## Reference
    https://learn.microsoft.com/rest/api/storageservices/naming-queues-and-metadata
    """

    name = "invalid-queue-name"
    severity = "error"
    effect = "function"
    wants = frozenset({"queue"})

    def check(self, function: Function, app: App) -> Iterator[Finding]:
        """One finding for each name."""
        for _, _, literal, text in function.texts_of("queue"):
            name = resolved(text, app)
            if name is None or "{" in name:
                continue
            location = function.location(literal.span)
            problem = queue_name_problem(name.lower())
            if problem:
                message = f"{problem}: the host does not load {function.definition.name}"
                yield Finding(message, location, function.name)
            elif name != name.lower() and name == text:
                small = name.lower()
                fix = Fix(
                    f"Change to {small}",
                    safe=True,
                    edits=(Edit(location, quoted(function.block, literal.span, small)),),
                )
                message = (
                    f"the host reads the queue '{small}': queue names are lower case, and '{name}' exists nowhere else"
                )
                yield Finding(message, location, function.name, fixes=(fix,), severity="warning", effect="none")
