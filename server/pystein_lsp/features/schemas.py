"""The schemas of host.json and local.settings.json: the same files that the VS Code extension hands to its editor."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path
from typing import Any, TypeAlias

Schema: TypeAlias = "dict[str, Any]"

_FILES = {"host.json": "host.schema.json", "local.settings.json": "local.settings.schema.json"}


def schema_of(name: str) -> Schema | None:
    """The schema of a file by its name; None for files that have none."""
    return _read(_FILES[name]) if name in _FILES else None


@cache
def _read(name: str) -> Schema | None:
    package = Path(__file__).resolve().parent.parent
    for folder in (package / "schemas", package.parent.parent / "client-vscode" / "schemas"):
        try:
            found = json.loads((folder / name).read_text("utf-8"))
        except (OSError, ValueError):
            continue
        return found if isinstance(found, dict) else None
    return None


def at(schema: Schema, path: Iterable[str | int]) -> Schema:
    """The part of a schema that describes the value at a path; empty where nothing is said about it."""
    for step in path:
        schema = _item(schema) if isinstance(step, int) else _member(schema, step)
    return schema


def properties(schema: Schema) -> Iterator[tuple[str, Schema]]:
    """The keys that an object may have, with what each of them holds."""
    found = schema.get("properties")
    yield from found.items() if isinstance(found, dict) else ()


def values(schema: Schema) -> list[Any]:
    """Values that are worth proposing, the default first."""
    found = [schema[key] for key in ("default", "const") if key in schema]
    found += [*schema.get("enum", ()), *schema.get("examples", ())]
    if schema.get("type") == "boolean":
        found += [True, False]
    return [value for number, value in enumerate(found) if value not in found[:number]]


def _member(schema: Schema, key: str) -> Schema:
    for name, described in properties(schema):
        if name.lower() == key.lower():
            return _as_schema(described)
    patterns = schema.get("patternProperties")
    for pattern, described in patterns.items() if isinstance(patterns, dict) else ():
        if re.search(pattern, key):
            return _as_schema(described)
    return _as_schema(schema.get("additionalProperties"))


def _item(schema: Schema) -> Schema:
    return _as_schema(schema.get("items"))


def _as_schema(value: Any) -> Schema:
    return value if isinstance(value, dict) else {}
