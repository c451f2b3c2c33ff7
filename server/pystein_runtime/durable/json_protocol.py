"""How azure-functions-durable 1.x is talked to: JSON, the whole history at every turn ("OutOfProc" replay).

Formats: azure-functions-durable-extension, `OrchestrationTriggerAttributeBindingProvider` and `OutOfProcOrchestrationShim`;
azure-functions-durable 1.7, `DurableOrchestrationContext`, `OrchestratorState`, `DurableEntityContext`, `EntityState`.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from .events import sent
from .model import Action, EntityTurn, OperationResult, Retry, Turn

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from .model import Event, Instance, Operation
    from .replay import Execution

KEEPS_EVENTS = False
"""The package forgets external events that nobody waits for yet, but the last of each name."""
_MARKER = "\n\n$OutOfProcData$:"
_SETTINGS = (
    '"upperSchemaVersion":1,"upperSchemaVersionNew":2,"longRunningTimerIntervalDuration":"3.00:00:00",'
    '"maximumShortTimerDuration":"6.00:00:00","defaultHttpAsyncRequestSleepTimeMillseconds":30000'
)


def orchestrator_input(instance: Instance, execution: Execution, _new: Sequence[Event], texts: list[str]) -> str:
    """What an orchestrator function gets."""
    given = ",".join([*execution.past(_played), sent(texts, played=False)])
    head = {
        "instanceId": instance.id,
        "isReplaying": False,
        "parentInstanceId": instance.parent,
        "input": instance.input,
    }
    return f'{json.dumps(head)[:-1]},{_SETTINGS},"history":[{given}]}}'


def _played(texts: list[str]) -> str:
    return sent(texts, played=True)


def read_orchestrator(text: str) -> Turn:
    """An orchestrator function's answer.

    Raises:
        ValueError: it is none.
    """
    state = json.loads(text)
    if not isinstance(state, dict) or not isinstance(state.get("actions"), list):
        raise ValueError("the answer is not that of an orchestrator")  # noqa: TRY004 - the text is not the type
    try:
        actions = list(_actions(item for group in state["actions"] for item in group))
    except (LookupError, TypeError, AttributeError) as error:
        raise ValueError(f"the answer has an action that cannot be read: {error!r}") from error
    custom = state.get("customStatus")
    return Turn(
        actions,
        bool(state.get("isDone")),
        json.dumps(state.get("output")),
        state.get("error"),
        None if custom is None else json.dumps(custom),
    )


def read_failure(message: str) -> Turn:
    """The answer of an orchestrator function that failed: the package puts its state into the exception's text."""
    text, marker, data = message.partition(_MARKER)
    if marker:
        try:
            turn = read_orchestrator(data)
        except ValueError:
            pass
        else:
            return turn._replace(done=True, output=None, error=turn.error or text)
    return Turn([], done=True, error=text)


def without_state(text: str) -> str:
    """A text, such as a traceback, without the states that are in it."""
    head, marker, rest = text.partition(_MARKER)
    return head + without_state("\n" + rest.partition("\n")[2]) if marker else text.rstrip("\n")


def _actions(items: Iterable[dict[str, Any]]) -> Iterator[Action]:
    """All actions since the beginning come at every turn, so the most frequent ones are looked at first."""
    for item in items:
        kind = item["actionType"]
        if kind == 0:
            yield Action("activity", item["functionName"], item.get("input"))
        elif kind in {11, 12}:
            yield from _actions(item["compoundActions"])
        else:
            yield _action(kind, item)


def _action(kind: int, item: dict[str, Any]) -> Action:
    if kind == 1:
        return Action("activity", item["functionName"], item.get("input"), retry=_retry(item))
    if kind in {2, 3}:
        target, version = item.get("instanceId"), item.get("version")
        return Action("orchestration", item["functionName"], item.get("input"), target, version, _retry(item))
    if kind == 4:
        return Action("continue", input=item.get("input"))
    if kind == 5:
        return Action("timer", input=item["fireAt"], canceled=bool(item.get("isCanceled")))
    if kind == 6:
        return Action("event", item["externalEventName"])
    if kind in {7, 9}:
        return Action("call" if kind == 7 else "signal", item["operation"], item.get("input"), item["instanceId"])
    if kind == 8:
        return Action("http", input=json.dumps(item["httpRequest"]))
    raise LookupError(f"actionType {kind}")


def _retry(item: dict[str, Any]) -> Retry | None:
    options = item.get("retryOptions")
    if options is None:
        return None
    return Retry(
        options["firstRetryIntervalInMilliseconds"] / 1000,
        options["maxNumberOfAttempts"],
        float(options.get("backoffCoefficient") or 1.0),
    )


def entity_input(entity: str, state: str | None, batch: Sequence[Operation]) -> str:
    """What an entity function gets. An input is JSON of a text that is JSON; a missing one is null."""
    _, name, key = entity.split("@", 2)
    return json.dumps(
        {
            "self": {"name": name, "key": key},
            "exists": state is not None,
            "state": state,
            "batch": [
                {"name": item.name, "input": _twice(item.input), "isSignal": item.caller is None} for item in batch
            ],
        }
    )


def read_entity(text: str) -> EntityTurn:
    """An entity function's answer.

    Raises:
        ValueError: it is none.
    """
    try:
        answer = json.loads(text)
        results = [OperationResult(item["result"], bool(item["isError"])) for item in answer["results"]]
        state = answer["entityState"] if answer["entityExists"] else None
    except (LookupError, TypeError) as error:
        raise ValueError("the answer is not that of an entity") from error
    return EntityTurn(state, results)


def _twice(given: str | None) -> str:
    return "null" if given is None else json.dumps(given)
