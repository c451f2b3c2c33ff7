"""The rule invalid-route."""

from __future__ import annotations

from collections.abc import Iterator

from pystein_lsp.model.app import App
from pystein_lsp.model.functions import Function
from pystein_lsp.platform.routes import parse_route
from pystein_lsp.rules.rule import Finding, FunctionRule
from pystein_lsp.syntax.literals import part_of


class InvalidRoute(FunctionRule):
    """A route template that the host cannot read.

    ## What it does
    Reads routes as ASP.NET Core does: balanced braces, names without `/ { } ? *`, known constraints (`int`, `guid`,
    `length(2,5)`, `regex(...)` ...), no parameter twice, no empty segments, catch-alls last, optional parameters at the
    end of their segment.

    ## Why it matters
    The host cannot register the route: the function does not answer.

    ## Example
    ```python
    @app.route(route="users/{id:number}")
    def user(req: func.HttpRequest) -> str: ...
    ```

    ## Use instead
    ```python
    @app.route(route="users/{id:int}")
    def user(req: func.HttpRequest) -> str: ...
    ```

    ## Fix safety
    There is no fix.

    ## Reference
    https://learn.microsoft.com/aspnet/core/fundamentals/routing#route-templates
    """

    name = "invalid-route"
    severity = "error"
    effect = "function"
    wants = frozenset({"route"})

    def check(self, function: Function, app: App) -> Iterator[Finding]:
        """One finding for each place in the route."""
        for _, _, literal, text in function.texts_of("route"):
            for problem in parse_route(text).problems:
                span = part_of(function.block, literal.span, text, problem.offset, problem.length)
                message = (
                    f"{problem.message}: the host cannot read the route, and {function.definition.name} never answers"
                )
                yield Finding(message, function.location(span), function.name)
