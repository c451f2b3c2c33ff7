"""Expressions made into functions of a row: `compile_expression`.

Semantics: Microsoft's reference of the query language. What cannot be computed is undefined, never an error.
"""

from __future__ import annotations

import math
import re
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from . import functions, syntax
from .aggregates import AGGREGATES
from .errors import QueryError
from .values import UNDEFINED, canonical, compare, equal, is_number, number

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from .syntax import Expression, Query

    Row = Mapping[str, Any]
    Evaluate = Callable[[Row], Any]

GROUP = " group"
"""Under this name a row of a grouped query has the rows of its group."""


class Scope:
    """What names and parameters mean where an expression stands."""

    def __init__(
        self,
        parameters: Mapping[str, Any],
        run: Callable[[Query, Scope], Callable[[Row], Iterator[Any]]],
        names: frozenset[str] = frozenset(),
    ) -> None:
        self.parameters = parameters
        self.names = names
        self.run = run
        self.aggregates: list[str] = []
        """Aggregates that were met: the query is a grouped one."""

    def within(self, names: Iterable[str]) -> Scope:
        """The scope of a query inside, with more names."""
        return Scope(self.parameters, self.run, self.names | frozenset(names))


def compile_expression(expression: Expression, scope: Scope) -> Evaluate:
    """The function that gives the expression's value in a row.

    Raises:
        QueryError: a name or a function that is not known, a parameter that is not given.
    """
    return _COMPILERS[type(expression)](expression, scope)


def _literal(expression: syntax.Literal, _scope: Scope) -> Evaluate:
    value = expression.value
    return lambda _row: value


def _parameter(expression: syntax.Parameter, scope: Scope) -> Evaluate:
    if expression.name not in scope.parameters:
        raise QueryError(f"The parameter '{expression.name}' is not given.", "SC2021")
    value = scope.parameters[expression.name]
    return lambda _row: value


def _name(expression: syntax.Name, scope: Scope) -> Evaluate:
    name = expression.name
    if name not in scope.names:
        raise QueryError(f"Identifier '{name}' could not be resolved.", "SC2001", expression.start, expression.end)
    return lambda row: row[name]


def _member(expression: syntax.Member, scope: Scope) -> Evaluate:
    owner = compile_expression(expression.owner, scope)
    if isinstance(expression.key, syntax.Literal) and isinstance(expression.key.value, str):
        key = expression.key.value

        def property_(row: Row) -> Any:
            value = owner(row)
            return value.get(key, UNDEFINED) if isinstance(value, dict) else UNDEFINED

        return property_
    index = compile_expression(expression.key, scope)

    def element(row: Row) -> Any:
        value, at = owner(row), index(row)
        if isinstance(value, dict) and isinstance(at, str):
            return value.get(at, UNDEFINED)
        if isinstance(value, list) and isinstance(at, int) and not isinstance(at, bool) and 0 <= at < len(value):
            return value[at]
        return UNDEFINED

    return element


def _unary(expression: syntax.Unary, scope: Scope) -> Evaluate:
    operand = compile_expression(expression.operand, scope)
    operator = expression.operator

    def evaluate(row: Row) -> Any:
        value = operand(row)
        if operator == "not":
            return not value if isinstance(value, bool) else UNDEFINED
        if not is_number(value):
            return UNDEFINED
        if operator == "-":
            return -value
        return value if operator == "+" else _signed(~_bits(value))

    return evaluate


def _junction(expression: syntax.Junction, scope: Scope) -> Evaluate:
    """AND and OR of three values: what decides, decides, whatever is undefined beside it."""
    operands = [compile_expression(operand, scope) for operand in expression.operands]
    decisive = expression.operator == "or"

    def evaluate(row: Row) -> Any:
        result: Any = not decisive
        for operand in operands:
            value = operand(row)
            if value is decisive:
                return decisive
            if not isinstance(value, bool):
                result = UNDEFINED
        return result

    return evaluate


def _binary(expression: syntax.Binary, scope: Scope) -> Evaluate:
    left, right = compile_expression(expression.left, scope), compile_expression(expression.right, scope)
    if expression.operator == "??":

        def coalesce(row: Row) -> Any:
            value = left(row)
            return right(row) if value is UNDEFINED else value

        return coalesce
    operate = _OPERATORS[expression.operator]
    return lambda row: operate(left(row), right(row))


def _not_equal(left: Any, right: Any) -> Any:
    result = equal(left, right)
    return result if result is UNDEFINED else not result


def _comparing(accept: Callable[[int], bool]) -> Callable[[Any, Any], Any]:
    def operate(left: Any, right: Any) -> Any:
        result = compare(left, right)
        return UNDEFINED if result is None else accept(result)

    return operate


def _calculating(calculate: Callable[[Any, Any], Any]) -> Callable[[Any, Any], Any]:
    def operate(left: Any, right: Any) -> Any:
        if not is_number(left) or not is_number(right):
            return UNDEFINED
        try:
            return number(calculate(left, right))
        except (ArithmeticError, ValueError):
            return UNDEFINED

    return operate


def _multiplied(left: float, right: float) -> float:
    """The product as a double: whole numbers do not grow without end."""
    product = left * right
    return float(product) if abs(product) > 2**63 else product


def _joined(left: Any, right: Any) -> Any:
    return left + right if isinstance(left, str) and isinstance(right, str) else UNDEFINED


def _bits(value: float) -> int:
    """A number as 32 bits, as JavaScript has it."""
    return int(value) & 0xFFFFFFFF


def _signed(bits: int) -> int:
    bits &= 0xFFFFFFFF
    return bits - (1 << 32) if bits & (1 << 31) else bits


_OPERATORS: dict[str, Callable[[Any, Any], Any]] = {
    "=": equal,
    "!=": _not_equal,
    "<": _comparing(lambda result: result < 0),
    "<=": _comparing(lambda result: result <= 0),
    ">": _comparing(lambda result: result > 0),
    ">=": _comparing(lambda result: result >= 0),
    "+": _calculating(lambda left, right: left + right),
    "-": _calculating(lambda left, right: left - right),
    "*": _calculating(_multiplied),
    "/": _calculating(lambda left, right: left / right),
    "%": _calculating(math.fmod),
    "||": _joined,
    "|": _calculating(lambda left, right: _signed(_bits(left) | _bits(right))),
    "&": _calculating(lambda left, right: _signed(_bits(left) & _bits(right))),
    "^": _calculating(lambda left, right: _signed(_bits(left) ^ _bits(right))),
    "<<": _calculating(lambda left, right: _signed(_bits(left) << (_bits(right) & 31))),
    ">>": _calculating(lambda left, right: _signed(_bits(left)) >> (_bits(right) & 31)),
    ">>>": _calculating(lambda left, right: _bits(left) >> (_bits(right) & 31)),
}


def _conditional(expression: syntax.Conditional, scope: Scope) -> Evaluate:
    test, yes, no = (compile_expression(part, scope) for part in expression)
    return lambda row: yes(row) if test(row) is True else no(row)


def _between(expression: syntax.Between, scope: Scope) -> Evaluate:
    return _junction(
        syntax.Junction(
            "and",
            (
                syntax.Binary(">=", expression.value, expression.low),
                syntax.Binary("<=", expression.value, expression.high),
            ),
        ),
        scope,
    )


def _within(expression: syntax.Within, scope: Scope) -> Evaluate:
    value = compile_expression(expression.value, scope)
    constants = [_constant(item, scope) for item in expression.items]
    if all(isinstance(item, str) for item in constants):
        known = frozenset(constants)

        def find(row: Row) -> Any:
            wanted = value(row)
            return UNDEFINED if wanted is UNDEFINED else isinstance(wanted, str) and wanted in known

        return find
    items = [compile_expression(item, scope) for item in expression.items]

    def evaluate(row: Row) -> Any:
        wanted = value(row)
        if wanted is UNDEFINED:
            return UNDEFINED
        return any(equal(wanted, item(row)) is True for item in items)

    return evaluate


def _constant(expression: Expression, scope: Scope) -> Any:
    if isinstance(expression, syntax.Literal):
        return expression.value
    if isinstance(expression, syntax.Parameter):
        return scope.parameters.get(expression.name, UNDEFINED)
    return UNDEFINED


def _like(expression: syntax.Like, scope: Scope) -> Evaluate:
    value, pattern = compile_expression(expression.value, scope), compile_expression(expression.pattern, scope)
    escape = None if expression.escape is None else compile_expression(expression.escape, scope)

    def evaluate(row: Row) -> Any:
        text, wanted = value(row), pattern(row)
        sign = "" if escape is None else escape(row)
        if not isinstance(text, str) or not isinstance(wanted, str) or not isinstance(sign, str):
            return UNDEFINED
        return like_pattern(wanted, sign).fullmatch(text) is not None

    return evaluate


@lru_cache(maxsize=64)
def like_pattern(wanted: str, escape: str) -> re.Pattern[str]:
    """The regular expression of a LIKE pattern: `%`, `_`, `[a-z]`, `[^a-z]`."""
    parts: list[str] = []
    position = 0
    while position < len(wanted):
        sign = wanted[position]
        position += 1
        if escape and sign == escape and position < len(wanted):
            parts.append(re.escape(wanted[position]))
            position += 1
        elif sign == "%":
            parts.append(".*")
        elif sign == "_":
            parts.append(".")
        elif sign == "[" and (end := wanted.find("]", position + 1)) > 0:
            inside = wanted[position:end]
            negated = inside.startswith("^")
            parts.append(f"[{'^' if negated else ''}{_set(inside[1:] if negated else inside)}]")
            position = end + 1
        else:
            parts.append(re.escape(sign))
    try:
        return re.compile("".join(parts), re.DOTALL)
    except re.error:  # such as a range from z to a
        return re.compile(r"(?!)")


def _set(inside: str) -> str:
    return re.sub(r"[\\\[\]^&~|]", lambda found: "\\" + found[0], inside) or r"\Z"


def _call(expression: syntax.Call, scope: Scope) -> Evaluate:
    arguments = [compile_expression(argument, scope) for argument in expression.arguments]
    name = expression.name
    aggregate = AGGREGATES.get(name)
    if aggregate is not None and len(arguments) == 1:
        scope.aggregates.append(name)
        return lambda row: aggregate([arguments[0](each) for each in row.get(GROUP, ())])
    function = functions.find(name, len(arguments))
    if function is None:
        if functions.is_known(name):
            raise QueryError(
                f"The {name} function has a wrong number of arguments.", "SC2050", expression.start, expression.end
            )
        raise QueryError(
            f"'{name}' is not a recognized built-in function name.", "SC2005", expression.start, expression.end
        )

    def evaluate(row: Row) -> Any:
        try:
            return function(*[argument(row) for argument in arguments])
        except (ArithmeticError, ValueError, TypeError, IndexError, re.error):
            return UNDEFINED

    return evaluate


def _array(expression: syntax.Array, scope: Scope) -> Evaluate:
    items = [compile_expression(item, scope) for item in expression.items]
    return lambda row: [value for item in items if (value := item(row)) is not UNDEFINED]


def _object(expression: syntax.Object, scope: Scope) -> Evaluate:
    items = [(name, compile_expression(item, scope)) for name, item in expression.items]
    return lambda row: {name: value for name, item in items if (value := item(row)) is not UNDEFINED}


def _subquery(expression: syntax.Subquery, scope: Scope) -> Evaluate:
    run = scope.run(expression.query, scope)
    if expression.kind == "exists":
        return lambda row: next(run(row), UNDEFINED) is not UNDEFINED
    if expression.kind == "array":
        return lambda row: list(run(row))
    return lambda row: next(run(row), UNDEFINED)


_COMPILERS: dict[type, Callable[[Any, Scope], Evaluate]] = {
    syntax.Literal: _literal,
    syntax.Parameter: _parameter,
    syntax.Name: _name,
    syntax.Member: _member,
    syntax.Unary: _unary,
    syntax.Binary: _binary,
    syntax.Junction: _junction,
    syntax.Conditional: _conditional,
    syntax.Between: _between,
    syntax.Within: _within,
    syntax.Like: _like,
    syntax.Call: _call,
    syntax.Array: _array,
    syntax.Object: _object,
    syntax.Subquery: _subquery,
}


def group_key(expressions: Iterable[Evaluate], row: Row) -> tuple[str, ...]:
    """Rows with the same values belong to the same group."""
    return tuple(canonical(expression(row)) for expression in expressions)
