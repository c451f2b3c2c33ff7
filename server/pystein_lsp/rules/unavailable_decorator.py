"""The rule unavailable-decorator."""

from __future__ import annotations

import os
from collections.abc import Iterator

from pystein_lsp.model.app import App
from pystein_lsp.model.functions import Function, Use
from pystein_lsp.model.requirements import Requirement, may_be, pinned_major
from pystein_lsp.rules.rule import Finding, FunctionRule, Related


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
        """One finding for each decorator that is too new."""
        for use in function.uses:
            requirement = app.requirements.get(use.known.package) if use.known else None
            since = _since(use, requirement) if requirement else None
            if requirement is None or since is None or may_be(requirement, since):
                continue
            listed = ",".join(operator + version for operator, version in requirement.clauses)
            package = use.known.package if use.known else ""
            asking = os.path.basename(requirement.location.path)
            message = f"@{use.name} comes with {package} {since}, but {asking} asks for {package}{listed}:"
            related = (Related("the version is asked for here", requirement.location),)
            location = function.location(use.name_span)
            yield Finding(f"{message} with that the file cannot be imported", location, function.name, related)


def _since(use: Use, requirement: Requirement) -> str | None:
    if use.known is None or not requirement.clauses:
        return None
    second = use.known.package == "azure-functions" and (pinned_major(requirement) or 0) >= 2
    return use.known.since_2 if second else use.known.since
