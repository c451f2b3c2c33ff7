"""The decorators that say what a function.json says. Which there are, and what they take, the catalogue knows."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from pystein_lsp.catalogue import catalogue
from pystein_lsp.catalogue.types import Decorator, Parameter
from pystein_lsp.fixes.migrate.old_function import OldFunction

FUNCTION_APP = "azure.functions.FunctionApp"
_DURABLE = ("orchestrationtrigger", "entitytrigger", "activitytrigger", "durableclient", "orchestrationclient")
_OF_EVERY_BINDING = ("type", "direction", "name")
_GENERIC = {"trigger": "generic_trigger", "in": "generic_input_binding", "out": "generic_output_binding"}


class Decorators(NamedTuple):
    """What goes above a function."""

    lines: tuple[str, ...]
    """Calls without the `@` and without the name of the container: `route(route="orders")`."""
    durable: bool
    kind: str
    """`orchestrator` and `entity` for functions that the durable package wraps, else empty."""
    clients: tuple[str, ...]
    """Parameters that receive a durable client where they received a text."""


class UnknownError(ValueError):
    """A binding that no decorator can say."""


def decorators_of(function: OldFunction) -> Decorators:
    """The decorators of a function, from top to bottom.

    Raises:
        UnknownError: one of its bindings cannot be said.
    """
    types = {binding["type"].lower() for binding in function.bindings}
    outputs = [each for each in function.bindings if each["type"].lower() == "http"]
    lines = [f"function_name({_value(function.name)})"]
    if function.retry:
        lines.append(_retry(function.retry))
    ordered = sorted(function.bindings, key=lambda binding: not binding["type"].lower().endswith("trigger"))
    lines += [_binding(binding, outputs) for binding in ordered if binding["type"].lower() != "http"]
    if not ordered or not ordered[0]["type"].lower().endswith("trigger"):
        raise UnknownError("it has no trigger")
    kind = "orchestrator" if "orchestrationtrigger" in types else "entity" if "entitytrigger" in types else ""
    clients = tuple(
        each["name"] for each in function.bindings if each["type"].lower() in ("durableclient", "orchestrationclient")
    )
    return Decorators(tuple(lines), bool(types & set(_DURABLE)), kind, clients)


def _binding(binding: Mapping[str, Any], outputs: list[Mapping[str, Any]]) -> str:
    kind = binding["type"].lower()
    if kind == "httptrigger":
        return _route(binding, outputs)
    if kind in ("orchestrationtrigger", "entitytrigger"):
        # the package's wrapper has this name for it, whatever the function calls its parameter
        return f'{"orchestration" if kind[0] == "o" else "entity"}_trigger(context_name="context")'
    if kind == "activitytrigger":
        return f"activity_trigger(input_name={_value(binding['name'])})"
    if kind in ("durableclient", "orchestrationclient"):
        return f"durable_client_input(client_name={_value(binding['name'])})"
    role = "trigger" if kind.endswith("trigger") else str(binding.get("direction", "in")).lower()
    if role not in _GENERIC:
        raise UnknownError(f"the direction '{role}' of its binding '{binding['name']}' has no decorator")
    ranked = sorted((_fit(each, binding), each.name, each) for each in _candidates(kind, role))
    for missing, _, decorator in ranked:
        if missing[0] == 0:
            return _call(decorator, binding)
    given = "".join(f", {_snake(key)}={_value(value)}" for key, value in _properties(binding))
    return f"{_GENERIC[role]}(arg_name={_value(binding['name'])}, type={_value(binding['type'])}{given})"


def _candidates(kind: str, role: str) -> Iterator[Decorator]:
    wanted = {"trigger": "trigger", "in": "input", "out": "output"}[role]
    for key in catalogue().classes[FUNCTION_APP].decorators:
        decorator = catalogue().decorators[key]
        if decorator.binding_type and decorator.binding_type.lower() == kind and decorator.role == wanted:
            yield decorator


def _fit(decorator: Decorator, binding: Mapping[str, Any]) -> tuple[int, int, bool]:
    """How badly a decorator fits: what it needs and does not get, what it gets and does not know, whether it is another's name."""
    given = {_snake(key) for key, _ in _properties(binding)}
    known = {parameter.name for parameter in decorator.parameters}
    missing = sum(
        parameter.required and parameter.kind not in ("arg_name", "connection") and parameter.name not in given
        for parameter in decorator.parameters
    )
    unknown = len(given - known)
    refused = unknown if not decorator.accepts_extra else 0
    return missing + refused, unknown, decorator.alias_of is not None


def _call(decorator: Decorator, binding: Mapping[str, Any]) -> str:
    known = {parameter.name: parameter for parameter in decorator.parameters}
    given = {_snake(key): value for key, value in _properties(binding)}
    arguments = [f"arg_name={_value(binding['name'])}"]
    arguments += [f"{name}={_argument(value, known.get(name))}" for name, value in given.items()]
    for parameter in decorator.parameters:
        if parameter.required and parameter.kind == "connection" and parameter.name not in given:
            arguments.append(f"{parameter.name}={_value(parameter.connection_default or '')}")
    return f"{decorator.name}({', '.join(arguments)})"


def _route(binding: Mapping[str, Any], outputs: list[Mapping[str, Any]]) -> str:
    arguments = []
    if isinstance(binding.get("route"), str):
        arguments.append(f"route={_value(binding['route'])}")
    methods = binding.get("methods")
    if isinstance(methods, list) and methods:
        arguments.append(f"methods={_value([str(each).upper() for each in methods])}")
    if isinstance(level := binding.get("authLevel"), str):
        arguments.append(f"auth_level=func.AuthLevel.{level.upper()}")
    if binding["name"] != "req":
        arguments.append(f"trigger_arg_name={_value(binding['name'])}")
    if outputs and outputs[0]["name"] != "$return":
        arguments.append(f"binding_arg_name={_value(outputs[0]['name'])}")
    return f"route({', '.join(arguments)})"


def _retry(retry: Mapping[str, Any]) -> str:
    arguments = {_snake(key): value for key, value in retry.items()}
    if isinstance(strategy := arguments.get("strategy"), str):
        arguments["strategy"] = _snake(strategy)
    if "max_retry_count" in arguments:
        arguments["max_retry_count"] = str(arguments["max_retry_count"])  # the library takes it as a text
    return f"retry({', '.join(f'{name}={_value(value)}' for name, value in arguments.items())})"


def _properties(binding: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    for key, value in binding.items():
        if key not in _OF_EVERY_BINDING:
            if not _snake(key).isidentifier():
                raise UnknownError(f"the property '{key}' of its binding '{binding['name']}' is no name in Python")
            yield key, value


def _argument(value: Any, parameter: Parameter | None) -> str:
    if parameter and parameter.kind == "enum" and isinstance(value, str) and value.upper() in parameter.choices:
        return _value(value.upper())
    return _value(value)


def _value(value: Any) -> str:
    """A JSON value as Python writes it, texts in double quotes."""
    if isinstance(value, str):
        return json.dumps(value, ensure_ascii=False)
    if isinstance(value, list):
        return f"[{', '.join(map(_value, value))}]"
    if isinstance(value, dict):
        return f"{{{', '.join(f'{_value(key)}: {_value(each)}' for key, each in value.items())}}}"
    return repr(value)


def _snake(name: str) -> str:
    return re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", name).lower()
