"""The rule invalid-registration."""

from __future__ import annotations

from collections.abc import Iterator

from pystein_lsp.model.app import App
from pystein_lsp.model.functions import Function
from pystein_lsp.model.meaning import Code, Container, Library, Project
from pystein_lsp.model.registration import Registration
from pystein_lsp.rules.loss import is_other_app
from pystein_lsp.rules.rule import AppRule, Finding, Related


class InvalidRegistration(AppRule):
    """Something other than a blueprint is registered, or a blueprint twice.

    ## What it does
    Reports `register_functions` (or `register_blueprint`) with an app, a module, a class or a function, and a second
    registration of the same blueprint.

    ## Why it matters
    Each of them raises an exception while the worker loads the file (`functions can not be type of FunctionRegister!`, or
    that a function does not have a unique name), and *no* function of the app is loaded.

    ## Example
    ```python
    bp = func.Blueprint()

    @bp.route(route="hello")
    def hello(req: func.HttpRequest) -> str: ...

    app.register_functions(bp)
    app.register_functions(bp)
    ```

    ## Use instead
    ```python
    bp = func.Blueprint()

    @bp.route(route="hello")
    def hello(req: func.HttpRequest) -> str: ...

    app.register_functions(bp)
    ```

    ## Fix safety
    There is no fix.

    ## Reference
    https://learn.microsoft.com/azure/azure-functions/functions-reference-python#blueprints
    """

    name = "invalid-registration"
    severity = "error"
    effect = "app"

    def check(self, app: App) -> Iterator[Finding]:
        """One finding for each registration."""
        first: dict[Container, Registration] = {}
        if not app.registrations.calls:
            return
        for call in app.registrations.calls:
            what = _wrong(call)
            if what:
                message = (
                    f"{what}, not a Blueprint: importing the file fails and the whole app is lost; register a Blueprint"
                )
                yield Finding(message, call.location)
            elif isinstance(call.given, Container) and not call.conditional:
                earlier = first.setdefault(call.given, call)
                twice = earlier is not call and earlier.target == call.target and not is_other_app(call.target, app)
                if twice and any(
                    function.container == call.given and _was_there(function, earlier) for function in app.indexed
                ):
                    message = f"'{call.given.variable}' is registered twice: its functions are not unique and the whole app is lost"
                    related = (Related("it is first registered here", earlier.location),)
                    yield Finding(f"{message}; keep one of the two", call.location, related=related)


def _was_there(function: Function, call: Registration) -> bool:
    """Whether a function was in its blueprint when that was registered."""
    if function.module is not call.module:
        return True
    return function.location(function.definition.name_span).absolute.line < call.location.absolute.line


def _wrong(call: Registration) -> str | None:
    match call.given:
        case Container() if call.given.is_app:
            return f"'{call.given.variable}' is an app"
        case Project(module):
            return f"this is the module {module.path.rsplit('/', 1)[-1]}"
        case Code(node):
            return f"this is {node.name} itself"
        case Library(name):
            return f"this is {name}"
        case _:
            return None
