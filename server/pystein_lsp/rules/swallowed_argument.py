"""The rule swallowed-argument."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pystein_lsp.model.app import App
from pystein_lsp.model.calls import Bound
from pystein_lsp.model.functions import Function
from pystein_lsp.rules.rule import CallRule, Edit, Finding, Fix
from pystein_lsp.rules.suggest import closest
from pystein_lsp.syntax.document import Block
from pystein_lsp.syntax.span import Location

_SAID_ALREADY = (None, "name", "type", "direction")
"""What no decorator mistakes for something else: it sets type and direction itself, and `name` is an unknown-argument."""

_OLD_CONNECTION = re.compile(r"(?<![^_])connection$")


class SwallowedArgument(CallRule):
    """A keyword that the decorator passes on unseen.

    ## What it does
    Reports keywords that a decorator does not know and that look like one it does. Most decorators take `**kwargs` and
    write them into the binding as they are.

    ## Why it matters
    Nothing complains: the host ignores the property, and the function behaves as if it had not been given.

    ## Example
    ```python
    @app.timer_trigger(arg_name="timer", schedule="0 */5 * * * *", run_on_start=True)
    def tick(timer: func.TimerRequest): ...
    ```

    ## Use instead
    ```python
    @app.timer_trigger(arg_name="timer", schedule="0 */5 * * * *", run_on_startup=True)
    def tick(timer: func.TimerRequest): ...
    ```

    ## Fix safety
    Taking the suggested name is unsafe: the host may know a property that the library does not.

    ## Reference
    https://learn.microsoft.com/azure/azure-functions/functions-triggers-bindings
    """

    name = "swallowed-argument"
    severity = "warning"
    wants = frozenset({"extra"})

    def check(self, bound: Bound, block: Block, function: Function | None, app: App) -> Iterator[Finding]:
        """One finding for each keyword that looks like a slip."""
        signature = bound.signature
        if not signature.accepts_extra or signature.name.startswith("generic_"):
            return
        free = [each.name for each in signature.parameters if each.name not in bound.arguments]
        for argument in bound.extra:
            if argument.name in _SAID_ALREADY or argument.name_span is None or signature.gone(argument.name):
                continue
            if signature.parameter(argument.name) or _camel(argument.name, free):
                continue
            meant = _of_version_4(signature.name, argument.name, free) or closest(argument.name, free)
            if meant is None:
                continue
            location = Location(block, argument.name_span)
            fix = Fix(f"Change to {meant}", safe=False, edits=(Edit(location, meant),))
            message = (
                f"{signature.name} has no '{argument.name}': the keyword is taken and ignored; did you mean '{meant}'?"
            )
            yield Finding(message, location, function.name if function else None, fixes=(fix,))


def _camel(name: str, free: list[str]) -> bool:
    """Whether a keyword is a known one in camel case: that comes out as the same property."""
    return any(name == "".join(p.title() if i else p for i, p in enumerate(each.split("_"))) for each in free)


def _of_version_4(decorator: str, name: str, free: list[str]) -> str | None:
    """What a `cosmos_db_*_v3` decorator calls a keyword of its successor: `connection` is nothing like its spelling."""
    if not decorator.endswith("_v3"):
        return None
    old = _OLD_CONNECTION.sub("connection_string_setting", name).replace("container", "collection")
    return old if old != name and old in free else None
