"""One more output of a function: its decorator, and the parameter that takes the value."""

from __future__ import annotations

from collections.abc import Iterator

from pystein_lsp.catalogue import catalogue
from pystein_lsp.catalogue.types import Decorator, Parameter
from pystein_lsp.features.kinds import REFACTOR
from pystein_lsp.features.target import alias_of, key_of
from pystein_lsp.features.types import Action, TextEdit
from pystein_lsp.model.app import App
from pystein_lsp.model.functions import WRAPPED, Function, trigger_name
from pystein_lsp.syntax.span import Span

KIND = f"{REFACTOR}.rewrite.output"


def output_binding(app: App, function: Function, *, every: bool) -> Iterator[Action]:
    """An action for each service that the container can write to; where not every one is asked for, those in use."""
    place = _behind_parameters(function)
    if place is None or trigger_name(function) in WRAPPED or trigger_name(function) is None:
        return
    container, use = function.container, function.uses[-1]
    known = catalogue()
    taken = {parameter.name for parameter in function.definition.parameters}
    name = next(each for each in ("out", *(f"out{number}" for number in range(2, 100))) if each not in taken)
    line, column = use.decorator.span.end_line, use.decorator.span.end_column
    below = Span(line, column, line, column).shifted(function.block.line)
    indent = function.block.line_text(function.definition.name_span.line)
    indent = indent[: len(indent) - len(indent.lstrip())]
    out = f"{alias_of(function.module, app, 'azure.functions.Out')}[str]"
    comma = ", " if function.definition.parameters else ""
    path = function.module.path
    for key in known.classes[container.class_name].decorators:
        decorator = known.decorators[key]
        if (
            _is_offered(decorator)
            and (every or _is_near(decorator, app))
            and key_of(container.class_name, decorator.name) == key
        ):
            call = f"@{container.variable}.{decorator.name}({_arguments(decorator, name, function)})"
            edits = (
                TextEdit(path, below, f"\n{indent}{call}"),
                TextEdit(path, place, f"{comma}{name}: {out}"),
            )
            yield Action(f"Add @{decorator.name}", f"{KIND}.{decorator.name}", edits)


def _is_offered(decorator: Decorator) -> bool:
    return (
        decorator.role == "output"
        and decorator.bundle in ("host", "ga")
        and decorator.alias_of is None
        and not decorator.name.startswith("generic_")
    )


def _is_near(decorator: Decorator, app: App) -> bool:
    """Whether the app writes to that service already; queues and blobs are always at hand."""
    used = (use.name for each in app.indexed for use in each.uses)
    return decorator.name in ("queue_output", "blob_output") or decorator.name in used


def _behind_parameters(function: Function) -> Span | None:
    """Where one more parameter goes; None where the signature is not plain."""
    definition = function.definition
    if not definition.complete or any(each.kind in ("*", "**", "kw") for each in definition.parameters):
        return None
    if not definition.parameters:
        line, column = definition.name_span.end_line, definition.name_span.end_column
        if not function.block.line_text(line)[column:].startswith("()"):
            return None
        at = Span(line, column + 1, line, column + 1)
    else:
        last = definition.parameters[-1]
        if last.has_default:
            return None
        end = last.annotation.span if last.annotation else last.span
        at = Span(end.end_line, end.end_column, end.end_line, end.end_column)
    return at.shifted(function.block.line)


def _arguments(decorator: Decorator, name: str, function: Function) -> str:
    """What the decorator needs; one that needs nothing but a name, and has several ways to say where, gets a connection."""
    needed = [each for each in decorator.parameters if each.required]
    if len(needed) == 1:
        needed += [each for each in decorator.parameters if each.kind == "connection"][:1]
    return ", ".join(f'{each.name}="{_value(decorator, each, name, function)}"' for each in needed)


def _value(decorator: Decorator, parameter: Parameter, name: str, function: Function) -> str:
    """A value to begin with; names follow the function's, connections the service's."""
    dashed = (function.name or "function").replace("_", "-").lower()
    match parameter.kind:
        case "arg_name":
            return name
        case "connection":
            service = decorator.binding_type or ""
            return parameter.connection_default or service[:1].upper() + service[1:]
        case "blob_path":
            return f"{dashed}/{{rand-guid}}"
        case "table":
            return "".join(part.title() for part in dashed.split("-"))
    return f"{dashed}-out"
