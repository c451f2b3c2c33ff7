"""The rule unavailable-decorator."""

from __future__ import annotations

import os
from collections.abc import Iterator

from pystein_lsp.catalogue.types import Decorator, Parameter
from pystein_lsp.catalogue.versions import brings, has
from pystein_lsp.model.app import App
from pystein_lsp.model.functions import Function
from pystein_lsp.model.requirements import may_be, pinned_major
from pystein_lsp.rules.rule import Finding, FunctionRule, Related
from pystein_lsp.syntax.span import Span


class UnavailableDecorator(FunctionRule):
    """A decorator that the pinned library does not have yet.

    ## What it does
    Compares decorators with the version of azure-functions (or azure-functions-durable) that requirements.txt allows, and
    names the version that brings the decorator.

    ## Why it matters
    Where the app runs with the version it asks for, Python raises AttributeError while the worker imports the file, and
    *no* function of the app is loaded.

    ## Example
    A requirements.txt with `azure-functions==1.17.0` beside:
    ```python
    @app.mcp_tool_trigger(arg_name="context", tool_name="hello")
    def hello(context: str) -> str: ...
    ```

    ## Use instead
    `azure-functions>=1.24.0` in requirements.txt.

    ## Fix safety
    There is no fix: a new version may change more.

    ## Reference
    https://pypi.org/project/azure-functions
    """

    name = "unavailable-decorator"
    severity = "warning"

    def check(self, function: Function, app: App) -> Iterator[Finding]:
        """One finding for each decorator, or argument of one, that is too new."""
        for use in function.uses:
            if use.known is None:
                continue
            yield from _check(function, use.known, None, f"@{use.name}", use.name_span, app)
            for name, argument in use.bound.arguments.items() if use.bound else ():
                parameter = use.bound.signature.parameter(name) if use.bound else None
                if parameter and parameter.since:
                    yield from _check(function, use.known, parameter, f"'{name}' of @{use.name}", argument.span, app)


def _check(
    function: Function, known: Decorator, parameter: Parameter | None, what: str, span: Span, app: App
) -> Iterator[Finding]:
    requirement = app.requirements.get(known.package)
    if requirement and requirement.clauses:
        major = pinned_major(requirement)
        since = brings(known, parameter, f"{major}.0" if major else None)
        if not may_be(requirement, since):
            listed = ",".join(operator + version for operator, version in requirement.clauses)
            asking = os.path.basename(requirement.location.path)
            message = f"{what} comes with {known.package} {since}, but {asking} asks for {known.package}{listed}:"
            related = (Related("the version is asked for here", requirement.location),)
            hint = "with that the file cannot be imported"
            yield Finding(f"{message} {hint}", function.location(span), function.name, related)
        if major is not None:
            return  # what is installed here says nothing about what the app will run with
    found = app.brought(known.package)
    if found and not has(found.version, known, parameter):
        since = brings(known, parameter, found.version)
        message = f"{what} comes with {known.package} {since}, but the app's {found.environment} has {found.version}:"
        yield Finding(f"{message} with that the file cannot be imported", function.location(span), function.name)
