"""The rule syntax-error."""

from __future__ import annotations

from collections.abc import Iterator

from pystein_lsp.rules.rule import BlockRule, Edit, Finding, Fix
from pystein_lsp.syntax.document import Block
from pystein_lsp.syntax.span import Location


class SyntaxErrorRule(BlockRule):
    """Python cannot read the file.

    ## What it does
    Reports text that Python cannot parse, once for each top-level statement. Slips that are common in copied samples, such
    as doubled quotes, are named and can be mended.

    ## Why it matters
    The worker imports the module to find its functions. One syntax error anywhere in what it imports, and *no* function of
    the app is loaded; the host then says no more than "No job functions found".

    ## Example
    ```python
    @app.queue_trigger(arg_name="msg", queue_name="orders", connection=""AzureWebJobsStorage"")
    def take(msg: func.QueueMessage): ...
    ```

    ## Use instead
    ```python
    @app.queue_trigger(arg_name="msg", queue_name="orders", connection="AzureWebJobsStorage")
    def take(msg: func.QueueMessage): ...
    ```

    ## Fix safety
    Mends of known slips are safe: the text was no Python before.

    ## Reference
    https://learn.microsoft.com/azure/azure-functions/recover-python-functions
    """

    name = "syntax-error"
    severity = "error"
    effect = "app"

    def check(self, block: Block) -> Iterator[Finding]:
        """One finding for a block that does not parse."""
        problem = block.problem
        if problem is None or not problem.certain:
            return
        fixes = tuple(
            Fix(mend.title, safe=True, edits=(Edit(Location(block, mend.span), mend.text),)) for mend in problem.mends
        )
        if problem.mends:
            yield Finding(f"{problem.message}; the whole app is lost", Location(block, problem.span), fixes=fixes)
            return
        message = f"Python cannot read this: {problem.message}"
        yield Finding(message, Location(block, problem.span), fixes=fixes)
