"""What an orchestration's history means, and what an orchestrator's answer adds to it.

The numbers of calls are the durable package's: counted from 0 in each execution, in the order in which calls are first
yielded; what the hub does by itself (the timer and the next attempt of a retry) takes numbers in the order of the
history. Rules: DurableTask.Core, `TaskOrchestrationContext`; azure-functions-durable 1.7, `TaskOrchestrationExecutor`.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

from . import determinism
from . import events as ev
from .model import HTTP_ACTIVITY, Call, Retry

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from .determinism import Orchestrator
    from .model import Action, Event

T = TypeVar("T")


class HistoryError(Exception):
    """A history that cannot be read."""


class Execution:
    """The state of one execution, which follows from its history."""

    def __init__(self, id_: str) -> None:
        self.id = id_
        self._turns: list[list[str]] = []
        self._past: list[Any] = []
        self._form: Callable[[list[str]], Any] | None = None
        self.calls: list[Call] = []
        self.open: dict[int, Event] = {}
        """What was scheduled and has not come to its end, by number."""
        self.next_number = 0
        self.waits: dict[str, int] = {}
        """How often each external event was waited for so far."""
        self.raised: dict[str, int] = {}
        """How often each was received."""

    @classmethod
    def load(cls, id_: str, episodes: Iterable[str]) -> Execution:
        """The state that follows from stored turns.

        Raises:
            HistoryError: one cannot be read.
        """
        execution = cls(id_)
        for episode in episodes:
            texts = episode.split("\n")
            try:
                for text in texts:
                    execution.apply(json.loads(text))
            except (ValueError, LookupError, TypeError, AttributeError) as error:
                reason = f"The history of this instance cannot be read: turn {execution.episodes + 1}: {error!r}."
                raise HistoryError(reason) from error
            execution.keep(texts)
        return execution

    def keep(self, texts: list[str]) -> None:
        """A turn, whose events were applied, has come to its end."""
        self._turns.append(texts)

    @property
    def episodes(self) -> int:
        """How many turns there were."""
        return len(self._turns)

    def past(self, form: Callable[[list[str]], T]) -> list[T]:
        """The turns so far as they are sent. `form` makes that of the texts of their events, once for each turn."""
        if self._form is not form:
            self._form, self._past = form, []
        self._past += map(form, self._turns[len(self._past) :])
        return self._past

    def apply(self, event: Event) -> None:
        """What one event changes."""
        kind = event["EventType"]
        if kind in _CALLS:
            number = event["EventId"]
            self.next_number = number + 1
            if kind != ev.EVENT_SENT:
                self.open[number] = event
            if "_again" not in event:
                self.calls.append(_CALLS[kind](event, number))
        elif kind in {ev.TASK_COMPLETED, ev.TASK_FAILED, ev.ORCHESTRATION_COMPLETED, ev.ORCHESTRATION_FAILED}:
            self.open.pop(event["TaskScheduledId"], None)
        elif kind == ev.TIMER_FIRED:
            self.open.pop(event["TimerId"], None)
        elif kind == ev.EVENT_RAISED and "_reply" not in event:
            self.raised[event["Name"]] = self.raised.get(event["Name"], 0) + 1
        elif kind == ev.ORCHESTRATOR_COMPLETED:
            self.waits = event.get("_waits", {})


def _activity(event: Event, number: int) -> Call:
    if event["Name"] == HTTP_ACTIVITY:
        return Call("http", "", event.get("Input"), number)
    return Call("activity", event["Name"], event.get("Input"), number)


def _sent(event: Event, number: int) -> Call:
    request = ev.request_of(event)
    if request is None:
        return Call("send", event["Name"], event["Input"], number)
    if "lockset" in request or "unlock" in request:
        return Call("lock" if "lockset" in request else "unlock", "", None, number)
    return Call("signal" if request["signal"] else "call", request["op"], request.get("input"), number)


_CALLS = {
    ev.TASK_SCHEDULED: _activity,
    ev.ORCHESTRATION_CREATED: lambda event, number: Call("orchestration", event["Name"], event.get("Input"), number),
    ev.TIMER_CREATED: lambda event, number: Call("timer", "", event["FireAt"], number),
    ev.EVENT_SENT: _sent,
}


# -- a turn: before the orchestrator runs -------------------------------------------------------------------


class Beginning(NamedTuple):
    """A turn before the orchestrator runs."""

    events: list[Event]
    """What is new to the orchestrator."""
    follow: list[Event]
    """What the hub does by itself because of them: timers and further attempts of retries."""


def begin(execution: Execution, started: Event | None, received: Sequence[Event], now: float) -> Beginning:
    """The new events of a turn.

    Those that make a retry go on come first: their followers get their numbers before the orchestrator makes calls.
    """
    going_on = [event for event in received if _goes_on(execution, event)]
    others = [event for event in received if not any(event is other for other in going_on)] if going_on else received
    events = [ev.event(ev.ORCHESTRATOR_STARTED, now)]
    if started is not None:
        events.append(started)
    number = execution.next_number
    follow = []
    for event in going_on:
        follow.append(_follower(execution, event, number, now))
        number += 1
    return Beginning([*events, *going_on, *others], follow)


def _goes_on(execution: Execution, event: Event) -> bool:
    """Whether an event makes a retry go on."""
    kind = event["EventType"]
    if kind in {ev.TASK_FAILED, ev.ORCHESTRATION_FAILED}:
        return "_retry" in execution.open.get(event["TaskScheduledId"], {})
    if kind == ev.TIMER_FIRED:
        retry = execution.open.get(event["TimerId"], {}).get("_retry")
        return retry is not None and retry["attempt"] < retry["limit"]
    return False


def _follower(execution: Execution, event: Event, number: int, now: float) -> Event:
    if event["EventType"] == ev.TIMER_FIRED:
        retry = execution.open[event["TimerId"]]["_retry"]
        again = {**retry, "attempt": retry["attempt"] + 1}
        fields = {**retry["fields"]}
        if retry["kind"] == ev.ORCHESTRATION_CREATED and retry["named"] is None:
            fields["InstanceId"] = child_id(execution.id, number)
        return ev.event(retry["kind"], now, number, **fields, _retry=again, _again=True)
    # The platform waits once more after the last attempt before it says that all have failed.
    retry = execution.open[event["TaskScheduledId"]]["_retry"]
    seconds = retry["interval"] * retry["coefficient"] ** (retry["attempt"] - 1)
    return ev.event(ev.TIMER_CREATED, now, number, FireAt=ev.iso(now + seconds), _retry=retry, _again=True)


def child_id(execution: str, number: int) -> str:
    """The id of a sub-orchestration that was not given one."""
    return f"{execution}:{number:x}"


# -- a turn: after the orchestrator has run -----------------------------------------------------------------


class Progress(NamedTuple):
    """What an orchestrator's answer adds."""

    events: list[Event]
    canceled: list[int]
    """The numbers of timers that are not wanted any more."""
    problem: str | None
    """Why the answer does not fit the history, in plain words."""
    doubt: str | None
    """What differs without being fatal: an argument that is not what it was."""


def progress(execution: Execution, actions: Sequence[Action], orchestrator: Orchestrator, now: float) -> Progress:
    """Compare an answer with the history and take what is new.

    Args:
        execution: with the turn's beginning applied to it.
        actions: all that the orchestrator has asked for.
        orchestrator: for the texts.
        now: seconds since 1970.
    """
    numbered = [action for action in actions if action.kind not in {"event", "continue"}]
    known = execution.calls
    doubt = None
    canceled = []
    for position, (call, action) in enumerate(zip(known, numbered, strict=False)):
        if call.kind != action.kind or (call.name != action.name and call.name.lower() != action.name.lower()):
            return Progress([], [], determinism.changed(orchestrator, position, call, action), None)
        if action.canceled and call.number in execution.open:
            canceled.append(call.number)
        if call.input != action.input and doubt is None:
            doubt = determinism.doubt(orchestrator, position, call, action)
    if len(numbered) < len(known):
        return Progress([], [], determinism.missing(orchestrator, len(numbered), known[len(numbered)]), None)
    events = []
    number = execution.next_number
    for action in numbered[len(known) :]:
        events.append(_scheduled(execution, action, number, now))
        number += 1
    return Progress(events, canceled, None, doubt)


def added(execution: Execution, actions: Sequence[Action], now: float) -> list[Event]:
    """The events of actions that are all new and have their numbers."""
    return [
        _scheduled(execution, action, action.number or 0, now)
        for action in actions
        if action.kind not in {"continue", "terminate"}
    ]


def _scheduled(execution: Execution, action: Action, number: int, now: float) -> Event:
    kind, name, given, target, version, retry, canceled = action[:7]
    if kind in {"activity", "http"}:
        fields = {"Name": HTTP_ACTIVITY if kind == "http" else name, "Version": "", "Input": given}
        return ev.event(ev.TASK_SCHEDULED, now, number, **fields, **_retry(ev.TASK_SCHEDULED, retry, fields, None))
    if kind == "orchestration":
        fields = {
            "Name": name, "Version": version, "Input": given, "InstanceId": target or child_id(execution.id, number),
        }  # fmt: skip
        more = _retry(ev.ORCHESTRATION_CREATED, retry, fields, target)
        return ev.event(ev.ORCHESTRATION_CREATED, now, number, **fields, **more)
    if kind == "timer":
        more = {"_canceled": True} if canceled else {}
        return ev.event(ev.TIMER_CREATED, now, number, FireAt=given, **more)
    if kind == "send":
        return ev.event(ev.EVENT_SENT, now, number, InstanceId=target, Name=name, Input=given)
    request = _request(action, action.request or f"{execution.id}:{number:x}")
    return ev.event(ev.EVENT_SENT, now, number, InstanceId=target, Name="op", Input=json.dumps(request))


def _request(action: Action, id_: str) -> dict[str, Any]:
    """What is sent to an entity."""
    if action.kind == "lock":
        return {"op": None, "signal": False, "id": id_, "lockset": action.locks}
    if action.kind == "unlock":
        return {"op": None, "signal": True, "id": id_, "unlock": True}
    due = {} if action.due is None else {"due": action.due}
    return {"op": action.name, "signal": action.kind == "signal", "input": action.input, "id": id_, **due}


def _retry(kind: int, retry: Retry | None, fields: dict[str, Any], named: str | None) -> dict[str, Any]:
    if retry is None:
        return {}
    return {
        "_retry": {
            "attempt": 1, "limit": retry.limit, "interval": retry.interval, "coefficient": retry.coefficient,
            "kind": kind, "fields": fields, "named": named,
        }
    }  # fmt: skip


def waits(actions: Iterable[Action]) -> dict[str, int]:
    """How often each external event was waited for."""
    counts: dict[str, int] = {}
    for action in actions:
        if action.kind == "event":
            counts[action.name] = counts.get(action.name, 0) + 1
    return counts
