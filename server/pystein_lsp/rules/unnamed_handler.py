"""The rule unnamed-handler."""

from __future__ import annotations

from collections.abc import Iterator

from pystein_lsp.catalogue import catalogue
from pystein_lsp.model.app import App
from pystein_lsp.model.meaning import Container, External
from pystein_lsp.rules.imported import Step, steps
from pystein_lsp.rules.rule import AppRule, Finding
from pystein_lsp.syntax.document import Block
from pystein_lsp.syntax.span import Location
from pystein_lsp.syntax.tree import Assign, Call, Evaluate, Expression, Name, Unknown

_PARTIAL = External("functools.partial")


class UnnamedHandler(AppRule):
    """A handler that has no name to call its function by.

    ## What it does
    Reports a `functools.partial` that is handed to a decorator, and a lambda that is handed to decorators none of which is
    `function_name`.

    ## Why it matters
    The library takes the function's name from the handler's `__name__`. A `functools.partial` has none: importing the file
    fails and *no* function of the app is loaded. A lambda is called `<lambda>`, which the host refuses as a function's name.

    ## Example
    ```python
    import functools

    def greet(greeting: str, req: func.HttpRequest) -> str: ...

    app.route(route="hello")(functools.partial(greet, "Hello"))
    ```

    ## Use instead
    ```python
    def greet(greeting: str, req: func.HttpRequest) -> str: ...

    @app.route(route="hello")
    def hello(req: func.HttpRequest) -> str:
        return greet("Hello", req)
    ```

    ## Fix safety
    There is no fix: the name is yours to choose.

    ## Reference
    https://learn.microsoft.com/azure/azure-functions/functions-reference-python
    """

    name = "unnamed-handler"
    severity = "error"
    effect = "function"
    reads = "names"

    def check(self, app: App) -> Iterator[Finding]:
        """One finding for each handler."""
        for step in steps(app):
            value = step.statement.value if isinstance(step.statement, Assign | Evaluate) else None
            handler, decorators = _unwrapped(value, step, app)
            if not decorators or handler is None:
                continue
            location = Location(step.block, handler.span)
            if isinstance(handler, Call) and _meaning(handler.function, step, app) == _PARTIAL:
                message = "a functools.partial has no __name__: importing the file fails and the whole app is lost;"
                yield Finding(f"{message} define a function that calls it", location, effect="app")
            elif isinstance(handler, Unknown) and "function_name" not in decorators and _is_lambda(handler, step.block):
                message = "a lambda is called '<lambda>', which the host refuses as a function's name;"
                yield Finding(f"{message} define a function", location)


def _unwrapped(value: Expression | None, step: Step, app: App) -> tuple[Expression | None, list[str]]:
    """What stands innermost in `app.a(...)(app.b(...)(handler))`, and the names of the decorators around it."""
    decorators: list[str] = []
    while isinstance(value, Call) and isinstance(value.function, Call) and len(value.arguments) == 1:
        target = value.function.function
        owner, _, name = target.dotted.rpartition(".") if isinstance(target, Name) else ("", "", "")
        if name not in catalogue().decorators or not isinstance(_named(owner, step, app), Container):
            break
        decorators.append(name)
        value = value.arguments[0].value
    return value, decorators


def _meaning(value: Expression, step: Step, app: App) -> object:
    return _named(value.dotted, step, app) if isinstance(value, Name) else None


def _named(dotted: str, step: Step, app: App) -> object:
    """What a chain of names means where it stands; None where that is not known to its end."""
    meaning, rest = app.resolver.dotted(step.module, dotted, step.block.line + step.statement.span.line)
    return None if rest else meaning


def _is_lambda(value: Unknown, block: Block) -> bool:
    return block.line_text(value.span.line).startswith("lambda", value.span.column)
