"""How azure-functions-durable 2.x is talked to: durabletask's messages in base64, with only what is new in an answer.

The package numbers its calls, tries failed ones again and holds a replay against the history by itself; events and
requests to entities are in the history as the extension writes them, not in durabletask's own form. Formats:
durabletask 1.12, `orchestrator_service.proto`, `worker.py` (`process_event`); azure-functions-durable 2.0,
`DurableFunctionsWorker`.
"""

from __future__ import annotations

import base64
import json
from typing import TYPE_CHECKING

from . import events as ev
from . import wire
from .model import Action, EntityTurn, OperationResult, Turn
from .wire import Message, WireError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from .model import Event, Instance, Operation
    from .replay import Execution

KEEPS_EVENTS = True
"""The package keeps external events that nobody waits for yet."""
_COMPLETED, _CONTINUED, _FAILED = 1, 2, 3  # OrchestrationStatus
_SCHEDULE, _SUB, _TIMER, _SEND, _COMPLETE, _TERMINATE, _ENTITY = 2, 3, 4, 5, 6, 7, 8  # OrchestratorAction
_SIGNALED, _CALLED, _LOCK, _UNLOCK = 1, 2, 3, 4  # SendEntityMessageAction
_NONDETERMINISM = "NonDeterminismError"


# -- orchestrators: what they get ---------------------------------------------------------------------------------


def orchestrator_input(instance: Instance, execution: Execution, new: Sequence[Event], _texts: list[str]) -> str:
    """What an orchestrator function gets."""
    past = b"".join(execution.past(_played))
    head = wire.text(1, instance.id) + wire.wrapped(2, instance.execution)
    return base64.b64encode(head + past + b"".join(wire.data(4, history_event(event)) for event in new)).decode()


def _played(texts: list[str]) -> bytes:
    return b"".join(wire.data(3, history_event(json.loads(text))) for text in texts)


def history_event(event: Event) -> bytes:
    """An event of a history."""
    field, body = _EVENTS[event["EventType"]]
    return (
        wire.number(1, event["EventId"]) + wire.moment(2, ev.micros(event["Timestamp"])) + wire.data(field, body(event))
    )


def _started(event: Event) -> bytes:
    owner, parent = event["OrchestrationInstance"], event.get("ParentInstance")
    body = wire.text(1, event["Name"]) + wire.wrapped(2, event.get("Version")) + wire.wrapped(3, event.get("Input"))
    body += wire.data(4, _instance(owner))
    if parent is not None:
        task = wire.number(1, parent["TaskScheduleId"])
        body += wire.data(5, task + wire.data(4, _instance(parent["OrchestrationInstance"])))
    return body + tags(9, event.get("Tags"))


def _instance(owner: dict[str, str]) -> bytes:
    return wire.text(1, owner["InstanceId"]) + wire.wrapped(2, owner["ExecutionId"])


def tags(field: int, values: dict[str, str] | None) -> bytes:
    """A map of texts."""
    return b"".join(
        wire.data(field, wire.text(1, name) + wire.text(2, value)) for name, value in (values or {}).items()
    )


def _ended(event: Event) -> bytes:
    return wire.number(1, STATUSES.get(event["OrchestrationStatus"])) + wire.wrapped(2, event.get("Result"))


def _terminated(event: Event) -> bytes:
    return wire.wrapped(1, json.dumps(event.get("Input")))


def _scheduled(event: Event) -> bytes:
    return wire.text(1, event["Name"]) + wire.wrapped(2, event["Version"]) + wire.wrapped(3, event["Input"])


def _sub_created(event: Event) -> bytes:
    head = wire.text(1, event["InstanceId"]) + wire.text(2, event["Name"])
    return head + wire.wrapped(3, event["Version"]) + wire.wrapped(4, event["Input"])


def _completed(event: Event) -> bytes:
    return wire.number(1, event["TaskScheduledId"]) + wire.wrapped(2, event["Result"])


def _failed(event: Event) -> bytes:
    return wire.number(1, event["TaskScheduledId"]) + wire.data(2, _details(event))


def _details(event: Event) -> bytes:
    if "_failure" in event:
        return base64.b64decode(event["_failure"])
    kind, text = event.get("_error", ("", event["Reason"]))
    return failure_details(kind, text, event["Details"])


def failure_details(kind: str, text: str, traceback: str = "") -> bytes:
    """A TaskFailureDetails."""
    return wire.text(1, kind) + wire.text(2, text) + wire.wrapped(3, traceback)


def _empty(_event: Event) -> bytes:
    return b""


_EVENTS: dict[int, tuple[int, Callable[[Event], bytes]]] = {
    ev.EXECUTION_STARTED: (3, _started),
    ev.EXECUTION_COMPLETED: (4, _ended),
    ev.EXECUTION_TERMINATED: (5, _terminated),
    ev.TASK_SCHEDULED: (6, _scheduled),
    ev.TASK_COMPLETED: (7, _completed),
    ev.TASK_FAILED: (8, _failed),
    ev.ORCHESTRATION_CREATED: (9, _sub_created),
    ev.ORCHESTRATION_COMPLETED: (10, _completed),
    ev.ORCHESTRATION_FAILED: (11, _failed),
    ev.TIMER_CREATED: (12, lambda event: wire.moment(1, ev.micros(event["FireAt"]))),
    ev.TIMER_FIRED: (
        13,
        lambda event: wire.moment(1, ev.micros(event["FireAt"])) + wire.number(2, event["TimerId"]),
    ),
    ev.ORCHESTRATOR_STARTED: (14, _empty),
    ev.ORCHESTRATOR_COMPLETED: (15, _empty),
    ev.EVENT_SENT: (
        16,
        lambda event: wire.text(1, event["InstanceId"]) + wire.text(2, event["Name"]) + wire.wrapped(3, event["Input"]),
    ),
    ev.EVENT_RAISED: (17, lambda event: wire.text(1, event["Name"]) + wire.wrapped(2, event["Input"])),
    ev.SUSPENDED: (21, lambda event: wire.wrapped(1, event.get("Reason"))),
    ev.RESUMED: (22, lambda event: wire.wrapped(1, event.get("Reason"))),
}
STATUSES = {
    "Running": 0, "Completed": _COMPLETED, "ContinuedAsNew": _CONTINUED, "Failed": _FAILED, "Canceled": 4,
    "Terminated": 5, "Pending": 6, "Suspended": 7,
}  # fmt: skip
"""OrchestrationStatus."""


# -- orchestrators: what they answer --------------------------------------------------------------------------------


def read_orchestrator(text: str) -> Turn:
    """An orchestrator function's answer.

    Raises:
        ValueError: it is none.
    """
    answer = Message(_decoded(text))
    custom = answer.wrapped(3)
    turn = Turn([], custom=custom, fresh=True)
    for action in answer.messages(2):
        complete = action.message(_COMPLETE)
        if complete is None:
            turn.actions.append(_action(action))
        else:
            turn = _end(turn, complete)
    return turn


def _end(turn: Turn, complete: Message) -> Turn:
    status = complete.number(1)
    if status == _CONTINUED:
        version, carried = complete.wrapped(4), [event.message(17) for event in complete.messages(5)]
        turn.actions.append(Action("continue", input=complete.wrapped(2), version=version))
        return turn._replace(carried=tuple((event.text(1), event.wrapped(2)) for event in carried if event is not None))
    if status != _FAILED:
        return turn._replace(done=True, output=complete.wrapped(2) or "null")
    details = complete.message(6) or Message(b"")
    error = details.text(2) or details.text(1) or "unknown"
    strayed = details.text(1).endswith(_NONDETERMINISM)
    return turn._replace(done=True, error=error, strayed=strayed, failure=base64.b64encode(details.body).decode())


def read_failure(message: str) -> Turn:
    """The answer of an orchestrator function that failed outside of the package's care."""
    return Turn([], done=True, error=message, fresh=True)


def without_state(text: str) -> str:
    """A text, such as a traceback, without the states that are in it: there are none."""
    return text.rstrip("\n")


def _decoded(text: str) -> bytes:
    try:
        return base64.b64decode(text, validate=True)
    except ValueError as error:
        raise WireError("the answer is not that of the package") from error


def _action(action: Message) -> Action:
    return _read(action)._replace(number=action.number(1))


def _read(action: Message) -> Action:
    task, sub, timer = action.message(_SCHEDULE), action.message(_SUB), action.message(_TIMER)
    if task is not None:
        return Action("activity", task.text(1), task.wrapped(3))
    if sub is not None:
        return Action("orchestration", sub.text(2), sub.wrapped(4), sub.text(1) or None, sub.wrapped(3))
    if timer is not None:
        return Action("timer", input=moment(timer, 1))
    send, terminate, entity = action.message(_SEND), action.message(_TERMINATE), action.message(_ENTITY)
    if send is not None:
        return Action("send", send.text(2), send.wrapped(3), (send.message(1) or Message(b"")).text(1))
    if terminate is not None:
        return Action("terminate", input=terminate.wrapped(2), target=terminate.text(1))
    if entity is not None:
        return _entity_action(entity)
    raise WireError("the answer has an action that is not known")


def _entity_action(message: Message) -> Action:
    signaled, called = message.message(_SIGNALED), message.message(_CALLED)
    lock, unlock = message.message(_LOCK), message.message(_UNLOCK)
    if signaled is not None:
        return Action(
            "signal", signaled.text(2), signaled.wrapped(4), signaled.wrapped(5), request=signaled.text(1),
            due=moment(signaled, 3),
        )  # fmt: skip
    if called is not None:
        return Action("call", called.text(2), called.wrapped(4), called.wrapped(7), request=called.text(1))
    if lock is not None:
        entities = tuple(lock.texts(2))
        return Action("lock", target=entities[0], request=lock.text(1), locks=entities)
    if unlock is not None:
        return Action("unlock", target=unlock.wrapped(3), request=unlock.text(1))
    raise WireError("the answer has a message to an entity that is not known")


def moment(message: Message, field: int) -> str | None:
    """A moment as histories have it."""
    micros = message.moment(field)
    return None if micros is None else ev.iso_of_micros(micros)


# -- entities -------------------------------------------------------------------------------------------------------


def entity_input(entity: str, state: str | None, batch: Sequence[Operation]) -> str:
    """What an entity function gets."""
    requests = b"".join(
        wire.data(3, wire.text(1, item.name) + wire.text(2, item.request) + wire.wrapped(3, item.input))
        for item in batch
    )
    return base64.b64encode(wire.text(1, entity) + wire.wrapped(2, state) + requests).decode()


def read_entity(text: str) -> EntityTurn:
    """An entity function's answer.

    Raises:
        ValueError: it is none.
    """
    answer = Message(_decoded(text))
    return EntityTurn(
        answer.wrapped(3) or None,
        [_result(result) for result in answer.messages(1)],
        tuple(_signals(answer.messages(2))),
    )


def _result(result: Message) -> OperationResult:
    failure = result.message(2)
    if failure is None:
        return OperationResult((result.message(1) or Message(b"")).wrapped(1) or "null", failed=False)
    details = failure.message(1) or Message(b"")
    return OperationResult(json.dumps(details.text(2)), failed=True, kind=details.text(1))


def _signals(actions: Iterable[Message]) -> Iterator[Action]:
    for action in actions:
        signal, start = action.message(2), action.message(3)
        if signal is not None:
            yield Action("signal", signal.text(2), signal.wrapped(3), signal.text(1), due=moment(signal, 4))
        elif start is not None:
            yield Action(
                "orchestration", start.text(2), start.wrapped(4), start.text(1) or None, start.wrapped(3),
                due=moment(start, 5),
            )  # fmt: skip
