"""One function app: its modules, what the entry file reaches, and all its functions."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import NamedTuple, TypeAlias, TypeVar

from pystein_lsp.model.files import Files, folders_below
from pystein_lsp.model.functions import Face, Function, Use, functions_of
from pystein_lsp.model.hostfile import HostFile, read_host_file
from pystein_lsp.model.library import Brought, brought
from pystein_lsp.model.meaning import Container, Resolver
from pystein_lsp.model.module import Definition, ImportedFrom, Module, gathered
from pystein_lsp.model.python_version import read_python_version
from pystein_lsp.model.reachability import Reach, reach
from pystein_lsp.model.registration import Registrations, read_registrations
from pystein_lsp.model.requirements import Requirement, Requirements, read_requirements
from pystein_lsp.model.settings import Settings, read_settings
from pystein_lsp.syntax.document import Block

T = TypeVar("T")
Collected: TypeAlias = "tuple[list[int], list[Function], list[tuple[Face, ...]], Iterable[Use]]"
"""The versions of the modules, and what they declare."""
_FUNCTIONS = "functions"
_HTTP_EXTENSIONS = "azurefunctions.extensions.http."
"""Packages that switch the worker to HTTP v2 (azure-functions-runtime 1.3.0, http_v2.py)."""
ENTRY = "function_app.py"


class Declared(NamedTuple):
    """What a block that declares functions gives."""

    functions: tuple[Function, ...]
    faces: tuple[Face, ...]
    uses: dict[tuple[int, int], Use]
    """One use of each decorator of each container, by the identities of container and decorator."""


class Context(NamedTuple):
    """What analysis of an app may know besides its folder."""

    environ: Mapping[str, str]
    settings_file: str | None = None
    declared: Mapping[str, str | None] | None = None
    """Settings that exist where the app runs."""
    pinned: tuple[Requirement, ...] = ()
    """What stands for requirements that requirements.txt does not tell."""
    python_version: str | None = None
    """The Python that the app runs on, such as `3.12`."""


class App:
    """A function app at `root`. What it tells is worked out on demand and kept until `Files.generation` moves on."""

    def __init__(self, files: Files, root: str, context: Context) -> None:
        self.files = files
        self.root = root
        self.context = context
        self.resolver = Resolver(files, root)
        self._generation = -1
        self._others: list[Module] = []
        self._registrations: Registrations | None = None
        self._functions: Collected | None = None
        self._key = object()
        self._block_key: object | None = None
        self._lasting_key = object()
        self._upheaval = -1
        self._around: object = None
        self._kept: dict[str, object] = {}
        self._of_files: dict[str, tuple[int, object]] = {}

    @property
    def entry_path(self) -> str:
        """Where the entry file is, or should be (the setting PYTHON_SCRIPT_FILE_NAME renames it)."""
        return self.kept_of_files("entry path", App._entry_path)

    def _entry_path(self) -> str:
        named = self.settings.get("PYTHON_SCRIPT_FILE_NAME")
        return os.path.join(self.root, named.value if named and named.value else ENTRY)

    @property
    def entry(self) -> Module | None:
        """The entry module."""
        return self.files.module(self.entry_path)

    @property
    def settings(self) -> Settings:
        """App settings."""
        return self.kept_of_files("settings", App._read_settings)

    def _read_settings(self) -> Settings:
        context = self.context
        return read_settings(self.files, self.root, context.environ, context.settings_file, context.declared)

    @property
    def host(self) -> HostFile:
        """host.json."""
        return self.kept_of_files("host", lambda app: read_host_file(app.files, app.root))

    @property
    def requirements(self) -> Requirements:
        """requirements.txt."""
        return self.kept_of_files(
            "requirements", lambda app: read_requirements(app.files, app.root).pinned(app.context.pinned)
        )

    @property
    def python_version(self) -> str | None:
        """The Python that the app says it runs on, such as `3.12`; None where it does not say."""
        return self.context.python_version or self.kept_of_files(
            "python version", lambda app: read_python_version(app.files, app.root)
        )

    def brought(self, package: str) -> Brought | None:
        """What the app's own environment has of a package."""
        return self.kept_of_files(f"brought {package}", lambda app: brought(app.files, app.root, package))

    @property
    def registrations(self) -> Registrations:
        """Which blueprints the app registers."""
        self._refresh()
        if self._registrations is None:
            self._registrations = read_registrations(self.reachable.values(), self.resolver)
        return self._registrations

    @property
    def reachable(self) -> Mapping[str, Module]:
        """The modules that importing the entry file runs, by path, the entry first."""
        return self.kept("reach", _reach).modules

    @property
    def modules(self) -> list[Module]:
        """All modules of the app's folder, reachable ones first."""
        reachable = self.reachable
        if not self._others:
            paths = self.kept_of_files("python files", lambda app: list(python_files(app.files, app.root)))
            others = (self.files.module(path) for path in paths if path not in reachable)
            self._others = [module for module in others if module]
        return [*reachable.values(), *self._others]

    def functions(self, module: Module) -> Iterator[Function]:
        """The functions of a module, in source order."""
        for declared in self.declared(module):
            yield from declared.functions

    def block_functions(self, module: Module, block: Block) -> tuple[Function, ...]:
        """The functions of a block."""
        kept = block.memo.get(_FUNCTIONS)
        key = self.block_key
        if kept is None or kept[0] is not key:  # type: ignore[index]  # the memo is typed by its writer
            kept = block.memo[_FUNCTIONS] = (key, self._declared(module, block))
        return kept[1][0].functions if kept[1] else ()  # type: ignore[index]  # as above

    def declared(self, module: Module) -> list[Declared]:
        """What the blocks of a module give that declare functions, in source order."""
        return gathered(module, _FUNCTIONS, self.block_key, lambda block: self._declared(module, block))

    def _declared(self, module: Module, block: Block) -> tuple[Declared, ...]:
        functions = functions_of(module, block, self.resolver)
        if not functions:
            return ()
        uses = {(id(use.container), id(use.known)): use for function in functions for use in function.uses}
        return (Declared(functions, tuple(function.face for function in functions), uses),)

    @property
    def key(self) -> object:
        """What stays the same until what was derived from several blocks has to be derived again."""
        self._refresh()
        return self._key

    @property
    def block_key(self) -> object:
        """The same for what was derived from a block: it stays where names were bound anew that the block does not use.

        Blocks that use them have been made to forget. What else a block's diagnostics hang on is the app's `surroundings`.
        """
        self._refresh()
        if self._block_key is None:
            surroundings = self._surroundings()
            if self._upheaval != self.files.upheaval or self._around != surroundings:
                self._lasting_key = object()
            self._upheaval, self._around = self.files.upheaval, surroundings
            self._block_key = self._lasting_key
        return self._block_key

    def _surroundings(self) -> object:
        """What rules about a single block or function may ask of the app besides files and what the block's own names mean."""
        found = self.kept("reach", _reach)
        return tuple(found.modules), found.called, self.main_variable, self.is_http_v2

    def kept(self, name: str, make: Callable[[App], T]) -> T:
        """Something that depends on names and files alone, worked out once for as long as `key` stays."""
        self._refresh()
        if name not in self._kept:
            self._kept[name] = make(self)
        return self._kept[name]  # type: ignore[return-value]  # one name, one maker

    def kept_of_files(self, name: str, make: Callable[[App], T]) -> T:
        """The same for what depends on files alone that are no modules."""
        found = self._of_files.get(name)
        if found is None or found[0] != self.files.upheaval:
            found = self._of_files[name] = (self.files.upheaval, make(self))
        return found[1]  # type: ignore[return-value]  # one name, one maker

    @property
    def indexed(self) -> list[Function]:
        """The functions of all reachable modules: those that the platform can see."""
        return self._collected()[1]

    @property
    def faces(self) -> list[tuple[Face, ...]]:
        """What other functions can notice of each block's functions: equal as long as edits stay inside functions."""
        return self._collected()[2]

    @property
    def uses(self) -> Iterable[Use]:
        """Of the uses in `indexed` one of each decorator of each container, so that what is there can be seen at a glance."""
        return self._collected()[3]

    def _collected(self) -> Collected:
        modules = list(self.reachable.values())
        versions = [module.document.version for module in modules]
        if self._functions is None or self._functions[0] != versions:
            declared = [each for module in modules for each in self.declared(module)]
            functions = [function for each in declared for function in each.functions]
            if any(function.inside for function in functions):
                idle = {name for name in {each.inside for each in functions if each.inside} if not self._is_used(name)}
                functions = [function for function in functions if function.inside not in idle]
            broken = len([block for module in modules for block in module.document.blocks if block.problem])
            uses: dict[tuple[int, int], Use] = {}
            for each in declared:
                uses.update(each.uses)
            self._functions = (versions, functions, [*(each.faces for each in declared), ((broken,),)], uses.values())
        return self._functions

    def _is_used(self, name: str) -> bool:
        """Whether anything that importing the entry file runs names a function besides its definition."""
        used = re.compile(rf"(?<!def )\b{re.escape(name)}\b(?!\s*=[^=])")
        return any(
            name in block.text and used.search(block.text)
            for module in self.reachable.values()
            for block in module.document
        )

    @property
    def containers(self) -> list[Container]:
        """The containers that the entry module's names mean."""
        return self.kept("containers", App._containers)

    def _containers(self) -> list[Container]:
        entry = self.entry
        if entry is None:
            return []
        found: dict[Container, None] = {}
        for name in entry.values:
            meaning = self.resolver.meaning(entry, name)
            if isinstance(meaning, Container):
                found[meaning] = None
        return list(found)

    @property
    def is_http_v2(self) -> bool:
        """Whether the app imports an extension that takes HTTP over, with request and response classes of its own."""
        return self.kept("http v2", App._imports_http_extension)

    def _imports_http_extension(self) -> bool:
        return any(f"{by.imported.module}.".startswith(_HTTP_EXTENSIONS) for _, _, by in self.imports())

    def imports(self) -> Iterator[tuple[Module, Definition, ImportedFrom]]:
        """The names that reachable modules bind by an import at their top level."""
        for module in self.reachable.values():
            for definitions in module.values.values():
                for definition in definitions:
                    if isinstance(definition.by, ImportedFrom):
                        yield module, definition, definition.by

    @property
    def main_variable(self) -> str | None:
        """The name of the entry file that its app has; None where it has none."""
        return next((container.variable for container in self.containers if container.is_app), None)

    @property
    def imports_known(self) -> bool:
        """Whether every import that the entry file runs can be followed."""
        return self.kept("reach", _reach).known

    @property
    def changes_path(self) -> bool:
        """Whether importing the entry file adds to the places where Python looks for modules."""
        return self.kept("reach", _reach).changes_path

    def runs(self, function: Function) -> bool:
        """Whether importing the entry file certainly defines a function: what stands inside another needs its call."""
        return not function.inside or (function.module.path, function.inside) in self.kept("reach", _reach).called

    def _refresh(self) -> None:
        if self._generation != self.files.generation:
            self._generation = self.files.generation
            self._others = []
            self._registrations = None
            self._functions = None
            self._key = object()
            self._block_key = None
            self._kept.clear()


def _reach(app: App) -> Reach:
    return reach(app.entry, app.resolver)


def python_files(files: Files, folder: str) -> Iterable[str]:
    """The modules below a folder, nested apps and skipped folders left out, in a fixed order."""
    pending = [folder]
    while pending:
        current = pending.pop()
        names = files.names(current)
        if current != folder and (ENTRY in names or "host.json" in names):
            continue
        pending += reversed(folders_below(files, current))
        yield from (os.path.join(current, name) for name in sorted(names) if name.endswith(".py"))
