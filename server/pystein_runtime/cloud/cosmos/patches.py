"""Partial updates: `add`, `set`, `replace`, `remove`, `incr`, `move`.

Rules: Microsoft's "Partial document update": paths are JSON pointers, an array's `-` is behind its end.
"""

from __future__ import annotations

import copy
from typing import TYPE_CHECKING, Any

from .errors import CosmosError, changed
from .sql import run
from .sql.errors import QueryError
from .sql.values import UNDEFINED, is_number, number

if TYPE_CHECKING:
    from collections.abc import Callable

MAX_OPERATIONS = 10


def prepare(body: Any) -> Callable[[dict[str, Any]], dict[str, Any]]:
    """What a patch makes of a document: a new one, or CosmosError.

    Raises:
        CosmosError: the patch is none.
    """
    operations = body if isinstance(body, list) else body.get("operations") if isinstance(body, dict) else None
    if not isinstance(operations, list) or not operations:
        raise CosmosError(400, "The patch request needs an array of operations.")
    if len(operations) > MAX_OPERATIONS:
        raise CosmosError(400, f"The number of patch operations can't exceed {MAX_OPERATIONS}.")
    accepts = _condition(body.get("condition")) if isinstance(body, dict) else None

    def change(document: dict[str, Any]) -> dict[str, Any]:
        if accepts is not None and not accepts(document):
            raise changed()
        result = copy.deepcopy(document)
        for operation in operations:
            _apply(result, operation)
        return result

    return change


def _condition(text: Any) -> Callable[[Any], bool] | None:
    if not text:
        return None
    try:
        return run.condition(str(text))
    except QueryError as error:
        raise CosmosError(400, error.as_json()) from error


def _apply(document: dict[str, Any], operation: Any) -> None:
    if not isinstance(operation, dict) or not isinstance(operation.get("path"), str):
        raise CosmosError(400, "A patch operation is an object with op and path.")
    kind, path = str(operation.get("op", "")).lower(), operation["path"]
    if kind == "move":
        source = str(operation.get("from", ""))
        value = _read(document, source)
        if value is UNDEFINED:
            raise _refusal(kind, source, "there is nothing to move")
        if path.startswith(f"{source}/"):
            raise _refusal(kind, path, "it is within what is moved")
        _write("remove", document, source, None)
        _write("set", document, path, value)
    elif kind in {"incr", "increment"}:
        _increment(document, path, operation.get("value"))
    elif kind in {"add", "set", "replace", "remove"}:
        if kind != "remove" and "value" not in operation:
            raise _refusal(kind, path, "it has no value")
        _write(kind, document, path, operation.get("value"))
    else:
        raise CosmosError(400, f"'{operation.get('op')}' is no patch operation.")


def _increment(document: dict[str, Any], path: str, amount: Any) -> None:
    old = _read(document, path)
    if not is_number(amount) or not (old is UNDEFINED or is_number(old)):
        raise _refusal("incr", path, "it is no number")
    _write("set", document, path, amount if old is UNDEFINED else number(old + amount))


def _refusal(kind: str, path: str, why: str) -> CosmosError:
    return CosmosError(400, f"For {kind.capitalize()} Operation, the path '{path}' cannot be used: {why}.")


def _names(path: str) -> list[str]:
    if not path.startswith("/") or path == "/":
        raise CosmosError(400, f"The patch path '{path}' is invalid: it begins with / and names a property.")
    names = [part.replace("~1", "/").replace("~0", "~") for part in path[1:].split("/")]
    if names[0] in {"id", "_rid", "_self", "_etag", "_ts"} and len(names) == 1:
        raise CosmosError(400, f"The property '{names[0]}' cannot be patched.")
    return names


def _child(owner: Any, name: str) -> Any:
    if isinstance(owner, dict):
        return owner.get(name, UNDEFINED)
    if isinstance(owner, list) and name.isdecimal() and int(name) < len(owner):
        return owner[int(name)]
    return UNDEFINED


def _read(document: Any, path: str) -> Any:
    for name in _names(path):
        document = _child(document, name)
    return document


def _write(kind: str, document: Any, path: str, value: Any) -> None:
    names = _names(path)
    owner = document
    for name in names[:-1]:
        owner = _child(owner, name)
    name = names[-1]
    if isinstance(owner, dict):
        if kind in {"remove", "replace"} and name not in owner:
            raise _refusal(kind, path, "it doesn't exist")
        if kind == "remove":
            del owner[name]
        else:
            owner[name] = value
    elif isinstance(owner, list):
        _write_element(kind, owner, name, path, value)
    else:
        raise _refusal(kind, path, "what it is part of doesn't exist")


def _write_element(kind: str, owner: list[Any], name: str, path: str, value: Any) -> None:
    if name == "-" and kind in {"add", "set"}:
        owner.append(value)
        return
    if not name.isdecimal() or int(name) > len(owner) - (kind != "add"):
        raise _refusal(kind, path, "the array has no such place")
    if kind == "add":
        owner.insert(int(name), value)
    elif kind == "remove":
        del owner[int(name)]
    else:
        owner[int(name)] = value
