"""What an installed azure-functions really has, as JSON on standard output.

Runs by itself in any interpreter, without this package, so that libraries of every Python can be looked at. Its text is given to
`python -` (run by its path it would find `types.py` beside it in place of the standard one). It imports the libraries and
applies each decorator once, to a function of its own.
"""

from __future__ import annotations

import enum
import importlib
import inspect
import json
import sys
from importlib.metadata import version
from typing import Any

CLASSES = {
    "azure.functions": ("FunctionApp", "Blueprint", "AsgiFunctionApp", "WsgiFunctionApp"),
    "azure.durable_functions": ("DFApp", "Blueprint"),
}
DISTRIBUTIONS = {"azure.functions": "azure-functions", "azure.durable_functions": "azure-functions-durable"}
NOT_DECORATORS = {"get_functions", "register_blueprint", "register_functions", "validate_function_names"}


def facts() -> dict[str, Any]:
    """Versions, classes with constructor and decorators, enums and public names; what cannot be imported is under `broken`."""
    found: dict[str, Any] = {"versions": {}, "broken": {}, "classes": {}, "enums": {}, "names": {}}
    for name, classes in CLASSES.items():
        try:
            module = importlib.import_module(name)
            found["versions"][DISTRIBUTIONS[name]] = version(DISTRIBUTIONS[name])
        except Exception as error:  # whatever a broken library raises is the answer
            found["broken"][DISTRIBUTIONS[name]] = f"{type(error).__name__}: {error}"
            continue
        found["names"][name] = sorted(item for item in dir(module) if not item.startswith("_"))
        for class_name in classes:
            if hasattr(module, class_name):
                found["classes"][f"{name}.{class_name}"] = _class(getattr(module, class_name))
        for item in found["names"][name]:
            value = getattr(module, item)
            if isinstance(value, type) and issubclass(value, enum.Enum):
                found["enums"][f"{name}.{item}"] = list(value.__members__)
    return found


def _class(cls: Any) -> dict[str, Any]:
    decorators = {}
    for name, member in inspect.getmembers(cls, inspect.isfunction):
        if not name.startswith("_") and name not in NOT_DECORATORS:
            decorators[name] = {**_signature(member), "bindings": _bindings(cls, name, member)}
    return {**_signature(cls.__init__), "decorators": decorators}


def _signature(function: Any) -> dict[str, Any]:
    parameters = []
    extra = False
    for parameter in list(inspect.signature(function).parameters.values())[1:]:
        if parameter.kind is parameter.VAR_KEYWORD:
            extra = True
        elif parameter.kind is not parameter.VAR_POSITIONAL:
            parameters.append({"name": parameter.name, "required": parameter.default is parameter.empty})
    return {"parameters": parameters, "extra": extra}


def _bindings(cls: Any, name: str, method: Any) -> list[list[str]]:
    """Type and direction of each binding that a decorator adds to a function; empty where it cannot be applied alone."""
    try:
        app = cls.__new__(cls)
        app._function_builders, app._app_script_file, app.startup_task_done = [], "function_app.py", False
        required = [item["name"] for item in _signature(method)["parameters"] if item["required"]]
        arguments = dict.fromkeys(required, "x")
        builder = getattr(app, name)(**arguments)(_function)
        return [
            [item["type"], item["direction"].name]
            for item in (binding.get_dict_repr() for binding in builder._function.get_bindings())
        ]
    except Exception:  # settings and wrapping decorators add no binding by themselves
        return []


async def _function(x: Any) -> None:
    """Something to decorate."""


if __name__ == "__main__":
    json.dump(facts(), sys.stdout)
