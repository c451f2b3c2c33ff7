"""The rule unbound-parameter."""

from __future__ import annotations

from collections.abc import Iterator

from pystein_lsp.model.app import App
from pystein_lsp.model.functions import Function
from pystein_lsp.model.meaning import External
from pystein_lsp.model.types import Unsure
from pystein_lsp.rules.annotated import type_of
from pystein_lsp.rules.arg_name_mismatch import comparable, counterpart
from pystein_lsp.rules.rule import Finding, FunctionRule
from pystein_lsp.syntax.tree import Name, Parameter

_SETTLEMENT_PACKAGES = "azurefunctions.extensions"


class UnboundParameter(FunctionRule):
    """A parameter that no binding fills.

    ## What it does
    Reports parameters of a function that are neither the name of a binding nor `context`. Parameters with defaults, `*args`,
    `**kwargs` and keyword-only ones count, as they do for the worker. A parameter that a misnamed binding was meant for is
    reported by arg-name-mismatch alone.

    ## Why it matters
    The worker refuses a function with such a parameter, and with it the *whole app*: all functions vanish.

    ## Example
    ```python
    @app.route(route="users/{user_id}")
    def user(req: func.HttpRequest, user_id: str) -> str: ...
    ```

    ## Use instead
    ```python
    @app.route(route="users/{user_id}")
    def user(req: func.HttpRequest) -> str:
        user_id = req.route_params["user_id"]
        ...
    ```

    ## Fix safety
    There is no fix: where the value should come from is your decision.

    ## Reference
    https://learn.microsoft.com/azure/azure-functions/functions-reference-python
    """

    name = "unbound-parameter"
    severity = "error"
    effect = "app"
    late = True

    def check(self, function: Function, app: App) -> Iterator[Finding]:
        """One finding for each parameter without a binding."""
        free = _unfilled(function)
        if not free or (len(free) == 1 and _may_settle(free[0], function, app)):
            return
        lost, taken = _undone(function), counterpart(function)
        for parameter in free:
            if parameter not in taken and parameter.name not in lost:
                what = (parameter.kind if parameter.kind in ("*", "**") else "") + parameter.name
                message = f"no binding fills the parameter '{what}' of {function.definition.name}: the worker refuses the app; "
                yield Finding(message + _hint(function, parameter), function.location(parameter.span), function.name)


def _unfilled(function: Function) -> list[Parameter]:
    """The parameters that no binding has the name of; none where not all of the bindings are known."""
    bound = {binding.name for binding in function.bindings}
    if not bound or not all(bound) or not comparable(function) or not all(use.sure for use in function.uses):
        return []
    return [each for each in function.definition.parameters if each.name not in bound and each.name != "context"]


def _undone(function: Function) -> set[str | None]:
    """The names that decorators bind whose work is lost: durable-decorator-order reports them."""
    names: set[str | None] = set()
    for use in function.uses[len(function.lasting) :]:
        if use.known:
            names.update(use.text(each.name) for each in use.known.parameters)
            names.update(name for key, name, _ in use.known.default_names if not use.value(key))
    return names


def _may_settle(parameter: Parameter, function: Function, app: App) -> bool:
    """Whether the parameter may be a settlement client, which the newest workers fill without a binding."""
    if parameter.annotation is None or not isinstance(type_of(function, parameter.annotation, app), Unsure):
        return False
    if not isinstance(parameter.annotation, Name):
        return True
    meaning, _ = app.resolver.dotted(function.home, parameter.annotation.dotted)
    return not isinstance(meaning, External) or meaning.name.startswith(_SETTLEMENT_PACKAGES)


def _hint(function: Function, parameter: Parameter) -> str:
    trigger = function.trigger
    route = trigger.use.text("route") if trigger and trigger.type == "httpTrigger" else None
    if route and f"{{{parameter.name}" in route and trigger:
        return f'a route parameter is read from the request: {trigger.name}.route_params["{parameter.name}"]'
    if parameter.name == "self" and function.definition.parameters[0] == parameter:
        return "a method cannot be a function of the app: move it out of the class"
    if parameter.name in ("client", "starter"):
        return f'add @{function.container.variable}.durable_client_input(client_name="{parameter.name}") or remove it'
    return "remove it or add a binding of that name"
