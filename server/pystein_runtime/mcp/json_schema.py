"""Whether a value is what a JSON schema says (draft 2020-12, https://json-schema.org/draft/2020-12/json-schema-validation).

What tools' schemas are made of is known: types, enumerations, bounds, properties, items, combinations, references within the
schema. Other keywords say nothing here: a value is refused only for what is certain.
"""

from __future__ import annotations

import operator
import re
import sys
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

_TYPES: dict[str, tuple[type, ...]] = {
    "string": (str,), "integer": (int,), "number": (int, float), "boolean": (bool,), "object": (dict,), "array": (list,),
    "null": (type(None),),
}  # fmt: skip
WHOLE = "What is given"
"""The place of an object that has no name of its own."""
_BOUNDS: dict[str, tuple[Callable[[Any, Any], bool], str]] = {
    "minimum": (operator.ge, "at least"), "maximum": (operator.le, "at most"),
    "exclusiveMinimum": (operator.gt, "more than"), "exclusiveMaximum": (operator.lt, "less than"),
}  # fmt: skip
_SIZES: tuple[tuple[type[str | list[Any] | dict[str, Any]], str, str, str], ...] = (
    (str, "minLength", "maxLength", "characters"), (list, "minItems", "maxItems", "items"),
    (dict, "minProperties", "maxProperties", "properties"),
)  # fmt: skip


def problems(
    schema: Any, value: Any, place: str, root: Any = None, followed: frozenset[tuple[str, int]] = frozenset()
) -> Iterator[str]:
    """What is wrong with a value, in sentences that begin with its place.

    Args:
        schema: what it must be.
        value: as JSON has it.
        place: how it is called: `'name'`; WHOLE: an object whose properties are called by their names alone.
        root: the schema that references begin in; None: this one.
        followed: the references that led to this very value: one that comes again says nothing new.
    """
    root = schema if root is None else root
    if schema is False:
        yield f"{place} is not allowed."
    if not isinstance(schema, dict):
        return

    def inside(inner: Any, item: Any, where: str = place) -> Iterator[str]:
        return problems(inner, item, where, root, followed)

    reference = schema.get("$ref")
    if isinstance(reference, str) and (step := (reference, id(value))) not in followed:
        yield from problems(_target(root, reference), value, place, root, followed | {step})
    kinds = schema.get("type")
    names = [kinds] if isinstance(kinds, str) else kinds if isinstance(kinds, list) else []
    if names and not any(_is(str(kind), value) for kind in names):
        yield f"{place} must be of type {' or '.join(map(str, names))}, not {_name(value)}."
        return
    for choices in (schema.get("enum"), [schema["const"]] if "const" in schema else None):
        if isinstance(choices, list) and not any(_same(choice, value) for choice in choices):
            yield f"{place} must be one of {', '.join(map(str, choices))}."
            return
    yield from _bounds(schema, value, place)
    if isinstance(value, dict):
        yield from _properties(schema, value, place, inside)
    if isinstance(value, list) and "items" in schema and "prefixItems" not in schema:
        for number, item in enumerate(value):
            yield from inside(schema["items"], item, f"{place}[{number}]")
    yield from _combined(schema, value, place, inside)


def _bounds(schema: Mapping[str, Any], value: Any, place: str) -> Iterator[str]:
    if isinstance(value, int | float) and not isinstance(value, bool):
        for name, (fits, words) in _BOUNDS.items():
            if (bound := _number(schema, name)) is not None and not fits(value, bound):
                yield f"{place} must be {words} {bound}, not {value}."
    for kind, lowest, highest, unit in _SIZES:
        if isinstance(value, kind):
            if (bound := _number(schema, lowest)) is not None and len(value) < bound:
                yield f"{place} must have at least {bound} {unit}, not {len(value)}."
            if (bound := _number(schema, highest)) is not None and len(value) > bound:
                yield f"{place} must have at most {bound} {unit}, not {len(value)}."
    pattern = schema.get("pattern")
    if isinstance(value, str) and isinstance(pattern, str) and _lacks(pattern, value):
        yield f"{place} must match {pattern}."
    if isinstance(value, list) and schema.get("uniqueItems") is True and _repeats(value):
        yield f"{place} must not have the same item twice."


def _properties(
    schema: Mapping[str, Any], value: Mapping[str, Any], place: str, inside: Callable[..., Iterator[str]]
) -> Iterator[str]:
    required, known = schema.get("required"), schema.get("properties")
    for name in required if isinstance(required, list) else []:
        if name not in value:
            yield f"{place} must have '{name}'."
    known = known if isinstance(known, dict) else {}
    for name, item in value.items():
        if name in known:
            yield from inside(known[name], item, _within(place, name))
        elif "additionalProperties" in schema and "patternProperties" not in schema:
            yield from inside(schema["additionalProperties"], item, _within(place, name))


def _combined(schema: Mapping[str, Any], value: Any, place: str, inside: Callable[..., Iterator[str]]) -> Iterator[str]:
    for each in _list(schema, "allOf"):
        yield from inside(each, value)
    for name, most, words in (("anyOf", sys.maxsize, "none of"), ("oneOf", 1, "not exactly one of")):
        found = [next(inside(each, value), None) for each in _list(schema, name)]
        if found and not 1 <= found.count(None) <= most:
            reasons = " ".join(reason for reason in found if reason is not None)
            yield f"{place} is {words} what it may be. {reasons}".rstrip()
    if "not" in schema and next(inside(schema["not"], value), None) is None:
        yield f"{place} is what it must not be."


def _within(place: str, name: str) -> str:
    return f"{place}.{name}" if place != WHOLE else f"'{name}'"


def _target(root: Any, reference: str) -> Any:
    """What a reference within the schema names; nothing is known of others."""
    if not reference.startswith("#"):
        return {}
    found = root
    for part in filter(None, reference[1:].split("/")):
        found = found.get(part.replace("~1", "/").replace("~0", "~"), {}) if isinstance(found, dict) else {}
    return found


def _list(schema: Mapping[str, Any], name: str) -> list[Any]:
    found = schema.get(name)
    return found if isinstance(found, list) else []


def _number(schema: Mapping[str, Any], name: str) -> int | float | None:
    found = schema.get(name)
    return found if isinstance(found, int | float) and not isinstance(found, bool) else None


def _lacks(pattern: str, value: str) -> bool:
    try:
        return re.search(pattern, value) is None
    except re.error:  # of another dialect than Python's
        return False


def _repeats(items: list[Any]) -> bool:
    return any(_same(one, other) for number, one in enumerate(items) for other in items[:number])


def _is(kind: str, value: Any) -> bool:
    classes = _TYPES.get(kind)
    if classes is None:
        return True  # a type that JSON schema does not know says nothing
    if isinstance(value, bool):
        return kind == "boolean"
    return isinstance(value, classes) or (kind == "integer" and isinstance(value, float) and value.is_integer())


def _same(one: Any, other: Any) -> bool:
    """Whether two values are equal in JSON, where 1 is 1.0 and not true."""
    if isinstance(one, bool) or isinstance(other, bool):
        return one is other
    if isinstance(one, list) and isinstance(other, list):
        return len(one) == len(other) and all(map(_same, one, other))
    if isinstance(one, dict) and isinstance(other, dict):
        return one.keys() == other.keys() and all(_same(item, other[name]) for name, item in one.items())
    return bool(one == other)


def _name(value: Any) -> str:
    if isinstance(value, bool):
        return "boolean"
    return next(name for name, classes in _TYPES.items() if isinstance(value, classes))
