"""The arguments of a tool: their JSON schema, made of `toolProperties`, and whether a call's arguments fit it.

Shape of the schema and the text on missing values: azure-functions-mcp-extension, `PropertyBasedToolInputSchema` and
`ToolInputSchema`. The platform checks only that required values are there; that the others have the schema's types is
checked here besides, because a client that breaks the schema is a mistake that one wants to see.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from . import json_schema
from .catalog import McpError

if TYPE_CHECKING:
    from collections.abc import Mapping


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
    given = {name: value for name, value in arguments.items() if value is not None or name in names}
    rest = {name: part for name, part in schema.items() if name != "required"}
    problem = next(json_schema.problems(rest, given, json_schema.WHOLE, schema), None)
    if problem is not None:
        raise McpError(f"The argument {problem}" if problem.startswith("'") else problem)
