"""The rule reserved-route."""

from __future__ import annotations

from collections.abc import Iterator

from pystein_lsp.model.app import App
from pystein_lsp.model.functions import Function
from pystein_lsp.rules.rule import Finding, FunctionRule
from pystein_lsp.syntax.literals import part_of

_RESERVED = ("admin", "runtime")


class ReservedRoute(FunctionRule):
    """A route that belongs to the host.

    ## What it does
    Reports routes whose first letters, after leading slashes, are `admin` or `runtime`. Without a route, the function's
    name is the route.

    ## Why it matters
    The host keeps these for itself and compares the first letters only: `administrators` is refused too. The function is
    in error and never answers.

    ## Example
    ```python
    @app.route(route="admin/users")
    def users(req: func.HttpRequest) -> str: ...
    ```

    ## Use instead
    ```python
    @app.route(route="manage/users")
    def users(req: func.HttpRequest) -> str: ...
    ```

    ## Fix safety
    There is no fix: clients know the route.

    ## Reference
    https://learn.microsoft.com/azure/azure-functions/functions-bindings-http-webhook-trigger
    """

    name = "reserved-route"
    severity = "error"
    effect = "function"
    wants = frozenset({"httpTrigger"})

    def check(self, function: Function, app: App) -> Iterator[Finding]:
        """One finding for the route."""
        trigger = function.trigger
        if trigger is None or trigger.type != "httpTrigger" or not trigger.use.sure:
            return
        if trigger.use.bound and any(argument.name == "route" for argument in trigger.use.bound.extra):
            return  # of generic_trigger, whose arguments are not read
        value, written = trigger.use.value("route"), trigger.use.text("route")
        if value is not None and written is None:
            return
        route = (written or function.name or "").strip("/")
        word = next(filter(route.lower().startswith, _RESERVED), None)
        if word is None:
            return
        span, what = function.name_span, f"without a route the name '{route}' is the route, and it"
        if value is not None and written:
            span = part_of(function.block, value.span, written, written.index(route), len(word))
            what = f"the route '{route}'"
        message = (
            f"{what} starts with '{word}', which the host keeps for itself: the function is not loaded; choose another"
        )
        yield Finding(message, function.location(span), function.name)
