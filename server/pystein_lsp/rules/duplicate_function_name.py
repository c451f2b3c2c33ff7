"""The rule duplicate-function-name."""

from __future__ import annotations

from collections.abc import Iterator

from pystein_lsp.model.app import App
from pystein_lsp.model.constructed import constructed
from pystein_lsp.model.functions import Function
from pystein_lsp.rules.loss import is_lost
from pystein_lsp.rules.rule import AppRule, Edit, Effect, Finding, Fix, Related


class DuplicateFunctionName(AppRule):
    """Two functions have the same name.

    ## What it does
    Reports functions of one app, its blueprints included, whose names are equal: the name given by `function_name`, else
    the name of the Python function.

    ## Why it matters
    azure-functions 1.21 and newer refuse the whole app (`Function X does not have a unique function name`); older ones
    silently keep one of the two. Names that differ in case alone pass the library, but the host keeps HTTP functions in a
    table that ignores case and drops the second.

    ## Example
    ```python
    @app.route(route="orders")
    def orders(req: func.HttpRequest) -> str: ...

    @app.queue_trigger(arg_name="msg", queue_name="orders", connection="AzureWebJobsStorage")
    def orders(msg: func.QueueMessage): ...
    ```

    ## Use instead
    ```python
    @app.queue_trigger(arg_name="msg", queue_name="orders", connection="AzureWebJobsStorage")
    def take_order(msg: func.QueueMessage): ...
    ```

    ## Fix safety
    Numbering the name is unsafe: others may call the function by its name.

    ## Reference
    https://learn.microsoft.com/azure/azure-functions/functions-reference-python
    """

    name = "duplicate-function-name"
    severity = "error"
    effect = "app"

    def check(self, app: App) -> Iterator[Finding]:
        """One finding for every function but the first of a name."""
        first: dict[str, Function] = {}
        first_http: dict[str, Function] = {}
        names = [function.name for function in app.indexed]
        taken = set(names)
        yield from _of_constructors(app)
        if len({name.lower() for name in taken if name}) == len(names):
            return  # the usual case, without a look at each function
        for function in app.indexed:
            if function.name is None or is_lost(function, app):
                continue
            earlier = first.setdefault(function.name, function)
            if earlier is not function and not twins(earlier, function):
                yield _finding(function, earlier, taken, "app", "the library refuses the whole app")
            elif earlier is function and function.trigger and function.trigger.type == "httpTrigger":
                other = first_http.setdefault(function.name.lower(), function)
                if other is not function and not twins(other, function):
                    yield _finding(
                        function, other, taken, "function", "the host tells HTTP functions apart ignoring case"
                    )


def _of_constructors(app: App) -> Iterator[Finding]:
    for name, container in constructed(app):
        for function in app.indexed:
            if name is not None and function.name == name and not is_lost(function, app):
                kind = container.class_name.rpartition(".")[2]
                message = f"the function name '{name}' is taken by the one function of the {kind}: the library refuses the whole app;"
                related = (Related("the app is made here", container.location),)
                location = function.location(function.name_span)
                yield Finding(f"{message} give this one a name of its own", location, name, related)


def twins(first: Function, second: Function) -> bool:
    """Whether the two stand in different arms of the same `if` or `try`, so that only one of them exists."""
    if first.block is not second.block:
        return False
    arms = dict(first.arms)
    return any(line in arms and arms[line] != arm for line, arm in second.arms)


def _finding(function: Function, earlier: Function, taken: set[str | None], effect: Effect, why: str) -> Finding:
    name = function.name or ""
    number = next(number for number in range(2, len(taken) + 3) if f"{name}{number}" not in taken)
    location = function.location(function.name_span)
    named = function.name_span != function.definition.name_span
    new = f'"{name}{number}"' if named else f"{name}{number}"
    place = f"line {earlier.location(earlier.name_span).absolute.line + 1}"
    if earlier.module is not function.module:
        place = f"{earlier.module.path.rsplit('/', 1)[-1]}, {place}"
    spelt = "" if earlier.name == name else f" (as '{earlier.name}')"
    return Finding(
        f"the function name '{name}' is taken{spelt} by the function at {place}: {why}; give this one a name of its own",
        location,
        name,
        (Related(f"'{earlier.name}' is first used here", earlier.location(earlier.name_span)),),
        (Fix(f"Rename to {name}{number}", safe=False, edits=(Edit(location, new),)),),
        effect=effect,
    )
