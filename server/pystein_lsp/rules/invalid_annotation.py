"""The rule invalid-annotation."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import NamedTuple, TypeAlias

from pystein_lsp.model.annotations import OUT, postponed
from pystein_lsp.model.app import App
from pystein_lsp.model.functions import WRAPPED, Binding, Function
from pystein_lsp.model.meaning import Library
from pystein_lsp.model.types import AnyType, Builtin, Class, Missing, Out, Type, Unsure
from pystein_lsp.rules.acceptance import Accepted, accepted_by, parameter_answer
from pystein_lsp.rules.annotated import (
    HTTP,
    by_name,
    classes_of,
    described,
    inner,
    is_python_310,
    missing,
    only_class,
    place,
    shown,
    source,
    type_of,
    typing_edits,
    written,
)
from pystein_lsp.rules.arg_name_mismatch import comparable
from pystein_lsp.rules.rule import Edit, Finding, Fix, FunctionRule, Related
from pystein_lsp.syntax.tree import Call, Expression, Literal, Name, Parameter

_CONTEXT = "azure.functions.Context"


class InvalidAnnotation(FunctionRule):
    """An annotation that the worker does not accept for the parameter's binding.

    ## What it does
    Judges the annotations of parameters as the worker does when it loads the app: an annotation has to be a class or a
    generic of `typing` (no `Optional[X]`, `X | None`, `Union`, `list[X]`, `tuple[...]`), it has to be a class that the binding
    can give, an output has to be a `func.Out[...]` and an input must not be one, `context` has to be a `func.Context`, and
    every name in it has to exist when the app is loaded. Parameters without an annotation are always fine.

    ## Why it matters
    The worker refuses a function with such an annotation, and with it the *whole app*: all functions vanish.

    ## Example
    ```python
    @app.route(route="orders")
    @app.queue_output(arg_name="msg", queue_name="orders", connection="AzureWebJobsStorage")
    def order(req: func.HttpRequest, msg: str) -> str: ...
    ```

    ## Use instead
    ```python
    @app.route(route="orders")
    @app.queue_output(arg_name="msg", queue_name="orders", connection="AzureWebJobsStorage")
    def order(req: func.HttpRequest, msg: func.Out[str]) -> str: ...
    ```

    ## Fix safety
    Wrapping the class of an output in `func.Out[...]`, writing `List[X]` for `list[X]`, dropping `None` from an optional
    without a default and naming the context's class are safe. The other fixes are not.

    ## Reference
    https://learn.microsoft.com/azure/azure-functions/functions-reference-python
    """

    name = "invalid-annotation"
    severity = "error"
    effect = "app"
    late = True

    def check(self, function: Function, app: App) -> Iterator[Finding]:
        """One finding for each annotation."""
        yield from _instances(function, app)
        if any(binding.type in WRAPPED for binding in function.bindings):
            yield from _evaluated(function, app)
            return
        if not function.signature_sure:
            return
        bindings = by_name(function)
        for parameter in function.definition.parameters:
            if parameter.annotation is None:
                continue
            binding = bindings.get(parameter.name)
            if binding and all(use.bound for use in function.uses):
                yield from _bound(function, parameter, parameter.annotation, binding, app)
            else:
                yield from _unbound(function, parameter, parameter.annotation, app)


class _Subject(NamedTuple):
    """An annotation and what it is judged by."""

    function: Function
    parameter: Parameter
    annotation: Expression
    found: Type
    binding: Binding
    accepted: Accepted
    app: App

    @property
    def what(self) -> str:
        """The annotation as a message names it."""
        return _spelt(self.function, self.annotation)

    def fix(self, expression: Expression, text: str, *, safe: bool) -> tuple[Fix, ...]:
        """The fix that writes something else in place of a part of the annotation."""
        return (Fix(f"Change to {text}", safe, (Edit(place(self.function, expression), text),)),)

    def accepts(self, expression: Expression) -> bool:
        """Whether a part of the annotation would do, inside `func.Out` if it stands there."""
        alone = type_of(self.function, expression, self.app)
        whole = Out(alone) if isinstance(self.found, Out) else alone
        return parameter_answer(self.binding, whole, python_310=False) == "accepted"

    def listed(self) -> str:
        """The classes that the binding accepts."""
        return classes_of(self.accepted.classes, self.function, self.app)

    def first(self) -> str:
        """The class that fits best."""
        return shown(self.accepted.classes[0], self.function, self.app) if self.accepted.classes else "str"


_NEVER_MADE = ("azure.functions.HttpRequest", OUT)
"""Classes that raise TypeError where they are called without arguments or, `func.Out`, with whatever."""


def _instances(function: Function, app: App) -> Iterator[Finding]:
    """`func.Out(str)` for `func.Out[str]`: Python makes the object while it defines the function, or fails to."""
    for parameter in function.definition.parameters:
        call = parameter.annotation
        if not isinstance(call, Call) or not isinstance(call.function, Name) or postponed(function.home):
            continue
        line = function.home_block.line + call.span.line
        meaning, rest = app.resolver.dotted(function.home, call.function.dotted, line)
        if rest or not isinstance(meaning, Library) or meaning.name not in _NEVER_MADE:
            continue
        new = call.function.dotted
        if meaning.name == OUT:
            inside = source(function, call.arguments[0].value.span) if len(call.arguments) == 1 else "str"
            new = f"{new}[{inside}]"
        elif call.arguments:
            continue
        fixes = (Fix(f"Change to {new}", safe=False, edits=(Edit(place(function, call), new),)),)
        message = (
            f"the annotation of '{parameter.name}' makes an object, which fails while the file is imported: the whole"
        )
        finding = Finding(f"{message} app is lost; write {new}", place(function, call), function.name, fixes=fixes)
        yield finding._replace(late=False)


def _evaluated(function: Function, app: App) -> Iterator[Finding]:
    """Annotations that the worker never sees: Python alone evaluates them, unless they are texts."""
    for parameter in function.definition.parameters:
        annotation = parameter.annotation
        if annotation is None or isinstance(annotation, Literal) or postponed(function.home):
            continue
        found = type_of(function, annotation, app)
        if isinstance(found, Missing):
            yield missing(function, f"the annotation of '{parameter.name}'", annotation, found)._replace(late=False)


def _unbound(function: Function, parameter: Parameter, annotation: Expression, app: App) -> Iterator[Finding]:
    found = type_of(function, annotation, app)
    location = place(function, annotation)
    if isinstance(found, Missing):
        yield missing(function, f"the annotation of '{parameter.name}'", annotation, found)
    elif parameter.name == "context" and comparable(function) and None not in {each.name for each in function.bindings}:
        if isinstance(found, Unsure) or (isinstance(found, Class) and found.name == "Context"):
            return
        context = shown(_CONTEXT, function, app)
        fixes: tuple[Fix, ...] = ()
        if text := written(_CONTEXT, function, app):
            fixes = (Fix(f"Change to {text}", safe=True, edits=(Edit(location, text),)),)
        message = f"the parameter 'context' receives a {context}, not {_spelt(function, annotation)}: the worker refuses the app;"
        yield Finding(f"{message} annotate it {context}, or rename it", location, function.name, fixes=fixes)


def _bound(
    function: Function, parameter: Parameter, annotation: Expression, binding: Binding, app: App
) -> Iterator[Finding]:
    found = type_of(function, annotation, app)
    whose = f"the annotation of '{parameter.name}'"
    if binding.role == "client":
        if isinstance(found, Missing) and not isinstance(annotation, Literal) and not postponed(function.home):
            yield missing(function, whose, annotation, found)
        return  # the durable package puts `str` in its place
    if binding.type in HTTP and not isinstance(found, Missing) and app.is_http_v2:
        return  # the extension judges it
    answer = parameter_answer(binding, found, python_310=is_python_310(app))
    if answer == "accepted" and binding.type != "httpTrigger":
        return
    subject = _Subject(function, parameter, annotation, found, binding, accepted_by(binding) or Accepted(), app)
    if answer == "missing" and isinstance(found, Missing):
        yield missing(function, whose, annotation, found)
    elif answer == "accepted" and binding.type == "httpTrigger":
        yield from _unreadable(subject)
    elif answer in _TELL:
        message, fixes = _TELL[answer](subject)
        related = (Related("the binding is here", function.location(binding.span)),)
        yield Finding(message, place(function, annotation), function.name, related, fixes)


def _spelt(function: Function, annotation: Expression) -> str:
    text = source(function, annotation.span)
    return f"'{text}'" if len(text) < 60 and "\n" not in text else "this"


def _unreadable(subject: _Subject) -> Iterator[Finding]:
    """`req: str`: the worker takes the text, and has no text to give."""
    found, function = subject.found, subject.function
    if not isinstance(found, Class) or found.name not in ("str", "bytes"):
        return
    fixes: tuple[Fix, ...] = ()
    if text := written("azure.functions.HttpRequest", function, subject.app):
        fixes = subject.fix(subject.annotation, text, safe=False)
    message = f"the request in '{subject.parameter.name}' cannot be given as {found.name}: the app loads, and every call fails;"
    message += f" annotate it {subject.first()}"
    location = place(function, subject.annotation)
    yield Finding(message, location, function.name, fixes=fixes, severity="warning", effect="none")


_Told: TypeAlias = "tuple[str, tuple[Fix, ...]]"


def _needs_out(subject: _Subject) -> _Told:
    out = shown(OUT, subject.function, subject.app)
    fits = parameter_answer(subject.binding, Out(subject.found), python_310=False) == "accepted"
    new = f"{out}[{source(subject.function, subject.annotation.span) if fits else subject.first()}]"
    name = subject.parameter.name
    message = f"'{name}' is an output, so it needs the annotation {out}[...]: the worker refuses the app; write {new}"
    if written(OUT, subject.function, subject.app) is None:
        return message, ()
    return message, subject.fix(subject.annotation, new, safe=fits)


def _no_out(subject: _Subject) -> _Told:
    out = shown(OUT, subject.function, subject.app)
    message = (
        f"'{subject.parameter.name}' is an input, so its annotation must not be {out}: the worker refuses the app;"
    )
    item, of_item = inner(subject.annotation, subject.found)
    if item is subject.annotation or parameter_answer(subject.binding, of_item, python_310=False) != "accepted":
        return _with_hint(message, subject, subject.annotation)
    text = source(subject.function, item.span)
    return f"{message} write {text}", subject.fix(subject.annotation, text, safe=False)


def _bare_out(subject: _Subject) -> _Told:
    text = f"{source(subject.function, subject.annotation.span)}[{subject.first()}]"
    message = f"the annotation of '{subject.parameter.name}' has to say what goes out: the worker refuses the app; write {text}"
    return message, subject.fix(subject.annotation, text, safe=False)


def _no_type(subject: _Subject) -> _Told:
    item, of_item = inner(subject.annotation, subject.found)
    message = f"the annotation of '{subject.parameter.name}' is {subject.what}, but {described(of_item)}:"
    message += " the worker refuses the app;"
    real = only_class(item, of_item)
    if real is not None and subject.accepts(real):
        text = source(subject.function, real.span)
        return f"{message} write {text}", subject.fix(item, text, safe=not subject.parameter.has_default)
    if isinstance(of_item, Builtin) and (subject.accepted.items or subject.accepted.anything):
        edits = typing_edits(item, of_item, subject.function, subject.app)
        if edits:
            return f"{message} write {edits[0].text}[...]", (Fix(f"Change to {edits[0].text}", safe=True, edits=edits),)
    return _with_hint(message, subject, item)


def _mismatch(subject: _Subject) -> _Told:
    item, of_item = inner(subject.annotation, subject.found)
    what = "Any" if isinstance(of_item, AnyType) else _spelt(subject.function, item)
    verb = "takes" if subject.binding.direction == "out" else "gives"
    message = f"@{subject.binding.use.name} {verb} no {what} in '{subject.parameter.name}': the worker refuses the app;"
    return _with_hint(message, subject, item)


def _with_hint(message: str, subject: _Subject, item: Expression) -> _Told:
    if not subject.accepted.classes:
        return f"{message} annotate it with a class, such as dict, or not at all", ()
    text = written(subject.accepted.classes[0], subject.function, subject.app)
    fixes = subject.fix(item, text, safe=False) if text else ()
    return f"{message} annotate it {subject.listed()}", fixes


_TELL: dict[str, Callable[[_Subject], _Told]] = {
    "needs-out": _needs_out,
    "no-out": _no_out,
    "bare-out": _bare_out,
    "no-type": _no_type,
    "mismatch": _mismatch,
}
