"""The rule wrapping-decorator."""

from __future__ import annotations

from collections.abc import Iterator

from pystein_lsp.model.app import App
from pystein_lsp.model.functions import WRAPPED, Function, Use
from pystein_lsp.model.wrapping import Wrapper
from pystein_lsp.rules.rule import Finding, FunctionRule

_WRAPPING = ("copies", "replaces")


class WrappingDecorator(FunctionRule):
    """A decorator of your own in a place where the app loses it, or is lost by it.

    ## What it does
    Looks into the body of decorators that the app itself defines. A decorator that wraps the function belongs right above
    `def`, below all decorators of the app, and has to wrap with `functools.wraps`. Reported are one *above* the app's decorators
    (a warning: it has no effect), one *between* them, and one below that wraps without `functools.wraps` and does not take the
    parameters of the bindings. A decorator that returns the function itself is fine everywhere.

    ## Why it matters
    The app's decorators register what they are given. One above them wraps what is registered already, so that it never runs.
    One between them makes a second function, and one of the two has no trigger. A wrapper without `functools.wraps` shows the
    worker its own parameters, `*args` and `**kwargs`. In the last two cases the *whole app* is lost.

    ## Example
    ```python
    def timed(function):
        @functools.wraps(function)
        def inner(*args, **kwargs):
            return function(*args, **kwargs)
        return inner

    @timed
    @app.route(route="hello")
    def hello(req: func.HttpRequest) -> str: ...
    ```

    ## Use instead
    ```python
    def timed(function):
        @functools.wraps(function)
        def inner(*args, **kwargs):
            return function(*args, **kwargs)
        return inner

    @app.route(route="hello")
    @timed
    def hello(req: func.HttpRequest) -> str: ...
    ```

    ## Fix safety
    There is no fix: decorators run in another order when they change places.

    ## Reference
    https://learn.microsoft.com/azure/azure-functions/functions-reference-python
    """

    name = "wrapping-decorator"
    severity = "error"
    effect = "app"
    late = True
    wants = frozenset({"wrapped"})

    def check(self, function: Function, app: App) -> Iterator[Finding]:
        """One finding for each decorator."""
        changing = [wrapper for wrapper in function.wrappers if wrapper.shape.effect not in ("keeps", "unknown")]
        for wrapper in changing:
            if wrapper.position == "above" and wrapper.shape.effect in _WRAPPING:
                message = f"@{wrapper.name} has no effect: {function.definition.name} is registered without it;"
                found = _finding(function, wrapper, f"{message} put it right above def")
                yield found._replace(severity="warning", effect="none")
            elif wrapper.position != "above" and wrapper.shape.effect == "nothing":
                message = f"@{wrapper.name} returns nothing, so that there is no function to register: importing the file fails"
                yield _finding(function, wrapper, f"{message}; return the function")._replace(late=False)
            elif wrapper.position == "between":
                yield from _between(function, wrapper)
            elif wrapper.position == "below" and len(changing) == 1:
                yield from _below(function, wrapper)


def _finding(function: Function, wrapper: Wrapper, message: str) -> Finding:
    return Finding(message, function.location(wrapper.decorator.expression.span), function.name)


def _between(function: Function, wrapper: Wrapper) -> Iterator[Finding]:
    """Two functions are made: one of what stands above, one of what stands below."""
    line = wrapper.decorator.span.line
    above = [use for use in function.uses if use.decorator.span.line < line]
    below = [use for use in function.uses if use.decorator.span.line > line]
    if not all(use.sure for use in function.uses):
        return
    lower = below[0].name if below else ""
    both = _has_trigger(above) and _has_trigger(below)
    if both and wrapper.shape.effect == "replaces":
        return  # a second function, which may well have the parameters that it needs
    why = "one takes any parameters" if both else "one has no trigger"
    message = f"@{wrapper.name} wraps what @{lower} has registered, so that two functions are made and {why}:"
    yield _finding(function, wrapper, f"{message} the library refuses the whole app; put it right above def")


def _has_trigger(uses: list[Use]) -> bool:
    return any(use.known and use.known.role == "trigger" for use in uses)


def _below(function: Function, wrapper: Wrapper) -> Iterator[Finding]:
    if any(binding.type in WRAPPED for binding in function.bindings):
        return  # the durable package wraps the wrapper once more, whatever its parameters
    names = {binding.name for binding in function.bindings}
    if wrapper.shape.effect != "replaces" or None in names or not all(use.sure for use in function.uses):
        return
    taken = set(wrapper.shape.parameters)
    if names - {"$return"} <= taken <= names | {"context"}:
        return
    shown = ", ".join(wrapper.shape.parameters) or "nothing"
    message = f"@{wrapper.name} hides the parameters of {function.definition.name}: its {wrapper.shape.wrapper} takes {shown},"
    yield _finding(
        function, wrapper, f"{message} and the worker refuses the app; put @functools.wraps above the wrapper"
    )
