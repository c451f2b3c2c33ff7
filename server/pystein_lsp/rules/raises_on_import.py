"""The rule raises-on-import."""

from __future__ import annotations

from collections.abc import Iterator

from pystein_lsp.model.app import App
from pystein_lsp.model.meaning import External
from pystein_lsp.rules.imported import Step, steps
from pystein_lsp.rules.rule import AppRule, Finding
from pystein_lsp.syntax.span import Location
from pystein_lsp.syntax.tree import Call, Evaluate, Name, Opaque

_ENDS = {External(name) for name in ("sys.exit", "os._exit", "os.abort", "builtins.exit", "builtins.quit")}
"""What ends a program when it is called."""


class RaisesOnImport(AppRule):
    """A module that always ends its own import.

    ## What it does
    Reports a `raise`, `sys.exit()` and their like at the top level of a module that the entry file certainly imports, outside
    all branches. What stands under a condition, in a `try` or in a function is left alone.

    ## Why it matters
    The worker imports the entry file to find the functions. Where that raises, *no* function of the app is loaded; where it
    exits, the worker itself ends.

    ## Example
    ```python
    import sys

    def main() -> int: ...

    sys.exit(main())
    ```

    ## Use instead
    ```python
    import sys

    def main() -> int: ...

    if __name__ == "__main__":
        sys.exit(main())
    ```

    ## Fix safety
    There is no fix: when it is to end is yours to say.

    ## Reference
    https://learn.microsoft.com/azure/azure-functions/recover-python-functions
    """

    name = "raises-on-import"
    severity = "error"
    effect = "app"
    reads = "names"

    def check(self, app: App) -> Iterator[Finding]:
        """One finding for each statement."""
        for step in steps(app):
            if _always_ends(step, app):
                message = "importing the file always ends here, and the whole app is lost; put this under a condition"
                yield Finding(message, Location(step.block, step.statement.span))


def _always_ends(step: Step, app: App) -> bool:
    statement, block, module = step
    if isinstance(statement, Opaque):
        return block.line_text(statement.span.line).startswith("raise", statement.span.column)
    call = statement.value if isinstance(statement, Evaluate) else None
    if not isinstance(call, Call) or not isinstance(call.function, Name):
        return False
    meaning, rest = app.resolver.dotted(module, call.function.dotted, block.line + statement.span.line)
    return not rest and meaning in _ENDS
