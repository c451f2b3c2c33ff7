"""Functions of numbers."""

from __future__ import annotations

import math
import random
from typing import TYPE_CHECKING, Any

from pystein_runtime.cloud.cosmos.sql.values import UNDEFINED, is_number, number

if TYPE_CHECKING:
    from collections.abc import Callable

_WORD = 1 << 64


def _of_numbers(calculate: Callable[..., Any]) -> Callable[[Any], Any]:
    def one(value: Any) -> Any:
        return number(calculate(value)) if is_number(value) else UNDEFINED

    return one


def _of_two(calculate: Callable[[Any, Any], Any]) -> Callable[[Any, Any], Any]:
    def two(left: Any, right: Any) -> Any:
        return number(calculate(left, right)) if is_number(left) and is_number(right) else UNDEFINED

    return two


def _whole(calculate: Callable[[int, int], int]) -> Callable[[Any, Any], Any]:
    """A function of whole numbers of 64 bits."""

    def two(left: Any, right: Any) -> Any:
        return _wrapped(calculate(_integer(left), _integer(right)))

    return two


def _integer(value: Any) -> int:
    if not is_number(value) or int(value) != value:
        raise TypeError
    return int(value)


def _wrapped(value: int) -> int:
    value %= _WORD
    return value - _WORD if value >= _WORD // 2 else value


def _divided(left: int, right: int) -> int:
    quotient = abs(left) // abs(right)
    return quotient if (left < 0) == (right < 0) else -quotient


def _round(value: float, digits: int = 0) -> float:
    """To the nearest; a half goes away from zero."""
    scale = 10.0**digits
    return math.copysign(math.floor(abs(value) * scale + 0.5) / scale, value)


def _rounded(value: Any, digits: Any = 0) -> Any:
    return number(_round(value, _integer(digits))) if is_number(value) else UNDEFINED


def _log(value: Any, base: Any = math.e) -> Any:
    return number(math.log(value, base)) if is_number(value) and is_number(base) else UNDEFINED


def _bin(value: Any, size: Any = 1) -> Any:
    if not is_number(value) or not is_number(size) or size == 0:
        return UNDEFINED
    return number(math.floor(value / size) * float(size))


def _sign(value: float) -> int:
    return (value > 0) - (value < 0)


FUNCTIONS: dict[str, Callable[..., Any]] = {
    "ABS": _of_numbers(abs),
    "ACOS": _of_numbers(math.acos),
    "ASIN": _of_numbers(math.asin),
    "ATAN": _of_numbers(math.atan),
    "ATN2": _of_two(math.atan2),
    "CEILING": _of_numbers(math.ceil),
    "COS": _of_numbers(math.cos),
    "COT": _of_numbers(lambda value: 1 / math.tan(value)),
    "DEGREES": _of_numbers(math.degrees),
    "EXP": _of_numbers(math.exp),
    "FLOOR": _of_numbers(math.floor),
    "INTADD": _whole(lambda left, right: left + right),
    "INTBITAND": _whole(lambda left, right: left & right),
    "INTBITLEFTSHIFT": _whole(lambda left, right: left << (right & 63)),
    "INTBITNOT": lambda value: ~_integer(value),
    "INTBITOR": _whole(lambda left, right: left | right),
    "INTBITRIGHTSHIFT": _whole(lambda left, right: left >> (right & 63)),
    "INTBITXOR": _whole(lambda left, right: left ^ right),
    "INTDIV": _whole(_divided),
    "INTMOD": _whole(lambda left, right: left - right * _divided(left, right)),
    "INTMUL": _whole(lambda left, right: left * right),
    "INTSUB": _whole(lambda left, right: left - right),
    "LOG": _log,
    "LOG10": _of_numbers(math.log10),
    "NUMBERBIN": _bin,
    "PI": lambda: math.pi,
    "POWER": _of_two(math.pow),
    "RADIANS": _of_numbers(math.radians),
    "RAND": random.random,
    "ROUND": _rounded,
    "SIGN": _of_numbers(_sign),
    "SIN": _of_numbers(math.sin),
    "SQRT": _of_numbers(math.sqrt),
    "SQUARE": _of_numbers(lambda value: value * value),
    "TAN": _of_numbers(math.tan),
    "TRUNC": _of_numbers(math.trunc),
}
