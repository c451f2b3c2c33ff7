"""Text with places to fill in, in the protocol's snippet syntax."""

from __future__ import annotations

from pystein_lsp.catalogue.types import Decorator, Parameter
from pystein_lsp.features.target import alias_of
from pystein_lsp.model.app import App
from pystein_lsp.model.module import Module

_NAMES = {
    "queueTrigger": "msg",
    "serviceBusTrigger": "msg",
    "eventHubTrigger": "event",
    "eventGridTrigger": "event",
    "timerTrigger": "timer",
    "blobTrigger": "blob",
    "httpTrigger": "req",
    "cosmosDBTrigger": "documents",
    "orchestrationTrigger": "context",
    "entityTrigger": "context",
    "activityTrigger": "value",
}
"""What people call the parameter of a trigger."""


def escaped(text: str) -> str:
    """A text as a snippet has it."""
    return text.replace("\\", "\\\\").replace("$", "\\$").replace("}", "\\}")


def call_snippet(decorator: Decorator) -> str:
    """The decorator with a place for each argument that it needs."""
    return f"{decorator.name}({_arguments(decorator)})$0"


def stack_snippet(decorator: Decorator, module: Module, app: App) -> str:
    """The decorator with the function below it; the parameter follows the name that is given to the binding."""
    wanted = [each for each in decorator.parameters if each.required]
    place = next((number for number, each in enumerate(wanted, 1) if each.kind == "arg_name"), None)
    name = (
        f"${{{place}}}"
        if place
        else next((default for _, default, way in decorator.default_names if way == "in"), "value")
    )
    annotation = next((each for each in decorator.value_types if each.startswith("azure.")), None)
    typed = f": {escaped(alias_of(module, app, annotation))}" if annotation else ""
    returns = "str" if decorator.binding_type == "httpTrigger" else "None"
    function = len(wanted) + 1
    head = f"{decorator.name}({_arguments(decorator)})"
    if decorator.binding_type == "orchestrationTrigger":
        returns = ""
    arrow = f" -> {returns}" if returns else ""
    return f"{head}\ndef ${{{function}:name}}({name}{typed}){arrow}:\n    $0"


def argument_snippet(parameter: Parameter, place: int, default: str = "") -> str:
    """An argument with a place for its value."""
    if takes_text(parameter):
        return f'{parameter.name}="${{{place}:{escaped(default)}}}"' if default else f'{parameter.name}="${place}"'
    return f"{parameter.name}=${place}"


def takes_text(parameter: Parameter) -> bool:
    """Whether the value is most naturally a string literal."""
    return parameter.annotation.startswith("str") or (parameter.kind == "" and '"' in parameter.annotation)


def _arguments(decorator: Decorator) -> str:
    wanted = [parameter for parameter in decorator.parameters if parameter.required]
    return ", ".join(
        argument_snippet(parameter, place, _default(decorator, parameter)) for place, parameter in enumerate(wanted, 1)
    )


def _default(decorator: Decorator, parameter: Parameter) -> str:
    if parameter.kind == "arg_name":
        return _NAMES.get(decorator.binding_type or "", "value" if decorator.role == "trigger" else "")
    if parameter.kind == "connection":
        return parameter.connection_default or ""
    return ""
