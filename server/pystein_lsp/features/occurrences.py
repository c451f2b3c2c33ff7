"""What a position names, and everywhere else that names it: parameters and their bindings, functions, app settings."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Literal, NamedTuple

from pystein_lsp.features.body_names import body_names
from pystein_lsp.features.durable_names import named_functions
from pystein_lsp.features.environment import setting_read_at, settings_read
from pystein_lsp.features.names import name_of, same_function
from pystein_lsp.features.resources import Resource, resources_of
from pystein_lsp.features.types import Occurrence
from pystein_lsp.model.app import App
from pystein_lsp.model.functions import Binding, Function
from pystein_lsp.model.meaning import Container
from pystein_lsp.model.module import Module
from pystein_lsp.model.settings import Setting
from pystein_lsp.platform.expressions import Expression, settings_in
from pystein_lsp.platform.settings import normalised
from pystein_lsp.syntax.literals import part_of
from pystein_lsp.syntax.span import Span
from pystein_lsp.syntax.tree import Literal as Constant

_PREFIX = re.compile(r"(?:ConnectionStrings:)?(?:AzureWebJobs)?", re.IGNORECASE)


class Named(NamedTuple):
    """What is named at a position. `span` is in lines of the file."""

    kind: Literal["parameter", "function", "setting", "container", "resource"]
    name: str
    span: Span
    function: Function | None = None
    """Whose parameter it is."""
    container: Container | None = None
    """What is named, for an app or a blueprint."""
    resource: Resource | None = None
    """What is named, outside the app."""


def named_at(app: App, module: Module, line: int, column: int) -> Named | None:
    """What stands at a position of a module; None where that is nothing of ours."""
    block = module.document.block_at(line)
    for function in app.block_functions(module, block):
        for named in _named_in(function):
            if named.span.holds(line, column):
                return named
        for parameter in function.definition.parameters:
            if _bound(function, parameter.name):
                for span in body_names(block, function.definition, parameter.name) or ():
                    if span.shifted(block.line).holds(line, column):
                        return Named("parameter", parameter.name, span.shifted(block.line), function)
    read = setting_read_at(module, line, column)
    if read:
        return Named("setting", *read)
    return next((each for each in _containers(app, module) if each.span.holds(line, column)), None)


def setting_at(app: App, path: str, line: int, column: int) -> Named | None:
    """The setting whose key stands at a position of a settings file."""
    for setting in app.settings.values.values():
        location = setting.location
        if location and location.path == path and location.absolute.holds(line, column):
            return Named("setting", setting.name.removeprefix("ConnectionStrings:"), location.absolute)
    return None


def occurrences(app: App, named: Named) -> list[Occurrence]:
    """Every place that names the same, definitions first."""
    found: Iterator[Occurrence]
    if named.kind == "parameter" and named.function:
        found = _of_parameter(named.function, named.name)
    elif named.kind == "function":
        found = _of_function(app, named.name)
    elif named.container:
        found = _of_container(app, named.container)
    elif named.resource:
        found = _of_resource(app, named.resource)
    else:
        found = _of_setting(app, named.name)
    unique = dict.fromkeys(found)
    return sorted(unique, key=lambda each: (each.role != "definition", each.path, each.span))


def _named_in(function: Function) -> Iterator[Named]:
    """Everything that a function names, apart from its body's names."""
    base = function.block.line
    for binding in function.bindings:
        span = _written(binding, function)
        if span and binding.name and binding.name != "$return":
            yield Named("parameter", binding.name, span, function)
    for parameter in function.definition.parameters:
        if _bound(function, parameter.name):
            yield Named("parameter", parameter.name, parameter.span.shifted(base), function)
    name = name_of(function)
    if name:
        yield Named("function", name, name_span(function))
    for name, span in named_functions(function):
        yield Named("function", name, span.shifted(base))
    for name, span in settings_of(function):
        yield Named("setting", name, span.shifted(base))
    for each in resources_of(function):
        yield Named("resource", each.resource.name, each.span.shifted(base), resource=each.resource)


def _bound(function: Function, name: str) -> bool:
    return any(binding.name == name for binding in function.bindings)


def _written(binding: Binding, function: Function) -> Span | None:
    """Where a binding's name is spelled, without quotes, in lines of the file; None where it is implied or computed."""
    bound = binding.use.bound
    for argument in bound.arguments.values() if bound else ():
        value = argument.value
        if value.span == binding.span and isinstance(value, Constant) and value.value == binding.name:
            return part_of(function.block, value.span, str(value.value), 0, len(str(value.value))).shifted(
                function.block.line
            )
    return None


def name_span(function: Function) -> Span:
    """Where a function's name is written, without quotes, in lines of the file."""
    name = name_of(function) or ""
    if function.name_span == function.definition.name_span:
        return function.name_span.shifted(function.block.line)
    return part_of(function.block, function.name_span, name, 0, len(name)).shifted(function.block.line)


def _of_parameter(function: Function, name: str) -> Iterator[Occurrence]:
    path, base = function.block.path, function.block.line
    for parameter in function.definition.parameters:
        if parameter.name == name:
            yield Occurrence(path, parameter.span.shifted(base), "definition")
    for binding in function.bindings:
        span = _written(binding, function) if binding.name == name else None
        if span:
            yield Occurrence(path, span, "use")
    for span in body_names(function.block, function.definition, name) or ():
        yield Occurrence(path, span.shifted(base), "use")


def _of_function(app: App, name: str) -> Iterator[Occurrence]:
    means = same_function(app, name)
    for module in app.modules:
        for function in app.functions(module):
            base = function.block.line
            if means(name_of(function) or ""):
                yield Occurrence(function.block.path, name_span(function), "definition")
            for called, span in named_functions(function):
                if means(called):
                    yield Occurrence(function.block.path, span.shifted(base), "use")


def _of_setting(app: App, name: str) -> Iterator[Occurrence]:
    wanted = _bare(name)
    for setting in app.settings.values.values():
        span = _key_part(setting, wanted)
        if span and setting.location:
            yield Occurrence(setting.location.path, span, "definition")
    for module in app.modules:
        for function in app.functions(module):
            for used, span in settings_of(function):
                if _bare(used) == wanted:
                    yield Occurrence(function.block.path, span.shifted(function.block.line), "use")
        for block in module.document:
            for used, span in settings_read(block):
                part = _part(used, wanted) if used == name or app.settings.get(used) else None
                if part:
                    yield Occurrence(module.path, _within(span, *part).shifted(block.line), "use")


def _containers(app: App, module: Module) -> Iterator[Named]:
    """Where a module names apps and blueprints: where they are made, above functions, and where they are registered."""
    for name, found in module.names.items():
        meaning = app.resolver.meaning(module, name)
        if isinstance(meaning, Container) and meaning.location.path == module.path:
            line = found[-1].block.line + found[-1].line
            yield Named("container", name, Span(line, 0, line, len(name)), container=meaning)
    for function in app.functions(module):
        for use in function.uses:
            start = use.decorator.expression.span
            owner = Span(start.line, start.column, use.name_span.line, use.name_span.column - 1)
            yield Named(
                "container", use.container.variable, owner.shifted(function.block.line), container=use.container
            )
    for call in app.registrations.calls:
        if call.module is module and isinstance(call.given, Container):
            span = call.argument.span.shifted(call.block.line)
            yield Named("container", call.given.variable, span, container=call.given)


def _of_container(app: App, container: Container) -> Iterator[Occurrence]:
    for module in app.modules:
        for named in _containers(app, module):
            if named.container == container:
                made = module.path == container.location.path and named.span.line == container.location.absolute.line
                yield Occurrence(module.path, named.span, "definition" if made else "use")


def _of_resource(app: App, resource: Resource) -> Iterator[Occurrence]:
    """Who is triggered by it stands first: that is where a message goes."""
    for function in app.indexed:
        for each in resources_of(function):
            if each.resource == resource:
                is_trigger = each.use.known is not None and each.use.known.role == "trigger"
                role: Literal["definition", "use"] = "definition" if is_trigger else "use"
                yield Occurrence(function.block.path, each.span.shifted(function.block.line), role)


def settings_of(function: Function) -> Iterator[tuple[str, Span]]:
    """The settings that a function's arguments name, with their places in the block."""
    for use in function.uses:
        for parameter in use.known.parameters if use.known else ():
            value = use.value(parameter.name)
            if not isinstance(value, Constant) or not isinstance(value.value, str) or not value.value:
                continue
            text = value.value
            if parameter.kind in ("connection", "setting") and "%" not in text and "=" not in text and ";" not in text:
                yield text, part_of(function.block, value.span, text, 0, len(text))
            elif parameter.settings or parameter.kind in ("connection", "setting", "cron"):
                for part in settings_in(text):
                    if isinstance(part, Expression):
                        yield part.name, part_of(function.block, value.span, text, part.offset + 1, len(part.name))


def _bare(name: str) -> str:
    """A setting's name as connections are looked up: without the prefixes that the platform tries by itself."""
    return normalised(_PREFIX.sub("", name, count=1) or name)


def _key_part(setting: Setting, wanted: str) -> Span | None:
    """Where a settings file spells a name."""
    key = setting.name.removeprefix("ConnectionStrings:")
    part = _part(key, wanted) if setting.location else None
    if part is None or setting.location is None:
        return None
    span = setting.location.absolute
    if span.line != span.end_line or span.end_column - span.column != len(key) + 2:
        return span  # an escape in the key: letters and columns do not match
    return _within(span._replace(column=span.column + 1), *part)


def _part(key: str, wanted: str) -> tuple[int, int] | None:
    """Offset and length of what a key has of a name: all but a prefix, or up to the `__` of an identity-based connection."""
    start = len(key) - len(_PREFIX.sub("", key, count=1) or key)
    bare = normalised(key[start:])
    if bare != wanted and not bare.startswith(wanted + ":"):
        return None
    ends = range(start, len(key) + 1)
    end = next((end for end in ends if normalised(key[start:end]) == wanted), start + len(wanted))
    return start, end - start


def _within(span: Span, offset: int, length: int) -> Span:
    """A part of what stands at a span of one line."""
    column = span.column + offset
    return Span(span.line, column, span.line, column + length)
