"""Attributes of the app's own classes that are constants: `Config.QUEUE`, members of enums, defaults of plain objects."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from pystein_lsp.model.meaning import Code, External, Meaning, Resolver, Value
from pystein_lsp.model.module import Module
from pystein_lsp.syntax.span import NOWHERE
from pystein_lsp.syntax.tree import (
    Assign,
    Branch,
    Call,
    ClassDef,
    Expression,
    FunctionDef,
    Import,
    Literal,
    Loop,
    Name,
    Opaque,
    Statement,
)

_ENUMS = frozenset({"enum.Enum", "enum.StrEnum", "enum.IntEnum", "enum.Flag", "enum.IntFlag"})
_TEXTS = frozenset({"builtins.str", "enum.StrEnum"})
_PLAIN = frozenset({"builtins.object", "abc.ABC"})
_MAX_DEPTH = 10


class Constant(NamedTuple):
    """An expression and where its names are looked up."""

    expression: Expression
    module: Module
    line: int


class _Class(NamedTuple):
    node: ClassDef
    code: Code
    path: str
    """Its name in its module, `Outer.Inner`."""
    bases: frozenset[str]
    """The external classes that it derives from."""
    parents: tuple[_Class, ...]


def constant(meaning: Meaning, rest: str, resolver: Resolver) -> Constant | None:
    """What the attributes `rest` of a class, or of an object that is made without arguments, are known to be."""
    instance = False
    if isinstance(meaning, Value):
        made = _class_of_object(meaning, rest, resolver)
        if made is None:
            return None
        meaning, instance = made, True
    if not isinstance(meaning, Code) or not isinstance(meaning.node, ClassDef):
        return None
    known = _known(meaning, meaning.node, meaning.node.name, resolver)
    name, _, last = rest.partition(".")
    while known and last and (inner := _inner(known, name)):
        known = _known(meaning, inner, f"{known.path}.{name}", resolver)
        name, _, last = last.partition(".")
    if known is None or (instance and _makes_itself(known)):
        return None
    return _attribute(known, name, last, instance=instance)


def _class_of_object(value: Value, rest: str, resolver: Resolver) -> Code | None:
    """The class whose object a name of a module is, where the object is made without arguments and not changed."""
    call = value.expression
    if not isinstance(call, Call) or call.arguments or not isinstance(call.function, Name):
        return None
    if f"{value.definition.name}.{rest}" in value.module.names:
        return None
    line = value.definition.block.line + value.definition.line
    meaning, left = resolver.dotted(value.module, call.function.dotted, line)
    return meaning if isinstance(meaning, Code) and not left else None


def _known(code: Code, node: ClassDef, path: str, resolver: Resolver, depth: int = 0) -> _Class | None:
    """A class all of whose bases are understood."""
    if node.decorators or node.keywords or depth > _MAX_DEPTH:
        return None
    bases: set[str] = set()
    parents: list[_Class] = []
    for base in node.bases:
        meaning, rest = resolver.dotted(code.module, base.dotted) if isinstance(base, Name) else (None, "")
        if isinstance(meaning, External) and not rest and meaning.name in _ENUMS | _TEXTS | _PLAIN:
            bases.add(meaning.name)
        elif isinstance(meaning, Code) and isinstance(meaning.node, ClassDef) and not rest:
            parent = _known(meaning, meaning.node, meaning.node.name, resolver, depth + 1)
            if parent is None:
                return None
            parents.append(parent)
            bases |= parent.bases
        else:
            return None
    return _Class(node, code, path, frozenset(bases), tuple(parents))


def _inner(known: _Class, name: str) -> ClassDef | None:
    return next((each for each in known.node.body if isinstance(each, ClassDef) and each.name == name), None)


def _attribute(known: _Class, name: str, last: str, *, instance: bool) -> Constant | None:
    for each in (known, *known.parents):
        if f"{each.path}.{name}" in each.code.module.names:
            return None  # assigned from outside
        bound = [statement for statement in each.node.body if name in _bound(statement)]
        if not bound:
            continue
        if len(bound) != 1 or not isinstance(bound[0], Assign):
            return None
        line = each.code.definition.block.line + bound[0].span.line
        return _member(known, Constant(bound[0].value, each.code.module, line), name, last, instance=instance)
    return None


def _member(known: _Class, value: Constant, name: str, last: str, *, instance: bool) -> Constant | None:
    """The value of an attribute; members of an enum are texts only where the enum says so."""
    if not known.bases & _ENUMS:
        return None if last else value
    if last == "name":
        return value._replace(expression=Literal(name, NOWHERE))
    if instance or (not last and not known.bases & _TEXTS):
        return None
    return value if last in ("", "value") else None


def _bound(statement: Statement) -> Iterable[str]:
    """The names that a statement of a class binds, in all its arms."""
    match statement:
        case Assign(targets=names) | Opaque(names=names):
            return names
        case FunctionDef(name=name) | ClassDef(name=name):
            return (name,)
        case Import(names=imported):
            return [each.bound_as for each in imported]
        case Branch(arms=arms):
            return [name for arm in arms for inner in arm for name in _bound(inner)]
        case Loop(targets=targets, body=body):
            return [*targets, *(name for inner in body for name in _bound(inner))]
    return ()


def _makes_itself(known: _Class) -> bool:
    """Whether an object of the class may have attributes of its own in the place of the class's."""
    return any(
        isinstance(each, FunctionDef) and each.name.startswith("__")
        for one in (known, *known.parents)
        for each in one.node.body
    ) or bool(known.bases & _ENUMS)
