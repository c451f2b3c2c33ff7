"""Completion of values: what an argument of this kind is likely to be given."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from typing import NamedTuple

from pystein_lsp.catalogue import catalogue
from pystein_lsp.catalogue.types import Parameter
from pystein_lsp.features.connections import connects, is_platform_s, origin_of, own_settings
from pystein_lsp.features.cursor import Cursor, Word
from pystein_lsp.features.schedules import SCHEDULES
from pystein_lsp.features.snippets import takes_text
from pystein_lsp.features.target import Target, alias_of, function_around
from pystein_lsp.features.text_parts import text_parts
from pystein_lsp.features.types import Item
from pystein_lsp.model.app import App
from pystein_lsp.model.meaning import LIBRARIES, Library, Project, Value
from pystein_lsp.model.module import Module
from pystein_lsp.syntax.span import Span
from pystein_lsp.syntax.tree import Literal

_ENUM = re.compile(r"\b([A-Z]\w+)\b")


class Wanted(NamedTuple):
    """The value that is asked for."""

    app: App
    module: Module
    target: Target
    parameter: Parameter
    cursor: Cursor
    span: Span
    """What an item replaces."""


def argument_values(app: App, module: Module, target: Target, cursor: Cursor) -> list[Item]:
    """Values for the argument at the position, as strings with their quotes where none are there yet."""
    parameter = target.parameter_at(cursor.call) if cursor.call else None
    at = cursor.text or cursor.word
    if parameter is None or at is None:
        return []
    parts = text_parts(app, function_around(app, module, cursor.line), parameter, cursor.text) if cursor.text else None
    if parts is not None:
        return parts
    wanted = Wanted(app, module, target, parameter, cursor, at.span)
    items = [_text_item(item, quoted=cursor.text is not None) for item in _texts(wanted)]
    if cursor.text is None:
        items += _plain(wanted)
    return items


def members(app: App, module: Module, word: Word, line: int) -> list[Item]:
    """What a name has that a value can be: `func.AuthLevel.` its members, `func.` its enums, a module of the app its texts."""
    meaning, rest = app.resolver.dotted(module, word.owner, line)
    if rest:
        return []
    if isinstance(meaning, Project):
        return [
            Item(name, "variable", name, word.span, detail=f'"{text}"') for name, text in _texts_of(app, meaning.module)
        ]
    if not isinstance(meaning, Library):
        return []
    enum = catalogue().enum(meaning.name)
    if enum:
        return [Item(member, "enum", member, word.span) for member in enum.members]
    found = catalogue().members.get(meaning.name, {})
    return [Item(name, "enum", name, word.span) for name, member in found.items() if member.kind == "enum"]


def _texts_of(app: App, module: Module) -> Iterator[tuple[str, str]]:
    """The names of a module that stand for a text; none that may be a secret."""
    for name in module.names:
        meaning = app.resolver.meaning(module, name)
        value = meaning.expression if isinstance(meaning, Value) else None
        if isinstance(value, Literal) and isinstance(value.value, str) and "=" not in value.value:
            yield name, value.value


def _text_item(item: Item, *, quoted: bool) -> Item:
    if quoted:
        return item
    return item._replace(text=f'"{item.text}"', filter=f'"{item.text}"')


def _texts(wanted: Wanted) -> Iterable[Item]:
    """What can stand inside a string."""
    parameter = wanted.parameter
    source = _SOURCES.get(parameter.kind)
    if source:
        yield from source(wanted)
    elif parameter.choices and (parameter.texts is None or parameter.texts):
        for place, choice in enumerate(parameter.texts or parameter.choices):
            yield Item(choice, "enum", choice, wanted.span, rank=place)


def _plain(wanted: Wanted) -> Iterable[Item]:
    """What can stand without quotes: members of an enum, True and False."""
    parameter = wanted.parameter
    if takes_text(parameter):
        yield from _constants(wanted)
    if "bool" in parameter.annotation:
        for place, word in enumerate(("True", "False")):
            yield Item(word, "keyword", word, wanted.span, rank=place)
    for name in _ENUM.findall(parameter.annotation) if parameter.choices else ():
        for library in LIBRARIES:
            enum = catalogue().enum(f"{library}.{name}")
            spelt = alias_of(wanted.module, wanted.app, f"{library}.{name}") if enum else ""
            for place, member in enumerate(enum.members if enum else ()):
                text = f"{spelt}.{member}"
                yield Item(text, "enum", text, wanted.span, rank=place, filter=f"{text} {member}")


def _constants(wanted: Wanted) -> Iterable[Item]:
    """Names of the module that stand for a text."""
    for name, text in _texts_of(wanted.app, wanted.module):
        yield Item(name, "variable", name, wanted.span, rank=60, detail=f'"{text}"')


def _connections(wanted: Wanted) -> Iterable[Item]:
    """Names of settings, those first that the app uses for this service. Contents are never shown."""
    app, default = wanted.app, wanted.parameter.connection_default
    used: dict[str, bool] = {default: True} if default else {}
    for function in app.indexed:
        for written in function.texts_of("connection"):
            used[written.text] = used.get(written.text, False) or written.parameter.connection_default == default
    names = dict.fromkeys(used)
    for setting in app.settings.names:
        plain = setting.removeprefix("ConnectionStrings:")
        prefix, identity, _ = plain.partition("__")
        if not is_platform_s(plain):
            names[prefix if identity else plain] = None
    for name in names:
        if name and "=" not in name and ";" not in name:
            yield Item(
                name, "value", name, wanted.span, rank=_fit(app, name, used.get(name)), detail=_origin(app, name)
            )


def _fit(app: App, name: str, used: bool | None) -> int:
    """How far down a connection stands; `used`: for the service at hand, for others, or not at all."""
    setting = app.settings.connection(name)
    if setting is None:
        return 50
    if used is None:
        return 10 if connects(setting, name) else 30
    return 0 if used else 20


def _origin(app: App, name: str) -> str:
    setting = app.settings.connection(name)
    return origin_of(setting) if setting else "not in the settings"


def _settings(wanted: Wanted) -> Iterable[Item]:
    return (Item(name, "value", name, wanted.span, detail=origin) for name, origin in own_settings(wanted.app))


def _parameter_names(wanted: Wanted) -> Iterable[Item]:
    """Parameters of the function below, those first that no binding fills."""
    function = function_around(wanted.app, wanted.module, wanted.cursor.line)
    if function:
        own = wanted.cursor.call.line - function.block.line if wanted.cursor.call else -1
        bound = {each.name for each in function.bindings if each.use.decorator.span.line != own}
        for place, each in enumerate(function.definition.parameters):
            if each.kind not in ("*", "**"):
                spoken_for = each.name in bound
                rank = place + (50 if spoken_for or each.name == "context" else 0)
                detail = "filled by another binding" if spoken_for else "parameter"
                yield Item(each.name, "variable", each.name, wanted.span, rank=rank, detail=detail)
    if wanted.target.known and wanted.target.known.direction == "out":
        yield Item("$return", "variable", "$return", wanted.span, rank=40, detail="what the function returns")


def _function_names(wanted: Wanted) -> Iterable[Item]:
    function = function_around(wanted.app, wanted.module, wanted.cursor.line)
    if function:
        yield Item(function.definition.name, "function", function.definition.name, wanted.span)


def _schedules(wanted: Wanted) -> Iterable[Item]:
    for place, (expression, words) in enumerate(SCHEDULES):
        yield Item(
            expression, "value", expression, wanted.span, rank=place, detail=words, filter=f"{expression} {words}"
        )
    for name, origin in own_settings(wanted.app):
        yield Item(f"%{name}%", "value", f"%{name}%", wanted.span, rank=90, detail=origin)


def _elsewhere(wanted: Wanted) -> Iterable[Item]:
    """What the app's other functions name in the same place: a queue written by one is read by another."""
    own = wanted.cursor.text.before + wanted.cursor.text.after if wanted.cursor.text else None
    names = [name for name in _used(wanted.app, wanted.parameter.kind, wanted.parameter.name) if name != own]
    return (
        Item(name, "value", name, wanted.span, rank=place, detail="used in this app")
        for place, name in enumerate(names)
    )


def _methods(wanted: Wanted) -> Iterable[Item]:
    return (Item(name, "enum", name, wanted.span, rank=place) for place, name in enumerate(wanted.parameter.choices))


def _used(app: App, kind: str, name: str) -> list[str]:
    """The texts that functions of the app give to parameters of a kind, and of a name where that tells them apart."""
    found: dict[str, None] = {}
    for function in app.indexed:
        for use in function.uses:
            for parameter in use.known.parameters if use.known else ():
                if parameter.kind == kind and (kind != "entity" or name == parameter.name):
                    text = use.text(parameter.name)
                    if text:
                        found[text] = None
    return list(found)


_SOURCES: dict[str, Callable[[Wanted], Iterable[Item]]] = {
    "arg_name": _parameter_names,
    "function_name": _function_names,
    "connection": _connections,
    "setting": _settings,
    "cron": _schedules,
    "methods": _methods,
    "queue": _elsewhere,
    "blob_path": _elsewhere,
    "table": _elsewhere,
    "entity": _elsewhere,
    "activity_name": _elsewhere,
}
