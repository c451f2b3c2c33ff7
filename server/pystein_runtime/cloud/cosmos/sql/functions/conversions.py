"""From text to values and back."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from pystein_runtime.cloud.cosmos.sql.values import UNDEFINED, is_number, number, parse_float, parse_int

if TYPE_CHECKING:
    from collections.abc import Callable


def _to_string(value: Any) -> Any:
    if value is UNDEFINED:
        return UNDEFINED
    return value if isinstance(value, str) else json.dumps(value, separators=(",", ":"), ensure_ascii=False)


def _from_json(accept: Callable[[Any], bool]) -> Callable[[Any], Any]:
    def evaluate(text: Any) -> Any:
        if not isinstance(text, str):
            return UNDEFINED
        value = json.loads(text, parse_float=parse_float, parse_int=parse_int)
        return value if accept(value) else UNDEFINED

    return evaluate


def _to_number(text: Any) -> Any:
    if not isinstance(text, str):
        return UNDEFINED
    value = json.loads(text.strip() or "null", parse_int=parse_int)
    return number(value) if is_number(value) else UNDEFINED


FUNCTIONS: dict[str, Callable[..., Any]] = {
    "TOSTRING": _to_string,
    "STRINGTOARRAY": _from_json(lambda value: isinstance(value, list)),
    "STRINGTOBOOLEAN": _from_json(lambda value: isinstance(value, bool)),
    "STRINGTONULL": _from_json(lambda value: value is None),
    "STRINGTONUMBER": _to_number,
    "STRINGTOOBJECT": _from_json(lambda value: isinstance(value, dict)),
}
