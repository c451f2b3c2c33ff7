"""The rule unknown-argument."""

from __future__ import annotations

from collections.abc import Iterator

from pystein_lsp.model.app import App
from pystein_lsp.model.calls import Bound
from pystein_lsp.model.functions import Function
from pystein_lsp.rules.rule import CallRule, Edit, Finding, Fix
from pystein_lsp.rules.suggest import closest
from pystein_lsp.syntax.document import Block
from pystein_lsp.syntax.span import Location
from pystein_lsp.syntax.tree import Argument

_TAKEN = "name"
"""What decorators that take any keyword pass on themselves."""


class UnknownArgument(CallRule):
    """An argument that the decorator does not take.

    ## What it does
    Reports keywords that a decorator or app class does not have, arguments given twice and positional arguments beyond
    the last parameter. Decorators that take any keyword have the rule swallowed-argument.

    ## Why it matters
    Python raises TypeError while the worker imports the file, and *no* function of the app is loaded.

    ## Example
    ```python
    @app.route(route="orders", method=["GET"])
    def orders(req: func.HttpRequest) -> str: ...
    ```

    ## Use instead
    ```python
    @app.route(route="orders", methods=["GET"])
    def orders(req: func.HttpRequest) -> str: ...
    ```

    ## Fix safety
    Taking the suggested name is unsafe: it is a guess.

    ## Reference
    https://learn.microsoft.com/azure/azure-functions/functions-reference-python
    """

    name = "unknown-argument"
    severity = "error"
    effect = "app"
    wants = frozenset({"extra"})

    def check(self, bound: Bound, block: Block, function: Function | None, app: App) -> Iterator[Finding]:
        """One finding for each argument that has no parameter."""
        signature = bound.signature
        name = function.name if function else None
        for argument in bound.extra:
            if signature.accepts_extra and not signature.parameters:
                return  # a Blueprint takes, and ignores, whatever it is given
            location = Location(block, argument.name_span or argument.span)
            if argument.name is None:
                count = len(signature.parameters)
                message = (
                    f"{signature.name} takes {count} argument{'s' * (count != 1)} at most: importing the file fails"
                )
                yield Finding(f"{message} and the whole app is lost; name the arguments", location, name)
            elif argument.name == _TAKEN and signature.accepts_extra and signature.parameter("arg_name"):
                message = (
                    f"{signature.name} passes '{_TAKEN}' on twice: importing the file fails and the whole app is lost;"
                )
                yield Finding(f"{message} the parameter's name is arg_name", location, name)
            elif signature.parameter(argument.name):
                message = f"{signature.name} gets '{argument.name}' twice: importing the file fails"
                yield Finding(f"{message} and the whole app is lost; leave one out", location, name)
            elif not signature.accepts_extra and not signature.gone(argument.name):
                yield _unknown(bound, argument, location, name)


def _unknown(bound: Bound, argument: Argument, location: Location, function: str | None) -> Finding:
    signature = bound.signature
    free = [each.name for each in signature.parameters if each.name not in bound.arguments]
    meant = closest(argument.name or "", free)
    hint = f"did you mean '{meant}'?" if meant else "leave it out"
    fixes = (Fix(f"Change to {meant}", safe=False, edits=(Edit(location, meant),)),) if meant else ()
    message = f"{signature.name} takes no '{argument.name}': importing the file fails and the whole app is lost; {hint}"
    return Finding(message, location, function, fixes=fixes)
