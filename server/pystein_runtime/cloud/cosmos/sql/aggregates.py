"""Aggregates: functions of all values of a group. Undefined ones do not count; others than numbers spoil a sum."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from .values import UNDEFINED, canonical, is_number, number, order

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence


def _defined(values: Sequence[Any]) -> list[Any]:
    return [value for value in values if value is not UNDEFINED]


def _count(values: Sequence[Any]) -> Any:
    return len(_defined(values))


def _count_if(values: Sequence[Any]) -> Any:
    return sum(value is True for value in values)


def _sum(values: Sequence[Any]) -> Any:
    found = _defined(values)
    return number(sum(found)) if all(map(is_number, found)) else UNDEFINED


def _average(values: Sequence[Any]) -> Any:
    found = _defined(values)
    return number(sum(found) / len(found)) if found and all(map(is_number, found)) else UNDEFINED


def _least(values: Sequence[Any]) -> Any:
    return min(_defined(values), key=order, default=UNDEFINED)


def _greatest(values: Sequence[Any]) -> Any:
    return max(_defined(values), key=order, default=UNDEFINED)


def _set(values: Sequence[Any]) -> Any:
    return list({canonical(value): value for value in _defined(values)}.values())


AGGREGATES: dict[str, Callable[[Sequence[Any]], Any]] = {
    "COUNT": _count,
    "COUNTIF": _count_if,
    "SUM": _sum,
    "AVG": _average,
    "MIN": _least,
    "MAX": _greatest,
    "MAKELIST": _defined,
    "MAKESET": _set,
}
