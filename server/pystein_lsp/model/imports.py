"""Which files of the app imports lead to."""

from __future__ import annotations

import os

from pystein_lsp.model.files import Files
from pystein_lsp.model.module import ImportedFrom, Module


def package_of(module: Module, level: int) -> str:
    """The folder that a relative import with so many dots starts from."""
    folder = os.path.dirname(module.path)
    for _ in range(level - 1):
        folder = os.path.dirname(folder)
    return folder


def module_at(files: Files, stem: str) -> Module | None:
    """The module or package whose path without its ending is `stem`."""
    folder, name = os.path.split(stem)
    names = files.names(folder)
    if name + "/" in names and "__init__.py" in files.names(stem):
        return files.module(os.path.join(stem, "__init__.py"))
    return files.module(stem + ".py") if name + ".py" in names else None


def is_folder(files: Files, path: str) -> bool:
    """Whether there is a folder at a path."""
    folder, name = os.path.split(path)
    return name + "/" in files.names(folder)


def modules_of(by: ImportedFrom, module: Module, files: Files, root: str) -> list[Module]:
    """The modules of the app that an import runs: the packages on the way, the module, and a submodule it names."""
    if not by.level and not _is_beside(by.imported.module.partition(".")[0], files.names(root)):
        return []  # as most of them: the library's, or other packages'
    base = package_of(module, by.level) if by.level else root
    parts = [part for part in by.imported.module.split(".") if part]
    if by.imported.name and by.imported.name != "*":
        parts.append(by.imported.name)
    stems = [os.path.join(base, *parts[:end]) for end in range(0 if by.level else 1, len(parts) + 1)]
    return [found for stem in stems if (found := module_at(files, stem))]


def _is_beside(name: str, names: frozenset[str]) -> bool:
    """Whether a folder with some names holds a module or package."""
    return name + "/" in names or name + ".py" in names
