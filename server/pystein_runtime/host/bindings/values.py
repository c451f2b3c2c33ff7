"""What a function sets, as services take it: bodies of messages, or JSON objects. The bindings share this."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from . import BindingError

if TYPE_CHECKING:
    from pystein_runtime.worker.messages import Datum


def bodies(datum: Datum) -> list[bytes]:
    """The messages in a value: one, or those of an array or a collection.

    Text that is a JSON array is one message for each element too (azure-functions-host, `FunctionBinding`).

    Raises:
        BindingError: a value that is no message.
    """
    kind, value = datum
    if kind in {"string", "json"}:
        array = _array(value)
        return [value.encode()] if array is None else [_element(item) for item in array]
    if kind in {"int", "double"}:
        return [str(value).encode()]
    if kind == "bytes":
        return [value]
    if kind == "collection_string":
        return [item.encode() for item in value]
    if kind == "collection_bytes":
        return list(value)
    raise BindingError(f"A queue message cannot be made of a value of type {kind}.")


def _array(text: str) -> list[object] | None:
    stripped = text.strip()
    if not (stripped.startswith("[") and stripped.endswith("]")):
        return None
    try:
        value = json.loads(stripped)
    except (ValueError, RecursionError):
        return None
    return value if isinstance(value, list) else None


def _element(item: object) -> bytes:
    return item.encode() if isinstance(item, str) else json.dumps(item, ensure_ascii=False).encode()


def objects(datum: Datum, noun: str) -> list[dict[str, Any]]:
    """The JSON objects in a value: one, or those of an array. `noun` is what one is: "A document".

    Raises:
        BindingError: a value that is neither.
    """
    kind, value = datum
    text = value.decode("utf-8", "replace") if kind == "bytes" else value
    try:
        content = json.loads(text) if isinstance(text, str) else None
    except (ValueError, RecursionError):
        content = None
    found: list[Any] = content if isinstance(content, list) else [content]
    if not all(isinstance(item, dict) for item in found):
        raise BindingError(f"{noun} must be a JSON object, or an array of them.")
    return found
