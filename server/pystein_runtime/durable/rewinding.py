"""Rewinding: a failed orchestration goes back to before its failure, and what failed is done again.

The platform takes out every failure of the execution, which breaks the replay of orchestrators that handle some of them
(DurableTask.AzureStorage, `RewindHistoryAsync`). Here only the one that ended it is taken out: for azure-functions-durable
1.x with the turn in which it came; for 2.x, where `task_all` waits for the others after a failure, by itself and with
the failures of what was begun along with it.
"""

from __future__ import annotations

import base64
import json
import re
import uuid
from typing import TYPE_CHECKING

from . import events as ev
from . import protocols
from .model import DurableError
from .replay import Execution, HistoryError

if TYPE_CHECKING:
    from .hub import Hub
    from .model import Event, Instance

_COMPLETIONS = {
    ev.TASK_COMPLETED: "TaskScheduledId", ev.TASK_FAILED: "TaskScheduledId",
    ev.ORCHESTRATION_COMPLETED: "TaskScheduledId", ev.ORCHESTRATION_FAILED: "TaskScheduledId",
    ev.TIMER_FIRED: "TimerId",
}  # fmt: skip
_BEGINNINGS = {ev.TASK_SCHEDULED, ev.ORCHESTRATION_CREATED}
_NO_ACTIONS = {ev.ORCHESTRATOR_STARTED, ev.EXECUTION_STARTED, ev.EVENT_RAISED, ev.SUSPENDED, ev.RESUMED}
_FAILED_TASK = re.compile(r"task #(\d+) failed")  # durabletask, `worker.py`
_FAILURES = {ev.TASK_FAILED, ev.ORCHESTRATION_FAILED}


def rewind(hub: Hub, instance: Instance) -> None:
    """Have a failed instance go on.

    Raises:
        DurableError: its history cannot be read.
    """
    try:
        episodes = hub.store.episodes(instance.id)
        turns = [[json.loads(text) for text in episode.split("\n")] for episode in episodes]
        if protocols.wants_grpc(hub.turns.functions.get(instance.name).trigger):
            turns, received = _without_failure(instance, turns), []
            cut, episodes = len(turns), ["\n".join(map(ev.dump, turn)) for turn in turns]
            execution = Execution.load(uuid.uuid4().hex, episodes)
        else:
            cut = _cut(turns)
            execution = Execution.load(uuid.uuid4().hex, episodes[:cut])
            received = _received(execution, turns, cut)
        unanswered = _unanswered(turns[:cut], received)
    except (ValueError, LookupError, TypeError, HistoryError) as error:
        raise DurableError(400, f"The history of {instance.id} cannot be read, so it cannot be rewound.") from error
    revived = instance._replace(execution=execution.id, status="Running", output=None, failure=None)
    hub.revive(revived, execution, episodes[:cut])
    for event in received:
        hub.deliver(instance.id, None if _is_external(event) else execution.id, event)
    ended = {event[_COMPLETIONS[event["EventType"]]] for event in received if event["EventType"] in _COMPLETIONS}
    for event in [*(event for number, event in execution.open.items() if number not in ended), *unanswered]:
        _again(hub, instance.id, event)


def _cut(turns: list[list[Event]]) -> int:
    """How many turns stay: those before the one in which the failure came."""
    last = len(turns) - 1
    fired = [event["TimerId"] for event in turns[last] if event["EventType"] == ev.TIMER_FIRED]
    for position, turn in enumerate(turns):
        for event in turn:
            # A retry says that it has failed when the timer after its last attempt fires.
            if event["EventType"] == ev.TIMER_CREATED and event["EventId"] in fired and "_retry" in event:
                return position
    return last


def _without_failure(instance: Instance, turns: list[list[Event]]) -> list[list[Event]]:
    """The turns without what has failed, and without what the orchestrator did because of it."""
    last_word: dict[int, Event] = {}
    begun: dict[int, int] = {}
    for position, turn in enumerate(turns):
        for event in turn:
            if event["EventType"] in _BEGINNINGS:
                begun.setdefault(event["EventId"], position)
                last_word[event["EventId"]] = event
            elif event["EventType"] in _COMPLETIONS:
                last_word[event[_COMPLETIONS[event["EventType"]]]] = event
    failed = {number for number, event in last_word.items() if event["EventType"] in _FAILURES}
    found = _FAILED_TASK.search(base64.b64decode(instance.failure or "").decode(errors="replace"))
    if found is not None:
        failed = {number for number in failed if begun.get(number) == begun.get(int(found[1]))}
    dropped = [last_word[number] for number in failed]
    received = [event for event in turns[-1] if event["EventType"] in {*_COMPLETIONS, *_NO_ACTIONS}]
    end = [event for event in turns[-1] if event["EventType"] == ev.ORCHESTRATOR_COMPLETED]
    return [
        [event for event in turn if not any(event is other for other in dropped)]
        for turn in (*turns[:-1], [*received, *end])
    ]


def _received(execution: Execution, turns: list[list[Event]], cut: int) -> list[Event]:
    """What came after the cut and still counts: all but failures, as far as it was asked for before."""
    requests = {
        request["id"]
        for turn in turns[:cut]
        for event in turn
        if event["EventType"] == ev.EVENT_SENT and (request := ev.request_of(event)) is not None
    }
    received = []
    for event in (event for turn in turns[cut:] for event in turn):
        kind = event["EventType"]
        if kind in _COMPLETIONS and kind not in _FAILURES:
            wanted = event[_COMPLETIONS[kind]] in execution.open
        else:
            wanted = _is_external(event) or (kind == ev.EVENT_RAISED and event["Name"] in requests)
        if wanted:
            received.append(event)
    return received


def _is_external(event: Event) -> bool:
    return event["EventType"] == ev.EVENT_RAISED and "_reply" not in event


def _unanswered(turns: list[list[Event]], received: list[Event]) -> list[Event]:
    """Calls of entities without a reply."""
    events = [*(event for turn in turns for event in turn), *received]
    replies = {event["Name"] for event in events if event["EventType"] == ev.EVENT_RAISED}
    sent = [(event, ev.request_of(event)) for event in events if event["EventType"] == ev.EVENT_SENT]
    return [
        event
        for event, request in sent
        if request is not None and not request["signal"] and request["id"] not in replies
    ]


def _again(hub: Hub, id_: str, event: Event) -> None:
    """Set going again what has no end in the history."""
    live = hub.live[id_]
    if event["EventType"] != ev.ORCHESTRATION_CREATED:
        hub.turns.dispatch(live, event)
        return
    child = hub.store.instance(event["InstanceId"])
    if child is None or child.parent != id_ or child.status in {"Terminated", "Canceled"}:
        hub.turns.dispatch(live, event)
        return
    running = hub.live.get(child.id)
    if running is not None:
        hub.change(running, parent_execution=live.instance.execution)
    elif child.status == "Failed":
        rewind(hub, child._replace(parent_execution=live.instance.execution))
    else:
        hub.tell_parent(child._replace(parent_execution=live.instance.execution))
