"""The rule multiple-apps."""

from __future__ import annotations

from collections.abc import Iterator

from pystein_lsp.model.app import App
from pystein_lsp.model.meaning import Container
from pystein_lsp.model.module import Definition
from pystein_lsp.rules.loss import is_other_app
from pystein_lsp.rules.rule import AppRule, Finding, Related
from pystein_lsp.syntax.span import Location, Span


class MultipleApps(AppRule):
    """The entry file holds more than one app.

    ## What it does
    Reports a second name of the entry file that is a `FunctionApp` (or `DFApp`, `AsgiFunctionApp`, `WsgiFunctionApp`), also
    when it is the same app under another name, or one that was imported.

    ## Why it matters
    The worker counts the names of the module and refuses two (`More than one FunctionApp or other top level function app
    instances are defined`): no function is loaded.

    ## Example
    ```python
    admin = func.FunctionApp()

    @app.route(route="hello")
    def hello(req: func.HttpRequest) -> str: ...
    ```

    ## Use instead
    ```python
    admin = func.Blueprint()

    @admin.route(route="hello")
    def hello(req: func.HttpRequest) -> str: ...

    app.register_functions(admin)
    ```

    ## Fix safety
    There is no fix: what the second one is for is your decision.

    ## Reference
    https://learn.microsoft.com/azure/azure-functions/functions-reference-python#blueprints
    """

    name = "multiple-apps"
    severity = "error"
    effect = "app"

    def check(self, app: App) -> Iterator[Finding]:
        """One finding for each app but the first."""
        found = sorted(app.kept("names of apps", _named), key=lambda each: (each[1].block.line, each[1].line))
        for name, definition in found[1:]:
            first, place = found[0]
            message = (
                f"'{name}' is a second app beside '{first}': the worker refuses the file, and no function is loaded;"
            )
            message += " keep one app and make the other a Blueprint"
            related = (Related(f"'{first}' is bound here", _place(place)),)
            yield Finding(message, _place(definition), related=related)
        if not found[1:]:
            yield from _lost(app)


def _named(app: App) -> list[tuple[str, Definition]]:
    """The names of the entry file that certainly mean an app."""
    entry = app.entry
    found: list[tuple[str, Definition]] = []
    for name, definitions in entry.values.items() if entry else ():
        if any(definition.conditional for definition in definitions):
            continue
        meaning = app.resolver.meaning(entry, name) if entry else None
        if isinstance(meaning, Container) and meaning.is_app:
            found.append((name, definitions[-1]))
    return found


def _lost(app: App) -> Iterator[Finding]:
    """Apps that functions are added to and that the worker does not find, because the entry file means another."""
    lost = {
        use.container
        for use in app.uses
        if use.container.is_app and use.container.is_defined and is_other_app(use.container, app)
    }
    for function in app.indexed if lost else ():
        container = function.container
        if container not in lost:
            continue
        lost.remove(container)
        message = (
            f"this app is not the one that the worker finds in the entry file: {function.definition.name} and all its"
        )
        related = (
            Related(f"'{function.definition.name}' is one of its functions", function.location(function.name_span)),
        )
        hint = "functions are lost; add them to the app of the entry file, or make this one a Blueprint and register it"
        yield Finding(f"{message} {hint}", container.location, related=related, effect="function")


def _place(definition: Definition) -> Location:
    width = len(definition.block.line_text(definition.line))
    return Location(definition.block, Span(definition.line, 0, definition.line, max(1, width)))
