"""The rule invalid-enum-value."""

from __future__ import annotations

from collections.abc import Iterator

from pystein_lsp.catalogue import catalogue
from pystein_lsp.catalogue.types import Parameter
from pystein_lsp.model.app import App
from pystein_lsp.model.calls import Bound
from pystein_lsp.model.functions import Function
from pystein_lsp.rules.rule import CallRule, Edit, Finding, Fix
from pystein_lsp.rules.suggest import closest
from pystein_lsp.syntax.document import Block
from pystein_lsp.syntax.literals import quoted
from pystein_lsp.syntax.span import Location
from pystein_lsp.syntax.tree import Expression, Items, Literal, Name


class InvalidEnumValue(CallRule):
    """A text that names no member of the enum.

    ## What it does
    Reports texts given for `auth_level`, `methods`, `cardinality`, `data_type`, `access_rights` and the like that are no
    member's name, members that the enum does not have, and a single method where `methods` wants a list. Values that the
    library hands on unread, numbers and members of other enums, are warnings.

    ## Why it matters
    The library raises KeyError while the worker imports the file, and *no* function of the app is loaded. Names are
    compared without regard to case, but for `FunctionApp(http_auth_level=...)`, which wants capitals.

    ## Example
    ```python
    @app.route(route="orders", methods="GET")
    def orders(req: func.HttpRequest) -> str: ...
    ```

    ## Use instead
    ```python
    @app.route(route="orders", methods=["GET"])
    def orders(req: func.HttpRequest) -> str: ...
    ```

    ## Fix safety
    Putting a single method into a list, and correcting the case, are safe; a suggested name is not.

    ## Reference
    https://learn.microsoft.com/python/api/azure-functions/azure.functions
    """

    name = "invalid-enum-value"
    severity = "error"
    effect = "app"
    wants = frozenset({"enum", "methods"})

    def check(self, bound: Bound, block: Block, function: Function | None, app: App) -> Iterator[Finding]:
        """One finding for each value."""
        name = function.name if function else None
        for parameter in bound.signature.parameters:
            value = bound.values.get(parameter.name)
            if value is None or not parameter.choices:
                continue
            if parameter.kind == "methods":
                yield from _methods(parameter, value, block, name)
            elif parameter.kind == "enum":
                yield from _one(parameter, value, block, name)


def _methods(parameter: Parameter, value: Expression, block: Block, function: str | None) -> Iterator[Finding]:
    if isinstance(value, Items):
        for item in value.values:
            yield from _one(parameter, item, block, function)
    elif isinstance(value, Name) or (isinstance(value, Literal) and isinstance(value.value, (int, float))):
        message = "methods takes a list: importing the file fails and the whole app is lost; write methods=[...]"
        yield Finding(message, Location(block, value.span), function)
    elif isinstance(value, Literal) and isinstance(value.value, str) and value.value:
        location = Location(block, value.span)
        method = value.value.upper()
        valid = method in parameter.choices
        new = f"[{quoted(block, value.span, method)}]"
        fixes = (Fix(f"Change to {new}", safe=True, edits=(Edit(location, new),)),) if valid else ()
        message = (
            "methods takes a list, not a text: the library takes its letters for methods and the whole app is lost"
        )
        hint = f'; write methods=["{method}"]' if valid else ""
        yield Finding(message + hint, location, function, fixes=fixes)


def _one(parameter: Parameter, value: Expression, block: Block, function: str | None) -> Iterator[Finding]:
    if isinstance(value, Name):
        yield from _member(parameter, value, block, function)
    if not isinstance(value, Literal) or value.value is None:
        return  # unknown, or nothing
    text = value.value
    location = Location(block, value.span)
    if parameter.texts is not None:
        yield from _unparsed(parameter, value, block, function)
        return
    if not isinstance(text, str):
        message = f"{parameter.name} takes a member or its name, not {text!r}:"
        hint = f"the names are {_listed(parameter)}"
        if parameter.name == "data_type":  # of which the library asks the `value`
            yield Finding(f"{message} importing the file fails and the whole app is lost; {hint}", location, function)
            return
        message += " the library hands it on as it is;"
        yield Finding(f"{message} {hint}", location, function, severity="warning", effect="none")
        return
    if text in parameter.choices or (parameter.ignore_case and text.upper() in parameter.choices):
        return
    right_case = text.upper() if text.upper() in parameter.choices else None
    meant = right_case or closest(text, parameter.choices)
    fixes: tuple[Fix, ...] = ()
    if meant:
        edit = Edit(location, quoted(block, value.span, meant))
        fixes = (Fix(f"Change to {meant}", safe=bool(right_case), edits=(edit,)),)
    hint = f"did you mean '{meant}'?" if meant else f"the names are {_listed(parameter)}"
    message = f"{parameter.name} has no member '{text}': importing the file fails and the whole app is lost; {hint}"
    yield Finding(message, location, function, fixes=fixes)


def _unparsed(parameter: Parameter, value: Literal, block: Block, function: str | None) -> Iterator[Finding]:
    """A value for an enum that the library does not look names up in."""
    location = Location(block, value.span)
    if not parameter.texts:
        message = (
            f"{parameter.name} takes a member of the enum alone: importing the file fails and the whole app is lost;"
        )
        yield Finding(f"{message} its members are {_listed(parameter)}", location, function)
    elif str(value.value).lower() not in {each.lower() for each in parameter.texts}:  # the host ignores case
        meant = closest(str(value.value), parameter.texts)
        fixes: tuple[Fix, ...] = ()
        if meant:
            fixes = (Fix(f"Change to {meant}", safe=False, edits=(Edit(location, quoted(block, value.span, meant)),)),)
        message = f"{parameter.name} has no value {value.value!r}, and the library hands it on as it is;"
        hint = f"did you mean '{meant}'?" if meant else f"it is {' or '.join(map(repr, parameter.texts))}"
        yield Finding(f"{message} {hint}", location, function, fixes=fixes, severity="warning", effect="none")


def _member(parameter: Parameter, value: Name, block: Block, function: str | None) -> Iterator[Finding]:
    """`func.AuthLevel.NAME` where the enum has no such member."""
    qualified, _, last = value.dotted.rpartition(".")
    short = qualified.rpartition(".")[2]
    enum = catalogue().enum(qualified)
    if enum is None:
        return
    location = Location(block, value.span)
    if last in enum.members or last in enum.members_2:
        if last not in parameter.choices:
            message = f"{parameter.name} takes no {short}, and the host cannot read '{last}'; "
            message += f"the names are {_listed(parameter)}"
            yield Finding(message, location, function, severity="warning", effect="none")
        return
    place = Location(block, value.last_span)
    meant = closest(last, enum.members)
    fixes = (Fix(f"Change to {meant}", safe=False, edits=(Edit(place, meant),)),) if meant else ()
    hint = f"did you mean '{meant}'?" if meant else f"its members are {', '.join(enum.members)}"
    message = f"{short} has no member '{last}': importing the file fails and the whole app is lost; {hint}"
    yield Finding(message, location, function, fixes=fixes)


def _listed(parameter: Parameter) -> str:
    return ", ".join(parameter.choices)
