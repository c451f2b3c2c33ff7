"""The arguments of a tool: their JSON schema, made of `toolProperties`, and whether a call's arguments fit it.

Shape of the schema and the text on missing values: azure-functions-mcp-extension, `PropertyBasedToolInputSchema` and
`ToolInputSchema`. The platform checks only that required values are there; that the others have the schema's types is
checked here besides, because a client that breaks the schema is a mistake that one wants to see.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from .catalog import McpError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

_TYPES: dict[str, tuple[type, ...]] = {
    "string": (str,),
    "integer": (int,),
    "number": (int, float),
    "boolean": (bool,),
    "object": (dict,),
    "array": (list,),
}


def from_properties(text: str) -> dict[str, Any]:
    """The schema of a `toolProperties` text; of an empty one, a schema without arguments.

    Raises:
        ValueError: it is no JSON array of properties; the text says what is wrong.
    """
    described = json.loads(text) if text.strip() else []
    if not isinstance(described, list) or not all(isinstance(item, dict) for item in described):
        raise ValueError("it must be a JSON array of objects")
    found = [{str(name).lower(): value for name, value in item.items()} for item in described]
    named = [item for item in found if str(item.get("propertyname") or "").strip()]
    required = [str(item["propertyname"]) for item in named if item.get("isrequired") is True]
    return {
        "type": "object",
        "properties": {str(item["propertyname"]): _property(item) for item in named},
        "required": list(dict.fromkeys(required)),
    }


def _property(described: Mapping[str, Any]) -> dict[str, Any]:
    kind = described.get("propertytype")
    if not isinstance(kind, str):
        raise ValueError(f"the property '{described['propertyname']}' has no propertyType")  # noqa: TRY004 - of a text
    inner: dict[str, Any] = {"type": kind}
    if described.get("enumvalues"):
        inner["enum"] = list(described["enumvalues"])
    shape = {"type": "array", "items": inner} if described.get("isarray") is True else inner
    return {**shape, "description": described.get("description") or ""}


def from_json(text: str, what: str) -> dict[str, Any]:
    """A whole schema that the app gives.

    Raises:
        ValueError: it is not one of an object.
    """
    schema = json.loads(text)
    if not isinstance(schema, dict) or schema.get("type") != "object":
        raise ValueError(f'{what} must be a JSON schema with "type": "object"')
    return schema


def check(schema: Mapping[str, Any], arguments: Mapping[str, Any]) -> None:
    """Hold a call's arguments against the tool's schema.

    Raises:
        McpError: a required value is missing, or a value is not what the schema says.
    """
    required = schema.get("required")
    names = [name for name in required if isinstance(name, str)] if isinstance(required, list) else []
    missing = [name for name in names if arguments.get(name) is None]
    if missing:
        raise McpError(f"One or more required tool properties are missing values. Please provide: {', '.join(missing)}")
    properties = schema.get("properties")
    for name, value in arguments.items():
        described = properties.get(name) if isinstance(properties, dict) else None
        if value is not None and isinstance(described, dict):
            for problem in _problems(described, value, f"'{name}'"):
                raise McpError(f"The argument {problem}")


def _problems(described: Mapping[str, Any], value: Any, place: str) -> Iterator[str]:
    kind = described.get("type")
    if isinstance(kind, str) and not _is(kind, value):
        yield f"{place} must be of type {kind}, not {_name(value)}."
    elif isinstance(described.get("enum"), list) and value not in described["enum"]:
        yield f"{place} must be one of {', '.join(map(str, described['enum']))}."
    elif isinstance(value, list) and isinstance(described.get("items"), dict):
        for number, item in enumerate(value):
            yield from _problems(described["items"], item, f"{place}[{number}]")


def _is(kind: str, value: Any) -> bool:
    classes = _TYPES.get(kind)
    if classes is None:
        return True  # a type that JSON schema does not know says nothing
    if isinstance(value, bool):
        return kind == "boolean"
    return isinstance(value, classes) or (kind == "integer" and isinstance(value, float) and value.is_integer())


def _name(value: Any) -> str:
    if isinstance(value, bool):
        return "boolean"
    return next((name for name, classes in _TYPES.items() if isinstance(value, classes)), "null")
