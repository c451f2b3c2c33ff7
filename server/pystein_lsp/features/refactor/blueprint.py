"""Functions of the entry file in a module of their own, as a blueprint that the entry file registers."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from pystein_lsp.features.kinds import REFACTOR
from pystein_lsp.features.target import alias_of
from pystein_lsp.features.types import Action, TextEdit
from pystein_lsp.model.app import App
from pystein_lsp.model.functions import Function
from pystein_lsp.model.module import ImportedFrom, Module, definitions
from pystein_lsp.model.registration import without_texts
from pystein_lsp.syntax.document import Block
from pystein_lsp.syntax.span import Span
from pystein_lsp.syntax.tree import FunctionDef, Import

KIND = f"{REFACTOR}.extract.blueprint"


def blueprint(app: App, module: Module, functions: list[Function]) -> Iterator[Action]:
    """Move functions into a blueprint; not offered where their code uses what only the entry file defines."""
    if not functions or module is not app.entry or not all(_stands_alone(each) for each in functions):
        return
    containers = {function.container for function in functions}
    container = next(iter(containers))
    if len(containers) > 1 or not container.is_app or container.variable not in module.names:
        return
    blocks = list(dict.fromkeys(function.block for function in functions))
    imports = _imports(module, blocks, container.variable)
    if imports is None or _is_used(module, blocks, {each.definition.name for each in functions}):
        return
    stem = f"{functions[0].definition.name}_functions"
    path = Path(module.path).with_name(f"{stem}.py")
    if path.name in app.files.names(str(path.parent)):
        return
    variable = "bp" if "bp" not in module.names else f"{stem}_bp"
    durable = container.class_name.startswith("azure.durable_functions.")
    made = alias_of(module, app, f"azure.{'durable_functions' if durable else 'functions'}.Blueprint")
    code = "\n\n".join(_renamed(block, container.variable, variable) for block in blocks)
    text = f"{imports}\n{variable} = {made}()\n\n\n{code}"
    edits = (
        TextEdit(str(path), Span(0, 0, 0, 0), text),
        *(TextEdit(module.path, Span(block.line, 0, block.line + block.height, 0), "") for block in blocks),
        _import_of(module, stem, variable),
        _registration(module, container.variable, variable),
    )
    what = functions[0].definition.name if len(functions) == 1 else f"{len(functions)} functions"
    yield Action(f"Move {what} into a blueprint", KIND, edits, new_file=str(path))


def _stands_alone(function: Function) -> bool:
    """Whether a block holds nothing but the function, whose decorators are all of one container."""
    block = function.block
    only = len(block.statements) == 1 and isinstance(block.statements[0], FunctionDef)
    return only and block.problem is None and not function.others and len({use.container for use in function.uses}) == 1


def _is_used(module: Module, blocks: list[Block], names: set[str]) -> bool:
    """Whether the rest of the module names a function that would be gone."""
    pattern = re.compile(rf"(?<![\w.])(?:{'|'.join(map(re.escape, names))})\b")
    others = (block for block in module.document if block not in blocks)
    return any(pattern.search(without_texts(block.text)) for block in others)


def _imports(module: Module, blocks: list[Block], container: str) -> str | None:
    """The imports that some blocks need; None where they need anything else of their module."""
    code = "\n".join(block.text for block in blocks)
    own = {definition.name for block in blocks for definition in definitions(block)}
    needed: dict[Block, None] = {}
    for name, found in module.names.items():
        if name in own or name == container or not re.search(rf"(?<![\w.]){re.escape(name)}\b", code):
            continue
        if not all(isinstance(each.by, ImportedFrom) and not each.conditional for each in found):
            return None
        needed.update((each.block, None) for each in found)
    if "*" in module.names or not all(_is_import(block) for block in needed):
        return None
    text = "".join(block.text.strip("\n") + "\n" for block in module.document if block in needed)
    return text if "azure" in text else None


def _is_import(block: Block) -> bool:
    return all(isinstance(statement, Import) for statement in block.statements)


def _renamed(block: Block, old: str, new: str) -> str:
    """A block whose decorators are those of another container."""
    return re.sub(rf"^([ \t]*@){re.escape(old)}\.", rf"\g<1>{new}.", block.text, flags=re.MULTILINE).strip("\n") + "\n"


def _import_of(module: Module, stem: str, variable: str) -> TextEdit:
    last = [block for block in module.document if block.statements and _is_import(block)][-1]
    text = last.text.rstrip()
    line = last.line + text.count("\n")
    column = len(text) - text.rfind("\n") - 1
    return TextEdit(module.path, Span(line, column, line, column), f"\nfrom {stem} import {variable}")


def _registration(module: Module, app: str, variable: str) -> TextEdit:
    line = module.document.line_count - 1
    column = len(module.document.line_text(line))
    gap = "\n" if column == 0 else "\n\n"
    return TextEdit(module.path, Span(line, column, line, column), f"{gap}{app}.register_functions({variable})\n")
