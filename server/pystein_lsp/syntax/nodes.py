"""What nodes of `ast`, and the lines that they stand in, say by themselves."""

from __future__ import annotations

import ast
import re

_WIDE = re.compile(r"[^\x00-\x7f]")


def bound_names(*nodes: ast.AST) -> tuple[str, ...]:
    """Names that statements, targets or patterns may bind."""
    found: set[str] = set()
    for inner in (inner for node in nodes for inner in ast.walk(node)):
        match inner:
            case ast.Name(id=name, ctx=ast.Store() | ast.Del()):
                found.add(name)
            case ast.FunctionDef(name=name) | ast.AsyncFunctionDef(name=name) | ast.ClassDef(name=name):
                found.add(name)
            case ast.alias(name=name, asname=bound):
                found.add(bound or name.partition(".")[0])
            case (
                ast.MatchAs(name=str() as name)
                | ast.MatchStar(name=str() as name)
                | ast.MatchMapping(rest=str() as name)
            ):
                found.add(name)
    return tuple(sorted(found))


def named_inside(node: ast.stmt) -> tuple[str, ...]:
    """Names that `:=` binds in a statement's own expressions."""
    pending: list[ast.AST] = [node]
    found: set[str] = set()
    while pending:
        inner = pending.pop()
        if isinstance(inner, ast.NamedExpr):
            found.add(inner.target.id)
        pending += (each for each in ast.iter_child_nodes(inner) if not isinstance(each, (ast.stmt, ast.Lambda)))
    return tuple(sorted(found))


def truth(test: ast.expr) -> bool | None:
    """What a condition is when the module is imported; None where that is not known."""
    match test:
        case ast.Constant(value=value):
            return bool(value)
        case ast.Name(id="TYPE_CHECKING") | ast.Attribute(attr="TYPE_CHECKING"):
            return False
        case ast.UnaryOp(op=ast.Not(), operand=operand):
            inner = truth(operand)
            return None if inner is None else not inner
        case ast.BoolOp(op=ast.And(), values=values) if any(truth(value) is False for value in values):
            return False
        case ast.BoolOp(op=ast.Or(), values=values) if any(truth(value) is True for value in values):
            return True
        case ast.Compare(left=left, ops=[ast.Eq() | ast.NotEq() as operator], comparators=[right]):
            names = {each.id for each in (left, right) if isinstance(each, ast.Name)}
            texts = {each.value for each in (left, right) if isinstance(each, ast.Constant)}
            if names == {"__name__"} and texts == {"__main__"}:
                return isinstance(operator, ast.NotEq)
    return None


def wide_characters(text: str) -> tuple[list[int], list[int]]:
    """Where the characters of more than one byte stand in a line's UTF-8, and how many bytes more they are up to each."""
    starts: list[int] = []
    surplus = [0]
    for match in _WIDE.finditer(text):
        starts.append(match.start() + surplus[-1])
        code = ord(match.group())
        surplus.append(surplus[-1] + (1 if code < 0x800 else 2 if code < 0x10000 else 3))
    return starts, surplus
