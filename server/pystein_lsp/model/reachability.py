"""What importing the entry file runs: the modules, in the order of their first import, and whether all of that can be followed."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, NamedTuple

from pystein_lsp.model.inside import consult, inside
from pystein_lsp.model.meaning import Code, External, Resolver
from pystein_lsp.model.module import ImportedFrom, Module, Placed
from pystein_lsp.syntax.document import Block
from pystein_lsp.syntax.span import Span
from pystein_lsp.syntax.tree import Call, ClassDef, FunctionDef, Import, Name

_DYNAMIC = re.compile(
    r"(?<![\w.])(?:exec|__import__|import_module|run_path|run_module)\s*\(|\.(?:import_module|run_path|run_module)\s*\("
)
_PATH_CHANGES = frozenset({"sys.path.append", "sys.path.insert", "sys.path.extend", "site.addsitedir"})


class Reach(NamedTuple):
    """What is reached. `known` is False where something may be imported that is not followed."""

    modules: Mapping[str, Module]
    """By path, the entry first."""
    known: bool
    changes_path: bool
    """Whether the app adds to the places where Python looks for modules."""
    called: frozenset[tuple[str, str]] = frozenset()
    """Path and name of the functions that it certainly calls."""


def reach(entry: Module | None, resolver: Resolver) -> Reach:
    """What importing a module runs: imports in branches, and in functions that are called on the way, too."""
    walk = _Walk(resolver)
    if entry:
        walk.module(entry)
    return Reach(
        walk.modules, walk.known and not (walk.path_changes and walk.foreign), walk.path_changes, frozenset(walk.called)
    )


class _Walk:
    def __init__(self, resolver: Resolver) -> None:
        self.modules: dict[str, Module] = {}
        self.known = True
        self.path_changes = False
        """Whether the app adds to the places where Python looks for modules."""
        self.foreign = False
        """Whether something is imported that is neither the app's nor Python's."""
        self.called: set[tuple[str, str]] = set()
        self._certain = True
        """Whether what is looked at certainly runs."""
        self._resolver = resolver
        self._called: set[tuple[Block, Span]] = set()

    def module(self, module: Module) -> None:
        if module.path not in self.modules:
            self.modules[module.path] = module
            self._places(module.statements(), module)

    def _places(self, places: Iterable[Placed], module: Module) -> None:
        for place in places:
            statement = place.statement
            if isinstance(statement, Import):
                self._import(statement, module)
            elif isinstance(statement, ClassDef):
                for inner in statement.body:
                    if isinstance(inner, Import):
                        self._import(inner, module)
            elif not isinstance(statement, FunctionDef):
                if self.known and _may_be_dynamic(place.block):
                    self.known = not _DYNAMIC.search(_text(place))
                for call in _calls(statement):
                    self._call(call, place, module)

    def _import(self, statement: Import, module: Module) -> None:
        for imported in statement.names:
            found = self._resolver.modules_of(ImportedFrom(imported, statement.level), module)
            for each in found:
                self.module(each)
            first = imported.module.partition(".")[0]
            if not found and not statement.level and first != "azure" and first not in sys.stdlib_module_names:
                self.foreign = True

    def _call(self, call: Call, place: Placed, module: Module) -> None:
        if not isinstance(call.function, Name):
            return
        meaning, rest = self._resolver.dotted(
            module, call.function.dotted, place.block.line + place.statement.span.line
        )
        if isinstance(meaning, External) and meaning.name in _PATH_CHANGES:
            self.path_changes = True
        if rest or not isinstance(meaning, Code) or not isinstance(meaning.node, FunctionDef):
            return
        block, node = meaning.definition.block, meaning.node
        consult(block)
        certain = self._certain and not place.conditional
        if certain and not node.decorators:
            self.called.add((meaning.module.path, node.name))
        if node.decorators or (block, node.name_span) in self._called:
            return
        self._called.add((block, node.name_span))
        scope = inside(meaning.module, block, node)
        if scope:
            before, self._certain = self._certain, certain
            self._places(scope.places, scope)
            self._certain = before
        elif _DYNAMIC.search(block.text) or "import" in block.text:
            self.known = False


def _may_be_dynamic(block: Block) -> bool:
    return block.kept("dynamic", lambda it: _DYNAMIC.search(it.text) is not None)


def _text(place: Placed) -> str:
    """The source of a statement's first lines; that of what stands inside it is looked at with the inner statements."""
    span = place.statement.span
    if getattr(place.statement, "arms", None) or getattr(place.statement, "body", None):
        return place.block.line_text(span.line)
    return "\n".join(place.block.text.split("\n")[span.line : span.end_line + 1])


def _calls(value: Any) -> Iterator[Call]:
    """The calls in a statement's own expressions."""
    if isinstance(value, Call):
        yield value
    if isinstance(value, tuple) and not isinstance(value, Span):
        parts = value if not hasattr(value, "body") and not hasattr(value, "arms") else (getattr(value, "values", ()),)
        for part in parts:
            yield from _calls(part)
