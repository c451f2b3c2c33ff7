"""What an annotation is once Python has evaluated it: a class, a generic of `typing`, or something that is no type at all.

The worker evaluates annotations with `typing.get_type_hints` when it loads the app: texts are read as expressions in the
module's namespace, `None` becomes its class, `Annotated[X, ...]` becomes `X`.
"""

from __future__ import annotations

import ast
import builtins
import re
from functools import lru_cache
from typing import NamedTuple

from pystein_lsp.catalogue import catalogue
from pystein_lsp.model.meaning import (
    LIBRARIES,
    Code,
    Container,
    External,
    Folder,
    Library,
    Meaning,
    Project,
    Resolver,
    Value,
    public_path,
)
from pystein_lsp.model.module import ImportedFrom, Module, only_code, only_for_checkers
from pystein_lsp.model.standard_types import (
    ITERABLE_GENERICS,
    KEEPING,
    MAKERS,
    NO_TYPES,
    OTHER_GENERICS,
    STANDARD,
    TYPING_CLASSES,
    TYPING_OF_BUILTIN,
)
from pystein_lsp.model.types import NONE, UNSURE, AnyType, Builtin, Class, Generic, Missing, NoType, Out, Type, Union
from pystein_lsp.syntax.reader import Reader
from pystein_lsp.syntax.tree import (
    Binary,
    Call,
    ClassDef,
    Expression,
    FunctionDef,
    Items,
    Literal,
    Mapping,
    Name,
    Subscript,
)

OUT = "azure.functions.Out"
_MAX_HOPS = 20

_BUILTINS_OF_INTEREST = (str, bytes, bytearray, dict, type(None))
_LIBRARY_BASES = {"azure.functions.MCPToolContext": "dict"}
"""Library classes that derive from a builtin that a binding may ask for."""


class Scope(NamedTuple):
    """Where an annotation stands."""

    module: Module
    resolver: Resolver
    line: int | None
    """The line of the file at which names are looked up; None: when the module has run to its end."""
    hops: int = 0

    def later(self) -> Scope:
        """For the expression that a text holds: it is evaluated when the module has run to its end."""
        return self._replace(line=None, hops=self.hops + 1)


def annotation_type(expression: Expression, module: Module, resolver: Resolver, line: int | None) -> Type:
    """What an annotation of a function that is defined at a line of a module is for the worker."""
    if line is None or postponed(module):
        line = None
    scope = Scope(module, resolver, line)
    names = _plain_names(expression)
    if names is None or not all(_is_settled(name.partition(".")[0], module, line) for name in names):
        return _type(expression, scope)
    key = (module, "annotation", *names)
    known = resolver.kept.get(key)
    if isinstance(known, Class | Out):
        return known
    found = _type(expression, scope)
    if isinstance(found, Class | Out):  # anything else may depend on what a function is decorated with
        resolver.kept[key] = found
    return found


def _plain_names(expression: Expression) -> tuple[str, ...] | None:
    """The names of `X` and `X[Y]`, of which most annotations consist; None for any other."""
    if isinstance(expression, Name):
        return (expression.dotted,)
    if isinstance(expression, Subscript) and isinstance(expression.base, Name) and isinstance(expression.item, Name):
        return (expression.base.dotted, expression.item.dotted)
    return None


def _is_settled(name: str, module: Module, line: int | None) -> bool:
    """Whether a name means one thing in the whole module below a line: it is Python's own, or imported once further up."""
    found = module.names.get(name)
    if found is None:
        return True
    [only, *others] = found
    if others or only.conditional or not isinstance(only.by, ImportedFrom):
        return False
    return line is None or only.block.line + only.line < line


def postponed(module: Module) -> bool:
    """Whether the module says `from __future__ import annotations`, so that all annotations are texts."""
    found = module.names.get("annotations")
    return found is not None and any(
        isinstance(definition.by, ImportedFrom) and definition.by.imported.module == "__future__"
        for definition in found
    )


def _type(expression: Expression, scope: Scope) -> Type:
    if scope.hops > _MAX_HOPS:
        return UNSURE
    match expression:
        case Literal(value=None):
            return NONE
        case Literal(value=str() as text):
            return _of_text(text, scope)
        case Literal():
            return NoType(repr(expression.value))
        case Name():
            return _named(expression, scope)
        case Subscript():
            return _subscripted(expression, scope)
        case Binary(operator="|"):
            return _union([_type(expression.left, scope), _type(expression.right, scope)])
        case Items(kind="list"):
            return NoType("a list")
        case Items(kind="tuple"):
            return NoType("a tuple")
        case Mapping():
            return NoType("a dict")
        case _:
            return UNSURE


def _of_text(text: str, scope: Scope) -> Type:
    """What a text is that stands for an expression."""
    try:
        node = ast.parse(text.strip(), mode="eval").body
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return Missing(repr(text))
    return _type(Reader(text.strip()).expression(node), scope.later())


def _union(members: list[Type]) -> Type:
    """`X | Y`, which is X where both are the same class."""
    flat: dict[tuple[type, Type], Type] = {}  # records of different classes may be equal tuples
    for member in members:
        for each in member.members if isinstance(member, Union) else (member,):
            flat[type(each), each] = each
    distinct = tuple(flat.values())
    broken = next((each for each in distinct if isinstance(each, Missing)), None)
    return broken or (distinct[0] if len(distinct) == 1 else Union(distinct))


# Names


def _named(name: Name, scope: Scope) -> Type:
    first = name.dotted.partition(".")[0]
    if _missing(first, scope):
        return Missing(name.dotted)
    if _not_yet(first, scope):
        return UNSURE  # Python 3.14 evaluates it later than others
    meaning, rest = scope.resolver.dotted(scope.module, name.dotted, scope.line)
    if rest:
        return UNSURE
    return _meant(meaning, name.dotted, scope)


def _missing(name: str, scope: Scope) -> bool:
    """Whether nothing in the module, nor Python itself, defines a name."""
    module = scope.module
    definitions = [each for each in module.names.get(name, ()) if not only_for_checkers(each)]
    if definitions or "*" in module.names or hasattr(builtins, name) or name.startswith("__"):
        return False
    scope.resolver.doubts += 1
    return not _bound_otherwise(name, module)


def _bound_otherwise(name: str, module: Module) -> bool:
    """Whether statements of the module may bind a name in a way that is not followed.

    Blocks that hold nothing but functions and classes are left out: an edit inside them does not make other blocks be
    looked at again. One of any other does for those that asked (`Resolver.doubts`).
    """
    ways = rf"\b{name}\s*:=|\bexcept\b.*\bas\s+{name}\b|\bcase\b.*\b{name}\b|\bglobals\(\)|\bexec\(|\bsetattr\("
    blocks = (block for block in module.document if not only_code(block))
    return any(block.problem or re.search(ways, block.text) for block in blocks)


def _not_yet(name: str, scope: Scope) -> bool:
    """Whether a name is only defined below the line at which it is looked up."""
    found = scope.module.names.get(name)
    line = scope.line
    return bool(found) and line is not None and all(each.block.line + each.line >= line for each in found or ())


def _meant(meaning: Meaning, text: str, scope: Scope) -> Type:
    match meaning:
        case Library(name):
            return _library(name, text)
        case External(name):
            return _external(name, text)
        case Project() | Folder() | Container():
            return NoType(text)
        case Code(node=ClassDef() as node, module=module):
            return _own_class(node, scope._replace(module=module, line=None, hops=scope.hops + 1))
        case Code(node=FunctionDef() as node):
            return UNSURE if node.decorators else NoType(text)
        case Value(expression, definition, module):
            line = definition.block.line + definition.line
            return _assigned(expression, scope._replace(module=module, line=line, hops=scope.hops + 1))
        case _:
            return UNSURE


@lru_cache(maxsize=1024)
def _library(name: str, text: str) -> Type:
    name = public_path(name)
    if name in LIBRARIES:
        return NoType(text)
    if name == OUT:
        return Out(None)
    library, _, last = name.rpartition(".")
    tables = catalogue().members
    members = [tables[library][last]] if library in tables and last in tables[library] else []
    members = members or [each[last] for module, each in tables.items() if module.startswith(library) and last in each]
    if not members:
        return _no_member(library, last, text)
    if any(member.since_2 for member in members):
        return UNSURE
    kinds = {member.kind for member in members}
    if kinds <= {"class", "enum"}:
        bases = {_LIBRARY_BASES[name]} if name in _LIBRARY_BASES else set()
        return Class(last, frozenset({name, *bases}), reads=last == "InputStream")
    return NoType(text) if kinds == {"module"} else UNSURE


def _no_member(library: str, last: str, text: str) -> Type:
    if library not in LIBRARIES:
        return UNSURE
    from difflib import get_close_matches  # noqa: PLC0415 (3 ms that only a finding needs)

    classes = [each.name for each in catalogue().members[library].values() if each.kind == "class"]
    close = get_close_matches(last, classes, n=1)
    return Missing(text, text[: len(text) - len(last)] + close[0] if close else None)


def _external(name: str, text: str) -> Type:
    module, _, last = name.rpartition(".")
    if not module:
        return NoType(f"the module {name}")
    if module == "builtins":
        return _builtin(last, text)
    if module in ("typing", "typing_extensions"):
        return _of_typing(last, text)
    if module == "collections.abc":
        return Class(last, frozenset())
    ancestor = STANDARD.get(name)
    if ancestor is None:
        return UNSURE
    reads = ancestor == "read"
    return Class(last, frozenset({ancestor} if ancestor and not reads else ()), reads=reads)


def _builtin(name: str, text: str) -> Type:
    found = getattr(builtins, name, None)
    if not isinstance(found, type):
        return NoType(text)
    return Class(name, frozenset(each.__name__ for each in _BUILTINS_OF_INTEREST if issubclass(found, each)))


def _of_typing(name: str, text: str) -> Type:
    if name == "Any":
        return AnyType(text)
    if name == "Text":
        return Class("str", frozenset({"str"}))
    if name in ITERABLE_GENERICS or name in OTHER_GENERICS:
        return Generic(text, name in ITERABLE_GENERICS, ())
    if name in TYPING_CLASSES:
        return Class(name, frozenset(), reads=TYPING_CLASSES[name])
    return NoType(text) if name in NO_TYPES else UNSURE


# Classes of the app, and names that are assigned


def _own_class(node: ClassDef, scope: Scope) -> Type:
    if node.name == "Out":
        return UNSURE  # the worker knows func.Out by its name alone
    ancestors: set[str] = set()
    sure = all(_keeps(decorator.expression, scope) for decorator in node.decorators)
    reads = any(isinstance(inner, FunctionDef) and inner.name == "read" for inner in node.body)
    for base in node.bases:
        of_base = _base(base, scope)
        ancestors |= of_base.ancestors
        sure &= of_base.sure
        reads |= of_base.reads
    return Class(node.name, frozenset(ancestors), sure, reads)


def _base(base: Expression, scope: Scope) -> Class:
    """What a class inherits from a base."""
    if isinstance(base, Subscript):
        base = base.base
    if isinstance(base, Name):
        meaning, rest = scope.resolver.dotted(scope.module, base.dotted, scope.line)
        known = {"typing.TypedDict": "dict", "typing.Dict": "dict", "typing_extensions.TypedDict": "dict"}
        if not rest and isinstance(meaning, External) and meaning.name in known:
            return Class("", frozenset({known[meaning.name]}))
        if not rest and isinstance(meaning, External) and meaning.name.startswith("typing."):
            return Class("", frozenset())
    found = _type(base, scope)
    return found if isinstance(found, Class) else Class("", frozenset(), sure=False)


def _keeps(decorator: Expression, scope: Scope) -> bool:
    """Whether a decorator of a class is known to return the class."""
    target = decorator.function if isinstance(decorator, Call) else decorator
    if not isinstance(target, Name):
        return False
    meaning, rest = scope.resolver.dotted(scope.module, target.dotted, scope.line)
    return not rest and isinstance(meaning, (External, Library)) and meaning.name in KEEPING


def _assigned(expression: Expression, scope: Scope) -> Type:
    """What a name is that an expression was assigned to."""
    if not isinstance(expression, Call):
        return _type(expression, scope)
    if not isinstance(expression.function, Name):
        return UNSURE
    meaning, rest = scope.resolver.dotted(scope.module, expression.function.dotted, scope.line)
    if rest or not isinstance(meaning, External):
        return UNSURE
    if meaning.name in ("typing.NewType", "typing.TypeVar", "typing.ParamSpec"):
        return NoType(f"a {meaning.name.rpartition('.')[2]}")
    if meaning.name in MAKERS:
        ancestor = MAKERS[meaning.name]
        return Class(meaning.name, frozenset({ancestor} if ancestor else ()))
    return UNSURE


# Subscripts


def _subscripted(expression: Subscript, scope: Scope) -> Type:
    if not isinstance(expression.base, Name):
        return UNSURE
    text = expression.base.dotted
    base = _named(expression.base, scope)
    if isinstance(base, Missing):
        return base
    meaning, rest = scope.resolver.dotted(scope.module, text, scope.line)
    items: list[Expression] = [expression.item]
    if isinstance(expression.item, Items) and expression.item.kind == "tuple" and expression.item.values:
        items = list(expression.item.values)
    if isinstance(base, Out):
        return _out(items, scope)
    if rest or not isinstance(meaning, External):
        return _own_generic(meaning, text, items, scope)
    module, _, last = meaning.name.rpartition(".")
    if module in ("typing", "typing_extensions"):
        return _typing_subscript(last, text, items, scope)
    if module == "collections.abc":
        return Builtin(text, last)
    name = meaning.name.removeprefix("builtins.")
    return Builtin(text, TYPING_OF_BUILTIN[name]) if name in TYPING_OF_BUILTIN else UNSURE


def _typing_subscript(name: str, text: str, items: list[Expression], scope: Scope) -> Type:
    if name == "Annotated":
        return _type(items[0], scope)
    if name in ("Final", "Literal"):
        return Generic(text, iterable=False, arguments=())
    arguments = [_type(item, scope) for item in items]
    broken = next((each for each in arguments if isinstance(each, Missing)), None)
    if broken:
        return broken
    if name == "Optional":
        return _union([*arguments, NONE])
    if name == "Union":
        return _union(arguments)
    if name in ITERABLE_GENERICS or name in OTHER_GENERICS or name == "IO":
        return Generic(text, name in ITERABLE_GENERICS, tuple(arguments))
    return NoType(text) if name in NO_TYPES else UNSURE


def _out(items: list[Expression], scope: Scope) -> Type:
    if len(items) != 1:
        return Missing("func.Out takes one type")
    argument = _type(items[0], scope)
    return argument if isinstance(argument, Missing) else Out(argument)


def _own_generic(meaning: Meaning, text: str, items: list[Expression], scope: Scope) -> Type:
    """`Own[int]`: a generic of `typing` where the class of the app says so."""
    if not isinstance(meaning, Code) or not isinstance(meaning.node, ClassDef):
        return UNSURE
    inner = scope._replace(module=meaning.module, line=None)
    for base in meaning.node.bases:
        if isinstance(base, Subscript) and isinstance(base.base, Name):
            of_base, rest = inner.resolver.dotted(inner.module, base.base.dotted, None)
            if not rest and of_base in (External("typing.Generic"), External("typing.Protocol")):
                return Generic(text, iterable=False, arguments=tuple(_type(item, scope) for item in items))
    return UNSURE
