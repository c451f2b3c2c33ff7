"""An instance's history as a picture: what it called, when, and what became of it; as JSON and as a page of its own."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

from . import events as ev
from .model import HTTP_ACTIVITY

if TYPE_CHECKING:
    from collections.abc import Iterable

    from .model import Event, Instance

_ENDS = {
    ev.TASK_COMPLETED: "TaskScheduledId", ev.TASK_FAILED: "TaskScheduledId",
    ev.ORCHESTRATION_COMPLETED: "TaskScheduledId", ev.ORCHESTRATION_FAILED: "TaskScheduledId",
    ev.TIMER_FIRED: "TimerId",
}  # fmt: skip


def of(instance: Instance, episodes: Iterable[str]) -> dict[str, Any]:
    """The timeline of the instance's current execution.

    Raises:
        ValueError, LookupError, TypeError: the history cannot be read.
    """
    spans: dict[Any, dict[str, Any]] = {}
    turns = []
    for episode in episodes:
        events = [json.loads(text) for text in episode.split("\n")]
        turns.append({"started": events[0]["Timestamp"], "ended": events[-1]["Timestamp"], "events": len(events)})
        for event in events:
            _add(spans, event)
    return {
        "instanceId": instance.id,
        "name": instance.name,
        "runtimeStatus": instance.status,
        "created": ev.iso(instance.created),
        "updated": ev.iso(instance.updated),
        "input": _value(instance.input),
        "output": _value(instance.output),
        "customStatus": _value(instance.custom),
        "turns": turns,
        "spans": list(spans.values()),
    }


def _add(spans: dict[Any, dict[str, Any]], event: Event) -> None:
    kind, number = event["EventType"], event["EventId"]
    if kind == ev.TASK_SCHEDULED:
        name = event["Name"]
        spans[number] = _begin(event, "http" if name == HTTP_ACTIVITY else "activity", name, _value(event.get("Input")))
    elif kind == ev.ORCHESTRATION_CREATED:
        child = {"instanceId": event["InstanceId"]}
        spans[number] = {**_begin(event, "orchestration", event["Name"], _value(event.get("Input"))), **child}
    elif kind == ev.TIMER_CREATED:
        spans[number] = _begin(event, "timer", "retry" if "_retry" in event else "timer", event["FireAt"])
    elif kind == ev.EVENT_SENT:
        _add_sent(spans, event)
    elif kind == ev.EVENT_RAISED and "_reply" in event:
        reply = json.loads(event["Input"])
        _end(spans, event["Name"], event, _value(reply["result"]), failed="exceptionType" in reply)
    elif kind == ev.EVENT_RAISED:
        begin = _begin(event, "event", event["Name"], _value(event.get("Input")))
        spans["event", len(spans)] = {**begin, "ended": event["Timestamp"]}
    elif kind in _ENDS:
        failed = kind in {ev.TASK_FAILED, ev.ORCHESTRATION_FAILED}
        _end(
            spans, event[_ENDS[kind]], event, event["Reason"] if failed else _value(event.get("Result")), failed=failed
        )


def _add_sent(spans: dict[Any, dict[str, Any]], event: Event) -> None:
    request = ev.request_of(event)
    target = {"instanceId": event["InstanceId"]}
    if request is None:
        span = _begin(event, "event", event["Name"], _value(event["Input"]))
        spans[event["EventId"]] = {**span, **target, "ended": event["Timestamp"]}
        return
    kind = "signal" if request["signal"] else "entity"
    name = "lock" if "lockset" in request else request["op"]
    if "unlock" in request:
        kind, name = "entity", "unlock"
    span = {**_begin(event, kind, name, _value(request.get("input"))), **target}
    if request["signal"]:
        span["ended"] = event["Timestamp"]
    spans[("unlock", request["id"], event["InstanceId"]) if "unlock" in request else request["id"]] = span


def _begin(event: Event, kind: str, name: str, given: Any) -> dict[str, Any]:
    retry = event.get("_retry")
    attempt = {"attempt": retry["attempt"]} if retry is not None else {}
    return {"kind": kind, "name": name, "input": given, "scheduled": event["Timestamp"], "ended": None, **attempt}


def _end(spans: dict[Any, dict[str, Any]], key: Any, event: Event, value: Any, *, failed: bool) -> None:
    span = spans.get(key)
    if span is not None:
        span["ended"] = event["Timestamp"]
        span["error" if failed else "result"] = value


def _value(text: Any) -> Any:
    try:
        return json.loads(text)
    except (ValueError, TypeError):
        return text


def page() -> bytes:
    """The page: it fetches the JSON from its own address."""
    return Path(__file__).with_suffix(".html").read_bytes()
