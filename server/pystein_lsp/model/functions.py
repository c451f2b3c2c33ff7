"""Functions of the app: a definition, the decorators of containers above it, and the bindings that they make."""

from __future__ import annotations

import builtins
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import NamedTuple, TypeAlias

from pystein_lsp import catalogue as knowledge
from pystein_lsp.catalogue.types import Decorator as Known
from pystein_lsp.catalogue.types import Kind
from pystein_lsp.catalogue.types import Parameter as KnownParameter
from pystein_lsp.model.calls import Bound, Signature, bind
from pystein_lsp.model.inside import Inside, consult, inside, may_decorate
from pystein_lsp.model.loops import unrolled
from pystein_lsp.model.meaning import LIBRARIES, Code, Container, External, Library, Resolver
from pystein_lsp.model.module import Module, Placed, placed
from pystein_lsp.model.values import fold, text
from pystein_lsp.model.wrapping import Position, Wrapper, shape_of
from pystein_lsp.syntax.document import Block
from pystein_lsp.syntax.span import Location, Span
from pystein_lsp.syntax.tree import (
    Assign,
    Call,
    ClassDef,
    Decorator,
    Evaluate,
    Expression,
    FunctionDef,
    Items,
    Literal,
    Name,
)

WRAPPED = frozenset({"orchestrationTrigger", "entityTrigger"})
"""Triggers whose function is wrapped by the durable package: the parameter that the platform sees is the wrapper's."""
_REBUILDING = frozenset({*WRAPPED, "activityTrigger", "durableClient"})
"""Bindings whose decorator, on a container of azure-functions itself, makes the function anew: what stood below is lost."""
_DURABLE_PACKAGE = "azure.durable_functions."


class Use(NamedTuple):
    """A decorator of a container as it is written above a function."""

    decorator: Decorator
    container: Container
    name: str
    name_span: Span
    known: Known | None
    """None for a name that the container does not have."""
    bound: Bound | None
    """None where the decorator is not called."""

    @property
    def sure(self) -> bool:
        """Whether we know all that this decorator does."""
        return self.known is not None and self.bound is not None and self.bound.complete

    @property
    def rebuilds(self) -> bool:
        """Whether it makes the function anew, so that what stands below is lost."""
        of_library = not self.container.class_name.startswith(_DURABLE_PACKAGE)
        return of_library and self.known is not None and self.known.binding_type in _REBUILDING

    def is_of(self, name: str) -> bool:
        """Whether it is written with a name at its start."""
        expression = self.decorator.expression
        target = expression.function if isinstance(expression, Call) else expression
        return isinstance(target, Name) and target.dotted.partition(".")[0] == name

    def text(self, parameter: str) -> str | None:
        """The text of an argument; None where it is not given, not a text or not known."""
        return self.bound.text(parameter) if self.bound else None

    def value(self, parameter: str) -> Expression | None:
        """The folded value of an argument; None where it is not given."""
        return self.bound.values.get(parameter) if self.bound else None


class Binding(NamedTuple):
    """A trigger, input or output of a function."""

    name: str | None
    """The parameter's name or `$return`; None where it is not known."""
    type: str | None
    direction: str
    role: str
    span: Span
    """Where the name is written, or the decorator that implies it."""
    use: Use


Face: TypeAlias = "tuple[object, ...]"
"""A function as others see it. To be compared, not to be read."""


class Written(NamedTuple):
    """A text that is given to a parameter that the catalogue knows."""

    use: Use
    parameter: KnownParameter
    literal: Literal
    text: str


class Function(NamedTuple):
    """A function of the app. Spans are relative to `block`."""

    name: str | None
    """What the platform calls it; None where that is not known."""
    name_span: Span
    """Where that name is written."""
    definition: FunctionDef
    block: Block
    module: Module
    uses: tuple[Use, ...]
    """Top to bottom."""
    others: tuple[Decorator, ...]
    """Decorators of anything else."""
    bindings: tuple[Binding, ...]
    signature_sure: bool
    """Whether the platform sees the signature as it is written."""
    wrappers: tuple[Wrapper, ...]
    """What `others` do."""
    lasting: tuple[Use, ...]
    """Those of `uses` that a durable decorator above does not undo; `bindings` are theirs."""
    conditional: bool
    arms: tuple[tuple[int, int], ...]
    home: Module
    """The module that defines it, which another may register by a call."""
    home_block: Block
    """The block of that module; annotations are relative to it."""
    trigger: Binding | None
    """The first trigger."""
    texts: tuple[Written, ...]
    """The texts among the arguments of its decorators."""
    inside: str = ""
    """The function that it stands in, and that must be called for it to be there."""

    @property
    def container(self) -> Container:
        """The container whose decorator runs first."""
        return self.uses[-1].container

    @property
    def sure(self) -> bool:
        """Whether every decorator above the function is understood."""
        return all(use.sure for use in self.uses) and not self.others

    @property
    def face(self) -> Face:
        """What other functions can notice of this one: where it is added, by what, and the route that it takes."""
        return self.name, tuple((use.name, use.container, use.sure, _route(use)) for use in self.uses), self.arms

    def texts_of(self, *kinds: Kind) -> Iterator[Written]:
        """The texts that are given to parameters of some kinds."""
        return (written for written in self.texts if written.parameter.kind in kinds)

    def location(self, span: Span) -> Location:
        """A place in this function's block."""
        return Location(self.block, span)


def functions_of(module: Module, block: Block, resolver: Resolver) -> tuple[Function, ...]:
    """The functions that a block declares, those inside branches, loops and other functions too."""
    return tuple(_functions(placed(block), module, resolver))


def _functions(places: Iterable[Placed], module: Module, resolver: Resolver) -> Iterator[Function]:
    for place in places:
        statement = place.statement
        if isinstance(statement, FunctionDef):
            if statement.decorators:
                for stack in unrolled(statement.decorators, place, module, resolver):
                    node = statement if stack is statement.decorators else statement._replace(decorators=stack)
                    function = _function(node, stack, place, module, resolver)
                    if function:
                        yield function
            if may_decorate(place.block):
                yield from _nested(statement, place, module, resolver)
        elif isinstance(statement, (Evaluate, Assign)) and isinstance(statement.value, Call):
            for call in unrolled(statement.value, place, module, resolver):
                yield from _registered_by_call(call, place, module, resolver)
        elif isinstance(statement, ClassDef):
            yield from _methods(statement, place, module, resolver)


def _nested(node: FunctionDef, place: Placed, module: Module, resolver: Resolver) -> Iterator[Function]:
    """The functions that a function decorates inside; they are there when it is called."""
    scope = None if isinstance(module, Inside) else inside(module, place.block, node)
    if scope:
        for function in _functions(scope.places, scope, resolver):
            yield function._replace(module=module, home=module, inside=node.name)


def _methods(node: ClassDef, place: Placed, module: Module, resolver: Resolver) -> Iterator[Function]:
    for inner in node.body:
        if isinstance(inner, FunctionDef) and inner.decorators:
            function = _function(inner, inner.decorators, place, module, resolver)
            if function:
                yield function


def _registered_by_call(call: Call, place: Placed, module: Module, resolver: Resolver) -> Iterator[Function]:
    """`app.route(...)(handler)`, also nested: the calls are the stack, the innermost argument the function."""
    stack: list[Decorator] = []
    current: Expression = call
    while isinstance(current, Call) and isinstance(current.function, Call) and len(current.arguments) == 1:
        stack.append(Decorator(current.function, current.function.span))
        current = current.arguments[0].value
    if not stack or not isinstance(current, Name):
        return
    line = place.block.line + place.statement.span.line
    meaning, rest = resolver.dotted(module, current.dotted, line)
    if rest or not isinstance(meaning, Code) or not isinstance(meaning.node, FunctionDef):
        return
    node = meaning.node
    if node.decorators:
        return  # decorated where it is defined as well: the order of the two is not followed
    consult(meaning.definition.block)
    home = (meaning.module, meaning.definition.block)
    if meaning.definition.block is place.block:
        function = _function(node, tuple(stack), place, module, resolver, home=home)
    else:
        function = _function(_here(node, call), tuple(stack), place, module, resolver, home=home)
    if function:
        yield function


def _here(node: FunctionDef, call: Call) -> FunctionDef:
    """A function of another block as seen from a call: everything in it is shown at the call."""
    parameters = tuple(parameter._replace(span=call.span) for parameter in node.parameters)
    return node._replace(name_span=call.span, span=call.span, parameters=parameters)


def _function(
    node: FunctionDef,
    stack: tuple[Decorator, ...],
    place: Placed,
    module: Module,
    resolver: Resolver,
    *,
    home: tuple[Module, Block] | None = None,
) -> Function | None:
    before = place.block.line + node.span.line
    found = [_use(decorator, module, resolver, before, place.block) for decorator in stack]
    uses = [use for use in found if use]
    if not uses:
        return None
    wrappers = tuple(_wrappers(stack, found, module, resolver, before))
    lasting = _lasting(uses)
    name, name_span = _name(node, lasting, wrappers)
    bindings = tuple(binding for use in lasting for binding in _bindings(use))
    undone = any(use.known and use.known.binding_type in WRAPPED for use in uses[len(lasting) :])
    sure = node.complete and not undone and all(_keeps_signature(wrapper) for wrapper in wrappers)
    return Function(
        name,
        name_span,
        node,
        place.block,
        module,
        tuple(uses),
        tuple(wrapper.decorator for wrapper in wrappers),
        bindings,
        sure,
        wrappers,
        tuple(lasting),
        place.conditional,
        place.arms,
        *(home or (module, place.block)),
        next((binding for binding in bindings if binding.role == "trigger"), None) or _unnamed_trigger(lasting),
        tuple(_texts(uses)),
    )


def _unnamed_trigger(uses: Iterable[Use]) -> Binding | None:
    """The trigger of a decorator that binds no parameter of the function by name: `mcp_tool`."""
    for use in uses:
        if use.known and use.known.role == "trigger" and use.known.name == "mcp_tool" and use.bound:
            return Binding("context", use.known.binding_type, "in", "trigger", use.name_span, use)
    return None


def _route(use: Use) -> object:
    """The route and methods that a decorator takes, without their places; None where it is not called."""
    return use.bound and [value and _plain(value) for value in map(use.value, ("route", "methods"))]


def _plain(value: Expression) -> object:
    match value:
        case Literal(constant):
            return constant
        case Name(dotted):
            return Name, dotted
        case Items(_, values):
            return [_plain(each) for each in values]
    return value


def _texts(uses: list[Use]) -> Iterator[Written]:
    for use in uses:
        for name, value in use.bound.values.items() if use.bound else ():
            parameter = use.bound.signature.parameter(name) if isinstance(value, Literal) and use.bound else None
            if parameter and isinstance(value, Literal) and isinstance(value.value, str):
                yield Written(use, parameter, value, value.value)


def _wrappers(
    stack: tuple[Decorator, ...], found: list[Use | None], module: Module, resolver: Resolver, before: int
) -> Iterator[Wrapper]:
    """The decorators that are no container's, and what they do."""
    ours = [index for index, use in enumerate(found) if use]
    for index, decorator in enumerate(stack):
        if found[index] is None:
            position: Position = "above" if index < ours[0] else "below" if index > ours[-1] else "between"
            yield Wrapper(decorator, position, *shape_of(decorator, module, resolver, before))


def _keeps_signature(wrapper: Wrapper) -> bool:
    """Whether the platform sees the signature in spite of a decorator; one above ours gets what is registered already."""
    effect = wrapper.shape.effect
    return wrapper.position == "above" or effect == "keeps" or (wrapper.position == "below" and effect == "copies")


def _lasting(uses: list[Use]) -> list[Use]:
    """The decorators that a durable one above does not undo."""
    for index, use in enumerate(uses):
        if use.rebuilds:
            return uses[: index + 1]
    return uses


def _use(decorator: Decorator, module: Module, resolver: Resolver, before: int, block: Block) -> Use | None:
    expression = decorator.expression
    call = expression if isinstance(expression, Call) else None
    target = call.function if call else expression
    if not isinstance(target, Name) or "." not in target.dotted:
        return None
    owner, _, name = target.dotted.rpartition(".")
    meaning, rest = resolver.dotted(module, owner, before)
    container: object = meaning
    if isinstance(meaning, Library):
        container = _of_library(meaning, owner, name, decorator, block)
    elif isinstance(meaning, External):
        container = _of_nothing(meaning, owner, name, module)
    if rest or not isinstance(container, Container):
        return None
    known, signature = decorator_of(container.class_name, name)
    if name in container.own or (known is None and container.extended):
        return None
    if call is None:
        return Use(decorator, container, name, target.last_span, known, None)
    bound = bind(signature, call, target.last_span, lambda value: fold(value, module, resolver, before))
    return Use(decorator, container, name, target.last_span, known, bound)


def _of_nothing(external: External, owner: str, name: str, module: Module) -> Container | None:
    """`@app.route` where nothing is called `app`: it can only have been meant to be one."""
    if external.name != f"builtins.{owner}" or hasattr(builtins, owner):
        return None
    if name not in knowledge.catalogue().decorators and name not in knowledge.catalogue().removed:
        return None
    place = Location(module.document.blocks[0], Span(0, 0, 0, 1))
    return Container("azure.functions.FunctionApp", owner, place, None, extended=False, is_defined=False)


def _of_library(library: Library, owner: str, name: str, decorator: Decorator, block: Block) -> Container | None:
    """`@func.route`: the library's module in the place of an app, where the module has nothing of that name."""
    if library.name not in LIBRARIES or name in knowledge.catalogue().members[library.name]:
        return None
    return Container(library.name, owner, Location(block, decorator.span), None, extended=False)


@lru_cache(maxsize=1024)
def decorator_of(class_name: str, name: str) -> tuple[Known | None, Signature]:
    """A decorator of a class, and what it may be given; anything at all where there is none of that name."""
    known = knowledge.catalogue().decorator(class_name, name)
    if known is None:
        return None, Signature(name, (), accepts_extra=True)
    return known, Signature(name, known.parameters, known.accepts_extra)


def _name(node: FunctionDef, uses: list[Use], wrappers: tuple[Wrapper, ...]) -> tuple[str | None, Span]:
    """The function's name: of the lowest `function_name`, else the definition's, which a wrapper may replace."""
    for use in reversed(uses):
        for parameter in use.known.parameters if use.known else ():
            value = use.value(parameter.name) if parameter.kind == "function_name" else None
            if value:
                return text(value), value.span
    for wrapper in reversed(wrappers):
        if not _keeps_signature(wrapper):
            sole = len(wrappers) == 1 and wrapper.position == "below" and wrapper.shape.effect == "replaces"
            return (wrapper.shape.wrapper if sole else None), node.name_span
    return node.name, node.name_span


def _bindings(use: Use) -> Iterator[Binding]:
    known, bound = use.known, use.bound
    if known is None or known.role == "setting" or bound is None:
        return
    implied = {parameter for parameter, _, _ in known.default_names}
    for parameter, default, direction in known.default_names:
        argument = bound.arguments.get(parameter)
        name: str | None = default
        if argument:
            name = use.text(parameter)
        elif not bound.complete:
            name = None
        span = argument.value.span if argument else use.name_span
        role = known.role if direction == "in" else "output"
        kind = known.binding_type
        if known.binding_type == "httpTrigger" and role == "output":
            kind = "http"
        yield Binding(name, kind, direction, role, span, use)
    for each in known.parameters:
        if each.kind == "arg_name" and each.name not in implied:
            argument = bound.arguments.get(each.name)
            name = use.text(each.name)
            span = argument.value.span if argument else use.name_span
            yield Binding(name, _binding_type(use), known.direction or "in", known.role, span, use)


def _binding_type(use: Use) -> str | None:
    return use.known.binding_type if use.known and use.known.binding_type else use.text("type")


def trigger_name(function: Function) -> str | None:
    """The type of a function's trigger, as function.json has it."""
    return function.trigger.type if function.trigger else None
