"""The rule unknown-name."""

from __future__ import annotations

import builtins
from collections.abc import Iterator

from pystein_lsp.catalogue import catalogue
from pystein_lsp.model.app import App
from pystein_lsp.model.meaning import LIBRARIES, Container, External, Library
from pystein_lsp.model.module import ImportedFrom, Module, Placed, definitions
from pystein_lsp.model.registration import METHODS
from pystein_lsp.rules.rule import AppRule, Edit, Finding, Fix
from pystein_lsp.rules.suggest import closest
from pystein_lsp.syntax.document import Block
from pystein_lsp.syntax.span import Location, Span
from pystein_lsp.syntax.tree import Assign, Call, Evaluate, Name


class UnknownName(AppRule):
    """A name that the library does not have.

    ## What it does
    Reports names of `azure.functions` and `azure.durable_functions` that do not exist, where they are imported or called at
    the top level, misspelt `register_functions`, that method on a Blueprint, which lacks it, and registrations of names that
    nothing binds.

    ## Why it matters
    Python raises ImportError, AttributeError or NameError while the worker imports the file, and *no* function of the app is
    loaded.

    ## Example
    ```python
    import azure.functions as func

    app = func.FunctionsApp()
    ```

    ## Use instead
    ```python
    import azure.functions as func

    app = func.FunctionApp()
    ```

    ## Fix safety
    Taking the suggested name is unsafe: it is a guess.

    ## Reference
    https://learn.microsoft.com/python/api/azure-functions/azure.functions
    """

    name = "unknown-name"
    severity = "error"
    effect = "app"
    reads = "names"

    def check(self, app: App) -> Iterator[Finding]:
        """One finding for each name."""
        for module in app.reachable.values():
            for block in module.document:
                yield from _imports(block, module, app)
            for place in module.statements():
                if not place.conditional:
                    yield from _calls(place, module, app)


def _imports(block: Block, module: Module, app: App) -> Iterator[Finding]:
    for definition in definitions(block):
        by = definition.by
        if (
            definition.conditional
            or not isinstance(by, ImportedFrom)
            or by.level
            or by.imported.module not in LIBRARIES
        ):
            continue
        name = by.imported.name
        if name is None or name == "*" or _exists(by.imported.module, name):
            continue
        if isinstance(app.resolver.imported(by, module), Library):
            start = by.imported.span
            span = start._replace(end_line=start.line, end_column=start.column + len(name))
            yield _finding(by.imported.module, name, Location(block, span))


def _calls(place: Placed, module: Module, app: App) -> Iterator[Finding]:
    statement = place.statement
    call = statement.value if isinstance(statement, Assign | Evaluate) else None
    if not isinstance(call, Call) or not isinstance(call.function, Name):
        return
    line = place.block.line + statement.span.line
    meaning, rest = app.resolver.dotted(module, call.function.dotted, line)
    location = Location(place.block, call.function.last_span)
    if isinstance(meaning, Library) and not rest:
        library = next((each for each in LIBRARIES if meaning.name.startswith(each + ".")), None)
        name = meaning.name[len(library) + 1 :] if library else ""
        if library and name and "." not in name and not _exists(library, name):
            yield _finding(library, name, location)
    elif isinstance(meaning, Container) and not meaning.extended and rest.startswith("regist"):
        if rest in METHODS and not meaning.is_app and not meaning.is_module:
            message = f"'{meaning.variable}' is a Blueprint, and only an app has '{rest}': importing the file fails and"
            yield Finding(f"{message} the whole app is lost; register each Blueprint with the app", location)
        elif rest in METHODS:
            yield from _unbound(call, place.block, module, app, line)
        elif "." not in rest:
            meant = closest(rest, METHODS) or METHODS[0]
            fix = Fix(f"Change to {meant}", safe=False, edits=(Edit(location, meant),))
            message = (
                f"'{meaning.variable}' has no method '{rest}': importing the file fails and the whole app is lost;"
            )
            yield Finding(f"{message} did you mean '{meant}'?", location, fixes=(fix,))


def _unbound(call: Call, block: Block, module: Module, app: App, line: int) -> Iterator[Finding]:
    """Names that are registered and that nothing binds."""
    for argument in call.arguments:
        value = argument.value
        if not isinstance(value, Name):
            continue
        first = value.dotted.partition(".")[0]
        meaning = app.resolver.meaning(module, first, line)
        if isinstance(meaning, External) and meaning.name == f"builtins.{first}" and not hasattr(builtins, first):
            span = Span(value.span.line, value.span.column, value.span.line, value.span.column + len(first))
            message = f"nothing here is called '{first}': importing the file fails and the whole app is lost;"
            yield Finding(f"{message} import the Blueprint that is to be registered", Location(block, span))


def _exists(library: str, name: str) -> bool:
    members = catalogue().members
    return name.startswith("_") or name in members[library] or f"{library}.{name}" in members


def _finding(library: str, name: str, location: Location) -> Finding:
    meant = closest(name, catalogue().members[library])
    fixes = (Fix(f"Change to {meant}", safe=False, edits=(Edit(location, meant),)),) if meant else ()
    hint = f"did you mean '{meant}'?" if meant else "see what the module holds"
    message = f"{library} has no '{name}': importing the file fails and the whole app is lost; {hint}"
    return Finding(message, location, fixes=fixes)
