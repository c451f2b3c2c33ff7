"""Questions about a value's type, and choices between values."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pystein_runtime.cloud.cosmos.sql.values import UNDEFINED, is_number

if TYPE_CHECKING:
    from collections.abc import Callable


def _is_primitive(value: Any) -> bool:
    return value is not UNDEFINED and not isinstance(value, dict | list)


def _is_integer(value: Any) -> bool:
    return is_number(value) and float(value).is_integer() and -(2**63) <= value < 2**63


def _if(test: Any, yes: Any, no: Any) -> Any:
    return yes if test is True else no


FUNCTIONS: dict[str, Callable[..., Any]] = {
    "IS_ARRAY": lambda value: isinstance(value, list),
    "IS_BOOL": lambda value: isinstance(value, bool),
    "IS_DEFINED": lambda value: value is not UNDEFINED,
    "IS_FINITE_NUMBER": is_number,
    "IS_INTEGER": _is_integer,
    "IS_NULL": lambda value: value is None,
    "IS_NUMBER": is_number,
    "IS_OBJECT": lambda value: isinstance(value, dict),
    "IS_PRIMITIVE": _is_primitive,
    "IS_STRING": lambda value: isinstance(value, str),
    "IIF": _if,
}
