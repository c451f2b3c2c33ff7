"""The rule invalid-binding-name."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pystein_lsp.model.app import App
from pystein_lsp.model.functions import WRAPPED, Function
from pystein_lsp.rules.rule import Finding, FunctionRule

_VALID = re.compile(r"(?!.*__)(?:[a-zA-Z_][a-zA-Z0-9_]{0,127}|\$return)\Z")
"""The check of host 4.1038 and newer (azure-functions-host pull request 10764); older ones refuse any underscore."""


class InvalidBindingName(FunctionRule):
    """A binding name that the host does not take.

    ## What it does
    Reports binding names that hold anything but letters, digits and single underscores.

    ## Why it matters
    The host puts the function into error (`The binding name x is invalid`): it is never run.

    ## Example
    ```python
    @app.timer_trigger(arg_name="my__timer", schedule="0 */5 * * * *")
    def tick(my__timer: func.TimerRequest): ...
    ```

    ## Use instead
    ```python
    @app.timer_trigger(arg_name="my_timer", schedule="0 */5 * * * *")
    def tick(my_timer: func.TimerRequest): ...
    ```

    ## Fix safety
    There is no fix: the parameter has to be renamed with its uses.

    ## Reference
    https://github.com/Azure/azure-functions-host/pull/10764
    """

    name = "invalid-binding-name"
    severity = "error"
    effect = "function"

    def check(self, function: Function, app: App) -> Iterator[Finding]:
        """One finding for each name."""
        for binding in function.bindings:
            if binding.name is None or binding.type in WRAPPED or _VALID.match(binding.name):
                continue
            message = (
                f"the host takes no binding name '{binding.name}': letters, digits and single underscores make one;"
            )
            yield Finding(f"{message} the function is not loaded", function.location(binding.span), function.name)
