"""The rule invalid-return-annotation."""

from __future__ import annotations

from collections.abc import Iterator

from pystein_lsp.model.app import App
from pystein_lsp.model.functions import WRAPPED, Binding, Function
from pystein_lsp.model.types import Class, Missing
from pystein_lsp.rules.acceptance import Accepted, return_answer, returned_by
from pystein_lsp.rules.annotated import (
    HTTP,
    classes_of,
    described,
    missing,
    only_class,
    place,
    returned_binding,
    source,
    type_of,
    written,
)
from pystein_lsp.rules.rule import Edit, Finding, Fix, FunctionRule
from pystein_lsp.syntax.tree import Expression


class InvalidReturnAnnotation(FunctionRule):
    """A return annotation that the worker does not accept.

    ## What it does
    Where a function's return value goes to a binding, as it does for every `route`, the worker judges the annotation: it has
    to be a class that the binding takes, `func.HttpResponse` or `str` for HTTP. `None`, `Optional[X]`, unions, `dict`, tuples
    and `func.Out` are refused. A function without a return annotation is always fine.

    ## Why it matters
    The worker refuses such a function, and with it the *whole app*: all functions vanish.

    ## Example
    ```python
    @app.route(route="orders")
    def orders(req: func.HttpRequest) -> dict: ...
    ```

    ## Use instead
    ```python
    @app.route(route="orders")
    def orders(req: func.HttpRequest) -> func.HttpResponse: ...
    ```

    ## Fix safety
    Dropping `None` from an optional class is safe: what the function returns does not change. The other fixes are not.

    ## Reference
    https://learn.microsoft.com/azure/azure-functions/functions-reference-python
    """

    name = "invalid-return-annotation"
    severity = "error"
    effect = "app"
    late = True

    def check(self, function: Function, app: App) -> Iterator[Finding]:
        """One finding for the annotation."""
        if any(binding.type in WRAPPED for binding in function.bindings):
            yield from _of_durable(function)
            return
        annotation = function.definition.returns
        if annotation is None or not function.signature_sure:
            return
        found = type_of(function, annotation, app)
        if isinstance(found, Missing):
            yield missing(function, "the return annotation", annotation, found)
            return
        binding = returned_binding(function)
        if binding and binding.type in HTTP and app.is_http_v2:
            return  # the extension judges it
        answer = return_answer(binding, found) if binding else "accepted"
        if binding is None or answer in ("accepted", "unsure"):
            return
        text = source(function, annotation.span)
        what = "func.Out is for parameters" if answer == "no-out" else described(found)
        if answer == "mismatch":
            what = f"{'HTTP' if binding.type == 'http' else f'@{binding.use.name}'} takes no '{text}'"
        hint, fixes = _mend(function, annotation, found_in=binding, app=app)
        message = (
            f"the return annotation of {function.definition.name} is '{text}', but {what}: the worker refuses the app;"
        )
        yield Finding(f"{message} {hint}", place(function, annotation), function.name, fixes=fixes)


def _of_durable(function: Function) -> Iterator[Finding]:
    """The durable package's own function, which takes the place of an orchestrator or entity, returns a `str`."""
    binding = returned_binding(function)
    if binding and return_answer(binding, Class("str", frozenset({"str"}))) in ("no-type", "mismatch"):
        message = f"what an orchestrator or entity returns is text for the worker, and @{binding.use.name} takes none:"
        hint = "the worker refuses the app; write it in an activity"
        yield Finding(f"{message} {hint}", function.location(binding.span), function.name)


def _mend(function: Function, annotation: Expression, found_in: Binding, app: App) -> tuple[str, tuple[Fix, ...]]:
    location = place(function, annotation)
    real = only_class(annotation, type_of(function, annotation, app))
    if real is not None and return_answer(found_in, type_of(function, real, app)) == "accepted":
        text = source(function, real.span)
        return f"write {text}", (Fix(f"Change to {text}", safe=True, edits=(Edit(location, text),)),)
    accepted = returned_by(found_in) or Accepted()
    if not accepted.classes:
        return "leave it out", ()
    fixes: tuple[Fix, ...] = ()
    if text_of_first := written(accepted.classes[0], function, app):
        fixes = (Fix(f"Change to {text_of_first}", safe=False, edits=(Edit(location, text_of_first),)),)
    return f"write {classes_of(accepted.classes, function, app)}, or leave it out", fixes
