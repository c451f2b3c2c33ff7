"""The rule invalid-function-name."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pystein_lsp.model.app import App
from pystein_lsp.model.functions import Function
from pystein_lsp.rules.rule import Edit, Finding, Fix, FunctionRule
from pystein_lsp.syntax.literals import quoted
from pystein_lsp.syntax.tree import Literal

_VALID = re.compile(r"(?!host\Z)[a-z][a-z0-9_\-]{0,127}\Z", re.IGNORECASE)
"""The host's own check (azure-functions-host, Utility.IsValidFunctionName)."""


class InvalidFunctionName(FunctionRule):
    """A name that the host does not take.

    ## What it does
    Reports function names that do not start with a letter, hold anything but letters, digits, `_` and `-`, are longer than
    128 characters or are `host`.

    ## Why it matters
    The host puts the function into error: it is never run.

    ## Example
    ```python
    @app.function_name(name="new orders")
    @app.route(route="orders")
    def orders(req: func.HttpRequest) -> str: ...
    ```

    ## Use instead
    ```python
    @app.function_name(name="new-orders")
    @app.route(route="orders")
    def orders(req: func.HttpRequest) -> str: ...
    ```

    ## Fix safety
    Replacing what is not allowed is unsafe: others may call the function by its name.

    ## Reference
    https://learn.microsoft.com/azure/azure-functions/functions-reference-python
    """

    name = "invalid-function-name"
    severity = "error"
    effect = "function"

    def check(self, function: Function, app: App) -> Iterator[Finding]:
        """One finding for the name."""
        yield from _no_text(function)
        name = function.name
        if name is None or _VALID.match(name):
            return
        location = function.location(function.name_span)
        fixes: tuple[Fix, ...] = ()
        better = re.sub(r"[^A-Za-z0-9_-]+", "-", name).strip("-")[:128]
        if function.name_span != function.definition.name_span and _VALID.match(better):
            edit = Edit(location, quoted(function.block, function.name_span, better))
            fixes = (Fix(f"Change to {better}", safe=False, edits=(edit,)),)
        message = (
            f"'{name}' is no function name that the host takes: it must start with a letter and hold letters, digits,"
        )
        yield Finding(message + " '_' and '-' alone; the function is not loaded", location, name, fixes=fixes)


def _no_text(function: Function) -> Iterator[Finding]:
    """`function_name(5)`: the worker makes the function's id from the name, and needs a text."""
    for use in function.lasting:
        value = use.value("name") if use.name == "function_name" else None
        if isinstance(value, Literal) and not isinstance(value.value, str):
            message = (
                f"a function's name has to be a text, not {value.value!r}: the worker refuses the app; write a name"
            )
            yield Finding(message, function.location(value.span), effect="app")
