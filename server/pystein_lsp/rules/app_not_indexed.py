"""The rule app-not-indexed."""

from __future__ import annotations

import os

from pystein_lsp.model.app import App
from pystein_lsp.rules.rule import Finding, Related, Rule
from pystein_lsp.syntax.span import Location, Span

MOST_CAUSES = 5


class AppNotIndexed(Rule):
    """No function of the app will be loaded.

    ## What it does
    Says at the top of an app, once, that other findings in it keep the platform from loading any of its functions, and
    where they are.

    ## Why it matters
    The platform is all or nothing: the first exception while the worker loads the app loses every function, and the host
    says no more than "No job functions found".

    ## Example
    ```python
    @app.route(route="hello")
    def hello(request: func.HttpRequest) -> str: ...
    ```

    ## Use instead
    ```python
    @app.route(route="hello")
    def hello(req: func.HttpRequest) -> str: ...
    ```

    ## Fix safety
    There is no fix here: mend the findings that it names.

    ## Reference
    https://learn.microsoft.com/azure/azure-functions/recover-python-functions
    """

    name = "app-not-indexed"
    severity = "error"


def headline(app: App, causes: list[Location]) -> Finding:
    """The finding for an app that is lost for some causes, which are in the order of their places."""
    number = len(app.indexed)
    functions = (
        "its function is not" if number == 1 else f"none of its {number} functions is" if number else "nothing is"
    )
    where = f"line {causes[0].absolute.line + 1}"
    if causes[0].path != app.entry_path:
        where = f"{os.path.basename(causes[0].path)}, {where}"
    count = "an error" if len(causes) == 1 else f"{len(causes)} errors, the first"
    what = f"this app will not be indexed: {functions} loaded because of {count} in {where}"
    related = tuple(Related("this keeps the app from being loaded", cause) for cause in causes[:MOST_CAUSES])
    return Finding(what, _place(app, causes[0]), related=related)


def _place(app: App, cause: Location) -> Location:
    """Where the app is made, else the top of the entry file, else the cause itself."""
    entry = app.entry
    for container in app.containers:
        if container.is_app and entry and container.location.path == entry.path:
            return container.location
    if entry is None:
        return cause
    return Location(entry.document.blocks[0], Span(0, 0, 0, max(1, len(entry.document.line_text(0)))))
