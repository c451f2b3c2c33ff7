"""Whether a value fits a JSON schema: as the package jsonschema has it, with the place and the reason."""

from __future__ import annotations

from typing import Any

import jsonschema
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pystein_runtime.mcp import tool_schema
from pystein_runtime.mcp.catalog import McpError
from pystein_runtime.mcp.json_schema import WHOLE, problems

ADDRESS = {
    "type": "object",
    "properties": {"street": {"type": "string", "minLength": 2}, "number": {"type": ["integer", "null"], "minimum": 1}},
    "required": ["street"],
    "additionalProperties": False,
}
ORDER = {
    "type": "object",
    "properties": {
        "to": {"$ref": "#/$defs/address"},
        "items": {"type": "array", "items": {"enum": ["tea", "milk"]}, "minItems": 1, "uniqueItems": True},
        "when": {"anyOf": [{"type": "integer"}, {"type": "string", "pattern": "^[0-9]+h$"}]},
        "not_now": {"not": {"const": "now"}},
    },
    "required": ["to"],
    "additionalProperties": False,
    "$defs": {"address": ADDRESS},
}


@pytest.mark.parametrize(("arguments", "why"), [
    ({}, "One or more required tool properties are missing values. Please provide: to"),
    ({"to": 5}, "The argument 'to' must be of type object, not integer."),
    ({"to": {}}, "The argument 'to' must have 'street'."),
    ({"to": {"street": "x"}}, "The argument 'to'.street must have at least 2 characters, not 1."),
    ({"to": {"street": "xy", "number": 0}}, "The argument 'to'.number must be at least 1, not 0."),
    ({"to": {"street": "xy", "number": "1"}}, "The argument 'to'.number must be of type integer or null, not string."),
    ({"to": {"street": "xy", "town": "z"}}, "The argument 'to'.town is not allowed."),
    ({"to": {"street": "xy"}, "items": []}, "The argument 'items' must have at least 1 items, not 0."),
    ({"to": {"street": "xy"}, "items": ["tea", "tea"]}, "The argument 'items' must not have the same item twice."),
    ({"to": {"street": "xy"}, "items": ["tea", "gin"]}, "The argument 'items'[1] must be one of tea, milk."),
    ({"to": {"street": "xy"}, "when": "soon"},
     "The argument 'when' is none of what it may be. 'when' must be of type integer, not string. 'when' must match ^[0-9]+h$."),
    ({"to": {"street": "xy"}, "not_now": "now"}, "The argument 'not_now' is what it must not be."),
    ({"to": {"street": "xy"}, "extra": 1}, "The argument 'extra' is not allowed."),
])  # fmt: skip
def test_what_a_tools_schema_forbids(arguments: dict[str, Any], why: str) -> None:
    with pytest.raises(McpError) as refusal:
        tool_schema.check(ORDER, arguments)
    assert str(refusal.value) == why


def test_what_it_allows() -> None:
    tool_schema.check(
        ORDER, {"to": {"street": "xy", "number": None}, "items": ["tea"], "when": "2h", "not_now": "later"}
    )
    tool_schema.check(ORDER, {"to": {"street": "xy"}, "items": None})  # not given, as on the platform
    circle = {"$ref": "#/$defs/a"}
    tool_schema.check(
        {"type": "object", "$defs": {"a": {"anyOf": [circle] * 9, "allOf": [circle] * 9}}, **circle}, {"b": 1}
    )
    tool_schema.check({"type": "object", "properties": {"a": {"pattern": "(?<x>"}}}, {"a": "b"})  # .NET's pattern


values = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-3, 3)
    | st.sampled_from([0.5, 1.0, -2.0])
    | st.sampled_from(["", "a", "ab", "1"]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from("xyz"), inner, max_size=3),
    max_leaves=6,
)
kinds = st.sampled_from(["string", "integer", "number", "boolean", "object", "array", "null"])


def keywords(inner: st.SearchStrategy[Any]) -> st.SearchStrategy[dict[str, Any]]:
    small = st.integers(0, 2)
    return st.fixed_dictionaries({}, optional={
        "type": kinds | st.lists(kinds, min_size=1, max_size=2, unique=True), "enum": st.lists(values, min_size=1, max_size=3),
        "const": values,
        "minimum": st.integers(-2, 2), "maximum": st.integers(-2, 2), "exclusiveMinimum": small, "exclusiveMaximum": small,
        "minLength": small, "maxLength": small, "minItems": small, "maxItems": small, "minProperties": small,
        "maxProperties": small, "pattern": st.sampled_from(["a", "^[0-9]$"]), "uniqueItems": st.booleans(), "items": inner,
        "required": st.lists(st.sampled_from("xyz"), max_size=2, unique=True),
        "properties": st.dictionaries(st.sampled_from("xyz"), inner, max_size=2), "additionalProperties": inner,
        "anyOf": st.lists(inner, min_size=1, max_size=2), "oneOf": st.lists(inner, min_size=1, max_size=2),
        "allOf": st.lists(inner, min_size=1, max_size=2), "not": inner, "$ref": st.just("#/$defs/a"),
    })  # fmt: skip


schemas = st.recursive(st.booleans() | keywords(st.booleans()), keywords, max_leaves=4)


@settings(max_examples=400, deadline=None)
@given(schema=schemas.filter(lambda it: isinstance(it, dict)), value=values)
def test_it_agrees_with_jsonschema(schema: dict[str, Any], value: Any) -> None:
    whole = {**schema, "$defs": {"a": {"type": ["string", "array", "object"]}}}
    assert (next(problems(whole, value, WHOLE), None) is None) == jsonschema.Draft202012Validator(whole).is_valid(value)
