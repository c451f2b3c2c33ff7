"""The rule broken-import."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Iterator

from pystein_lsp.model.app import App
from pystein_lsp.model.imports import package_of
from pystein_lsp.model.meaning import Project
from pystein_lsp.model.module import ImportedFrom, Module
from pystein_lsp.model.registration import METHODS
from pystein_lsp.rules.imported import Step, steps
from pystein_lsp.rules.packages import may_bring_blueprints
from pystein_lsp.rules.rule import AppRule, Edit, Finding, Fix, Related
from pystein_lsp.rules.suggest import closest
from pystein_lsp.syntax.document import Block
from pystein_lsp.syntax.span import Location, Span
from pystein_lsp.syntax.tree import Call, Evaluate, FunctionDef, Import, ImportedName, Name

_DOTS = re.compile(r"from\s*(\.+)")
_LOADED_BEFORE = sys.stdlib_module_names | {"azure", "google", "grpc"}
"""What the worker has imported before the app, so that no file of the app stands in for it."""
_ANYWHERE = re.compile(r"\b(?:globals\(\)|vars\(|exec\(|setattr\(|sys\.modules\b)|\b__dict__\b|\b__path__\b")
_OUTSIDE_FUNCTIONS = re.compile(r":=|\bcase\b|\bexcept\b.*\bas\b")
"""Ways to bind a name of a module that are not followed."""


class BrokenImport(AppRule):
    """An import of the app's own code that fails.

    ## What it does
    Reports imports that importing the entry file certainly runs and that cannot work: a relative import in a module that stands
    beside host.json or that leads out of the app, a module that its package does not have, and a name that a module of the app
    does not define. A blueprint's module that nowhere is counts, too, unless one of the packages in requirements.txt may have it.
    Imports of other packages, in branches and in functions are left alone.

    ## Why it matters
    The worker imports the entry file by its name, without a package around it. Where that fails, *no* function of the app is
    loaded.

    ## Example
    ```python
    from .prices import price_of

    @app.route(route="price")
    def price(req: func.HttpRequest) -> str: ...
    ```

    ## Use instead
    ```python
    from prices import price_of

    @app.route(route="price")
    def price(req: func.HttpRequest) -> str: ...
    ```

    ## Fix safety
    Taking the dots away is safe where the module is beside the file. A suggested name is a guess.

    ## Reference
    https://learn.microsoft.com/azure/azure-functions/functions-reference-python#import-behavior
    """

    name = "broken-import"
    severity = "error"
    effect = "app"
    reads = "bodies"

    def check(self, app: App) -> Iterator[Finding]:
        """One finding for each import."""
        for step in steps(app):
            if isinstance(step.statement, Import):
                yield from _check(step.statement, step, app)


def _check(statement: Import, step: Step, app: App) -> Iterator[Finding]:
    below = os.path.relpath(os.path.dirname(step.module.path), app.root)
    depth = 0 if below == "." else below.count(os.sep) + 1
    if statement.level > depth:
        yield _out_of_the_app(statement, step)
        return
    for imported in statement.names:
        if imported.name == "*" or (not statement.level and imported.module.partition(".")[0] in _LOADED_BEFORE):
            continue
        finding = _missing_module(imported, statement, step, app)
        if finding is None and imported.name is not None:
            finding = _missing_name(imported, statement, step, app)
        if finding:
            yield finding
            return


def _out_of_the_app(statement: Import, step: Step) -> Finding:
    what = f"a relative import in {os.path.basename(step.module.path)}, which belongs to no package,"
    if statement.level > 1:
        what = "a relative import that leads out of the app"
    message = f"{what} fails, and the whole app is lost; import the module by its name"
    line = step.block.line_text(statement.span.line)
    dots = _DOTS.match(line, statement.span.column)
    fixes: tuple[Fix, ...] = ()
    if dots and statement.names[0].module:
        span = Span(statement.span.line, dots.start(1), statement.span.line, dots.end(1))
        fixes = (Fix("Take the dots away", safe=True, edits=(Edit(Location(step.block, span), ""),)),)
    return Finding(message, Location(step.block, statement.span), fixes=fixes)


def _missing_module(imported: ImportedName, statement: Import, step: Step, app: App) -> Finding | None:
    """A module that its package does not have, or that nothing but the app could have."""
    base = package_of(step.module, statement.level) if statement.level else app.root
    is_ours = bool(statement.level)
    for part in imported.module.split(".") if imported.module else ():
        names = app.files.names(base)
        there = part + "/" in names or any(name.partition(".")[0] == part for name in names if "/" not in name)
        if not there:
            if _is_tampered(os.path.join(base, "__init__.py"), app):
                return None
            if not is_ours and (not _is_registered(imported, step.module) or may_bring_blueprints(part, app)):
                return None
            folder = os.path.relpath(base, app.root).replace(os.sep, "/")
            message = f"{'this folder' if folder == '.' else folder} holds no module '{part}': importing the file fails"
            meant = closest(part, [name.removesuffix("/").removesuffix(".py") for name in names])
            hint = f"; did you mean '{meant}'?" if meant else ""
            return Finding(f"{message} and the whole app is lost{hint}", Location(step.block, imported.span))
        base = os.path.join(base, part)
        is_ours = "__init__.py" in app.files.names(base)
    return None


def _is_registered(imported: ImportedName, module: Module) -> bool:
    """Whether what an import binds, or a part of it, is handed to `register_functions`, as only blueprints are."""
    for place in module.statements():
        call = place.statement.value if isinstance(place.statement, Evaluate) else None
        if isinstance(call, Call) and isinstance(call.function, Name):
            given = (each.value.dotted for each in call.arguments if isinstance(each.value, Name))
            if call.function.dotted.rpartition(".")[2] in METHODS and imported.bound_as in map(_first, given):
                return True
    return False


def _first(dotted: str) -> str:
    return dotted.partition(".")[0]


def _missing_name(imported: ImportedName, statement: Import, step: Step, app: App) -> Finding | None:
    """A module of the app that does not define a name."""
    whole = imported._replace(name=None, bound_as="")
    source = app.resolver.imported(ImportedFrom(whole, statement.level), step.module)
    name = imported.name or ""
    if not isinstance(source, Project) or source.module is step.module or not _lacks(source.module, name, app):
        return None
    inner = source.module
    where = os.path.relpath(inner.path, app.root).replace(os.sep, "/")
    meant = closest(name, [each for each in inner.names if each])
    hint = f"did you mean '{meant}'?" if meant else "define it there"
    start = imported.span
    span = Span(start.line, start.column, start.line, start.column + len(name))
    location = Location(step.block, span)
    fixes = (Fix(f"Change to {meant}", safe=False, edits=(Edit(location, meant),)),) if meant else ()
    related = (Related("the module is here", Location(inner.document.blocks[0], Span(0, 0, 0, 1))),)
    message = f"{where} defines no '{name}': importing the file fails and the whole app is lost; {hint}"
    return Finding(message, location, related=related, fixes=fixes)


def _lacks(module: Module, name: str, app: App) -> bool:
    """Whether a name is certainly nothing that a module binds, nor a module of the package that it makes."""
    if name.startswith("__") or module.problem or not {name, "*", "__getattr__"}.isdisjoint(module.names):
        return False
    if os.path.basename(module.path) == "__init__.py":
        beside = app.files.names(os.path.dirname(module.path))
        if any(each.partition(".")[0].rstrip("/") == name for each in beside):
            return False
    return all(_is_followed(block) for block in module.document)


def _is_tampered(path: str, app: App) -> bool:
    """Whether a package may look for its modules elsewhere."""
    module = app.files.module(path)
    return module is not None and not all(_is_followed(block) for block in module.document)


def _is_followed(block: Block) -> bool:
    """Whether all names that a block binds in its module are known."""
    if block.problem or _ANYWHERE.search(block.text):
        return False
    return all(isinstance(each, FunctionDef) for each in block.statements) or not _OUTSIDE_FUNCTIONS.search(block.text)
