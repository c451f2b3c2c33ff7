"""Hover: what a decorator, an argument or a value is."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import NamedTuple

from pystein_lsp.catalogue import catalogue
from pystein_lsp.catalogue.types import Parameter
from pystein_lsp.features.connections import told
from pystein_lsp.features.durable_names import named_functions
from pystein_lsp.features.environment import setting_read_at
from pystein_lsp.features.hierarchy import function_named
from pystein_lsp.features.ignores import hover_ignore
from pystein_lsp.features.resources import resource_kind, resource_told, resources_of
from pystein_lsp.features.routes import route_told
from pystein_lsp.features.schedules import forecast
from pystein_lsp.features.target import key_of
from pystein_lsp.features.types import Hover
from pystein_lsp.model.app import App
from pystein_lsp.model.calls import Bound
from pystein_lsp.model.constructions import constructions_of
from pystein_lsp.model.functions import Function, Use
from pystein_lsp.model.meaning import Library
from pystein_lsp.model.module import Module
from pystein_lsp.model.summary import summary_of
from pystein_lsp.ncrontab.parse import setting_names
from pystein_lsp.syntax.tree import Name

_TIMES = 5


class Point(NamedTuple):
    """A position in a block."""

    line: int
    column: int


def hover(app: App, module: Module, line: int, column: int, now: datetime) -> Hover | None:
    """What stands at a position.

    Args:
        app: the app that the module belongs to.
        module: the module.
        line: from 0.
        column: in code points, from 0.
        now: with its time zone; schedules are told from here on.
    """
    block = module.document.block_at(line)
    point = Point(line - block.line, column)
    for function in app.block_functions(module, block):
        for use in function.uses:
            if use.decorator.span.holds(*point):
                found = _in_use(app, function, use, point, now)
                return found._replace(span=found.span.shifted(block.line)) if found else None
    for bound in constructions_of(module, block, app.resolver):
        if bound.call.span.holds(*point):
            found = _in_construction(app, module, bound, point, line)
            return found._replace(span=found.span.shifted(block.line)) if found else None
    read = setting_read_at(module, line, column)
    if read:
        return Hover(told(app, read[0]), read[1])
    return _named_function(app, module, line, column) or hover_ignore(module, line, column)


def _named_function(app: App, module: Module, line: int, column: int) -> Hover | None:
    """The function that code starts by name, as in `context.call_activity("greet")`."""
    block = module.document.block_at(line)
    for caller in app.block_functions(module, block):
        for name, span in named_functions(caller):
            function = function_named(app, name) if span.holds(line - block.line, column) else None
            if function:
                parameters = ", ".join(each.name for each in function.definition.parameters)
                prefix = "async def" if function.definition.is_async else "def"
                told = f"```python\n{prefix} {function.definition.name}({parameters})\n```"
                summary = " ".join(part for part in summary_of(function, app) if part)
                return Hover(f"{told}\n\n{summary}", span.shifted(block.line))
    return None


def _in_use(app: App, function: Function, use: Use, point: Point, now: datetime) -> Hover | None:
    if use.known is None:
        return None
    key = key_of(use.container.class_name, use.name)
    if use.name_span.holds(*point):
        return Hover(decorator_markdown(key), use.name_span)
    bound = use.bound
    if bound is None:
        return None
    parts = _in_arguments(bound, key, point)
    if parts is None:
        return None
    parameter, hovered = parts
    value = "\n\n".join(_value_told(app, function, use, parameter, now))
    return hovered._replace(text="\n\n".join(part for part in (value, hovered.text) if part))


def _in_construction(app: App, module: Module, bound: Bound, point: Point, line: int) -> Hover | None:
    name = bound.call.function
    meaning, rest = app.resolver.dotted(module, getattr(name, "dotted", ""), line)
    key = meaning.name if isinstance(meaning, Library) and not rest else ""
    if bound.name_span.holds(*point):
        text = catalogue().docs(key)
        return Hover(text, bound.name_span) if text else None
    parts = _in_arguments(bound, key, point)
    return parts[1] if parts else None


def _in_arguments(bound: Bound, key: str, point: Point) -> tuple[Parameter, Hover] | None:
    for name, argument in bound.arguments.items():
        parameter = bound.signature.parameter(name)
        if parameter and argument.span.holds(*point):
            return parameter, Hover(parameter_markdown(key, parameter), argument.span)
    return None


def decorator_markdown(key: str) -> str:
    """A decorator with its parameters, and what is written about it."""
    known = catalogue().decorators[key]
    shown = [
        f"    {each.name}: {each.annotation}" + ("" if each.required else f" = {each.default}") + ","
        for each in known.parameters
    ]
    signature = "\n".join([f"@app.{known.name}(", *shown, ")"]) if shown else f"@app.{known.name}()"
    return f"```python\n{signature}\n```\n\n{catalogue().docs(key)}".rstrip()


def parameter_markdown(key: str, parameter: Parameter) -> str:
    """A parameter with its type, and what is written about it."""
    need = "required" if parameter.required else f"default `{parameter.default}`"
    text = f"`{parameter.name}: {parameter.annotation}` ({need})"
    written = catalogue().docs(key, parameter.name)
    return f"{text}\n\n{written}" if written else text


def _value_told(app: App, function: Function, use: Use, parameter: Parameter, now: datetime) -> Iterator[str]:
    """What is known about the value that is given here."""
    written = use.text(parameter.name)
    given = use.bound.arguments.get(parameter.name) if use.bound else None
    if written and given and isinstance(given.value, Name) and parameter.kind != "connection":
        yield f'`{given.value.dotted}` is `"{written}"`'
    if parameter.kind == "cron" and written:
        yield from _schedule_told(app, written, now)
    elif parameter.kind == "connection" and written is not None and "=" not in written and ";" not in written:
        name = written or parameter.connection_default
        if name:
            yield told(app, name.strip("%"))
    elif parameter.kind == "route":
        yield route_told(function, app)
    for each in resources_of(function):
        if each.use is use and each.resource.kind == resource_kind(parameter):
            yield resource_told(app, each.resource)


def _schedule_told(app: App, written: str, now: datetime) -> Iterator[str]:
    for name, _ in setting_names(written):
        setting = app.settings.get(name)
        if setting is None or setting.value is None:
            yield f"The setting `{name}` is not known here."
            return
    found = forecast(written, app, now, _TIMES)
    if found:
        yield f"**{found.words[:1].upper()}{found.words[1:]}** ({found.zone})"
        if found.times:
            yield "Next: " + ", ".join(found.times)
