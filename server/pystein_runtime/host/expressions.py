"""`%SETTING%` and `{expression}` in the properties of bindings: the values that they stand for.

Facts: azure-webjobs-sdk, `BindingParameterResolver` and `BindingDataPathHelper`.
"""

from __future__ import annotations

import json
import uuid
from datetime import datetime, timezone
from functools import lru_cache
from typing import TYPE_CHECKING, Any, NamedTuple

from pystein_lsp.platform.expressions import Literal, Mistake, settings_in, template

from . import datetimes

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping


class ExpressionError(ValueError):
    """An expression is malformed or has no value."""


def resolve_settings(text: str, lookup: Callable[[str], str | None]) -> str:
    """The text with every `%NAME%` replaced by that setting.

    Raises:
        ExpressionError: a setting has no value, or a percent sign has no partner.
    """
    parts: list[str] = []
    position = 0
    for found in settings_in(text):
        if isinstance(found, Mistake):
            raise ExpressionError(found.refusal)
        value = lookup(found.name)
        if value is None:
            raise ExpressionError(f"'%{found.name}%' does not resolve to a value.")
        parts += text[position : found.offset], value
        position = found.offset + found.length
    parts.append(text[position:])
    return "".join(parts)


class Parameter(NamedTuple):
    """One `{name.path:format}` of a template."""

    path: tuple[str, ...]
    format: str | None


Template = tuple[str | Parameter, ...]


@lru_cache(maxsize=1024)
def parse(text: str) -> Template:
    """The parts of a template, `{{` and `}}` unescaped.

    Raises:
        ExpressionError: a bracket has no partner, or a name is empty or malformed.
    """
    parts: list[str | Parameter] = []
    for part in template(text):
        if isinstance(part, Mistake):
            raise ExpressionError(part.refusal)
        parts.append(part.text if isinstance(part, Literal) else Parameter(tuple(part.name.split(".")), part.format))
    return tuple(parts)


def parameters(text: str) -> list[str]:
    """The first names of a template's parameters."""
    return [part.path[0] for part in parse(text) if isinstance(part, Parameter)]


def fill(text: str, value: str) -> str:
    """The text with the same value for every parameter: an example of what it may stand for."""
    return "".join(part if isinstance(part, str) else value for part in parse(text))


def resolve(text: str, data: Mapping[str, Any], method: str = "") -> str:
    """The text with every `{expression}` replaced.

    Args:
        text: the template.
        data: binding data, names in lower case; values as JSON has them.
        method: the function's name, for `{sys.methodname}`.

    Raises:
        ExpressionError: the template is malformed or a parameter has no value.
    """
    if "{" not in text and "}" not in text:
        return text
    return "".join(part if isinstance(part, str) else _value(part, data, method) for part in parse(text))


def _value(parameter: Parameter, data: Mapping[str, Any], method: str) -> str:
    path, format_ = parameter
    name = path[0].lower()
    if name in data:
        return _text(_walk(parameter, data[name]), format_)
    if name == "rand-guid":
        return guid(uuid.uuid4(), format_ or "D")
    if name == "datetime":
        return datetimes.format(datetime.now(timezone.utc), format_ or datetimes.PATH)
    if name == "sys" and len(path) == 2:
        return _system(path[1].lower(), format_, method, parameter)
    raise ExpressionError(f"No value for named parameter '{'.'.join(path)}'.")


def _walk(parameter: Parameter, value: Any) -> Any:
    for step in parameter.path[1:]:
        if isinstance(value, dict):
            found = next((item for key, item in value.items() if key.lower() == step.lower()), None)
            if found is not None:
                value = found
                continue
        raise ExpressionError(
            f"Error while accessing '{step}': property doesn't exist (in '{'.'.join(parameter.path)}')."
        )
    return value


def _system(name: str, format_: str | None, method: str, parameter: Parameter) -> str:
    if name == "utcnow":
        return datetimes.format(datetime.now(timezone.utc), format_ or datetimes.PATH)
    if name == "randguid":
        return guid(uuid.uuid4(), format_ or "D")
    if name == "methodname":
        return method
    raise ExpressionError(f"No value for named parameter '{'.'.join(parameter.path)}'.")


def _text(value: Any, format_: str | None) -> str:
    if isinstance(value, str):
        if format_:
            moment = datetimes.parse(value)
            if moment is not None:
                return datetimes.format(moment, format_)
        return value
    if isinstance(value, datetime):
        return datetimes.format(value, format_ or datetimes.PATH)
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value)
    return json.dumps(value, ensure_ascii=False)


def guid(value: uuid.UUID, format_: str) -> str:
    """A GUID in one of .NET's formats: N, D, B, P, X.

    Raises:
        ExpressionError: another format.
    """
    match format_.upper():
        case "N":
            return value.hex
        case "D" | "":
            return str(value)
        case "B":
            return f"{{{value}}}"
        case "P":
            return f"({value})"
        case "X":
            tail = ",".join(f"0x{byte:02x}" for byte in value.bytes[8:])
            return f"{{0x{value.time_low:08x},0x{value.time_mid:04x},0x{value.time_hi_version:04x},{{{tail}}}}}"
    raise ExpressionError(f"'{format_}' is not a GUID format: use N, D, B, P or X.")


def payload_properties(text: str) -> dict[str, str | dict[str, Any]]:
    """The properties of a JSON object that become binding data, names as written.

    Scalars become text, arrays and nulls are left out (azure-functions-host, `Utility.ApplyBindingData`).
    """
    if text.lstrip()[:1] != "{":
        return {}
    try:
        value = json.loads(text)
    except (ValueError, RecursionError):
        return {}
    return {
        key: item if isinstance(item, dict) else _text(item, None)
        for key, item in value.items()
        if item is not None and not isinstance(item, list)
    }
