"""A module: its document and the names that its top level binds."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from operator import is_
from sys import intern
from typing import NamedTuple, TypeAlias, TypeVar

from pystein_lsp.model.shapes import definition_shape
from pystein_lsp.syntax.document import Block, Document
from pystein_lsp.syntax.span import NOWHERE
from pystein_lsp.syntax.tree import (
    Assign,
    Branch,
    ClassDef,
    Expression,
    FunctionDef,
    Import,
    ImportedName,
    Loop,
    Opaque,
    Parameter,
    Problem,
    Statement,
)

T = TypeVar("T")

DERIVED_FROM_NAMES = ("functions", "diagnostics", "unknown names")
"""What a block's memo holds that depends on what names mean."""
SPELLINGS = "import ..."
"""Stands among the names of an edit for all that a module imports: by these, fixes write the names of others."""
HIDDEN = "... := ..."
"""Stands there for what may bind names in a way that is not followed."""
_HIDING = re.compile(r":=|\bas\b|\bcase\b|\bglobals\(\)|\bexec\(|\bsetattr\(")
_WORD = re.compile(r"\w+")
_WORDS = "words"
_TYPE_CHECKING = re.compile(r"if\s+(?:\w+\.)?TYPE_CHECKING\s*:")


class ImportedFrom(NamedTuple):
    """One imported name with the dots of its statement."""

    imported: ImportedName
    level: int


class LoopVariable(NamedTuple):
    """A name that takes one value after the other."""

    part: int | None
    """Which part of each value, None for the whole."""
    values: Expression


class ParameterOf(NamedTuple):
    """A parameter, seen from inside its function."""

    parameter: Parameter


Definer: TypeAlias = "FunctionDef | ClassDef | ImportedFrom | LoopVariable | ParameterOf | Expression | None"


class Definition(NamedTuple):
    """A name bound at module level; `by` is None where we do not follow what binds it."""

    name: str
    by: Definer
    block: Block
    line: int
    """The line in the block, from 0."""
    conditional: bool


class Placed(NamedTuple):
    """A statement that runs, and the block that it stands in; `conditional` inside a branch or loop."""

    statement: Statement
    block: Block
    conditional: bool
    arms: tuple[tuple[int, int], ...] = ()
    """The exclusive arms around it: (line of the branch, number of the arm)."""
    loops: tuple[Loop, ...] = ()
    """The loops around it, the outermost first."""


class Module:
    """The module at `path`. `problem` says why Python cannot read the file at all."""

    def __init__(self, path: str, text: str, problem: Problem | None = None) -> None:
        self.path = path
        self.document = Document(path, text)
        self.problem = problem
        self.rebound: frozenset[str] | None = None
        """The names that the last edit bound anew, which concern nobody who does not name them; None where it concerns all."""
        self._names: dict[str, list[Definition]] | None = None
        self._kept: dict[str, tuple[object, int, object]] = {}

    def kept(self, name: str, key: object, make: Callable[[], T]) -> T:
        """Something worked out from the whole module, once for each version of the text and each `key`."""
        found = self._kept.get(name)
        if found is None or found[0] is not key or found[1] != self.document.version:
            found = self._kept[name] = (key, self.document.version, make())
        return found[2]  # type: ignore[return-value]  # one name, one maker

    def edit(self, line: int, column: int, end_line: int, end_column: int, text: str) -> bool:
        """Edit the document; return whether the names that the module binds, or what they mean, may have changed."""
        old = list(self.document.blocks)
        self.problem = None
        self.document.edit(line, column, end_line, end_column, text)
        return self._rebound(old)

    def _rebound(self, old: list[Block]) -> bool:
        new = self.document.blocks
        limit = min(len(old), len(new))
        head = next((index for index, same in enumerate(map(is_, old, new)) if not same), limit)
        tail = next((index for index, same in enumerate(map(is_, reversed(old), reversed(new))) if not same), limit)
        tail = min(tail, limit - head)
        gone, come = old[head : len(old) - tail], new[head : len(new) - tail]
        self._bind(gone, come)
        self.rebound = _rebound_names(gone, come)
        if any("consulted" in block.memo for block in gone):
            return True
        if not all(only_code(block) for block in (*gone, *come)):
            return True
        return [_outline(block) for block in gone] != [_outline(block) for block in come]

    def _bind(self, gone: list[Block], come: list[Block]) -> None:
        """Put the names that some blocks bind in place of those that others did."""
        if self._names is None:
            return
        for name in {each.name for block in gone for each in definitions(block)}:
            left = [each for each in self._names.pop(name) if not any(each.block is block for block in gone)]
            if left:
                self._names[name] = left
        for definition in (each for block in come for each in definitions(block)):
            found = self._names.setdefault(definition.name, [])
            found.append(definition)
            found.sort(key=lambda each: (each.block.line, each.line))

    @property
    def names(self) -> dict[str, list[Definition]]:
        """Definitions by name; those of a name in source order, the names in none."""
        if self._names is None:
            names: dict[str, list[Definition]] = {}
            for block in self.document:
                for definition in definitions(block):
                    names.setdefault(definition.name, []).append(definition)
            self._names = names
        return self._names

    @property
    def values(self) -> dict[str, list[Definition]]:
        """The same for the names that not only functions bind, in source order."""
        return self.kept("values", None, self._values)

    def _values(self) -> dict[str, list[Definition]]:
        names = self.names
        return {each.name: names[each.name] for block in self.running for each in definitions(block)}

    @property
    def running(self) -> list[Block]:
        """The blocks that do more than to define functions."""
        return [block for block in self.document.blocks if block.runs]

    def statements(self) -> Iterator[Placed]:
        """Every statement that runs when the module is imported, in source order, but for plain definitions of functions."""
        for block in self.running:
            yield from placed(block)


def placed(block: Block) -> tuple[Placed, ...]:
    """The statements of a block that importing its module may run, those of branches and loops too."""
    return block.kept("placed", lambda it: placed_in(it.statements, it))


def placed_in(statements: Iterable[Statement], block: Block) -> tuple[Placed, ...]:
    """The same for some statements of a block, such as those of a function's body."""
    return tuple(_placed(statements, Placed(Opaque((), NOWHERE), block, conditional=False)))


def _placed(statements: Iterable[Statement], around: Placed) -> Iterator[Placed]:
    for statement in statements:
        yield around._replace(statement=statement)
        match statement:
            case Branch():
                conditional = statement.keyword != "with" or around.conditional
                for number, arm in enumerate(statement.arms):
                    if number not in statement.dead:
                        arms = (*around.arms, (statement.span.line, number)) if statement.exclusive else around.arms
                        yield from _placed(arm, around._replace(conditional=conditional, arms=arms))
            case Loop():
                yield from _placed(statement.body, around._replace(conditional=True, loops=(*around.loops, statement)))


def definitions(block: Block) -> tuple[Definition, ...]:
    """The names that a block binds in its module."""
    return block.kept("definitions", lambda it: tuple(definitions_in(placed(it))))


def definitions_in(places: Iterable[Placed]) -> Iterator[Definition]:
    """The names that some statements bind."""
    for place in places:
        statement, line = place.statement, place.statement.span.line

        def bound(name: str, by: Definer, *, place: Placed = place, line: int = line) -> Definition:
            return Definition(name, by, place.block, line, place.conditional)

        match statement:
            case FunctionDef() | ClassDef():
                yield bound(statement.name, statement)
            case Import():
                for imported in statement.names:
                    yield bound(imported.bound_as, ImportedFrom(imported, statement.level))
            case Assign():
                for target in statement.targets:
                    yield bound(target, statement.value)
            case Loop():
                for index, target in enumerate(statement.targets):
                    whole = len(statement.targets) == 1
                    yield bound(target, LoopVariable(None if whole else index, statement.values))
            case Opaque():
                for name in statement.names:
                    yield bound(name, None)


def gathered(module: Module, name: str, key: object, make: Callable[[Block], Sequence[T]]) -> list[T]:
    """What is made of each block of a module, one after the other; kept with the block as long as `key` is the same.

    The loop calls nothing for what is known: it runs at each edit, and there may be thousands of blocks.
    """
    found: list[T] = []
    for block in module.document.blocks:
        kept = block.memo.get(name)
        if kept is None or kept[0] is not key:  # type: ignore[index]  # the memo is typed by its writer
            kept = block.memo[name] = (key, make(block))
        if kept[1]:  # type: ignore[index]  # as above
            found += kept[1]  # type: ignore[index]  # as above
    return found


def forget_dependents(modules: Iterable[Module], names: frozenset[str]) -> None:
    """Forget what was derived from the blocks that name something, and from those that name what such blocks bind."""
    blocks = [block for module in modules for block in module.document]
    pending = names
    seen: set[str] = set(names)
    while pending:
        dependent = [block for block in blocks if not pending.isdisjoint(_words(block))]
        for block in dependent:
            for derived in DERIVED_FROM_NAMES:
                block.memo.pop(derived, None)
        pending = frozenset(each.name for block in dependent for each in definitions(block)) - seen
        seen |= pending


def depends_on(block: Block, what: str) -> None:
    """Note that what is said of a block depends on more than the names that it uses: `SPELLINGS` or `HIDDEN`."""
    block.memo[_WORDS] = _words(block) | {what}


def _words(block: Block) -> frozenset[str]:
    """The names that a block may use; texts and comments only make them more."""
    return block.kept(_WORDS, lambda it: frozenset(map(intern, _WORD.findall(it.text))))


def only_for_checkers(definition: Definition) -> bool:
    """Whether a definition stands under `if TYPE_CHECKING:`, so that it is not there when the module runs."""
    if not definition.conditional:
        return False
    for line in range(definition.line, -1, -1):
        text = definition.block.line_text(line)
        if text.strip() and not text.startswith((" ", "\t", "#")):
            return _TYPE_CHECKING.match(text) is not None
    return False


def only_code(block: Block) -> bool:
    """Whether a block holds functions and classes alone; what is known of anything else refers to the block itself.

    So does what is said at the top of a file. Below it, text that declares nothing yet, such as a decorator that is being
    typed, is known to nobody.
    """
    if not block.statements or (block.problem and all(_is_nothing(each) for each in block.statements)):
        return block.line > 0
    return all(isinstance(each, FunctionDef | ClassDef) for each in block.statements)


def _rebound_names(gone: list[Block], come: list[Block]) -> frozenset[str] | None:
    """The names that blocks which were edited bind; None where that concerns blocks that do not name them."""
    edited = (*gone, *come)
    if any(_concerns_all(place.statement) for block in edited for place in placed(block)):
        return None
    names = {each.name for block in edited for each in definitions(block)}
    if any(isinstance(place.statement, Import) for block in edited for place in placed(block)):
        names.add(SPELLINGS)
    if any(not only_code(block) and (block.problem or _HIDING.search(block.text)) for block in edited):
        names.add(HIDDEN)
    return frozenset(names)


def _concerns_all(statement: Statement) -> bool:
    """Whether what a statement binds changes what blocks mean that do not name it.

    An import of everything does, and one from `__future__`.
    """
    match statement:
        case Import(names=names):
            return any(each.name == "*" or each.module == "__future__" for each in names)
        case Assign(targets=targets):
            return any("." in target or target.startswith("__") for target in targets)
    return False


def _is_nothing(statement: Statement) -> bool:
    return isinstance(statement, Opaque) and not statement.names


def _outline(block: Block) -> list[object]:
    """What other blocks can notice of a block: of a function only its name, and what it does as a decorator."""
    return [
        (name, definition_shape(block, by) if isinstance(by, FunctionDef) else by, conditional)
        for name, by, _, _, conditional in definitions(block)
    ]
