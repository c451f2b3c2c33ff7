"""The `eventGrid` output: every element of what the function set becomes an event; those of one call are sent at once.

Rules: azure-sdk-for-net, `EventGridAsyncCollector`: the first event says which of the two schemas all of them have.
"""

from __future__ import annotations

import json
from datetime import datetime, timezone
from typing import TYPE_CHECKING, Any

from pystein_runtime.host.connections import event_grid as event_grid_topics

from . import BindingError
from .values import bodies

if TYPE_CHECKING:
    from pystein_runtime.host.functions import Binding
    from pystein_runtime.host.settings import Settings
    from pystein_runtime.worker.messages import Datum

    from . import Context

_EVENT_GRID = ("id", "subject", "eventType", "dataVersion")
_CLOUD = ("id", "source", "type", "specversion")


def is_local(settings: Settings, binding: Binding) -> bool:
    """Whether a binding means the local cloud."""
    return event_grid_topics.is_local(settings, binding)


async def write(context: Context, datum: Datum) -> None:
    """Send what was set.

    Raises:
        BindingError: a value that is no event.
        ServiceError: the service is out of reach or refuses.
    """
    name = event_grid_topics.name_of(context.binding)
    events = [_parsed(body) for body in bodies(datum)]
    if not events:
        return
    required = _CLOUD if "specversion" in events[0] else _EVENT_GRID
    for event in events:
        missing = [item for item in required if not event.get(item)]
        if missing:
            kind = "CloudEvent" if required is _CLOUD else "Event Grid event"
            raise BindingError(f"An output of {context.binding.name} is no {kind}: it has no {', '.join(missing)}.")
        if required is _EVENT_GRID and not event.get("eventTime"):
            event["eventTime"] = datetime.now(timezone.utc).isoformat()
    await context.services.event_grid(name).publish(name.partition(";")[0], events)


def _parsed(body: bytes) -> dict[str, Any]:
    try:
        event = json.loads(body)
    except (ValueError, RecursionError):
        event = None
    if not isinstance(event, dict):
        raise BindingError("An event must be a JSON object.")
    return event
