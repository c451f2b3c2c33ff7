"""Completion and hover in host.json and local.settings.json: keys and values of their schemas, and what the app needs."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from pystein_lsp.features import schemas
from pystein_lsp.features.connections import told
from pystein_lsp.features.json_cursor import JsonCursor, json_cursor
from pystein_lsp.features.occurrences import settings_of
from pystein_lsp.features.schemas import Schema
from pystein_lsp.features.snippets import escaped
from pystein_lsp.features.types import Hover, Item
from pystein_lsp.model.app import App
from pystein_lsp.model.functions import Function
from pystein_lsp.platform.jsonc import Member, Node, read_json
from pystein_lsp.platform.settings import LOCAL, normalised

_DEVELOPMENT = "UseDevelopmentStorage=true"
_STORAGE = "AzureWebJobsStorage"


def complete_json(app: App, path: str, text: str, line: int, column: int) -> list[Item]:
    """What can be written at a position of a file; empty for files without a schema.

    Args:
        app: the app that the file belongs to.
        path: the file's.
        text: as the editor has it.
        line: from 0.
        column: in code points, from 0.
    """
    schema = schemas.schema_of(Path(path).name)
    cursor = json_cursor(text, line, column) if schema else None
    if schema is None or cursor is None:
        return []
    is_setting = Path(path).name == LOCAL and _steps(cursor.path)[:1] == ("values",)
    if cursor.kind == "key":
        taken = {member.key.lower() for member in _object(read_json(text).root, cursor.path)}
        wanted = _needed(app) if is_setting and len(cursor.path) == 1 else {}
        return [*_keys(schemas.at(schema, cursor.path), cursor, taken), *_settings(wanted, cursor, taken)]
    found = schemas.values(schemas.at(schema, cursor.path))
    if is_setting and len(cursor.path) == 2 and _is_storage(app, str(cursor.path[1])):
        found = [_DEVELOPMENT, *(value for value in found if value != _DEVELOPMENT)]
    return [
        Item(json.dumps(value), "value", json.dumps(value), cursor.span, rank=rank, filter=json.dumps(value))
        for rank, value in enumerate(found)
    ]


def _keys(schema: Schema, cursor: JsonCursor, taken: set[str]) -> Iterator[Item]:
    required = schema.get("required", ())
    for place, (key, described) in enumerate(schemas.properties(schema)):
        if key.lower() not in taken:
            rank = place + (0 if key in required else 100)
            yield _key(key, described, cursor, rank, str(described.get("description", "")))


def _settings(wanted: dict[str, list[str]], cursor: JsonCursor, taken: set[str]) -> Iterator[Item]:
    """The settings that functions of the app name and that are not there."""
    there = {normalised(key) for key in taken}
    for name, users in wanted.items():
        if normalised(name) not in there:
            yield _key(name, {}, cursor, 0, f"used by {', '.join(users)}")


def _key(key: str, described: Schema, cursor: JsonCursor, rank: int, documentation: str) -> Item:
    text, snippet = f'"{key}"', None
    if cursor.followed_by != ":":
        value, place = _start_of(described)
        snippet = f"{escaped(text)}: {place}"
        text = f"{text}: {value}"
    return Item(
        key, "property", text, cursor.span, rank, str(described.get("type", "")), snippet, f'"{key}"', documentation
    )


def _start_of(described: Schema) -> tuple[str, str]:
    """A value to begin with, as text and as a snippet."""
    kind, proposed = described.get("type", "string"), schemas.values(described)
    if kind in ("object", "array"):
        opening, closing = ("{", "}") if kind == "object" else ("[", "]")
        return opening + closing, f"{opening}$1{escaped(closing)}$0"
    if proposed:
        text = json.dumps(proposed[0])
        return text, f"${{1:{escaped(text)}}}"
    return ('""', '"$1"') if kind == "string" else ("0", "${1:0}")


def hover_json(app: App, path: str, text: str, line: int, column: int) -> Hover | None:
    """What a key or value of a file means; settings are told without their values."""
    schema = schemas.schema_of(Path(path).name)
    root = read_json(text).root if schema else None
    found = _member_at(root, line, column, ()) if root else None
    if schema is None or found is None:
        return None
    member, steps = found
    parts = [_described(schemas.at(schema, steps))]
    if Path(path).name == LOCAL and _steps(steps[:-1]) == ("values",):
        users = _needed(app).get(member.key)
        known = app.settings.connection(member.key) if users else None
        parts.append(told(app, member.key) if known else "")
        parts.append(f"Used by {', '.join(users)}." if users else "")
    written = "\n\n".join(part for part in parts if part)
    return Hover(written, member.key_span) if written else None


def _described(schema: Schema) -> str:
    lines = [str(schema.get("description", ""))]
    if "default" in schema:
        lines.append(f"Default: `{json.dumps(schema['default'])}`")
    if "enum" in schema:
        lines.append("One of " + ", ".join(f"`{json.dumps(value)}`" for value in schema["enum"]))
    return "\n\n".join(line for line in lines if line)


def _member_at(
    node: Node, line: int, column: int, steps: tuple[str | int, ...]
) -> tuple[Member, tuple[str | int, ...]] | None:
    """The innermost member whose key or value holds a position, with its path."""
    for member in node.members:
        inner = (*steps, member.key)
        if member.value and member.value.span.holds(line, column):
            return _member_at(member.value, line, column, inner) or (
                (member, inner) if not member.value.members else None
            )
        if member.key_span.holds(line, column):
            return member, inner
    for number, item in enumerate(node.items):
        if item.span.holds(line, column):
            return _member_at(item, line, column, (*steps, number))
    return None


def _object(root: Node | None, path: tuple[str | int, ...]) -> tuple[Member, ...]:
    """The members of the object at a path."""
    node = root
    for step in path:
        if node is None:
            return ()
        node = node.get(step) if isinstance(step, str) else next(iter(node.items[step : step + 1]), None)
    return node.members if node else ()


def _needed(app: App) -> dict[str, list[str]]:
    """The settings that the app's functions name, with these functions."""
    found: dict[str, list[str]] = {}
    for function in app.indexed:
        for name, _ in settings_of(function):
            users = found.setdefault(name, [])
            if function.definition.name not in users:
                users.append(function.definition.name)
    return found


def _is_storage(app: App, name: str) -> bool:
    """Whether a setting is a connection to a storage account."""
    return any(_names_storage(function, name) for function in app.indexed)


def _names_storage(function: Function, name: str) -> bool:
    uses = ((use, parameter) for use in function.uses for parameter in (use.known.parameters if use.known else ()))
    return any(
        parameter.kind == "connection" and parameter.connection_default == _STORAGE and use.text(parameter.name) == name
        for use, parameter in uses
    )


def _steps(path: tuple[str | int, ...]) -> tuple[Any, ...]:
    return tuple(step.lower() if isinstance(step, str) else step for step in path)
