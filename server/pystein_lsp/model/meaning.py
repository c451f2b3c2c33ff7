"""What a name means at a place: something of the library, a container, a constant, a module of the app ... or unknown."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from functools import cache, lru_cache
from typing import NamedTuple, TypeAlias

from pystein_lsp.catalogue import catalogue
from pystein_lsp.model.files import Files
from pystein_lsp.model.imports import is_folder, module_at, modules_of, package_of
from pystein_lsp.model.inside import Inside, consult, inside
from pystein_lsp.model.module import Definition, ImportedFrom, LoopVariable, Module, ParameterOf
from pystein_lsp.syntax.span import Location
from pystein_lsp.syntax.tree import (
    Assign,
    Call,
    ClassDef,
    Expression,
    FunctionDef,
    Items,
    Literal,
    Name,
    Parameter,
    Return,
)

LIBRARIES = ("azure.functions", "azure.durable_functions")
_MAX_HOPS = 20
_BUILTIN_MODULE = "builtins"


class Library(NamedTuple):
    """A name of azure-functions or azure-functions-durable, by its public path (`azure.functions.AuthLevel.ADMIN`)."""

    name: str


class External(NamedTuple):
    """A name of some other package, or of a builtin."""

    name: str


class Project(NamedTuple):
    """A module of the app."""

    module: Module


class Folder(NamedTuple):
    """A folder of the app without `__init__.py`, which Python imports all the same."""

    path: str


@cache
def _is_app(class_name: str) -> bool:
    return class_name not in LIBRARIES and catalogue().classes[class_name].is_app


class Container(NamedTuple):
    """A function app or blueprint: an object whose methods are decorators."""

    class_name: str
    """The library class: `azure.functions.FunctionApp`."""
    variable: str
    location: Location
    call: Call | None
    extended: bool
    """Whether a subclass may have added decorators."""
    is_defined: bool = True
    """False for a name that nothing binds, but that is used as an app: what stands below it is seen all the same."""
    own: frozenset[str] = frozenset()
    """Names that subclasses of the app's own define, so that a decorator of that name may be anything."""

    @property
    def is_app(self) -> bool:
        """Whether the worker would take it as the app."""
        return _is_app(self.class_name)

    @property
    def is_module(self) -> bool:
        """Whether it is the library's module, which stands where an app should."""
        return self.class_name in LIBRARIES


class Code(NamedTuple):
    """A function or class of the app."""

    node: FunctionDef | ClassDef
    definition: Definition
    module: Module


class Value(NamedTuple):
    """An expression of a module, to be looked at further."""

    expression: Expression
    definition: Definition
    module: Module


class Unknown(NamedTuple):
    """It may be anything."""


Meaning: TypeAlias = "Library | External | Project | Folder | Container | Code | Value | Unknown"
UNKNOWN = Unknown()


class Resolver:
    """Looks names up across the modules of one app; `root` is what the app finds first on its import path."""

    def __init__(self, files: Files, root: str) -> None:
        self._files = files
        self.root = root
        self._kept: dict[tuple[Module, str], Meaning] = {}
        self._others: dict[object, object] = {}
        self._generation = files.generation
        self.doubts = 0
        """How often it was asked whether a module binds a name in a way that is not followed."""

    @property
    def kept(self) -> dict[object, object]:
        """What others have worked out from names alone; empty again as soon as a name may mean something else."""
        self._refresh()
        return self._others

    def _refresh(self) -> None:
        if self._generation != self._files.generation:
            self._kept.clear()
            self._others.clear()
            self._generation = self._files.generation

    def meaning(self, module: Module, name: str, before: int | None = None, hops: int = 0) -> Meaning:
        """What a plain name means at a line of the file (None: when the module has run to its end)."""
        if hops > _MAX_HOPS:
            return UNKNOWN
        self._refresh()
        kept = self._kept.get((module, name))
        if kept is not None:
            return kept
        found = module.names.get(name)
        if found and len(found) == 1:
            meaning = self._defined(found[0], module, hops)
            if not isinstance(meaning, Code):  # a function may be edited without its name meaning something else
                self._kept[module, name] = meaning
            return meaning
        if not found:
            return self._elsewhere(module, name, hops)
        visible = found if before is None else [d for d in found if d.block.line + d.line < before] or found[:1]
        last = len(visible) - 1
        while last > 0 and visible[last].conditional:
            last -= 1
        meanings = {self._defined(definition, module, hops): None for definition in visible[last:]}
        if len(meanings) == 1:
            return next(iter(meanings))
        containers = [meaning for meaning in meanings if isinstance(meaning, Container)]
        if len(containers) == len(meanings) and len({container.class_name for container in containers}) == 1:
            return containers[-1]  # the arms of an `if` that make the same app in two ways
        return _importable(visible[last:], meanings)

    def _elsewhere(self, module: Module, name: str, hops: int) -> Meaning:
        """What a name means that the module itself does not bind."""
        if "*" in module.names:
            for definition in reversed(module.names["*"]):
                if isinstance(definition.by, ImportedFrom):
                    meaning = self._starred(definition.by, module, name, hops + 1)
                    if meaning is not None:
                        return meaning
        if isinstance(module, Inside):
            return self.meaning(module.outer, name, None, hops + 1)
        return External(f"{_BUILTIN_MODULE}.{name}")

    def _starred(self, by: ImportedFrom, module: Module, name: str, hops: int) -> Meaning | None:
        """What `from ... import *` binds to a name; None where it certainly does not bind it."""
        source = self.imported(by._replace(imported=by.imported._replace(name=None)), module, hops)
        match source:
            case Library(library):
                members = catalogue().members
                if library not in members:
                    return UNKNOWN
                return Library(public_path(f"{library}.{name}")) if name in members[library] else None
            case Project(inner) if inner is not module and hops <= _MAX_HOPS:
                listed = _listed(inner)
                if (name.startswith("_") if listed is None else name not in listed) and listed != ():
                    return None
                if name in inner.names:
                    return self.meaning(inner, name, None, hops)
                found = self._elsewhere(inner, name, hops) if "*" in inner.names else None
                return None if isinstance(found, External) else found
        return UNKNOWN

    def dotted(self, module: Module, dotted: str, before: int | None = None, hops: int = 0) -> tuple[Meaning, str]:
        """What a chain of attributes means: the meaning of its longest known part, and the rest of the chain."""
        first, _, rest = dotted.partition(".")
        meaning = self.meaning(module, first, before, hops)
        while rest:
            part, _, remaining = rest.partition(".")
            match meaning:
                case Library(name):
                    meaning = Library(f"{name}.{part}")
                case External(name):
                    meaning = External(f"{name}.{part}")
                case Project(inner):
                    meaning = self._member(inner, part, hops + 1)
                case Folder(path):
                    meaning = self._inside(path, part)
                case _:
                    return meaning, rest
            rest = remaining
        return meaning, ""

    def _member(self, module: Module, name: str, hops: int) -> Meaning:
        if name in module.names:
            return self.meaning(module, name, None, hops)
        if "*" in module.names:
            meaning = self._elsewhere(module, name, hops)
            return UNKNOWN if isinstance(meaning, External) else meaning
        if os.path.basename(module.path) == "__init__.py":
            return self._inside(os.path.dirname(module.path), name)
        return UNKNOWN

    def _defined(self, definition: Definition, module: Module, hops: int) -> Meaning:
        by = definition.by
        match by:
            case None | LoopVariable():
                return UNKNOWN
            case ImportedFrom():
                return self.imported(by, module, hops)
            case FunctionDef() | ClassDef():
                return Code(by, definition, module)
            case Name():
                meaning, rest = self.dotted(module, by.dotted, definition.block.line + definition.line, hops + 1)
                return UNKNOWN if rest else meaning
            case Call():
                return self._called(by, definition, module, hops) or Value(by, definition, module)
            case ParameterOf(parameter):
                return self._parameter(parameter, definition, module, hops)
            case _:
                return Value(by, definition, module)

    def _called(self, call: Call, definition: Definition, module: Module, hops: int) -> Container | None:
        """The container that a call makes, or a function of the app that it calls."""
        if not isinstance(call.function, Name) or hops > _MAX_HOPS:
            return None
        line = definition.block.line + definition.line
        meaning, rest = self.dotted(module, call.function.dotted, line, hops + 1)
        if rest:
            return None
        class_name, extended = self.app_class(meaning, hops + 1)
        if class_name:
            location = Location(definition.block, call.span)
            own = self._own_names(meaning, hops) if extended else frozenset()
            return Container(class_name, definition.name, location, call, extended, own=own)
        if meaning == External("typing.cast") and len(call.arguments) == 2:
            return self._container(call.arguments[1].value, definition, module, hops)
        if isinstance(meaning, Code) and isinstance(meaning.node, FunctionDef):
            return self._made(meaning, call, definition, hops + 1)
        return None

    def _container(self, value: Expression, definition: Definition, module: Module, hops: int) -> Container | None:
        if isinstance(value, Call):
            return self._called(value, definition, module, hops + 1)
        if isinstance(value, Name):
            line = definition.block.line + definition.line
            meaning, rest = self.dotted(module, value.dotted, line, hops + 1)
            return meaning if isinstance(meaning, Container) and not rest else None
        return None

    def _made(self, code: Code, call: Call, definition: Definition, hops: int) -> Container | None:
        """The container that a function of the app returns, if that is plain to see."""
        node, block = code.node, code.definition.block
        consult(block)
        if not isinstance(node, FunctionDef) or node.decorators or node.is_async or "yield" in block.text:
            return None
        scope = inside(code.module, block, node)
        if scope is None or not scope.body or not isinstance(scope.body[-1], Return):
            return None
        made: list[Container] = []
        for place in scope.places:
            if isinstance(place.statement, Return):
                name = place.statement.value.dotted if isinstance(place.statement.value, Name) else definition.name
                here = Definition(name, None, block, place.statement.span.line, conditional=False)
                value = place.statement.value
                container = self._container(value, here, scope, hops) if value else None
                if container is None:
                    return None
                made.append(container)
        if len({container.class_name for container in made}) != 1:
            return None
        if any(isinstance(place.statement, FunctionDef) for place in scope.places):
            return made[-1]  # what is decorated inside belongs to it
        return made[-1]._replace(variable=definition.name, location=Location(definition.block, call.span))

    def _parameter(self, parameter: Parameter, definition: Definition, module: Module, hops: int) -> Meaning:
        """A parameter that is annotated as an app or blueprint is one, of whatever subclass."""
        annotation = parameter.annotation
        if isinstance(annotation, Literal) and isinstance(annotation.value, str):
            annotation = Name(annotation.value, annotation.span)
        if not isinstance(annotation, Name) or not isinstance(module, Inside):
            return UNKNOWN
        meaning, rest = self.dotted(module.outer, annotation.dotted, None, hops + 1)
        class_name, _ = (None, False) if rest else self.app_class(meaning, hops + 1)
        if class_name is None:
            return UNKNOWN
        return Container(class_name, parameter.name, Location(definition.block, parameter.span), None, extended=True)

    def app_class(self, meaning: Meaning, hops: int = 0) -> tuple[str | None, bool]:
        """The library class that a meaning is or derives from, and whether it is a subclass of the app's own."""
        if isinstance(meaning, Library):
            return (meaning.name, False) if meaning.name in catalogue().classes else (None, False)
        for inner in self._bases(meaning, hops):
            name, _ = self.app_class(inner, hops + 1)
            if name:
                return name, True
        return None, False

    def _bases(self, meaning: Meaning, hops: int) -> Iterator[Meaning]:
        """What the bases of a class of the app mean."""
        if isinstance(meaning, Code) and isinstance(meaning.node, ClassDef) and hops <= _MAX_HOPS:
            for base in meaning.node.bases:
                if isinstance(base, Name):
                    inner, rest = self.dotted(meaning.module, base.dotted, None, hops + 1)
                    yield UNKNOWN if rest else inner

    def _own_names(self, meaning: Meaning, hops: int = 0) -> frozenset[str]:
        """The methods that a class of the app, and those that it derives from, define."""
        if not isinstance(meaning, Code) or not isinstance(meaning.node, ClassDef):
            return frozenset()
        names = {inner.name for inner in meaning.node.body if isinstance(inner, FunctionDef)}
        for inner in meaning.node.body:
            names.update(inner.targets if isinstance(inner, Assign) else ())
        return frozenset(names).union(*(self._own_names(base, hops + 1) for base in self._bases(meaning, hops)))

    def imported(self, by: ImportedFrom, module: Module, hops: int = 0) -> Meaning:
        """What an import binds."""
        name, source = by.imported.name, by.imported.module
        if by.level:
            base = package_of(module, by.level)
            folder = os.path.join(base, *source.split(".")) if source else base
            return self._imported_name(self._project(folder), folder, name, hops)
        if source == "azure" or source.startswith(("azure.functions", "azure.durable_functions")):
            return Library(public_path(f"{source}.{name}" if name else source))
        folder = os.path.join(self.root, *source.split("."))
        project = self._project(folder)
        if project is None and not is_folder(self._files, folder):
            return External(f"{source}.{name}" if name else source)
        return self._imported_name(project, folder, name, hops)

    def _imported_name(self, project: Project | None, folder: str, name: str | None, hops: int) -> Meaning:
        if name is None:
            return project or (Folder(folder) if is_folder(self._files, folder) else UNKNOWN)
        if project:
            return self._member(project.module, name, hops + 1)
        return self._inside(folder, name)

    def _inside(self, folder: str, name: str) -> Meaning:
        """A module or folder of a folder without `__init__.py`."""
        path = os.path.join(folder, name)
        return self._project(path) or (Folder(path) if is_folder(self._files, path) else UNKNOWN)

    def modules_of(self, by: ImportedFrom, module: Module) -> list[Module]:
        """The modules of the app that an import runs."""
        return modules_of(by, module, self._files, self.root)

    def _project(self, stem: str) -> Project | None:
        module = module_at(self._files, stem)
        return Project(module) if module else None


def _importable(definitions: list[Definition], meanings: Iterable[Meaning]) -> Meaning:
    """What a name means that is imported from one place or, where that fails, from another."""
    if not all(isinstance(definition.by, ImportedFrom) for definition in definitions):
        return UNKNOWN
    found = [meaning for meaning in meanings if not isinstance(meaning, External | Unknown)]
    return found[0] if len(found) == 1 else UNKNOWN


def _listed(module: Module) -> tuple[str, ...] | None:
    """The names in a module's `__all__`: None where it has none, empty where they are not plain to see."""
    found = module.names.get("__all__")
    if not found:
        return None
    value = found[0].by
    if len(found) > 1 or not isinstance(value, Items):
        return ()
    names = tuple(str(item.value) for item in value.values if isinstance(item, Literal))
    return names if len(names) == len(value.values) else ()


@lru_cache(maxsize=1024)
def public_path(name: str) -> str:
    """The path under which a library's class is documented, whatever module it is imported from."""
    for library in LIBRARIES:
        if name.startswith(library + "."):
            rest = name[len(library) + 1 :].split(".")
            while len(rest) > 1 and rest[0].islower():
                rest.pop(0)
            return f"{library}.{'.'.join(rest)}"
    return name
