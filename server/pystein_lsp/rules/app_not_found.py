"""The rule app-not-found."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Iterator

from pystein_lsp.model.app import App
from pystein_lsp.model.meaning import Code, Container, External, Folder, Library, Meaning, Project, Value
from pystein_lsp.model.requirements import TextFile
from pystein_lsp.rules.mixed_models import older_functions
from pystein_lsp.rules.rule import AppRule, Finding
from pystein_lsp.syntax.span import Location, Span
from pystein_lsp.syntax.tree import Items, Literal, Mapping

SCRIPT_NAME = "PYTHON_SCRIPT_FILE_NAME"
_SCRIPT_FILE = re.compile(r"[a-zA-Z0-9_][a-zA-Z0-9_\-]*\.py$")
"""azure-functions-runtime 1.3.0, utils/validators.py."""
_STANDARD = sys.stdlib_module_names | {"builtins"}


class AppNotFound(AppRule):
    """The entry file holds no app.

    ## What it does
    Reports an entry file in which no name can be a `FunctionApp` (or `DFApp`, `AsgiFunctionApp`, `WsgiFunctionApp`). It is
    silent as soon as a name comes from somewhere that cannot be followed. Reports, too, a setting PYTHON_SCRIPT_FILE_NAME that
    the worker refuses, and an app that stands in a file of another name.

    ## Why it matters
    The worker looks for the app among the names of the module and finds none (`Could not find top level function app
    instances`): no function is loaded. A Blueprint alone is no app. It looks in function_app.py, or in the file beside host.json
    that the setting PYTHON_SCRIPT_FILE_NAME names.

    ## Example
    ```python
    import azure.functions as func

    bp = func.Blueprint()

    @bp.route(route="hello")
    def hello(req: func.HttpRequest) -> str: ...
    ```

    ## Use instead
    ```python
    import azure.functions as func

    app = func.FunctionApp()
    bp = func.Blueprint()

    @bp.route(route="hello")
    def hello(req: func.HttpRequest) -> str: ...

    app.register_functions(bp)
    ```

    ## Fix safety
    There is no fix.

    ## Reference
    https://learn.microsoft.com/azure/azure-functions/functions-reference-python
    """

    name = "app-not-found"
    severity = "error"
    effect = "app"

    def check(self, app: App) -> Iterator[Finding]:
        """One finding for the entry file."""
        yield from _misnamed(app)
        undefined = list(_undefined(app))
        yield from undefined
        entry = app.entry
        if undefined or entry is None or entry.problem or any(block.problem for block in entry.document):
            return
        hint = app.kept("no app", _missing)
        if hint is None:
            return
        block = entry.document.blocks[0]
        first = entry.document.line_text(0)
        message = f"no name in this file is a function app: the worker finds none, and no function is loaded; {hint}"
        yield Finding(message, Location(block, Span(0, 0, 0, max(1, len(first)))))


def _misnamed(app: App) -> Iterator[Finding]:
    """A setting PYTHON_SCRIPT_FILE_NAME that the worker refuses, and an app in a file that it does not look for."""
    setting = app.settings.get(SCRIPT_NAME)
    name = setting.value if setting and not setting.from_template else None
    if name and not _SCRIPT_FILE.match(name):
        message = (
            f"the setting {SCRIPT_NAME} is '{name}', and the worker refuses the app: it has to be the name of a file"
        )
        place = setting.location if setting and setting.location else _top(app)
        yield Finding(f"{message} beside host.json, such as function_app.py", place)
    elif app.entry is None and not older_functions(app):
        for path in (
            os.path.join(app.root, each) for each in sorted(app.files.names(app.root)) if each.endswith(".py")
        ):
            module = app.files.module(path)
            for own in module.values if module else ():
                meaning = app.resolver.meaning(module, own) if module else None
                if isinstance(meaning, Container) and meaning.is_app and meaning.location.path == path:
                    entry = os.path.basename(app.entry_path)
                    message = (
                        f"the worker looks for the app in {entry}, which is not there: no function is loaded; rename"
                    )
                    hint = f"this file to {entry}, or name it in the setting {SCRIPT_NAME}"
                    yield Finding(f"{message} {hint}", meaning.location, severity="warning", effect="none")
                    return


def _top(app: App) -> Location:
    """The start of the entry file, else of the file that makes a folder an app."""
    entry = app.entry
    anchor = entry.document.blocks[0] if entry else TextFile(os.path.join(app.root, "host.json"))
    return Location(anchor, Span(0, 0, 0, 1))


def _missing(app: App) -> str | None:
    """What to do about an entry file in which no name can be an app; None where one may be."""
    entry = app.entry
    if entry is None:
        return None
    meanings = [app.resolver.meaning(entry, name) for name in entry.values if name]
    if "*" in entry.names or not all(_is_no_app(meaning) for meaning in meanings):
        return None
    if any(isinstance(meaning, Container) for meaning in meanings):
        return "a Blueprint alone is no app: make one and register it"
    return "write app = func.FunctionApp()"


def _undefined(app: App) -> Iterator[Finding]:
    """Names that are used as an app and that nothing binds, one finding for each in each module."""
    said: set[tuple[str, str]] = set()
    for function in app.indexed if not all(use.container.is_defined for use in app.uses) else ():
        for use in function.uses:
            name = use.container.variable
            if use.container.is_defined or (function.module.path, name) in said:
                continue
            said.add((function.module.path, name))
            start = use.decorator.expression.span
            span = Span(start.line, start.column, start.line, start.column + len(name))
            message = f"nothing here is called '{name}': importing the file fails and the whole app is lost;"
            hint = f"write {name} = func.FunctionApp() above, or a Blueprint that the entry file registers"
            yield Finding(f"{message} {hint}", function.location(span), function.name)


def _is_no_app(meaning: Meaning) -> bool:
    """Whether a name certainly means no app."""
    match meaning:
        case Container():
            return not meaning.is_app
        case Library() | Project() | Folder() | Code():
            return True
        case External(name):
            return name.partition(".")[0] in _STANDARD or "." not in name
        case Value(expression):
            return isinstance(expression, Literal | Items | Mapping)
        case _:
            return False
