"""What a function does to another that it is put above as a decorator, read from its body."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from typing import Literal, NamedTuple, TypeAlias

from pystein_lsp.syntax.document import Block
from pystein_lsp.syntax.parse import parse
from pystein_lsp.syntax.tree import FunctionDef, Problem

Effect: TypeAlias = Literal["keeps", "copies", "replaces", "nothing", "unknown"]
"""It returns the function itself, a wrapper made with `functools.wraps`, one made without, nothing at all, or something
that is not followed."""

_TAMPERING = ("__signature__", "__wrapped__", "__name__", "__annotations__")


class Shape(NamedTuple):
    """What a function does as a decorator, and what the function does that it returns where it is called with arguments."""

    effect: Effect
    wrapper: str = ""
    """The name of the wrapper that takes the function's place."""
    parameters: tuple[str, ...] = ()
    """The wrapper's parameters."""
    returned: Shape | None = None


UNKNOWN_SHAPE = Shape("unknown")


def definition_shape(block: Block, definition: FunctionDef) -> Shape:
    """What a function of a block does as a decorator."""
    if definition.decorators or definition.is_async or not definition.complete:
        return UNKNOWN_SHAPE
    first = definition.parameters[0].name if definition.parameters else ""
    if not re.search(rf"\n[ \t\f]+(?:async\s+)?def\s|\breturn\s+{first}\b", block.text):
        return UNKNOWN_SHAPE if "return" in block.text or "yield" in block.text else Shape("nothing")
    kept = block.memo.setdefault("shapes", {})
    key = definition.name_span
    if key not in kept:  # type: ignore[operator]  # the memo is typed by its writer
        kept[key] = _read(block, definition)  # type: ignore[index]
    return kept[key]  # type: ignore[index,no-any-return]


def _read(block: Block, definition: FunctionDef) -> Shape:
    tree = parse(block.text)
    if isinstance(tree, Problem) or any(name in block.text for name in _TAMPERING):
        return UNKNOWN_SHAPE
    line = definition.name_span.line + 1
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef) and (node.name, node.lineno) == (definition.name, line):
            return _shape(node)
    return UNKNOWN_SHAPE


def _shape(node: ast.FunctionDef) -> Shape:
    own = list(_own(node))
    if any(isinstance(inner, (ast.Yield, ast.YieldFrom)) for inner in own):
        return UNKNOWN_SHAPE
    returns = [inner for inner in own if isinstance(inner, ast.Return)]
    if not returns:
        return Shape("nothing")
    stored = {inner.id for inner in own if isinstance(inner, ast.Name) and isinstance(inner.ctx, ast.Store)}
    inner_functions = {inner.name: inner for inner in own if isinstance(inner, ast.FunctionDef | ast.AsyncFunctionDef)}
    positional = [*node.args.posonlyargs, *node.args.args]
    parameter = positional[0].arg if positional else ""
    if parameter in stored or stored & inner_functions.keys() or not isinstance(node.body[-1], ast.Return):
        return UNKNOWN_SHAPE
    shapes = {_returned(each.value, parameter, inner_functions) for each in returns}
    return shapes.pop() if len(shapes) == 1 else UNKNOWN_SHAPE


def _returned(
    value: ast.expr | None, parameter: str, functions: dict[str, ast.FunctionDef | ast.AsyncFunctionDef]
) -> Shape:
    match value:
        case None | ast.Constant(value=None):
            return Shape("nothing")
        case ast.Name(id=name) if name == parameter:
            return Shape("keeps")
        case ast.Name(id=name) if name in functions:
            return _inner(functions[name], parameter)
        case ast.Call(func=ast.Call() as wraps, args=[ast.Name()]) if _is_wraps(wraps, parameter):
            return Shape("copies")
        case ast.Call(func=function, args=[ast.Name(id=name), ast.Name(id=of)]):
            dotted = ast.unparse(function)
            if dotted in ("functools.update_wrapper", "update_wrapper") and name in functions and of == parameter:
                return Shape("copies")
    return UNKNOWN_SHAPE


def _inner(node: ast.FunctionDef | ast.AsyncFunctionDef, parameter: str) -> Shape:
    """What it means to return a nested function: a wrapper of the parameter, or itself a decorator."""
    if not node.decorator_list:
        arguments = node.args
        every = [*arguments.posonlyargs, *arguments.args, arguments.vararg, *arguments.kwonlyargs, arguments.kwarg]
        returned = _shape(node) if isinstance(node, ast.FunctionDef) else None
        return Shape("replaces", node.name, tuple(each.arg for each in every if each), returned)
    if len(node.decorator_list) == 1 and _is_wraps(node.decorator_list[0], parameter):
        return Shape("copies")
    return UNKNOWN_SHAPE


def _is_wraps(node: ast.expr, parameter: str) -> bool:
    """Whether an expression is `functools.wraps(parameter)`."""
    match node:
        case ast.Call(func=function, args=[ast.Name(id=name)], keywords=[]):
            return name == parameter and ast.unparse(function) in ("functools.wraps", "wraps")
    return False


def _own(node: ast.AST) -> Iterator[ast.AST]:
    """The nodes of a body that belong to the function itself; nested functions and classes as a whole."""
    for child in ast.iter_child_nodes(node):
        yield child
        if not isinstance(child, (ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda, ast.ClassDef, ast.arguments)):
            yield from _own(child)
