"""Values of queries: what JSON has, and `undefined`; how they compare and in which order they stand.

Source: Microsoft's reference of the query language, "Equality and comparison operators", "ORDER BY", "Constants".
"""

from __future__ import annotations

import json
import math
from typing import Any, Final, final


@final
class Undefined:
    """The value of what is not there; it is never in a result."""

    def __repr__(self) -> str:
        return "undefined"

    def __bool__(self) -> bool:
        return False


UNDEFINED: Final = Undefined()
_WHOLE = 10**21  # up to here whole numbers are written without an exponent
_LONG = 2**63


def is_number(value: Any) -> bool:
    """Whether a value is a number: booleans are none."""
    return isinstance(value, int | float) and not isinstance(value, bool)


def number(value: float) -> Any:
    """A number as the service writes it: whole ones without a fraction; what is no number in JSON is undefined."""
    if isinstance(value, float):
        if not math.isfinite(value):
            return UNDEFINED
        if value.is_integer() and abs(value) < _WHOLE:
            return int(value)
    return value


def parse_float(text: str) -> Any:
    """For `json.loads`: 1.0 is stored as 1. Raises ValueError when it is too large for a double."""
    value = number(float(text))
    if value is UNDEFINED:
        raise ValueError(text)
    return value


def parse_int(text: str) -> Any:
    """For `json.loads`: what has no place in 64 bits is a double. Raises ValueError when it is too large for that."""
    value = int(text)
    return value if -_LONG <= value < _LONG else parse_float(text)


def rank(value: Any) -> int:
    """Where a value's type stands in the order of types."""
    if value is UNDEFINED:
        return 0
    if value is None:
        return 1
    if isinstance(value, bool):
        return 2
    if isinstance(value, int | float):
        return 3
    if isinstance(value, str):
        return 4
    return 5 if isinstance(value, list) else 6


def order(value: Any) -> tuple[Any, ...]:
    """A key that sorts values of any types."""
    kind = rank(value)
    if kind in {2, 3, 4}:
        return (kind, value)
    return (kind, canonical(value)) if kind > 4 else (kind,)


def equal(left: Any, right: Any) -> Any:
    """`=`: undefined when either side is; values of different types are not equal.

    The reference has "undefined" for different types; the service does not (`c.name != null` finds names), nor does
    azure-cosmos-dotnet-v3, `ScalarExpressionEvaluatorTests`.
    """
    if left is UNDEFINED or right is UNDEFINED:
        return UNDEFINED
    return same(left, right)


def same(left: Any, right: Any) -> bool:
    """Whether two defined values are the same; unlike Python's, true is not 1."""
    if isinstance(left, dict):
        return (
            isinstance(right, dict)
            and left.keys() == right.keys()
            and all(same(value, right[key]) for key, value in left.items())
        )
    if isinstance(left, list):
        return isinstance(right, list) and len(left) == len(right) and all(map(same, left, right))
    if isinstance(left, bool) or isinstance(right, bool):
        return left is right
    return bool(left == right)


def compare(left: Any, right: Any) -> int | None:
    """Below zero, zero or above; None when the two cannot be compared, as of different types or of arrays."""
    kind = rank(left)
    if kind != rank(right) or kind in {0, 5, 6}:
        return None
    if kind == 1 or left == right:
        return 0
    return -1 if left < right else 1


def canonical(value: Any) -> str:
    """The same text for the same values."""
    if value is UNDEFINED:
        return "undefined"
    return json.dumps(value, sort_keys=True, ensure_ascii=False)
