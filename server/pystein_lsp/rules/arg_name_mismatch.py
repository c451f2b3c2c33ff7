"""The rule arg-name-mismatch."""

from __future__ import annotations

from collections.abc import Iterator

from pystein_lsp.model.app import App
from pystein_lsp.model.functions import WRAPPED, Binding, Function
from pystein_lsp.rules.acceptance import accepted_by
from pystein_lsp.rules.annotated import written
from pystein_lsp.rules.rule import Edit, Finding, Fix, FunctionRule, Related
from pystein_lsp.rules.suggest import closest
from pystein_lsp.syntax.span import Span
from pystein_lsp.syntax.tree import Parameter

OWN_SIGNATURE = "mcp_tool"
"""The decorator that makes its bindings from the signature, whatever that is."""


class ArgNameMismatch(FunctionRule):
    """A binding has no parameter to go to.

    ## What it does
    Reports a binding whose name (`arg_name`, `trigger_arg_name`, `input_name`, ...) is not a parameter of the function.

    ## Why it matters
    The worker hands each binding over as a keyword argument. It refuses a function that lacks one, and with it the *whole
    app*: all functions vanish. The usual cause is a parameter that was renamed, often by a linter's fix for unused
    arguments (`_req`).

    ## Example
    ```python
    @app.queue_trigger(arg_name="msg", queue_name="orders", connection="AzureWebJobsStorage")
    def take(message: func.QueueMessage): ...
    ```

    ## Use instead
    ```python
    @app.queue_trigger(arg_name="msg", queue_name="orders", connection="AzureWebJobsStorage")
    def take(msg: func.QueueMessage): ...
    ```

    ## Fix safety
    Changing the binding's name to the only parameter that no binding fills is safe. The other fixes are not.

    ## Reference
    https://learn.microsoft.com/azure/azure-functions/functions-reference-python
    """

    name = "arg-name-mismatch"
    severity = "error"
    effect = "app"
    late = True

    def check(self, function: Function, app: App) -> Iterator[Finding]:
        """One finding for each binding without a parameter."""
        yield from _hidden(function)
        if {each.name for each in function.bindings} - {"$return"} == {
            each.name for each in function.definition.parameters
        }:
            return
        pairs = _pairs(function)
        sole = len(pairs) == 1 and len(_free(function)) == 1
        for binding, meant in pairs:
            yield _finding(function, binding, meant, app, sole=sole)


def _hidden(function: Function) -> Iterator[Finding]:
    """Bindings of functions whose signature the library replaces: those that the new one does not have."""
    durable = next((each for each in function.bindings if each.role == "trigger" and each.type in WRAPPED), None)
    own = any(use.name == OWN_SIGNATURE for use in function.lasting)
    if not (durable or own) or not function.signature_sure or not all(use.bound for use in function.uses):
        return
    place = next((index for index, use in enumerate(function.lasting) if use.name == OWN_SIGNATURE), 0)
    above = function.lasting[:place]
    for binding in function.bindings:
        if binding.name in (None, "$return", "context"):
            continue
        if binding.use in above:
            what = f"@{binding.use.name} stands above @{OWN_SIGNATURE}, which does not know of '{binding.name}' then"
            yield Finding(
                f"{what}: the worker refuses the app; put it below", function.location(binding.span), function.name
            )
        elif durable and binding.use is not durable.use:
            what = (
                f"'{binding.name}' has no parameter to go to: @{durable.use.name} hands on its context and nothing else"
            )
            hint = "read it in an activity"
            yield Finding(
                f"{what}, and the worker refuses the app; {hint}", function.location(binding.span), function.name
            )


def counterpart(function: Function) -> list[Parameter]:
    """The parameters that misnamed bindings were meant for."""
    return [parameter for _, parameter in _pairs(function) if parameter]


def _pairs(function: Function) -> list[tuple[Binding, Parameter | None]]:
    """The bindings without a parameter, each with the one it was most likely meant for."""
    if not comparable(function):
        return []
    names = {parameter.name for parameter in function.definition.parameters}
    free = _free(function)
    missing = [binding for binding in function.bindings if binding.name not in (None, "$return", *names)]
    return [(binding, _meant(binding, free, len(missing))) for binding in missing]


def _free(function: Function) -> list[Parameter]:
    bound = {binding.name for binding in function.bindings}
    return [each for each in function.definition.parameters if each.name not in bound and each.name != "context"]


def comparable(function: Function) -> bool:
    """Whether bindings and parameters can be held against each other: what the platform sees is what is written."""
    if not function.signature_sure or any(use.name == OWN_SIGNATURE for use in function.uses):
        return False
    if any(binding.type in WRAPPED for binding in function.bindings if binding.role == "trigger"):
        return False
    return all(use.bound is not None for use in function.uses)


def _meant(binding: Binding, free: list[Parameter], missing: int) -> Parameter | None:
    """The parameter that the binding was most likely to go to."""
    if len(free) == 1 and missing == 1:
        return free[0]
    name = closest(binding.name or "", [parameter.name for parameter in free])
    return next((parameter for parameter in free if parameter.name == name), None)


def _finding(function: Function, binding: Binding, meant: Parameter | None, app: App, *, sole: bool) -> Finding:
    what = f"the {binding.use.name} binding '{binding.name}' has no parameter"
    signature = function.location(function.definition.name_span)
    fixes = []
    if meant:
        hint = f"did you mean '{meant.name}'?"
        related = (Related(f"the parameter '{meant.name}' belongs to no binding", function.location(meant.span)),)
        place = function.location(meant.span)
        if binding.span != binding.use.name_span and binding.name:
            edit = Edit(function.location(binding.span), f'"{meant.name}"')
            fixes.append(Fix(f"Bind it to the parameter {meant.name}", safe=sole, edits=(edit,)))
        if binding.name and binding.name.isidentifier():
            fixes.append(Fix(f"Rename the parameter to {binding.name}", safe=False, edits=(Edit(place, binding.name),)))
    else:
        hint = f"add a parameter '{binding.name}' to {function.definition.name}"
        fixes += _new_parameter(function, binding, app)
        related = (Related("the function is defined here", signature),)
    message = f"{what} in {function.definition.name}: the worker refuses the app; {hint}"
    return Finding(message, function.location(binding.span), function.name, related, tuple(fixes))


def _new_parameter(function: Function, binding: Binding, app: App) -> list[Fix]:
    """Add the parameter, with the annotation that fits best, in front of those that are there."""
    definition = function.definition
    if binding.name is None or not binding.name.isidentifier() or function.home is not function.module:
        return []
    first = definition.parameters[0].span if definition.parameters else None
    if first is None:
        behind = function.block.line_text(definition.name_span.end_line)[definition.name_span.end_column :]
        if not behind.startswith("("):
            return []
        column = definition.name_span.end_column + 1
        first = Span(definition.name_span.end_line, column, definition.name_span.end_line, column)
    elif definition.parameters[0].kind not in ("", "/"):
        return []
    text = f"{binding.name}{_annotation(binding, function, app)}" + (", " if definition.parameters else "")
    edit = Edit(function.location(Span(first.line, first.column, first.line, first.column)), text)
    return [Fix(f"Add the parameter {binding.name}", safe=False, edits=(edit,))]


def _annotation(binding: Binding, function: Function, app: App) -> str:
    accepted = accepted_by(binding)
    name = written(accepted.classes[0], function, app) if accepted and accepted.classes else None
    out = written("azure.functions.Out", function, app)
    if name is None or (binding.direction == "out" and out is None):
        return ""
    return f": {out}[{name}]" if binding.direction == "out" else f": {name}"
