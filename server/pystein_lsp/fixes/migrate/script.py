"""The script of v1 functions with decorators above them. Everything else in it keeps its text: libcst sees to that."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple, TypeAlias

import libcst as cst
from libcst import matchers as m

from pystein_lsp.fixes.migrate.decorators import Decorators

_Statement: TypeAlias = "cst.SimpleStatementLine | cst.BaseCompoundStatement"

OLD_PACKAGE = "__app__"
"""What the v1 worker called the app's folder."""

_IMPORTS = {"func": "import azure.functions as func", "df": "import azure.durable_functions as df"}


class Decorated(NamedTuple):
    """A function of a script and what goes above it."""

    entry: str
    decorators: Decorators


class NotFoundError(ValueError):
    """The script has no such function, or not one that can be decorated."""


class Script(NamedTuple):
    """A rewritten script."""

    text: str
    blueprint: str
    """The name of its blueprint."""


def with_decorators(text: str, functions: Sequence[Decorated], depth: int) -> Script:
    """Decorate functions with a blueprint of the script.

    Args:
        text: the script.
        functions: what to decorate.
        depth: how many packages the script is in, for imports that go beyond the app's folder.

    Raises:
        NotFoundError: a function cannot be decorated.
        libcst.ParserSyntaxError: the script is no Python.
    """
    module = cst.parse_module(text)
    blueprint = _free_name(text, "bp")
    durable = any(each.decorators.durable for each in functions)
    body = list(module.body)
    for function in functions:
        _decorate(body, function, blueprint)
    first = min(index for index, node in enumerate(body) if _uses(node, blueprint))
    after = 1 + max(
        (index for index, node in enumerate(body[:first]) if _is_import(node)), default=_docstrings(body) - 1
    )
    library = "df" if durable else "func"
    needed = {library} | (
        {"func"} if any("func." in line for each in functions for line in each.decorators.lines) else set()
    )
    missing = [statement for name, statement in _IMPORTS.items() if name in needed and statement not in text]
    new = [cst.parse_statement(statement) for statement in missing]
    new.append(
        cst.parse_statement(f"{blueprint} = {library}.Blueprint()").with_changes(
            leading_lines=[cst.EmptyLine(indent=False)]
        )
    )
    body[after:after] = new
    changed = module.with_changes(body=body)
    return Script(with_own_imports(changed.code, depth), blueprint)


def with_own_imports(text: str, depth: int) -> str:
    """The same with imports that find the app's modules where today's worker has them: at the top."""
    if OLD_PACKAGE not in text and "from .." not in text:
        return text
    module = cst.parse_module(text)
    return module.visit(_Imports(depth)).code


def _decorate(body: list[_Statement], function: Decorated, blueprint: str) -> None:
    name = function.entry
    kind = function.decorators.kind
    if kind:
        name = _unwrapped(body, name, kind)
    for index, node in enumerate(body):
        if isinstance(node, cst.FunctionDef) and node.name.value == name:
            lines = [f"{blueprint}.{line}" for line in function.decorators.lines]
            new = [cst.Decorator(cst.parse_expression(line)) for line in lines]
            decorated = node.with_changes(decorators=[*new, *node.decorators])
            body[index] = _with_clients(decorated, function.decorators.clients)
            return
    raise NotFoundError(f"there is no function '{name}' at the top level of the script")


def _unwrapped(body: list[_Statement], entry: str, kind: str) -> str:
    """Take `main = df.Orchestrator.create(flow)` away; gives the name of the wrapped function."""
    for index, node in enumerate(body):
        if (
            isinstance(node, cst.SimpleStatementLine)
            and len(node.body) == 1
            and (name := _wrapped(node.body[0], entry, kind))
        ):
            del body[index]
            return name
    raise NotFoundError(f"the script has no `{entry} = df.{kind.capitalize()}.create(...)`")


def _wrapped(node: cst.BaseSmallStatement, entry: str, kind: str) -> str | None:
    """The function that a statement wraps for the v1 worker, if it does."""
    if not isinstance(node, cst.Assign) or not isinstance(node.value, cst.Call) or len(node.value.args) != 1:
        return None
    wrapped = node.value.args[0].value
    named = [_dotted(target.target) for target in node.targets] == [[entry]]
    creates = _dotted(node.value.func)[-2:] == [kind.capitalize(), "create"]
    return wrapped.value if named and creates and isinstance(wrapped, cst.Name) else None


def _with_clients(node: cst.FunctionDef, clients: Sequence[str]) -> cst.FunctionDef:
    """Use the client that the parameter now is, where one was made of its text."""
    if not clients:
        return node
    changed = node.visit(_Clients(clients))
    return cst.ensure_type(changed, cst.FunctionDef)


class _Clients(cst.CSTTransformer):
    def __init__(self, clients: Sequence[str]) -> None:
        super().__init__()
        self._clients = clients

    def leave_Call(self, original_node: cst.Call, updated_node: cst.Call) -> cst.BaseExpression:  # noqa: N802, ARG002 (libcst's)
        made = _dotted(updated_node.func)[-1:] == ["DurableOrchestrationClient"]
        given = updated_node.args[0].value if len(updated_node.args) == 1 else None
        return given if made and isinstance(given, cst.Name) and given.value in self._clients else updated_node

    def leave_Param(self, original_node: cst.Param, updated_node: cst.Param) -> cst.Param:  # noqa: N802, ARG002 (libcst's)
        is_text = m.matches(updated_node, m.Param(annotation=m.Annotation(annotation=m.Name("str"))))
        return (
            updated_node.with_changes(annotation=None)
            if is_text and updated_node.name.value in self._clients
            else updated_node
        )


class _Imports(cst.CSTTransformer):
    def __init__(self, depth: int) -> None:
        super().__init__()
        self._depth = depth

    def leave_ImportFrom(  # noqa: N802 (libcst's name)
        self,
        original_node: cst.ImportFrom,  # noqa: ARG002 (libcst's)
        updated_node: cst.ImportFrom,
    ) -> cst.BaseSmallStatement:
        parts = _dotted(updated_node.module)
        beyond = len(updated_node.relative) > self._depth > 0
        if not beyond and (updated_node.relative or parts[:1] != [OLD_PACKAGE]):
            return updated_node
        rest = parts if beyond else parts[1:]
        if rest:
            return updated_node.with_changes(
                relative=[], module=_expression(rest), whitespace_after_from=cst.SimpleWhitespace(" ")
            )
        if isinstance(updated_node.names, cst.ImportStar):
            return updated_node
        return cst.Import(names=[each.with_changes(comma=cst.MaybeSentinel.DEFAULT) for each in updated_node.names])

    def leave_Import(self, original_node: cst.Import, updated_node: cst.Import) -> cst.Import:  # noqa: N802, ARG002 (libcst's)
        names = []
        for each in updated_node.names:
            parts = _dotted(each.name)
            # without an alias the code says `__app__.x`, which nobody rewrites here
            names.append(
                each.with_changes(name=_expression(parts[1:]))
                if parts[0] == OLD_PACKAGE and parts[1:] and each.asname
                else each
            )
        return updated_node.with_changes(names=names)


def _dotted(node: cst.BaseExpression | None) -> list[str]:
    if isinstance(node, cst.Attribute):
        return [*_dotted(node.value), node.attr.value]
    return [node.value] if isinstance(node, cst.Name) else []


def _expression(parts: Sequence[str]) -> cst.BaseExpression:
    return cst.parse_expression(".".join(parts))


def _uses(node: cst.CSTNode, blueprint: str) -> bool:
    return isinstance(node, cst.FunctionDef) and any(
        m.matches(each, m.Decorator(decorator=m.Call(func=m.Attribute(value=m.Name(blueprint)))))
        for each in node.decorators
    )


def _is_import(node: cst.CSTNode) -> bool:
    return m.matches(node, m.SimpleStatementLine(body=[m.OneOf(m.Import(), m.ImportFrom()), m.ZeroOrMore()]))


def _docstrings(body: Sequence[cst.CSTNode]) -> int:
    """1 where the module begins with its docstring."""
    text = m.SimpleStatementLine(body=[m.Expr(value=m.OneOf(m.SimpleString(), m.ConcatenatedString()))])
    return int(bool(body) and m.matches(body[0], text))


def _free_name(text: str, wanted: str) -> str:
    name = wanted
    number = 2
    while re.search(rf"\b{name}\b", text):
        name = f"{wanted}{number}"
        number += 1
    return name
