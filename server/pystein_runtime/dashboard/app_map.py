"""The app as a map: what sets its functions off, what they read and what they write to."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pystein_runtime.host import overview
from pystein_runtime.host.settings import shown

from . import values

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pystein_runtime.host.app_host import AppHost
    from pystein_runtime.host.functions import Binding, Function
    from pystein_runtime.host.history import Counts

_PLACES = (
    "queueName", "path", "schedule", "topicName", "eventHubName", "tableName", "route", "activity", "orchestration",
    "entityName", "hubName", "toolName", "promptName", "channel", "key", "topic", "uri", "commandText",
    "topicEndpointUri", "command",
)  # fmt: skip
"""Properties that say where a binding leads, by its type one of them."""


def functions(host: AppHost) -> list[dict[str, Any]]:
    """The functions with their bindings and how often they have run."""
    details = dict(overview.rows(host))
    return [
        {
            "name": function.name,
            "detail": details[function.name],
            "trigger": function.trigger.type,
            "disabled": function.disabled,
            "file": function.file,
            "line": function.line,
            "url": host.address_of(function),
            "bindings": _bindings(function, host),
            **_counts(host.history.counts.get(function.name)),
        }
        for function in host.app.functions.functions.values()
    ]


def _bindings(function: Function, host: AppHost) -> list[dict[str, Any]]:
    """The bindings; the place of an HTTP trigger is its methods and its path."""
    own = [(function.trigger, "trigger"), *((each, "in") for each in function.inputs)]
    own += [(each, "out") for each in function.outputs]
    return [
        {
            "name": binding.name,
            "type": binding.type,
            "direction": direction,
            "service": service_of(binding.type),
            "place": _request(function, host) if direction == "trigger" else place_of(binding),
            "connection": shown(binding.text("connection")) or None,
        }
        for binding, direction in own
    ]


def _request(function: Function, host: AppHost) -> str:
    """What a function answers to: `POST /api/orders`; of other triggers their place."""
    route = next((route for route in host.app.routes.all if route.function.name == function.name), None)
    if route is None:
        return place_of(function.trigger)
    return f"{','.join(sorted(route.methods or ()))} /{route.template.text}".strip()


def service_of(type_: str) -> str:
    """What a binding leads to: triggers, inputs and outputs of a service have one name: `queue`."""
    name = type_[: -len("Trigger")] if type_.lower().endswith("trigger") else type_
    return name[:1].lower() + name[1:]


def place_of(binding: Binding) -> str:
    """Where it leads within its service: a queue's name, a path, a schedule; empty where nothing says so."""
    properties: Mapping[str, Any] = binding.properties
    database = properties.get("databaseName")
    if database:
        return f"{database}/{properties.get('containerName') or properties.get('collectionName') or ''}"
    found = next((str(properties[name]) for name in _PLACES if properties.get(name)), "")
    subscription = properties.get("subscriptionName")
    return f"{found}/{subscription}" if subscription else found


def _counts(counts: Counts | None) -> dict[str, Any]:
    if counts is None or counts.last is None:
        return {"succeeded": 0, "failed": 0, "last": None}
    last = counts.last
    return {
        "succeeded": counts.succeeded,
        "failed": counts.failed,
        "last": {
            "invocationId": last.id,
            "ok": last.ok,
            "started": values.moment(last.started),
            "durationMs": round(last.milliseconds, 1),
        },
    }
