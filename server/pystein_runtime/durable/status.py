"""What clients are shown of instances and entities (azure-functions-durable-extension, `StatusResponsePayload`)."""

from __future__ import annotations

import json
from datetime import datetime, timezone
from typing import TYPE_CHECKING, Any

from . import events as ev

if TYPE_CHECKING:
    from collections.abc import Iterable

    from .model import Event, Instance

_SCHEDULED = {ev.TASK_SCHEDULED, ev.ORCHESTRATION_CREATED, ev.TIMER_CREATED}
_ENDS = {
    ev.TASK_COMPLETED: "TaskScheduledId", ev.TASK_FAILED: "TaskScheduledId",
    ev.ORCHESTRATION_COMPLETED: "TaskScheduledId", ev.ORCHESTRATION_FAILED: "TaskScheduledId",
    ev.TIMER_FIRED: "TimerId",
}  # fmt: skip
_HIDDEN = {ev.ORCHESTRATOR_STARTED, ev.ORCHESTRATOR_COMPLETED, ev.TASK_SCHEDULED, ev.ORCHESTRATION_CREATED}
_VALUES = ("Result", "Input")


def of_instance(instance: Instance, *, show_input: bool = True) -> dict[str, Any]:
    """The status of an instance."""
    return {
        "name": instance.name,
        "instanceId": instance.id,
        "runtimeStatus": instance.status,
        "input": _value(instance.input) if show_input else None,
        "customStatus": _value(instance.custom),
        "output": _value(instance.output),
        "createdTime": _moment(instance.created),
        "lastUpdatedTime": _moment(instance.updated),
    }


def history(episodes: Iterable[str], *, show_output: bool, show_input: bool = False) -> list[dict[str, Any]]:
    """A history as clients are shown it: what was scheduled is part of what became of it.

    Raises:
        ValueError, LookupError, TypeError: it cannot be read.
    """
    events = [json.loads(text) for episode in episodes for text in episode.split("\n")]
    scheduled = {event["EventId"]: event for event in events if event["EventType"] in _SCHEDULED}
    return [
        _shown(event, scheduled, show_output=show_output, show_input=show_input)
        for event in events
        if event["EventType"] not in _HIDDEN
    ]


def _shown(event: Event, scheduled: dict[int, Event], *, show_output: bool, show_input: bool) -> dict[str, Any]:
    kind = event["EventType"]
    shown: dict[str, Any] = {"EventType": ev.NAMES.get(kind, str(kind)), "Timestamp": event["Timestamp"]}
    if kind in _ENDS:
        begin = scheduled.get(event[_ENDS[kind]], {})
        shown["ScheduledTime"] = begin.get("Timestamp")
        if "Name" in begin:
            shown["FunctionName"] = begin["Name"]
    elif kind == ev.EXECUTION_STARTED:
        shown["FunctionName"] = event["Name"]
    for name in ("Name", "FireAt", "Reason", "Details", "OrchestrationStatus", "InstanceId"):
        if name in event and kind != ev.EXECUTION_STARTED:
            shown[name] = event[name]
    for name, wanted in zip(_VALUES, (show_output, show_input or kind == ev.EVENT_RAISED), strict=True):
        if wanted and name in event:
            shown[name] = _value(event[name])
    return shown


def of_entity(id_: str, state: str, updated: float, *, fetch_state: bool) -> dict[str, Any]:
    """An entity in a list of entities."""
    _, name, key = id_.split("@", 2)
    shown: dict[str, Any] = {"entityId": {"name": name, "key": key}, "lastOperationTime": _moment(updated)}
    return {**shown, "state": _value(state)} if fetch_state else shown


def _value(text: str | None) -> Any:
    """JSON, or the text itself where it is none."""
    if text is None:
        return None
    try:
        return json.loads(text)
    except (ValueError, TypeError):
        return text


def _moment(seconds: float) -> str:
    return f"{datetime.fromtimestamp(seconds, timezone.utc):%Y-%m-%dT%H:%M:%S}Z"
