"""Events of an orchestration's history: numbers and fields as the durable extension writes them (DurableTask.Core)."""

from __future__ import annotations

import json
from datetime import datetime, timezone
from typing import TYPE_CHECKING, Any

from . import wire

if TYPE_CHECKING:
    from .model import Event

EXECUTION_STARTED = 0
EXECUTION_COMPLETED = 1
EXECUTION_TERMINATED = 3
TASK_SCHEDULED = 4
TASK_COMPLETED = 5
TASK_FAILED = 6
ORCHESTRATION_CREATED = 7
ORCHESTRATION_COMPLETED = 8
ORCHESTRATION_FAILED = 9
TIMER_CREATED = 10
TIMER_FIRED = 11
ORCHESTRATOR_STARTED = 12
ORCHESTRATOR_COMPLETED = 13
EVENT_SENT = 14
EVENT_RAISED = 15
SUSPENDED = 19
RESUMED = 20

NAMES = {
    EXECUTION_STARTED: "ExecutionStarted", EXECUTION_COMPLETED: "ExecutionCompleted",
    EXECUTION_TERMINATED: "ExecutionTerminated", TASK_COMPLETED: "TaskCompleted", TASK_FAILED: "TaskFailed",
    ORCHESTRATION_COMPLETED: "SubOrchestrationInstanceCompleted",
    ORCHESTRATION_FAILED: "SubOrchestrationInstanceFailed", TIMER_CREATED: "TimerCreated", TIMER_FIRED: "TimerFired",
    EVENT_SENT: "EventSent", EVENT_RAISED: "EventRaised", SUSPENDED: "ExecutionSuspended",
    RESUMED: "ExecutionResumed",
}  # fmt: skip
"""How the webhooks call them."""


def iso(moment: float) -> str:
    """Seconds since 1970 as histories have them."""
    return datetime.fromtimestamp(moment, timezone.utc).isoformat(timespec="microseconds").replace("+00:00", "Z")


def seconds(text: str) -> float:
    """Seconds since 1970 of a moment in ISO 8601; without an offset it is UTC.

    Raises:
        ValueError: it is none.
    """
    text = text.strip()
    text = text[:11] + text[11:].replace(" ", "+")  # a plus sign that came through a query
    if text.endswith(("Z", "z")):
        text = text[:-1]
    moment = datetime.fromisoformat(_padded(text))
    return (moment if moment.tzinfo else moment.replace(tzinfo=timezone.utc)).timestamp()


def _padded(text: str) -> str:
    """With six digits of a second's fraction, which Python 3.10 wants."""
    head, dot, rest = text.partition(".")
    if not dot:
        return head
    digits = rest[: next((n for n, c in enumerate(rest) if not c.isdigit()), len(rest))]
    return f"{head}.{digits[:6]:0<6}{rest[len(digits) :]}"


def micros(text: str) -> int:
    """Microseconds since 1970 of a moment as histories have it."""
    return wire.micros(datetime.fromisoformat(_padded(text[:-1])).replace(tzinfo=timezone.utc))


def iso_of_micros(moment: int) -> str:
    """A moment as histories have it."""
    whole, rest = divmod(moment, 1_000_000)
    return f"{datetime.fromtimestamp(whole, timezone.utc):%Y-%m-%dT%H:%M:%S}.{rest:06d}Z"


def request_of(given: Event) -> dict[str, Any] | None:
    """The request to an entity that an `EVENT_SENT` stands for; None: it went to an orchestration."""
    if not given["InstanceId"].startswith("@"):
        return None
    request: dict[str, Any] = json.loads(given["Input"])
    return request


def event(kind: int, moment: float, number: int = -1, /, **fields: Any) -> Event:
    """An event."""
    return {"EventType": kind, "EventId": number, "Timestamp": iso(moment), **fields}


def dump(given: Event) -> str:
    """An event as it is stored and sent, but for `IsPlayed`."""
    return json.dumps(given, separators=(",", ":"))


def sent(texts: list[str], *, played: bool) -> str:
    """Events, as `dump` made them, as they are sent."""
    start = '{"IsPlayed":true,' if played else '{"IsPlayed":false,'
    return ",".join(start + text[1:] for text in texts)
