"""The triggers of Durable Functions: their listener is the app's task hub."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from pystein_runtime.host.bindings import BindingError
from pystein_runtime.worker.messages import Datum

from . import BY_HAND, Event
from .metadata import combine

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pystein_runtime.host.functions import Function

    from . import Listener, Listening


def create(_functions: Sequence[Function], host: Listening) -> list[Listener]:
    """One listener for all functions of a kind."""
    return [_Opened(host)]


class _Opened:
    """Keeps the task hub open while the functions are there."""

    label = "durable functions"

    def __init__(self, host: Listening) -> None:
        self._host = host

    async def start(self) -> None:
        """Run what there is to run, also what an earlier host has left."""
        if self._host.task_hub is not None:
            self._host.task_hub.hub.open(recover=True)

    async def stop(self, seconds: float) -> None:
        """Begin nothing new, unless the next listener is there already."""
        if self._host.task_hub is not None:
            await self._host.task_hub.hub.close(seconds)


def sample(function: Function) -> Any:
    """An event to begin with: an orchestrator's or an activity's input; an entity's operation."""
    if function.trigger_type == "entitytrigger":
        return {"key": "sample", "operation": "get", "input": None}
    return None if function.trigger_type == "orchestrationtrigger" else "sample"


async def from_data(function: Function, data: str, _host: Listening) -> Event:
    """The event of an input: JSON, or text."""
    try:
        value = json.loads(data) if data.strip() else None
    except ValueError:
        value = data
    if function.trigger_type == "entitytrigger" and not (isinstance(value, dict) and value.get("operation")):
        raise BindingError(
            f'{function.name} is run with an object such as {{"key": "k", "operation": "add", "input": 1}}.'
        )
    metadata, binding_data = combine({}, data)
    return Event(Datum("json", json.dumps(value)), metadata, {**binding_data, "data": value}, BY_HAND)
