"""A whole project: which files change, which go, which come, and what a person has to look at."""

from __future__ import annotations

import keyword
import os
import re
from typing import NamedTuple

import libcst as cst

from pystein_lsp.fixes.migrate.decorators import UnknownError, decorators_of
from pystein_lsp.fixes.migrate.old_function import OldFunction, Unreadable, old_functions
from pystein_lsp.fixes.migrate.script import OLD_PACKAGE, Decorated, NotFoundError, with_decorators, with_own_imports
from pystein_lsp.fixes.source_file import SourceFile, read_source
from pystein_lsp.model.app import ENTRY, python_files
from pystein_lsp.model.files import Files


class Plan(NamedTuple):
    """What to do, in this order."""

    changed: tuple[tuple[SourceFile, SourceFile], ...]
    """Files before and after."""
    created: tuple[SourceFile, ...]
    deleted: tuple[str, ...]
    renamed: tuple[tuple[str, str], ...]
    """Folders, once their files are changed."""
    notes: tuple[str, ...]
    """What needs a person."""


class _Part(NamedTuple):
    """A script with its blueprint."""

    module: str
    blueprint: str
    durable: bool


def plan(files: Files, root: str) -> Plan | None:
    """How to bring an app to decorators; None where it has no function.json."""
    found = list(old_functions(files, root))
    if not found:
        return None
    return _Planner(files, root).plan(found)


class _Planner:
    def __init__(self, files: Files, root: str) -> None:
        self._files = files
        self._root = root
        self._notes: list[str] = []
        self._changed: dict[str, tuple[SourceFile, SourceFile]] = {}
        self._deleted: list[str] = []
        self._renamed: dict[str, str] = {}
        self._parts: list[_Part] = []

    def plan(self, found: list[OldFunction | Unreadable]) -> Plan:
        if ENTRY in self._files.names(self._root):
            self._notes.append(
                f"there is {ENTRY} already, with which the platform ignores every function.json: merge them yourself"
            )
            return self._result(())
        by_script: dict[str, list[OldFunction]] = {}
        for each in found:
            if isinstance(each, Unreadable):
                self._note(each.config, each.reason)
            else:
                by_script.setdefault(each.script, []).append(each)
        for script, functions in by_script.items():
            self._script(script, functions)
        self._others()
        entry = (SourceFile(os.path.join(self._root, ENTRY), self._entry()),) if self._parts else ()
        return self._result(entry)

    def _result(self, created: tuple[SourceFile, ...]) -> Plan:
        return Plan(
            tuple(self._changed.values()),
            created,
            tuple(self._deleted),
            tuple(self._renamed.items()),
            tuple(self._notes),
        )

    def _script(self, path: str, functions: list[OldFunction]) -> None:
        decorated: dict[str, tuple[OldFunction, Decorated]] = {}
        for function in functions:
            try:
                new = Decorated(function.entry, decorators_of(function))
            except UnknownError as error:
                self._note(function.config, str(error))
                continue
            if function.entry in decorated:
                self._note(
                    function.config, f"'{function.entry}' serves several functions: give this one a function of its own"
                )
                continue
            decorated[function.entry] = (function, new)
        source = self._source(path)
        if not decorated:
            return
        if source is None:
            for function, _ in decorated.values():
                self._note(function.config, f"its script {self._shown(path)} cannot be read")
            return
        self._decorate(path, source, list(decorated.values()))

    def _decorate(self, path: str, source: SourceFile, decorated: list[tuple[OldFunction, Decorated]]) -> None:
        module = self._module(path)
        if module is None:
            for function, _ in decorated:
                self._note(function.config, f"its script {self._shown(path)} is outside the app")
            return
        try:
            script = with_decorators(source.text, [new for _, new in decorated], _depth(module, path))
        except (NotFoundError, cst.ParserSyntaxError) as error:
            reason = str(error) if isinstance(error, NotFoundError) else f"its script {self._shown(path)} is no Python"
            for function, _ in decorated:
                self._note(function.config, reason)
            return
        self._changed[path] = (source, source._replace(text=script.text))
        self._parts.append(_Part(module, script.blueprint, any(new.decorators.durable for _, new in decorated)))
        for function, _ in decorated:
            self._deleted.append(function.config)
            if function.disabled:
                setting = f"AzureWebJobs.{function.name}.Disabled"
                self._notes.append(f"{function.name} was disabled: set the app setting {setting} to true to keep it so")

    def _others(self) -> None:
        """The other modules of the app may still import it by its old name."""
        for path in python_files(self._files, self._root):
            source = None if path in self._changed else self._source(path)
            if source and OLD_PACKAGE in source.text:
                try:
                    text = with_own_imports(source.text, 0)
                except cst.ParserSyntaxError:
                    continue
                if text != source.text:
                    self._changed[path] = (source, source._replace(text=text))
        for path, (_, after) in self._changed.items():
            if re.search(rf"\b{OLD_PACKAGE}\b", after.text):
                self._note(path, f"it still says {OLD_PACKAGE}, which is no module any more")

    def _module(self, path: str) -> str | None:
        """The dotted name of a script; its folder gets another name where it has none that Python takes."""
        relative = os.path.relpath(path, self._root)
        parts = relative.removesuffix(".py").split(os.sep)
        if parts[0] == ".." or not relative.endswith(".py"):
            return None
        if parts[-1] == "__init__":
            parts.pop()
        names = [_identifier(part) for part in parts]
        if names[0] != parts[0]:
            old, new = os.path.join(self._root, parts[0]), os.path.join(self._root, names[0])
            if os.path.lexists(new):
                return None
            self._renamed[old] = new
        return ".".join(names) if names[1:] == parts[1:] else None

    def _entry(self) -> str:
        durable = any(part.durable for part in self._parts)
        library, maker = (
            ("azure.durable_functions as df", "df.DFApp()")
            if durable
            else ("azure.functions as func", "func.FunctionApp()")
        )
        names = [part.module.replace(".", "_").lower() + "_bp" for part in self._parts]
        imports = [
            f"from {part.module} import {part.blueprint} as {name}"
            for part, name in zip(self._parts, names, strict=True)
        ]
        registered = [f"app.register_functions({name})" for name in names]
        return "\n".join([f"import {library}", "", *sorted(imports), "", f"app = {maker}", *registered]) + "\n"

    def _source(self, path: str) -> SourceFile | None:
        data = self._files.read(path)
        return read_source(path, data) if data is not None else None

    def _note(self, path: str, reason: str) -> None:
        self._notes.append(f"{self._shown(path)}: {reason}")

    def _shown(self, path: str) -> str:
        return os.path.relpath(path, self._root).replace(os.sep, "/")


def _depth(module: str, path: str) -> int:
    """How many packages a module is in, its own counted where it is one."""
    return module.count(".") + (os.path.basename(path) == "__init__.py")


def _identifier(part: str) -> str:
    name = re.sub(r"\W", "_", part)
    if name[:1].isdigit() or keyword.iskeyword(name):
        name = f"_{name}"
    return name
