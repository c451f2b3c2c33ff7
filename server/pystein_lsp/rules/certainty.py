"""Whether a verdict about an app can be certain: everything that decides it is followed."""

from __future__ import annotations

from collections.abc import Iterator

from pystein_lsp.catalogue.types import Parameter
from pystein_lsp.model.app import App
from pystein_lsp.model.functions import Function
from pystein_lsp.model.meaning import Container
from pystein_lsp.model.module import Module
from pystein_lsp.model.registration import followed_uses, running_text, without_texts, word
from pystein_lsp.model.values import text
from pystein_lsp.rules.annotated import are_sure
from pystein_lsp.rules.loss import is_lost
from pystein_lsp.syntax.tree import Expression, Items, Unknown

_DECIDING = frozenset({"arg_name", "enum", "function_name", "methods"})
"""Kinds of arguments that decide whether the library and the worker accept a function."""


def is_certain(app: App) -> bool:
    """Whether nothing in what importing the entry file runs is beyond us."""
    if app.entry is None or not app.imports_known:
        return False
    if any(block.problem for module in app.reachable.values() for block in module.document):
        return False  # a newer Python may read it
    if not any(container.is_app for container in app.containers):
        return False
    if not app.registrations.complete or app.registrations.unclear:
        return False
    if any(_is_handed_over(name, module, app) for name, module in _named(app)):
        return False
    if not all(map(app.runs, app.indexed)):
        return False
    return all(_is_understood(function, app) for function in app.indexed if not is_lost(function, app))


def _is_understood(function: Function, app: App) -> bool:
    """Whether all is known of a function that the platform looks at when it loads the app."""
    for use in function.uses:
        if use.bound is None:
            continue
        of_name = use.bound.signature.by_name
        if any(
            of_name[name].kind in _DECIDING and _is_open(value, of_name[name])
            for name, value in use.bound.values.items()
        ):
            return False
        if use.container is not function.container and use.container != function.container:
            return False  # it changes another function
    wrapped = any(wrapper.shape.effect == "unknown" for wrapper in function.wrappers)
    return all(use.sure for use in function.uses) and not wrapped and are_sure(function, app)


def _named(app: App) -> Iterator[tuple[str, Module]]:
    """The names of containers, by module."""
    for module in app.reachable.values():
        for name in module.values:
            meaning = app.resolver.meaning(module, name)
            if isinstance(meaning, Container) and not app.registrations.is_lost(meaning):
                yield name, module


def _is_handed_over(name: str, module: Module, app: App) -> bool:
    """Whether a module does more with a container than to decorate functions, register it and import it."""
    pattern = word(name, r"[\w.]", r"\s*(?::[^=\n]*)?=[^=]")
    for block in module.document:
        written = block.text.count(name)
        decorating = 0
        if written:
            decorating = sum(use.is_of(name) for each in app.block_functions(module, block) for use in each.uses)
        if written == decorating:
            continue
        source = running_text(block)
        found = len(pattern.findall(source))
        if found > decorating:
            found = len(pattern.findall(without_texts(source)))
        if found > decorating + followed_uses(name, pattern, module, block, app.resolver):
            return True
    return False


def _is_open(value: Expression, parameter: Parameter) -> bool:
    if parameter.kind in ("arg_name", "function_name"):
        return text(value) is None
    parts = value.values if isinstance(value, Items) else (value,)
    return any(isinstance(part, Unknown) for part in parts)
