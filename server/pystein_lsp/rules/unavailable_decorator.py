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
        judged = app.kept("decorators by version", lambda _: _Judged())
        for use in function.uses:
            if use.known is None or judged.is_there(use.known, app):
                continue
            yield from _check(function, use.known, None, f"@{use.name}", use.name_span, app)
            for name, argument in use.bound.arguments.items() if use.bound else ():
                parameter = use.bound.signature.parameter(name) if use.bound else None
                if parameter and parameter.since:
                    yield from _check(function, use.known, parameter, f"'{name}' of @{use.name}", argument.span, app)


class _Judged:
    """The decorators that the app's library has, with all their parameters; most functions use the same few."""

    def __init__(self) -> None:
        self._there: dict[tuple[str, str], bool] = {}

    def is_there(self, known: Decorator, app: App) -> bool:
        """Whether nothing about a decorator is too new."""
        key = known.package, known.name
        if key not in self._there:
            younger = [each for each in known.parameters if each.since]
            self._there[key] = not any(_reason(known, parameter, app) for parameter in (None, *younger))
        return self._there[key]


def _check(
    function: Function, known: Decorator, parameter: Parameter | None, what: str, span: Span, app: App
) -> Iterator[Finding]:
    for reason, related in _reason(known, parameter, app):
        message = f"{what} comes with {known.package} {reason}: with that the file cannot be imported"
        yield Finding(message, function.location(span), function.name, related)


def _reason(known: Decorator, parameter: Parameter | None, app: App) -> list[tuple[str, tuple[Related, ...]]]:
    """The version that brings a decorator, or one of its parameters, and what is there instead; nothing where it is there."""
    reasons: list[tuple[str, tuple[Related, ...]]] = []
    requirement = app.requirements.get(known.package)
    if requirement and requirement.clauses:
        major = pinned_major(requirement)
        since = brings(known, parameter, f"{major}.0" if major else None)
        if not may_be(requirement, since):
            listed = ",".join(operator + version for operator, version in requirement.clauses)
            asking = os.path.basename(requirement.location.path)
            related = (Related("the version is asked for here", requirement.location),)
            reasons.append((f"{since}, but {asking} asks for {known.package}{listed}", related))
        if major is not None:
            return reasons  # what is installed here says nothing about what the app will run with
    found = app.brought(known.package)
    if found and not has(found.version, known, parameter):
        since = brings(known, parameter, found.version)
        reasons.append((f"{since}, but the app's {found.environment} has {found.version}", ()))
    return reasons
