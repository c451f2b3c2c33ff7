"""Sending an event the way it really comes: a message into the trigger's queue, a blob into its container.

The outputs of the runtime do it, so that what is sent goes wherever the trigger listens.
"""

from __future__ import annotations

import contextlib
import json
from typing import TYPE_CHECKING, Any

from pystein_runtime.host import bindings, events
from pystein_runtime.host.bindings import BindingError, Context
from pystein_runtime.host.functions import Binding
from pystein_runtime.worker.messages import Datum

from .app_map import place_of
from .values import Unusable

if TYPE_CHECKING:
    from pystein_runtime.host.app_host import AppHost
    from pystein_runtime.host.functions import Function

_OUTPUTS = {
    "queuetrigger": "queue",
    "servicebustrigger": "serviceBus",
    "eventhubtrigger": "eventHub",
    "blobtrigger": "blob",
    "cosmosdbtrigger": "cosmosDB",
    "kafkatrigger": "kafka",
}
"""The output that writes to where a trigger listens."""


def can_send(function: Function, host: AppHost) -> bool:
    """Whether something can be put where the function's trigger finds it: not to a real service."""
    output = _output(function)
    return output is not None and bindings.writer(output) is not None and bindings.is_local(output, host.app.services)


def _output(function: Function) -> Binding | None:
    type_ = _OUTPUTS.get(function.trigger_type)
    return None if type_ is None else function.trigger._replace(type=type_, out=True)


def sample(function: Function, host: AppHost) -> dict[str, Any]:
    """What a function would be run with when nothing is said, for a form: the remembered event, or a made-up one.

    Raises:
        Unusable: the events file cannot be read.
    """
    try:
        text = events.remembered(host.app.plan.root, function)
    except BindingError as error:
        raise Unusable(str(error)) from error
    remembered = text is not None
    value: Any = text
    if text is None:
        value = events.sample(function, host.app.config.route_prefix)
    else:
        with contextlib.suppress(ValueError):
            value = json.loads(text)
    return {"function": function.name, "event": value, "remembered": remembered, "sendable": can_send(function, host)}


async def send(function: Function, host: AppHost, data: str) -> str:
    """Put an event where the function's trigger finds it; gives that place.

    Raises:
        Unusable: nothing can be sent to this trigger.
        BindingError, ServiceError, ...: the service refuses.
    """
    output = _output(function)
    if output is None or not can_send(function, host):
        raise Unusable(f"Nothing can be sent to {function.name}: run it instead.")
    if function.trigger_type == "blobtrigger":
        output, data = _blob(function, output, data)
    write = bindings.writer(output)
    assert write is not None
    context = Context(output, {}, function.name, host.app.services, host.app.config)
    await write(context, Datum("json" if _is_json(data) else "string", data))
    return place_of(output)


def _blob(function: Function, output: Binding, data: str) -> tuple[Binding, str]:
    """Where the blob goes and what is in it, of `{"path", "content"}` or of mere content."""
    sampled = events.sample(function, "")
    try:
        value = json.loads(data)
    except ValueError:
        value = None
    if isinstance(value, dict) and isinstance(value.get("path"), str):
        content = value.get("content", "")
        data = content if isinstance(content, str) else json.dumps(content)
        sampled = value
    return output._replace(properties={**output.properties, "path": sampled["path"]}), data


def _is_json(text: str) -> bool:
    try:
        json.loads(text)
    except ValueError:
        return False
    return True
