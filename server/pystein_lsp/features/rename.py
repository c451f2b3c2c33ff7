"""Rename: a binding with its parameter, a function with those who call it by name, a setting with its uses."""

from __future__ import annotations

import re
from pathlib import Path

from pystein_lsp.features.body_names import body_names
from pystein_lsp.features.occurrences import Named, occurrences
from pystein_lsp.features.types import Renaming, TextEdit
from pystein_lsp.model.app import App
from pystein_lsp.syntax.document import Block

_NO_CODE = re.compile(r"#[^\n]*|\"{3}.*?\"{3}|'{3}.*?'{3}|\"(?:[^\"\\\n]|\\.)*\"|'(?:[^'\\\n]|\\.)*'", re.DOTALL)
_FUNCTION_NAME = re.compile(r"[A-Za-z][\w-]{0,127}")


def renaming(app: App, named: Named) -> Renaming:
    """What would be renamed, or why it cannot be."""
    refused = _in_code(app, named) if named.kind == "function" else ""
    if named.kind == "parameter" and named.function:
        function = named.function
        if body_names(function.block, function.definition, named.name) is None:
            refused = f"the places that use '{named.name}' cannot all be told here; mend the function first"
    return Renaming(named.span, named.name, refused)


def renamed(app: App, named: Named, new: str) -> tuple[TextEdit, ...] | str:
    """The edits that rename, or why the new name cannot be used."""
    refused = renaming(app, named).refused or _unusable(named, new)
    if refused:
        return refused
    return tuple(TextEdit(each.path, each.span, new) for each in occurrences(app, named))


def _unusable(named: Named, new: str) -> str:
    if named.kind == "parameter":
        return "" if new.isidentifier() else f"'{new}' is no name of a parameter"
    if named.kind == "function":
        return "" if _FUNCTION_NAME.fullmatch(new) else f"'{new}' is no name of a function: letters, digits, - and _"
    if named.kind == "resource":
        return (
            ""
            if new and not re.search(r"[\s\"'\\/%{}]", new)
            else f"'{new}' is no name of a queue, a topic or a container"
        )
    return "" if new and not re.search(r"[\s%\"'=;]", new) else f"'{new}' is no name of a setting"


def _in_code(app: App, named: Named) -> str:
    """Code that names the function itself is the business of a Python language server: half a rename would break it."""
    for module in app.modules:
        for block in module.document:
            line = _line_of_use(block, named.name) if named.name in block.text else None
            if line is not None:
                place = f"{Path(module.path).name}, line {block.line + line + 1}"
                return f"'{named.name}' is also used in code ({place}): rename the Python function there first"
    return ""


def _line_of_use(block: Block, name: str) -> int | None:
    """The line of a block whose code, apart from `def` and strings, has a name."""
    pattern = re.compile(rf"(?<![\w.])(?<!def ){re.escape(name)}(?!\w)(?!\s*=[^=])")
    found = pattern.search(_NO_CODE.sub(lambda match: re.sub(r"[^\n]", " ", match[0]), block.text))
    return block.text.count("\n", 0, found.start()) if found else None
