"""Functions of arrays and objects."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pystein_runtime.cloud.cosmos.sql.values import UNDEFINED, canonical, is_number, same

if TYPE_CHECKING:
    from collections.abc import Callable


def _arrays(*values: Any) -> None:
    """Raises TypeError unless all are arrays."""
    if not all(isinstance(value, list) for value in values):
        raise TypeError


def _contains(array: Any, wanted: Any, partial: Any = False) -> Any:
    if not isinstance(array, list):
        return False if array is not UNDEFINED else UNDEFINED
    if wanted is UNDEFINED or not isinstance(partial, bool):
        return UNDEFINED
    return any(_fits(item, wanted) if partial else same(item, wanted) for item in array)


def _fits(item: Any, wanted: Any) -> bool:
    """Whether an object has what another one has, and maybe more."""
    if isinstance(item, dict) and isinstance(wanted, dict):
        return all(key in item and _fits(item[key], value) for key, value in wanted.items())
    return same(item, wanted)


def _contains_any(array: Any, *wanted: Any) -> Any:
    _arrays(array)
    return any(_contains(array, item) is True for item in wanted)


def _contains_all(array: Any, *wanted: Any) -> Any:
    _arrays(array)
    return all(_contains(array, item) is True for item in wanted)


def _concat(*arrays: Any) -> Any:
    _arrays(*arrays)
    return [item for array in arrays for item in array]


def _length(array: Any) -> Any:
    _arrays(array)
    return len(array)


def _slice(array: Any, start: Any, length: Any = None) -> Any:
    _arrays(array)
    if not is_number(start) or not (length is None or is_number(length)):
        return UNDEFINED
    begin = int(start)
    begin = max(begin + len(array), 0) if begin < 0 else begin
    return array[begin:] if length is None else array[begin : begin + max(int(length), 0)]


def _choose(index: Any, *values: Any) -> Any:
    return values[index - 1] if is_number(index) and 1 <= index <= len(values) else UNDEFINED


def _object_to_array(value: Any, key: Any = "k", item: Any = "v") -> Any:
    if not isinstance(value, dict):
        return UNDEFINED
    return [{key: name, item: content} for name, content in value.items()]


def _union(left: Any, right: Any) -> Any:
    _arrays(left, right)
    return list({canonical(item): item for item in [*left, *right]}.values())


def _intersection(left: Any, right: Any) -> Any:
    _arrays(left, right)
    known = {canonical(item) for item in right}
    return list({canonical(item): item for item in left if canonical(item) in known}.values())


def _difference(left: Any, right: Any) -> Any:
    _arrays(left, right)
    known = {canonical(item) for item in right}
    return list({canonical(item): item for item in left if canonical(item) not in known}.values())


FUNCTIONS: dict[str, Callable[..., Any]] = {
    "ARRAY_CONCAT": _concat,
    "ARRAY_CONTAINS": _contains,
    "ARRAY_CONTAINS_ALL": _contains_all,
    "ARRAY_CONTAINS_ANY": _contains_any,
    "ARRAY_LENGTH": _length,
    "ARRAY_SLICE": _slice,
    "CHOOSE": _choose,
    "OBJECTTOARRAY": _object_to_array,
    "SETDIFFERENCE": _difference,
    "SETINTERSECT": _intersection,
    "SETUNION": _union,
}
