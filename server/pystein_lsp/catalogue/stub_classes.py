"""The app classes of the stubs and every public name of the two libraries."""

from __future__ import annotations

import ast
from typing import NamedTuple

from .stub_modules import Found, Module, StubError, Stubs, statements
from .stub_reader import Method, aliases, enum_members, read_method, read_parameters
from .types import AppClass, Decorator, Member, Removed

CLASSES = {
    "azure.functions.FunctionApp": True,
    "azure.functions.Blueprint": False,
    "azure.functions.AsgiFunctionApp": True,
    "azure.functions.WsgiFunctionApp": True,
    "azure.durable_functions.DFApp": True,
    "azure.durable_functions.Blueprint": False,
}
"""The classes that carry decorators, each with whether the worker takes an instance as the app."""

DURABLE = "azure.durable_functions."


class Knowledge(NamedTuple):
    """All that the stubs say."""

    decorators: dict[str, Decorator]
    removed: dict[str, Removed]
    removed_parameters: dict[str, tuple[Removed, ...]]
    classes: dict[str, AppClass]
    members: dict[str, dict[str, Member]]
    docstrings: dict[str, str]
    """Of decorators by their keys and of app classes by their names."""
    describes: dict[str, tuple[str, ...]]
    """The versions of each distribution that the stubs describe, the newest of each line."""


def read_stubs(stubs: Stubs) -> Knowledge:
    """Read everything.

    Raises:
        StubError: The stubs use a form that is not understood.
    """
    knowledge = Knowledge({}, {}, {}, {}, {}, {}, _described(stubs))
    for name, is_app in CLASSES.items():
        package, _, class_name = name.rpartition(".")
        module = stubs.module(package)
        found = stubs.resolve(module, class_name) if module else None
        if not found or not isinstance(found.node, ast.ClassDef):
            raise StubError(f"{stubs.directory}: no class {name}")
        knowledge.classes[name] = _read_class(stubs, knowledge, name, is_app, found)
    for name, removed in knowledge.removed.items():
        knowledge.removed[name] = removed._replace(parameters=_renamed(knowledge, removed))
    for name in stubs.names():
        if name.startswith("azure.") and "._api" not in name:
            knowledge.members[name] = _members(stubs, name)
    return knowledge


def _renamed(knowledge: Knowledge, removed: Removed) -> tuple[tuple[str, str | None], ...]:
    """What became of the parameters that a removed decorator shares with an old version of its replacement."""
    gone = knowledge.removed_parameters.get(removed.replaced_by[0], ()) if removed.replaced_by else ()
    return tuple((item.name, item.replaced_by[0] if item.replaced_by else None) for item in gone)


def _described(stubs: Stubs) -> dict[str, tuple[str, ...]]:
    module = stubs.module("azure.functions._api")
    assert module is not None
    found: dict[str, str] = {}
    for name, definitions in module.definitions.items():
        match definitions:
            case [ast.AnnAssign(value=ast.Constant(value=str(version)))]:
                found[name] = version
    return {
        "azure-functions": (found["AZURE_FUNCTIONS_1"], found["AZURE_FUNCTIONS_2"]),
        "azure-functions-durable": (found["AZURE_FUNCTIONS_DURABLE"],),
    }


def _read_class(stubs: Stubs, knowledge: Knowledge, name: str, is_app: bool, found: Found) -> AppClass:
    keys: dict[str, str] = {}
    constructor: tuple[Module, ast.FunctionDef] | None = None
    for base in bases(stubs, found):
        assert isinstance(base.node, ast.ClassDef)
        methods = _methods(base.module, base.node)
        if constructor is None and "__init__" in methods:
            constructor = base.module, methods["__init__"][0]
        durable = base.module.name.startswith(DURABLE)
        for method_name, overloads in methods.items():
            method = read_method(stubs, base.module, overloads, _package(durable))
            if method and method_name not in keys:
                keys[method_name] = _remember(knowledge, method, durable)
                for alias, since in aliases(stubs, base.module, overloads[0]).items():
                    keys[alias] = _remember_alias(knowledge, method, alias, since)
    assert isinstance(found.node, ast.ClassDef)
    knowledge.docstrings[name] = ast.get_docstring(found.node) or ""
    decorators = tuple(sorted(filter(None, keys.values())))
    if constructor is None or constructor[1].args.kwarg:
        return AppClass(name, is_app, (), True, decorators, ())
    parameters, gone, _ = read_parameters(stubs, *constructor)
    return AppClass(name, is_app, parameters, False, decorators, gone)


def _package(durable: bool) -> str:
    return "azure-functions-durable" if durable else "azure-functions"


def _remember(knowledge: Knowledge, method: Method, durable: bool) -> str:
    """Enter a method; the key of its decorator, empty for a removed one."""
    if method.removed:
        knowledge.removed[method.removed.name] = method.removed
        return ""
    assert method.decorator is not None
    key = f"durable:{method.decorator.name}" if durable else method.decorator.name
    knowledge.decorators[key] = method.decorator
    knowledge.docstrings[key] = method.docstring
    if method.gone_parameters:
        knowledge.removed_parameters[key] = method.gone_parameters
    return key


def _remember_alias(knowledge: Knowledge, method: Method, alias: str, since: str) -> str:
    """Enter another name of a method; its key."""
    assert method.decorator is not None
    known = method.decorator
    knowledge.decorators[alias] = known._replace(name=alias, since=since, alias_of=known.name, also_tried=())
    knowledge.docstrings[alias] = method.docstring
    return alias


def bases(stubs: Stubs, found: Found) -> list[Found]:
    """A class and the classes it inherits from, nearest first. The stubs have no diamonds where the order matters."""
    result = [found]
    assert isinstance(found.node, ast.ClassDef)
    for base in found.node.bases:
        if isinstance(base, ast.Name):
            above = stubs.resolve(found.module, base.id)
            if above and isinstance(above.node, ast.ClassDef):
                result += [item for item in bases(stubs, above) if item not in result]
    return result


def _methods(module: Module, node: ast.ClassDef) -> dict[str, list[ast.FunctionDef]]:
    found: dict[str, list[ast.FunctionDef]] = {}
    for statement, _ in statements(node.body, module):
        if isinstance(statement, ast.FunctionDef):
            found.setdefault(statement.name, []).append(statement)
    return found


def _members(stubs: Stubs, name: str) -> dict[str, Member]:
    module = stubs.module(name)
    assert module is not None
    exported = {*(module.exported or ()), *module.reexported}
    public = [*exported, *(item for item in module.definitions if not item.startswith("_"))]
    found: dict[str, Member] = {}
    for item in sorted(set(public)):
        target = stubs.resolve(module, item)
        if target:
            found[item] = _member(stubs, module, item, target)
    prefix = name + "."
    for other in stubs.names():
        if other.startswith(prefix) and "." not in (rest := other[len(prefix) :]) and rest != "_api":
            found.setdefault(rest, Member(rest, "module"))
    return found


def _member(stubs: Stubs, module: Module, name: str, target: Found) -> Member:
    since_2 = "2.0.0" if name in module.only_2 else None
    match target.node:
        case None:
            return Member(name, "module", since_2=since_2)
        case ast.ClassDef():
            if any(_is_enum(base) for base in bases(stubs, target)):
                members = enum_members(target.module, target.node)
                only_2 = tuple(member for member, line_2 in members if line_2)
                return Member(name, "enum", tuple(member for member, _ in members), since_2, only_2)
            return Member(name, "class", since_2=since_2)
        case ast.FunctionDef() | ast.AsyncFunctionDef():
            return Member(name, "function", since_2=since_2)
    return Member(name, "value", since_2=since_2)


def _is_enum(found: Found) -> bool:
    assert isinstance(found.node, ast.ClassDef)
    return any(
        isinstance(base, ast.Name) and base.id in {"Enum", "IntEnum", "StringifyEnum"} for base in found.node.bases
    )
