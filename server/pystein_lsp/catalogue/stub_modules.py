"""Stub files as symbol tables: which name stands for what, read with `ast` alone.

The stubs are ours, so this understands the forms that they use and complains about any other; it is no general reader.
"""

from __future__ import annotations

import ast
from pathlib import Path
from typing import NamedTuple


class StubError(Exception):
    """The stubs use a form that the catalogue cannot be generated from; the message names the place."""


class Found(NamedTuple):
    """A name's definition."""

    module: Module
    name: str
    node: ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef | ast.Assign | ast.AnnAssign | None
    """None for a module."""


class Module:
    """One stub file: its own definitions, its imports, and what only the 2.x line of the library has."""

    def __init__(self, name: str, path: Path) -> None:
        self.name = name
        self.path = path
        self.is_package = path.name == "__init__.pyi"
        self.imports: dict[str, tuple[str, str | None]] = {}
        self.reexported: set[str] = set()
        """Imports of the form `X as X`: as type checkers have it, other imports of a stub are its own business."""
        self.definitions: dict[str, list[ast.stmt]] = {}
        self.only_2: set[str] = set()
        self.exported: tuple[str, ...] | None = None
        self.tree = ast.parse(path.read_text("utf-8"), str(path))
        in_both: set[str] = set()
        for statement, line_2 in statements(self.tree.body, self):
            in_both.update(self._add(statement, line_2))
        self.only_2 -= in_both  # a name that each line defines in its own way

    def error(self, node: ast.AST, message: str) -> StubError:
        """What to raise about a node."""
        return StubError(f"{self.path}:{getattr(node, 'lineno', 1)}: {message}")

    def _add(self, statement: ast.stmt, line_2: bool) -> list[str]:
        """Take note of a statement; gives the names that it brings to the 1.x line."""
        names: list[str] = []
        if isinstance(statement, ast.Import):
            for alias in statement.names:
                name = alias.asname or alias.name.partition(".")[0]
                self.imports[name] = (alias.name if alias.asname else name, None)
        elif isinstance(statement, ast.ImportFrom):
            source = self._absolute(statement)
            for alias in statement.names:
                names.append(alias.asname or alias.name)
                if alias.asname == alias.name:
                    self.reexported.add(alias.name)
                self.imports[names[-1]] = (source, alias.name)
        elif isinstance(statement, (ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)):
            names.append(statement.name)
            self.definitions.setdefault(statement.name, []).append(statement)
        else:
            names += self._add_assignment(statement)
        if line_2:
            self.only_2.update(names)
        return [] if line_2 else names

    def _add_assignment(self, statement: ast.stmt) -> list[str]:
        match statement:
            case ast.Assign(targets=[ast.Name(id="__all__")]) | ast.AugAssign(target=ast.Name(id="__all__")):
                self.exported = (self.exported or ()) + tuple(ast.literal_eval(statement.value))
            case ast.Assign(targets=[ast.Name(id=name)]) | ast.AnnAssign(target=ast.Name(id=name)):
                self.definitions.setdefault(name, []).append(statement)
                return [name]
        return []

    def _absolute(self, statement: ast.ImportFrom) -> str:
        if not statement.level:
            return statement.module or ""
        parts = self.name.split(".")
        up = statement.level - (1 if self.is_package else 0)
        base = ".".join(parts[: len(parts) - up]) if up else self.name
        return f"{base}.{statement.module}" if statement.module else base


def statements(body: list[ast.stmt], module: Module) -> list[tuple[ast.stmt, bool]]:
    """The statements of a body with those below `if sys.version_info >= (3, 13)`, each with whether only 2.x has it.

    The two lines of azure-functions are apart by Python's version: 1.x is for 3.10-3.12, 2.x for 3.13 and later.
    """
    found: list[tuple[ast.stmt, bool]] = []
    for statement in body:
        if not isinstance(statement, ast.If):
            found.append((statement, False))
        elif ast.unparse(statement.test) == "sys.version_info >= (3, 13)":
            found += [(inner, True) for inner in statement.body]
            found += [(inner, False) for inner in statement.orelse]
        else:
            raise module.error(statement, "only `if sys.version_info >= (3, 13):` is understood here")
    return found


class Stubs:
    """All stub files below a folder, read when asked for."""

    def __init__(self, directory: Path) -> None:
        self.directory = directory
        self._modules: dict[str, Module | None] = {}

    def module(self, name: str) -> Module | None:
        """The module, None where there is no stub for it."""
        if name not in self._modules:
            base = self.directory.joinpath(*name.split("."))
            paths = [path for path in (base / "__init__.pyi", base.with_name(base.name + ".pyi")) if path.is_file()]
            self._modules[name] = Module(name, paths[0]) if paths else None
        return self._modules[name]

    def names(self) -> list[str]:
        """The dotted names of all modules, sorted."""
        found = []
        for path in self.directory.rglob("*.pyi"):
            parts = path.relative_to(self.directory).with_suffix("").parts
            found.append(".".join(parts[:-1] if parts[-1] == "__init__" else parts))
        return sorted(found)

    def resolve(self, module: Module, name: str) -> Found | None:
        """Follow a name through imports to its definition; None for what no stub defines (`str`, another package)."""
        if name in module.definitions:
            node = module.definitions[name][0]
            assert isinstance(node, (ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef, ast.Assign, ast.AnnAssign))
            return Found(module, name, node)
        if name not in module.imports:
            return None
        source, original = module.imports[name]
        target = self.module(source)
        if original is None:
            return Found(target, name, None) if target else None
        own_submodule = target is module and original == name  # `from . import blob as blob`
        if target and not own_submodule and (found := self.resolve(target, original)):
            return found
        submodule = self.module(f"{source}.{original}")
        return Found(submodule, original, None) if submodule else None
