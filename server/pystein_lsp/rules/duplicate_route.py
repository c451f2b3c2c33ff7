"""The rule duplicate-route."""

from __future__ import annotations

import os
from collections.abc import Iterator

from pystein_lsp.model.app import App
from pystein_lsp.model.functions import Function
from pystein_lsp.rules.duplicate_function_name import twins
from pystein_lsp.rules.rule import AppRule, Finding, Related
from pystein_lsp.syntax.span import Span
from pystein_lsp.syntax.tree import Expression, Items, Literal, Name


class DuplicateRoute(AppRule):
    """Two HTTP functions have the same route and a method in common.

    ## What it does
    Compares the routes of all functions of the app as the host does: letter by letter, without regard to case and outer
    slashes. `GET` and `POST` functions on one route are fine.

    ## Why it matters
    The host does not load the second one (`The route specified conflicts with the route defined by function 'X'`).

    ## Example
    ```python
    @app.route(route="orders")
    def list_orders(req: func.HttpRequest) -> str: ...

    @app.route(route="orders", methods=["POST"])
    def add_order(req: func.HttpRequest) -> str: ...
    ```

    ## Use instead
    ```python
    @app.route(route="orders", methods=["GET"])
    def list_orders(req: func.HttpRequest) -> str: ...

    @app.route(route="orders", methods=["POST"])
    def add_order(req: func.HttpRequest) -> str: ...
    ```

    ## Fix safety
    There is no fix: which function should answer is your decision.

    ## Reference
    https://learn.microsoft.com/azure/azure-functions/functions-bindings-http-webhook-trigger
    """

    name = "duplicate-route"
    severity = "error"
    effect = "function"

    def check(self, app: App) -> Iterator[Finding]:
        """One finding for each function whose route is taken."""
        earlier: dict[str, list[tuple[Function, frozenset[str] | None]]] = {}
        for function in app.indexed:
            found = _route(function)
            if found is None:
                continue
            route, methods, span = found
            others = earlier.setdefault(route.lower(), [])
            for other, taken in others:
                if function.name == other.name or twins(other, function):
                    continue
                if methods is None or taken is None or methods & taken:
                    yield _finding(function, other, route, span)
                    break
            others.append((function, methods))


def _route(function: Function) -> tuple[str, frozenset[str] | None, Span] | None:
    """The route, its methods (None: all) and where it is written; None where one of them is not known."""
    trigger = function.trigger
    if trigger is None or trigger.type != "httpTrigger" or not trigger.use.sure or function.name is None:
        return None
    value, written = trigger.use.value("route"), trigger.use.text("route")
    if value is not None and written is None and not _is_none(value):
        return None
    methods = _methods(trigger.use.value("methods"))
    if methods == frozenset("?"):
        return None
    route = (written or function.name).strip("/")
    return route, methods, value.span if value is not None and written else trigger.use.name_span


def _methods(value: Expression | None) -> frozenset[str] | None:
    """Method names; None for all of them, `?` for what is not known."""
    if value is None or _is_none(value):
        return None
    if not isinstance(value, Items):
        return frozenset("?")
    names = set()
    for item in value.values:
        if isinstance(item, Literal) and isinstance(item.value, str):
            names.add(item.value.upper())
        elif isinstance(item, Name):
            names.add(item.dotted.rpartition(".")[2])
        else:
            return frozenset("?")
    return frozenset(names) or None


def _is_none(value: Expression) -> bool:
    return isinstance(value, Literal) and value.value is None


def _finding(function: Function, other: Function, route: str, span: Span) -> Finding:
    there = other.location(other.name_span)
    place = f"line {there.absolute.line + 1}"
    if other.module is not function.module:
        place = f"{os.path.basename(other.module.path)}, {place}"
    message = f"'{other.name}' ({place}) already answers on the route '{route}': the host does not load this function;"
    related = (Related(f"'{other.name}' is defined here", there),)
    return Finding(f"{message} give it another route or other methods", function.location(span), function.name, related)
