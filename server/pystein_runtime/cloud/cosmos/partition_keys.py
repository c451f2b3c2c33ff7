"""Partition keys: of documents, and as requests name them."""

from __future__ import annotations

import json
import re
from functools import lru_cache
from typing import TYPE_CHECKING, Any, NamedTuple

from .errors import KEY_MISMATCH, CosmosError
from .hashing import effective_key
from .sql.values import UNDEFINED, number, parse_float, parse_int

if TYPE_CHECKING:
    from collections.abc import Sequence

_PART = re.compile(r'/("(?:[^"\\]|\\.)*"|[^/"]+)')
_MISMATCH = (
    "Partition key provided either doesn't correspond to definition in the collection or doesn't match partition key "
    "field values specified in the document."
)


class PartitionKey(NamedTuple):
    """The key of a logical partition, or the first components of hierarchical ones."""

    components: tuple[Any, ...]
    text: str
    """The same key has the same text."""
    epk: str


@lru_cache(maxsize=256)
def split_path(path: str) -> tuple[str, ...]:
    """The names of a path such as `/address/zip` or `/"a b"`.

    Raises:
        CosmosError: it is none.
    """
    parts = _PART.findall(path)
    if not parts or "".join(f"/{part}" for part in parts) != path:
        raise CosmosError(400, f"The partition key component definition path '{path}' could not be accepted.")
    return tuple(str(json.loads(part)) if part.startswith('"') else part for part in parts)


def value_at(document: Any, path: Sequence[str]) -> Any:
    """What a document has at a path; undefined when it has nothing there."""
    for name in path:
        if not isinstance(document, dict) or name not in document:
            return UNDEFINED
        document = document[name]
    return document


def make(components: Sequence[Any], *, hierarchical: bool) -> PartitionKey:
    """The key of components.

    Raises:
        CosmosError: one is an array or an object.
    """
    found = tuple(number(item) if isinstance(item, float) else item for item in components)
    text = _text(found)
    return PartitionKey(found, text, _epk(text, hierarchical))


def _text(components: Sequence[Any]) -> str:
    if any(isinstance(component, list | dict) for component in components):
        raise CosmosError(400, _MISMATCH, KEY_MISMATCH)
    return json.dumps([{} if item is UNDEFINED else item for item in components])


@lru_cache(maxsize=4096)
def _epk(text: str, hierarchical: bool) -> str:
    return effective_key([UNDEFINED if item == {} else item for item in json.loads(text)], hierarchical=hierarchical)


def of_document(document: Any, paths: Sequence[Sequence[str]], *, hierarchical: bool) -> PartitionKey:
    """The key of a document.

    Raises:
        CosmosError: what it has at a path is an array or an object.
    """
    return make([value_at(document, path) for path in paths], hierarchical=hierarchical)


def of_header(header: str, paths: Sequence[Sequence[str]], *, hierarchical: bool, whole: bool) -> PartitionKey:
    """The key in a request's header, a JSON array; `whole`: a part of a hierarchical key is not enough.

    Raises:
        CosmosError: it is none, or none of this container.
    """
    try:
        value = json.loads(header, parse_float=parse_float, parse_int=parse_int)
    except (ValueError, RecursionError):
        value = None
    if not isinstance(value, list):
        raise CosmosError(400, f"Partition key {header} is invalid.")
    if not value:  # how SDKs write "none" for containers that were made without a key
        value = [{}]
    if len(value) != len(paths) and (whole or len(value) > len(paths)):
        raise CosmosError(400, _MISMATCH, KEY_MISMATCH)
    return make([UNDEFINED if item == {} else item for item in value], hierarchical=hierarchical)
