"""Which blueprints are registered with the app, where, and whether that can be known at all."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from pystein_lsp.model.functions import Function, functions_of
from pystein_lsp.model.meaning import UNKNOWN, Container, Meaning, Resolver, Value
from pystein_lsp.model.module import LoopVariable, Module, definitions, placed
from pystein_lsp.syntax.document import Block
from pystein_lsp.syntax.span import Location
from pystein_lsp.syntax.tree import Branch, Call, Evaluate, Expression, Import, Items, Name

METHODS = ("register_functions", "register_blueprint")


class Registration(NamedTuple):
    """One call of `register_functions`, for one of the things that it is given."""

    target: Container
    """Whose method is called."""
    given: Meaning
    argument: Expression
    location: Location
    module: Module
    block: Block
    conditional: bool


class Registrations(NamedTuple):
    """All of an app's."""

    calls: tuple[Registration, ...]
    unclear: frozenset[Container]
    """Containers that are handed to something we do not follow, so that it may register them."""
    complete: bool
    """False where something is registered that we cannot follow."""

    def of(self, container: Container) -> list[Registration]:
        """The calls that register a container."""
        return [call for call in self.calls if call.given == container]

    def is_lost(self, container: Container) -> bool:
        """Whether a blueprint is certainly never registered."""
        if (
            container.is_app
            or container.is_module
            or container.extended
            or not self.complete
            or container in self.unclear
        ):
            return False
        return not self.of(container)


def read_registrations(modules: Iterable[Module], resolver: Resolver) -> Registrations:
    """The registrations that importing some modules runs."""
    modules = list(modules)
    calls: list[Registration] = []
    complete = True
    for module in modules:
        for registration in _calls(module, resolver):
            calls.append(registration)
            complete = complete and registration.given != UNKNOWN
    return Registrations(tuple(calls), frozenset(_unclear(modules, resolver)), complete)


def _calls(module: Module, resolver: Resolver) -> Iterator[Registration]:
    for place in module.statements():
        statement = place.statement
        value = statement.value if isinstance(statement, Evaluate) else None
        target = _registering(value, module, resolver, place.block.line + statement.span.line)
        if target is None or not isinstance(value, Call) or not value.arguments:
            continue
        argument = value.arguments[0].value
        line = place.block.line + statement.span.line
        loop = _loop_of(argument, module, place.block)
        for given in _given(argument, module, resolver, line, loop):
            location = Location(place.block, value.span)
            conditional = place.conditional and (loop is None or bool(place.arms))
            yield Registration(target, given, argument, location, module, place.block, conditional)


def _registering(value: Expression | None, module: Module, resolver: Resolver, line: int) -> Container | None:
    """The container whose `register_functions` an expression calls."""
    if not isinstance(value, Call) or not isinstance(value.function, Name):
        return None
    owner, _, method = value.function.dotted.rpartition(".")
    if method not in METHODS or not owner:
        return None
    meaning, rest = resolver.dotted(module, owner, line)
    return meaning if isinstance(meaning, Container) and not rest else None


def _given(
    argument: Expression, module: Module, resolver: Resolver, line: int, loop: LoopVariable | None
) -> Iterator[Meaning]:
    """What an argument means: each value in turn for a loop's variable."""
    if not isinstance(argument, Name):
        yield UNKNOWN
        return
    if loop:
        items = _items(loop.values, module, resolver, line)
        if items is None:
            yield UNKNOWN
        for owner, item in items or ():
            yield from _given(item, owner, resolver, line if owner is module else 1 << 30, None)
        return
    meaning, rest = resolver.dotted(module, argument.dotted, line)
    yield UNKNOWN if rest else meaning


def _loop_of(argument: Expression, module: Module, block: Block) -> LoopVariable | None:
    """The loop whose variable an argument of a block is."""
    found = module.names.get(argument.dotted, []) if isinstance(argument, Name) else []
    here = [each.by for each in found if each.block is block]
    loop = here[0] if len(here) == 1 else None
    return loop if isinstance(loop, LoopVariable) and loop.part is None else None


def _items(values: Expression, module: Module, resolver: Resolver, line: int) -> list[tuple[Module, Expression]] | None:
    """The items of a list that is written out, here or under a name."""
    if isinstance(values, Name):
        meaning, rest = resolver.dotted(module, values.dotted, line)
        if not isinstance(meaning, Value) or rest:
            return None
        values, module = meaning.expression, meaning.module
    return [(module, item) for item in values.values] if isinstance(values, Items) else None


def _unclear(modules: list[Module], resolver: Resolver) -> Iterator[Container]:
    """Containers whose name appears anywhere but above a function, in an import, or in a registration that we follow."""
    named: dict[str, set[Container]] = {}
    for module in modules:
        for name in module.values:
            meaning = resolver.meaning(module, name)
            if isinstance(meaning, Container) and not meaning.is_app:
                named.setdefault(name, set()).add(meaning)
    for name, containers in named.items():
        pattern = word(name, r"\w", r"\s*=[^=]")
        blocks = ((module, block) for module in modules for block in module.document if name in block.text)
        if any(_is_unclear(name, pattern, module, block, resolver) for module, block in blocks):
            yield from containers


def word(name: str, not_before: str, not_behind: str) -> re.Pattern[str]:
    """A pattern of a name as a word of its own. It starts with the name, which the engine finds five times as fast."""
    escaped = re.escape(name)
    return re.compile(rf"{escaped}(?<!{not_before}{escaped})\b(?!{not_behind})")


def _is_unclear(name: str, pattern: re.Pattern[str], module: Module, block: Block, resolver: Resolver) -> bool:
    """Whether a block does something with a name that is not followed."""
    used = _uses(name, pattern, block)
    if not used:
        return False
    unexplained = used - followed_uses(name, pattern, module, block, resolver)
    if unexplained <= 0:
        return False
    return unexplained > sum(_called(name, function) for function in functions_of(module, block, resolver))


def _called(name: str, function: Function) -> int:
    """How often a name decorates a function by a call, `bp.route(...)(handler)`."""
    called = [use for use in function.uses if use.decorator not in function.definition.decorators]
    return sum(use.is_of(name) for use in called)


_DECORATOR_LINE = re.compile(r"^[ \t]*@[^\n]*$", re.MULTILINE)
_COMMENT_OR_TEXT = re.compile(
    r"#[^\n]*|\"{3}.*?\"{3}|'{3}.*?'{3}|\"(?:[^\"\\\n]|\\.)*\"|'(?:[^'\\\n]|\\.)*'", re.DOTALL
)


def _uses(name: str, pattern: re.Pattern[str], block: Block) -> int:
    """How often a name is used in a block other than at the start of a decorator."""
    kept = block.memo.setdefault("uses", {})
    if name not in kept:  # type: ignore[operator]  # the memo is typed by its writer
        source = ""
        if block.text.count(name) != block.text.count(f"@{name}."):
            source = _DECORATOR_LINE.sub("", without_texts(running_text(block)))
        kept[name] = len(pattern.findall(source))  # type: ignore[index]  # as above
    return kept[name]  # type: ignore[index,no-any-return]  # as above


def running_text(block: Block) -> str:
    """The source of a block without the arms of branches that never run."""
    branches = [each for each in block.statements if isinstance(each, Branch) and each.dead]
    if not branches:
        return block.text
    lines = block.text.split("\n")
    for statement in branches:
        for inner in (each for number in statement.dead for each in statement.arms[number]):
            span = inner.span
            lines[span.line : span.end_line + 1] = [""] * (span.end_line + 1 - span.line)
    return "\n".join(lines)


def without_texts(source: str) -> str:
    """Source without what its comments and texts say."""
    return _COMMENT_OR_TEXT.sub('""', source)


def followed_uses(name: str, pattern: re.Pattern[str], module: Module, block: Block, resolver: Resolver) -> int:
    """How many uses of a name, as `pattern` finds them, are an import, an assignment or a registration that we follow."""
    count = 0
    for definition in definitions(block):
        by = definition.by
        if isinstance(by, Name):
            count += name in by.dotted.split(".")
        elif isinstance(by, LoopVariable):
            count += _mentions(by.values, name) if _is_registering_loop(definition.name, block) else 0
        elif isinstance(by, Items) and _is_looped(definition.name, module):
            count += _mentions(by, name)
    for place in placed(block):
        statement = place.statement
        if isinstance(statement, Import):
            first, last = statement.span.line, statement.span.end_line
            count += sum(len(pattern.findall(block.line_text(line))) for line in range(first, last + 1))
        elif isinstance(statement, Evaluate) and isinstance(statement.value, Call):
            value = statement.value
            if _registering(value, module, resolver, block.line + statement.span.line):
                count += _mentions(value.function, name) + sum(_mentions(each.value, name) for each in value.arguments)
    return count


def _mentions(expression: Expression, name: str) -> int:
    if isinstance(expression, Name):
        return expression.dotted.split(".").count(name)
    if isinstance(expression, Items):
        return sum(_mentions(value, name) for value in expression.values)
    return 0


def _is_registering_loop(variable: str, block: Block) -> bool:
    """Whether a loop's variable is registered inside the loop."""
    for place in placed(block):
        value = place.statement.value if isinstance(place.statement, Evaluate) else None
        if not isinstance(value, Call) or not isinstance(value.function, Name):
            continue
        if value.function.dotted.rpartition(".")[2] in METHODS:
            return any(isinstance(each.value, Name) and each.value.dotted == variable for each in value.arguments)
    return False


def _is_looped(name: str, module: Module) -> bool:
    """Whether a loop that registers runs over a list of that name."""
    return any(
        isinstance(each.by, LoopVariable)
        and isinstance(each.by.values, Name)
        and each.by.values.dotted == name
        and _is_registering_loop(each.name, each.block)
        for found in module.values.values()
        for each in found
    )
