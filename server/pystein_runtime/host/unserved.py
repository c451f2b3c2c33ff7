"""What this host does not do itself, and why: bindings of services that have no local counterpart.

Their functions load and can be run by hand with a payload; what they set on such outputs is shown; and a value for such an
input is taken from `.pystein/inputs/<function>.<binding>.json` (or `.txt`).
"""

from __future__ import annotations

import json
from importlib import import_module
from typing import TYPE_CHECKING

from pystein_runtime.worker.messages import Datum

from . import bindings, triggers
from .bindings import BindingError
from .settings import shown

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from .functions import Binding, Function
    from .settings import Settings

_FOLDER = (".pystein", "inputs")
_WHY = (
    ("dapr", "it needs a Dapr sidecar"),
    (("assistant", "textcompletion", "embeddings", "semanticsearch"), "it calls a model of OpenAI"),
    ("signalr", "it needs Azure SignalR Service"),
    (("webpubsub", "socketio"), "it needs Azure Web PubSub"),
    ("sendgrid", "it sends mail by SendGrid"),
    ("twilio", "it sends messages by Twilio"),
    ("rabbitmq", "this version does not speak to RabbitMQ"),
    ("kusto", "it needs Azure Data Explorer"),
    ("connector", "it needs a connection of Azure Logic Apps"),
)  # by how the types begin, in lower case
_DATABASE = "'{name}' names no database; a local one in SQLite stands in, made by {name}.sql where that is there."
_STAND_INS = {
    "kafka": (
        "kafka",
        "'{name}' names no Kafka brokers that answer; a local one stands in, which keeps all in memory.",
    ),
    "sql": ("sql", _DATABASE),
    "mysql": ("sql", _DATABASE),
    "redis": ("redis", "'{name}' names no Redis that answers; a local one stands in."),
}
"""What knows whether the local cloud is meant, and what to say of it, by how the types begin."""
_BUILT_IN = {"httptrigger", "timertrigger"}


def why(kind: str) -> str:
    """Why bindings of a type are not served."""
    lower = kind.lower()
    return next((reason for start, reason in _WHY if lower.startswith(start)), "this version does not know it")


def notices(function: Function, settings: Settings) -> Iterator[str]:
    """What `start` has to say of a function's bindings: what is not served, and what the local cloud stands in for."""
    trigger = function.trigger
    if function.trigger_type not in _BUILT_IN and triggers.module_for(function) is None:
        yield f"'{function.name}': nothing listens for {trigger.type}: {why(trigger.type)}. Run it by hand."
    for binding in function.inputs:
        if bindings.reader(binding) is None:
            yield (
                f"'{function.name}': the input '{binding.name}' of type {binding.type} is not read: {why(binding.type)}."
                f" Its value is taken from {_file_name(function.name, binding)}."
            )
    for binding in function.outputs:
        if bindings.writer(binding) is None and binding.type.lower() not in bindings.OWN_OUTPUTS:
            yield (
                f"'{function.name}': the output '{binding.name}' of type {binding.type} is shown and not written:"
                f" {why(binding.type)}."
            )
    yield from _stand_ins((trigger, *function.inputs, *function.outputs), settings)


def _stand_ins(found: tuple[Binding, ...], settings: Settings) -> Iterator[str]:
    for binding in found:
        family = next((family for family in _STAND_INS if binding.type.lower().startswith(family)), None)
        if family is None:
            continue
        module, text = _STAND_INS[family]
        if import_module(f"{__package__}.connections.{module}").is_local(settings, binding):
            yield text.format(name=shown(bindings.place(binding)))


def read(binding: Binding, function: str, root: Path) -> Datum:
    """The value that somebody has put there for an input.

    Raises:
        BindingError: there is none.
    """
    name = _file_name(function, binding)
    for ending, kind in ((".json", "json"), (".txt", "string")):
        try:
            text = root.joinpath(*_FOLDER, f"{function}.{binding.name}{ending}").read_text("utf-8-sig")
        except (OSError, UnicodeDecodeError):
            continue
        if kind == "json":
            try:
                json.loads(text)
            except ValueError as error:
                raise BindingError(f"{name} is not JSON: {error}.") from error
        return Datum(kind, text)
    raise BindingError(
        f"'{binding.name}' of type {binding.type} is not read here: {why(binding.type)}. Put a value for it into {name}."
    )


def _file_name(function: str, binding: Binding) -> str:
    return "/".join((*_FOLDER, f"{function}.{binding.name}.json"))
