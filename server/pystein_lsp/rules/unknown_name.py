"""The rule unknown-name."""

from __future__ import annotations

import builtins
import re
from collections.abc import Iterator
from typing import TypeAlias

from pystein_lsp.catalogue import catalogue
from pystein_lsp.model.app import App
from pystein_lsp.model.meaning import LIBRARIES, Container, Library
from pystein_lsp.model.module import Definition, ImportedFrom, Module, Placed, definitions, gathered, placed
from pystein_lsp.model.registration import METHODS
from pystein_lsp.rules.rule import Edit, Finding, Fix, ModuleRule
from pystein_lsp.rules.suggest import closest
from pystein_lsp.syntax.document import Block
from pystein_lsp.syntax.lookups import lookups
from pystein_lsp.syntax.span import Location, Span
from pystein_lsp.syntax.tree import Assign, Call, Evaluate, Name, Statement

_ANY_NAME = re.compile(r"\b(?:globals|exec|setattr|vars)\(")
_NEWER_BUILTINS = frozenset({"BaseExceptionGroup", "ExceptionGroup", "PythonFinalizationError"})
"""Names that Python 3.11 and 3.13 added."""


class UnknownName(ModuleRule):
    """A name that the library does not have.

    ## What it does
    Reports names of `azure.functions` and `azure.durable_functions` that do not exist, where they are imported or called at
    the top level, misspelt `register_functions`, that method on a Blueprint, which lacks it, and registrations of names that
    nothing binds; also names that the top level looks up, in decorators too, before anything binds them.

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

    def check(self, module: Module, app: App) -> Iterator[Finding]:
        """One finding for each name."""
        if module.path not in app.reachable:
            return
        for finding, unbound in gathered(
            module, "unknown names", app.block_key, lambda block: _in_block(block, module, app)
        ):
            if unbound is None or not _may_be_bound(unbound, module):
                yield finding


Found: TypeAlias = "tuple[Finding, str | None]"
"""A finding, and the name of which it says that nothing binds it: that hangs on more than the block."""


def _in_block(block: Block, module: Module, app: App) -> tuple[Found, ...]:
    found: list[Found] = [(finding, None) for finding in _imports(block, module, app)]
    found += _used(block, module, app)
    for place in placed(block) if block.runs else ():
        if not place.conditional:
            found += ((finding, None) for finding in _calls(place, module, app))
    return tuple(found)


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
        elif rest not in METHODS and "." not in rest:
            meant = closest(rest, METHODS) or METHODS[0]
            fix = Fix(f"Change to {meant}", safe=False, edits=(Edit(location, meant),))
            message = (
                f"'{meaning.variable}' has no method '{rest}': importing the file fails and the whole app is lost;"
            )
            yield Finding(f"{message} did you mean '{meant}'?", location, fixes=(fix,))


def _used(block: Block, module: Module, app: App) -> Iterator[Found]:
    """Names that importing a block certainly looks up and that are not there."""
    uses = (use for function in app.block_functions(module, block) for use in function.uses)
    said = {
        use.container.variable for use in uses if not use.container.is_defined
    }  # the rule app-not-found speaks of them
    registered = {span for statement in block.statements for span in _registered(statement)}
    for name in lookups(block):
        first, _, rest = name.dotted.partition(".")
        span = name.span._replace(end_column=name.span.column + len(first))
        found = module.names.get(first)
        line = block.line + span.line
        if first not in said and _is_unbound(first, found, line, module):
            why = f"'{first}' is bound further down only" if found else f"nothing here is called '{first}'"
            hint = "move this below it" if found else "define or import it"
            if (span.line, span.column) in registered and not found:
                hint = "import the Blueprint that is to be registered"
            message = f"{why}: importing the file fails and the whole app is lost; {hint}"
            yield (Finding(message, Location(block, span)), first)
            return
        meaning = app.resolver.meaning(module, first, line) if rest and found else None
        part = rest.partition(".")[0]
        if isinstance(meaning, Library) and meaning.name in LIBRARIES and not _exists(meaning.name, part):
            start = span.end_column + 1
            place = Span(span.line, start, span.line, start + len(part))
            yield (_finding(meaning.name, part, Location(block, place)), None)


def _is_unbound(name: str, found: list[Definition] | None, line: int, module: Module) -> bool:
    """Whether no statement that we follow binds a name before a line."""
    if "*" in module.names or hasattr(builtins, name) or name in _NEWER_BUILTINS or name.startswith("__"):
        return False
    return not any(each.block.line + each.line <= line for each in found or ())


def _may_be_bound(name: str, module: Module) -> bool:
    """Whether anything else in a module may bind a name: what cannot be read, or does it inside an expression or a function."""
    ways = re.compile(rf"\b{name}\s*:=|\bas\s+{name}\b|\b(?:case|global)\b.*\b{name}\b")
    return any(
        block.problem or _binds_anything(block) or (name in block.text and ways.search(block.text))
        for block in module.document.blocks
    )


def _binds_anything(block: Block) -> bool:
    """Whether a block may bind names that it does not spell out."""
    return block.kept("binds anything", lambda it: _ANY_NAME.search(it.text) is not None)


def _registered(statement: Statement) -> Iterator[tuple[int, int]]:
    """Where the names stand that a statement registers."""
    call = statement.value if isinstance(statement, Evaluate) else None
    if (
        isinstance(call, Call)
        and isinstance(call.function, Name)
        and call.function.dotted.rpartition(".")[2] in METHODS
    ):
        yield from ((each.value.span.line, each.value.span.column) for each in call.arguments)


def _exists(library: str, name: str) -> bool:
    members = catalogue().members
    return name.startswith("_") or name in members[library] or f"{library}.{name}" in members


def _finding(library: str, name: str, location: Location) -> Finding:
    meant = closest(name, catalogue().members[library])
    fixes = (Fix(f"Change to {meant}", safe=False, edits=(Edit(location, meant),)),) if meant else ()
    hint = f"did you mean '{meant}'?" if meant else "see what the module holds"
    message = f"{library} has no '{name}': importing the file fails and the whole app is lost; {hint}"
    return Finding(message, location, fixes=fixes)
