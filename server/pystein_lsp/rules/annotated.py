"""What the rules about annotations share: where an annotation stands, what it is, and how to write another."""

from __future__ import annotations

from collections.abc import Iterator

from pystein_lsp.model.annotations import annotation_type
from pystein_lsp.model.app import App
from pystein_lsp.model.functions import WRAPPED, Binding, Function
from pystein_lsp.model.meaning import Library
from pystein_lsp.model.module import SPELLINGS, ImportedFrom, Module, depends_on
from pystein_lsp.model.types import NONE, Builtin, Class, Missing, Out, Type, Union, Unsure
from pystein_lsp.rules.acceptance import parameter_answer, return_answer
from pystein_lsp.rules.rule import Edit, Finding, Fix
from pystein_lsp.syntax.span import Location, Span
from pystein_lsp.syntax.tree import Binary, Expression, Import, Items, Literal, Name, Subscript

_SPELLING_MODULES = ("azure", "typing")
"""Where the classes come from that fixes write."""
HTTP = ("http", "httpTrigger")
_PYTHON_310 = "3.10"


def type_of(function: Function, annotation: Expression, app: App) -> Type:
    """What an annotation of a function is."""
    line = function.home_block.line + annotation.span.line
    return annotation_type(annotation, function.home, app.resolver, line)


def place(function: Function, annotation: Expression) -> Location:
    """Where an annotation stands."""
    return Location(function.home_block, annotation.span)


def is_python_310(app: App) -> bool:
    """Whether the app says that it runs on Python 3.10, which takes some annotations for types that later ones do not."""
    return app.python_version == _PYTHON_310


def source(function: Function, span: Span) -> str:
    """The text of a range of the block that defines the function."""
    lines = [function.home_block.line_text(line) for line in range(span.line, span.end_line + 1)]
    lines[-1] = lines[-1][: span.end_column]
    lines[0] = lines[0][span.column :]
    return "\n".join(lines)


def written(name: str, function: Function, app: App) -> str | None:
    """How the module of a function may write a class (`azure.functions.QueueMessage`); None where it imports no way to it."""
    library, _, last = name.rpartition(".")
    if not library:
        return name
    depends_on(function.block, SPELLINGS)
    for own in _imported(function.home):
        meaning = app.resolver.meaning(function.home, own)
        if meaning == Library(library):
            return f"{own}.{last}"
        if meaning == Library(name):
            return own
    return None


def _imported(module: Module) -> Iterator[str]:
    """The names that a module imports from where classes of the library come from."""
    for name, definitions in module.values.items():
        by = definitions[-1].by
        if isinstance(by, ImportedFrom) and by.imported.module.startswith(_SPELLING_MODULES):
            yield name


def shown(name: str, function: Function, app: App) -> str:
    """A class as a message names it."""
    return written(name, function, app) or name.rpartition(".")[2]


def only_class(expression: Expression, found: Type) -> Expression | None:
    """The X of `Optional[X]`, `X | None` and `Union[X, None]`."""
    if not isinstance(found, Union) or len(found.members) != 2 or NONE not in found.members:
        return None
    candidates: list[Expression] = []
    match expression:
        case Subscript(item=Items(values=values)):
            candidates = list(values)
        case Subscript(item=item):
            candidates = [item]
        case Binary(operator="|", left=left, right=right):
            candidates = [left, right]
    real = [each for each in candidates if not (isinstance(each, Literal) and each.value is None)]
    return real[0] if len(real) == 1 and isinstance(real[0], (Name, Subscript)) else None


def inner(expression: Expression, found: Type) -> tuple[Expression, Type]:
    """What stands inside `func.Out[...]`; anything else is returned as it is."""
    if isinstance(found, Out) and found.argument is not None and isinstance(expression, Subscript):
        return expression.item, found.argument
    return expression, found


def typing_edits(expression: Expression, found: Builtin, function: Function, app: App) -> tuple[Edit, ...] | None:
    """Edits that make `typing.List[X]` of `list[X]`; None where that cannot be written."""
    if not isinstance(expression, Subscript) or found.typing_name is None:
        return None
    name, imports = _typing_name(found.typing_name, function, app)
    return (Edit(place(function, expression.base), name), *imports)


def _typing_name(name: str, function: Function, app: App) -> tuple[str, tuple[Edit, ...]]:
    """How the module writes a name of `typing`, with the edits that import it."""
    depends_on(function.block, SPELLINGS)
    for own in _imported(function.home):
        meaning = app.resolver.meaning(function.home, own)
        if getattr(meaning, "name", "") == f"typing.{name}":
            return own, ()
        if getattr(meaning, "name", "") == "typing":
            return f"{own}.{name}", ()
    for block in function.home.document:
        for statement in block.statements:
            if isinstance(statement, Import) and not any(each.module == "__future__" for each in statement.names):
                start = Span(statement.span.line, 0, statement.span.line, 0)
                return name, (Edit(Location(block, start), f"from typing import {name}\n"),)
    return f"typing.{name}", ()


def missing(function: Function, whose: str, annotation: Expression, found: Missing) -> Finding:
    """The finding for an annotation that names what does not exist."""
    hint = f"did you mean '{found.suggestion}'?" if found.suggestion else "define or import it"
    fixes: tuple[Fix, ...] = ()
    if found.suggestion and source(function, annotation.span) == found.text:
        edit = Edit(place(function, annotation), found.suggestion)
        fixes = (Fix(f"Change to {found.suggestion}", safe=False, edits=(edit,)),)
    message = f"{whose} names {found.text}, which does not exist when the app is loaded: the whole app is lost;"
    return Finding(f"{message} {hint}", place(function, annotation), function.name, fixes=fixes)


def are_sure(function: Function, app: App) -> bool:
    """Whether it is known what the worker says about all annotations of a function."""
    if any(binding.type in WRAPPED for binding in function.bindings):
        return True  # the worker sees the durable package's own function
    if not function.signature_sure:
        return False
    python_310 = is_python_310(app)
    bindings = by_name(function)
    if app.is_http_v2 and any(binding.type in HTTP for binding in function.bindings):
        return False
    for parameter in function.definition.parameters:
        binding = bindings.get(parameter.name)
        if parameter.annotation is None or (binding and binding.role == "client"):
            continue
        if parameter.name == "context" and any(use.name == "mcp_tool" for use in function.uses):
            return False  # both the tool's own parameter and what the worker calls its trigger
        found = type_of(function, parameter.annotation, app)
        if binding and parameter_answer(binding, found, python_310=python_310) == "unsure":
            return False
        if isinstance(found, Unsure):
            return False
    returned = returned_binding(function)
    if function.definition.returns is None:
        return True
    found = type_of(function, function.definition.returns, app)
    return not isinstance(found, Unsure) if returned is None else return_answer(returned, found) != "unsure"


def by_name(function: Function) -> dict[str | None, Binding]:
    """The binding that the worker takes for each parameter: of several, the one that is added last, bottom up."""
    return {
        binding.name: binding
        for use in reversed(function.lasting)
        for binding in function.bindings
        if binding.use is use
    }


def returned_binding(function: Function) -> Binding | None:
    """The binding that the return value goes to: the first that the library adds, bottom up."""
    if not all(use.sure for use in function.lasting):
        return None
    return next((binding for binding in reversed(function.bindings) if binding.name == "$return"), None)


def described(found: Type) -> str:
    """What an annotation is, in a few words."""
    match found:
        case Union():
            return "a union is no class"
        case Builtin(text):
            return f"{text}[...] is no class"
        case Class(name):
            return name
        case _:
            return f"{getattr(found, 'text', '')} is no class".strip()


def classes_of(names: Iterator[str] | tuple[str, ...], function: Function, app: App) -> str:
    """Classes as a message lists them."""
    texts = [shown(name, function, app) for name in names]
    return texts[0] if len(texts) == 1 else f"{', '.join(texts[:-1])} or {texts[-1]}"
