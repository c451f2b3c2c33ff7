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
_FAILURES = {ev.TASK_FAILED, ev.ORCHESTRATION_FAILED}


def of(instance: Instance, episodes: Iterable[str]) -> dict[str, Any]:
    """The timeline of the instance's current execution.

    Raises:
        ValueError, LookupError, TypeError: the history cannot be read.
    """
    spans = _Spans()
    turns: list[dict[str, Any]] = []
    replayed = 0
    for episode in episodes:
        events = [json.loads(text) for text in episode.split("\n")]
        moments = {"started": events[0]["Timestamp"], "ended": events[-1]["Timestamp"]}
        turns.append({**moments, "events": len(events), "replayedEvents": replayed})
        replayed += len(events)
        for event in events:
            spans.add(event)
    return {
        "instanceId": instance.id,
        "name": instance.name,
        "version": instance.version,
        "parentInstanceId": instance.parent,
        "runtimeStatus": instance.status,
        "created": ev.iso(instance.created),
        "updated": ev.iso(instance.updated),
        "input": _value(instance.input),
        "output": _value(instance.output),
        "customStatus": _value(instance.custom),
        "turns": turns,
        "spans": spans.found,
    }


class _Spans:
    """What an orchestration has called and waited for."""

    def __init__(self) -> None:
        self.found: list[dict[str, Any]] = []
        self._open: dict[int | str, dict[str, Any]] = {}

    def add(self, event: Event) -> None:
        """Take one event of the history into account."""
        kind, number = event["EventType"], event["EventId"]
        if kind == ev.TASK_SCHEDULED:
            http = event["Name"] == HTTP_ACTIVITY
            self._begin(number, event, "http" if http else "activity", event["Name"], event.get("Input"))
        elif kind == ev.ORCHESTRATION_CREATED:
            span = self._begin(number, event, "orchestration", event["Name"], event.get("Input"))
            span["instanceId"] = event["InstanceId"]
        elif kind == ev.TIMER_CREATED:
            self._begin(number, event, "timer", "retry" if "_retry" in event else "timer", event["FireAt"])
        elif kind == ev.EVENT_SENT:
            self._add_sent(event)
        elif kind == ev.EVENT_RAISED and "_reply" in event:
            reply = json.loads(event["Input"])
            self._end(event["Name"], event, _value(reply["result"]), failed="exceptionType" in reply)
        elif kind == ev.EVENT_RAISED:
            self._begin("", event, "event", event["Name"], event.get("Input"))
            self._end("", event, None, failed=False)
        elif kind in _ENDS:
            failed = kind in _FAILURES
            result = event["Reason"] if failed else _value(event.get("Result"))
            self._end(event[_ENDS[kind]], event, result, failed=failed)

    def _add_sent(self, event: Event) -> None:
        request = ev.request_of(event)
        if request is None:
            kind, name, given, waits = "event", event["Name"], event["Input"], False
        elif "lockset" in request or "unlock" in request:
            name = "lock" if "lockset" in request else "unlock"
            kind, given, waits = "entity", None, name == "lock"
        else:
            name, given, waits = request["op"], request.get("input"), not request["signal"]
            kind = "entity" if waits else "signal"
        key = event["EventId"] if request is None else request["id"]
        span = self._begin(key, event, kind, name, given)
        span["instanceId"] = event["InstanceId"]
        if not waits:
            self._end(key, event, None, failed=False)

    def _begin(self, key: int | str, event: Event, kind: str, name: str, given: Any) -> dict[str, Any]:
        span = {"kind": kind, "name": name, "input": _value(given), "scheduled": event["Timestamp"], "ended": None}
        if "_retry" in event:
            span["attempt"] = event["_retry"]["attempt"]
        self.found.append(span)
        self._open[key] = span
        return span

    def _end(self, key: int | str, event: Event, value: Any, *, failed: bool) -> None:
        span = self._open.pop(key, None)
        if span is not None:
            span["ended"] = event["Timestamp"]
            if value is not None or event["EventType"] in _ENDS:
                span["error" if failed else "result"] = value


def _value(text: Any) -> Any:
    try:
        return json.loads(text)
    except (ValueError, TypeError):
        return text


def page() -> bytes:
    """The page: it fetches the JSON from its own address."""
    return Path(__file__).with_suffix(".html").read_bytes()
