"""What importing the entry file certainly runs: what goes wrong there costs the whole app."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from pystein_lsp.model.app import App
from pystein_lsp.model.module import ImportedFrom, Module
from pystein_lsp.syntax.document import Block
from pystein_lsp.syntax.tree import Import, Statement


class Step(NamedTuple):
    """A statement at the top level of a module, with nothing around it that may skip it or catch what it raises."""

    statement: Statement
    block: Block
    module: Module


def steps(app: App) -> list[Step]:
    """The statements of the entry file, but for definitions of functions, and those of the modules that they import."""
    return app.kept("steps", lambda each: list(_steps(each)))


def _steps(app: App) -> Iterator[Step]:
    if app.entry is None or app.changes_path:
        return
    pending, seen = [app.entry], {app.entry.path}
    while pending:
        module = pending.pop()
        for block in module.running:
            for statement in block.statements:
                yield Step(statement, block, module)
                if isinstance(statement, Import):
                    for each in _modules_of(statement, module, app):
                        if each.path not in seen:
                            seen.add(each.path)
                            pending.append(each)


def _modules_of(statement: Import, module: Module, app: App) -> Iterator[Module]:
    for imported in statement.names:
        yield from app.resolver.modules_of(ImportedFrom(imported, statement.level), module)
