"""Document links: from a setting to its definition, from a route to its address, from an import to the blueprint's file."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from pystein_lsp.features.environment import settings_read
from pystein_lsp.features.ignores import ignore_links
from pystein_lsp.features.occurrences import settings_of
from pystein_lsp.features.routes import methods_of, url_of
from pystein_lsp.features.types import Link
from pystein_lsp.model.app import App
from pystein_lsp.model.functions import Function
from pystein_lsp.model.module import ImportedFrom, Module, definitions
from pystein_lsp.syntax.document import Block
from pystein_lsp.syntax.literals import part_of
from pystein_lsp.syntax.span import Span
from pystein_lsp.syntax.tree import Literal


def links(app: App, module: Module) -> Iterator[Link]:
    """The links of a module."""
    for block in module.document:
        for definition in definitions(block):
            if isinstance(definition.by, ImportedFrom):
                yield from _imported(definition.by, app, module, block.line)
        for function in app.block_functions(module, block):
            yield from _settings(settings_of(function), app, function.block)
            yield from _route(function, app)
        yield from _settings(settings_read(block), app, block)
    yield from ignore_links(module)


def _imported(by: ImportedFrom, app: App, module: Module, base: int) -> Iterator[Link]:
    found = app.resolver.modules_of(by, module)
    if found and found[-1].path != module.path:
        yield Link(by.imported.span.shifted(base), found[-1].path, "open the module")


def _settings(named: Iterable[tuple[str, Span]], app: App, block: Block) -> Iterator[Link]:
    for name, span in named:
        setting = app.settings.connection(name) or app.settings.get(name)
        if setting and setting.location:
            place = setting.location.absolute
            target = f"{setting.location.path}#{place.line + 1},{place.column + 1}"
            yield Link(span.shifted(block.line), target, f"where {setting.name} is defined")


def _route(function: Function, app: App) -> Iterator[Link]:
    trigger = function.trigger
    if trigger is None or trigger.type != "httpTrigger" or not _answers_browsers(function):
        return
    value, url = trigger.use.value("route"), url_of(function, app)
    if url and "{" not in url and isinstance(value, Literal) and isinstance(value.value, str) and value.value:
        span = part_of(function.block, value.span, value.value, 0, len(value.value))
        yield Link(span.shifted(function.block.line), url, "open it, while the app runs on this machine")


def _answers_browsers(function: Function) -> bool:
    """Whether it answers `GET`, which is all that a link can ask."""
    return methods_of(function) == "any method" or "GET" in methods_of(function).split(",")
