"""The rule unregistered-blueprint."""

from __future__ import annotations

import os
from collections.abc import Iterator

from pystein_lsp.model.app import App
from pystein_lsp.model.meaning import Container, Project
from pystein_lsp.model.module import Module
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
        for function in app.indexed if not all(use.container.is_app for use in app.uses) else ():
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
    return app.main_variable or "app"


def _fixes(app: App, container: Container) -> tuple[Fix, ...]:
    """A registration at the end of the entry file, where the app is made there."""
    entry = app.entry
    owner = next((each for each in app.containers if each.is_app), None)
    if entry is None or owner is None or owner.location.path != entry.path:
        return ()
    name, imported = _name_in(entry, container, app)
    block = entry.document.blocks[-1]
    width = len(block.text.rsplit("\n", 1)[-1])
    end = Span(block.height, width, block.height, width)
    before = "" if block.text.endswith("\n") else "\n"
    text = f"{before}\n{imported}{owner.variable}.register_functions({name})\n"
    return (Fix(f"Register {container.variable}", safe=False, edits=(Edit(Location(block, end), text),)),)


def _name_in(entry: Module, container: Container, app: App) -> tuple[str, str]:
    """How the entry file names a blueprint, and the import that it needs for that."""
    for name in entry.values:
        meaning = app.resolver.meaning(entry, name)
        if meaning == container:
            return name, ""
        if isinstance(meaning, Project) and meaning.module.path == container.location.path:
            return f"{name}.{container.variable}", ""
    stem = os.path.relpath(container.location.path, app.root).removesuffix(".py").removesuffix(os.sep + "__init__")
    module = stem.replace(os.sep, ".")
    return container.variable, f"from {module} import {container.variable}\n"
