"""The rule unregistered-blueprint."""

from __future__ import annotations

from collections.abc import Iterator

from pystein_lsp.model.app import App
from pystein_lsp.model.meaning import Container
from pystein_lsp.rules.rule import AppRule, Edit, Finding, Fix, Related
from pystein_lsp.syntax.span import Location, Span


class UnregisteredBlueprint(AppRule):
    """A blueprint with functions that the app never registers.

    ## What it does
    Reports blueprints of modules that the entry file imports, when functions are decorated with them and no
    `register_functions` (or `register_blueprint`) takes them. It is silent where a blueprint is handed to code that cannot
    be followed.

    ## Why it matters
    Nothing complains: the functions of the blueprint are just not there.

    ## Example
    ```python
    bp = func.Blueprint()

    @bp.route(route="hello")
    def hello(req: func.HttpRequest) -> str: ...
    ```

    ## Use instead
    ```python
    bp = func.Blueprint()

    @bp.route(route="hello")
    def hello(req: func.HttpRequest) -> str: ...

    app.register_functions(bp)
    ```

    ## Fix safety
    Registering it is unsafe: functions come alive that were not.

    ## Reference
    https://learn.microsoft.com/azure/azure-functions/functions-reference-python#blueprints
    """

    name = "unregistered-blueprint"
    severity = "error"
    effect = "function"

    def check(self, app: App) -> Iterator[Finding]:
        """One finding for each blueprint."""
        if not app.imports_known:
            return
        first: dict[Container, tuple[str, Location]] = {}
        for function in app.indexed:
            if not function.container.is_app and function.container not in first:
                first[function.container] = (function.definition.name, function.location(function.definition.name_span))
        for container, (name, place) in first.items():
            if app.registrations.is_lost(container):
                message = (
                    f"the blueprint '{container.variable}' is never registered: {name} and all its functions are lost;"
                )
                related = (Related(f"'{name}' is one of its functions", place),)
                hint = f"call {_app_name(app)}.register_functions({container.variable}) behind them"
                yield Finding(f"{message} {hint}", container.location, related=related, fixes=_fixes(app, container))


def _app_name(app: App) -> str:
    return next((container.variable for container in app.containers if container.is_app), "app")


def _fixes(app: App, container: Container) -> tuple[Fix, ...]:
    """A registration at the end of the file, where the app and the blueprint stand in the same one."""
    owner = next((each for each in app.containers if each.is_app), None)
    module = app.files.module(container.location.path)
    if owner is None or module is None or owner.location.path != container.location.path or module is not app.entry:
        return ()
    block = module.document.blocks[-1]
    width = len(block.text.rsplit("\n", 1)[-1])
    end = Span(block.height, width, block.height, width)
    text = f"{'' if block.text.endswith(chr(10)) else chr(10)}\n{owner.variable}.register_functions({container.variable})\n"
    return (Fix(f"Register {container.variable}", safe=False, edits=(Edit(Location(block, end), text),)),)
