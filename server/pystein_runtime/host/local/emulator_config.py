"""The official emulators' `Config.json` in the app's folder: entities beyond those that triggers and bindings name.

Formats: Microsoft's "Service Bus emulator" (`Namespaces`) and "Event Hubs emulator" (`NamespaceConfig`).
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from pystein_lsp.platform.jsonc import EMPTY, JsonError, read_object
from pystein_runtime.cloud.bus import entities

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from pystein_runtime.cloud.store import Store

FILE = "Config.json"
_DURATION = re.compile(r"P(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+(?:\.\d+)?)S)?)?")


def apply(store: Store, root: Path, report: Callable[[str], None]) -> None:
    """Create what the file names; tells what in it cannot be used."""
    try:
        content: Any = (read_object(root / FILE) or EMPTY).plain()
        config = content.get("UserConfig")
        if isinstance(config, dict):
            with store.transaction():
                for namespace in config.get("Namespaces") or []:
                    _service_bus(store, namespace)
                for namespace in config.get("NamespaceConfig") or []:
                    _event_hubs(store, namespace)
    except (JsonError, entities.BusError) as error:
        report(f"{root / FILE}: {error}")
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        report(f"{root / FILE} is not as the emulators want it: {error!r}.")


def _service_bus(store: Store, namespace: dict[str, Any]) -> None:
    for queue in namespace.get("Queues") or []:
        entities.create_queue(store, queue["Name"], _options(queue))
    for topic in namespace.get("Topics") or []:
        entities.create_topic(store, topic["Name"])
        for item in topic.get("Subscriptions") or []:
            subscription = entities.create_subscription(store, topic["Name"], item["Name"], _options(item))
            if item.get("Rules"):
                for name in entities.rules(store, subscription):
                    entities.remove_rule(store, subscription, name)
                for rule in item["Rules"]:
                    entities.set_rule(store, subscription, rule["Name"], _filter(rule.get("Properties") or {}))


def _event_hubs(store: Store, namespace: dict[str, Any]) -> None:
    for hub in namespace.get("Entities") or []:
        groups = tuple(str(group["Name"]) for group in hub.get("ConsumerGroups") or [])
        partitions = hub.get("PartitionCount")
        entities.create_hub(store, hub["Name"], groups, None if partitions is None else int(partitions))


def _options(item: dict[str, Any]) -> entities.Options:
    properties = item.get("Properties") or {}
    detects = properties.get("RequiresDuplicateDetection") is True
    ttl = properties.get("DefaultMessageTimeToLive")
    return entities.Options(
        lock=_seconds(properties.get("LockDuration", "PT1M")),
        max_deliveries=int(properties.get("MaxDeliveryCount", 10)),
        sessions=properties.get("RequiresSession") is True,
        ttl=None if ttl is None else _seconds(ttl),
        dead_letter_expired=properties.get("DeadLetteringOnMessageExpiration") is True,
        duplicates=_seconds(properties.get("DuplicateDetectionHistoryTimeWindow", "PT10M")) if detects else 0.0,
    )


def _filter(properties: dict[str, Any]) -> dict[str, object]:
    if "SqlFilter" in properties:
        from pystein_runtime.cloud.bus import filters  # noqa: PLC0415 - seldom needed

        expression = properties["SqlFilter"]["SqlExpression"]
        filters.parse(expression)
        return {"kind": "sql", "expression": expression}
    if "CorrelationFilter" in properties:
        system = dict(properties["CorrelationFilter"])
        user = system.pop("Properties", {})
        system = {("label" if name.lower() == "subject" else name): value for name, value in system.items()}
        return {"kind": "correlation", "system": system, "properties": user}
    return {"kind": "true"}


def _seconds(text: str) -> float:
    found = _DURATION.fullmatch(text)
    if found is None:
        raise ValueError(f"'{text}' is no duration such as PT1M")
    days, hours, minutes, seconds = (float(part or 0) for part in found.groups())
    return ((days * 24 + hours) * 60 + minutes) * 60 + seconds
