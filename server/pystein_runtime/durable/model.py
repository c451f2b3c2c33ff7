"""The plain data of a task hub."""

from __future__ import annotations

from typing import Any, NamedTuple, TypeAlias

Event: TypeAlias = dict[str, Any]
"""One event of a history, as the durable package and the webhooks know it. Names that begin with `_` are ours."""

FINISHED = frozenset({"Completed", "Failed", "Terminated", "Canceled"})
HTTP_ACTIVITY = "BuiltIn::HttpActivity"
"""The name under which the platform schedules `call_http`."""


class DurableError(Exception):
    """A request that cannot be fulfilled; the text is for the caller."""

    def __init__(self, status: int, message: str) -> None:
        super().__init__(message)
        self.status = status


class Retry(NamedTuple):
    """How often a call is tried."""

    interval: float
    """Seconds after the first attempt."""
    limit: int
    coefficient: float = 1.0
    """What the interval is multiplied with after each attempt."""


class Action(NamedTuple):
    """One thing that an orchestrator has asked for."""

    kind: str
    """`activity`, `http`, `orchestration`, `timer`, `event`, `call`, `signal` or `continue`."""
    name: str = ""
    """Of a function or an event; an entity's operation."""
    input: str | None = None
    """JSON; for `timer` the moment."""
    target: str | None = None
    """The instance of a sub-orchestration, or an entity's id."""
    version: str | None = None
    retry: Retry | None = None
    canceled: bool = False


class Turn(NamedTuple):
    """What an orchestrator function has answered."""

    actions: list[Action]
    """All since the beginning of the execution, compound ones taken apart, in the order of their numbers."""
    done: bool = False
    output: str | None = None
    """JSON."""
    error: str | None = None
    custom: str | None = None
    """The custom status as JSON; None: not said."""


class Operation(NamedTuple):
    """A request to an entity."""

    row: int
    entity: str
    """`@name@key`, the name in lower case."""
    name: str
    input: str | None
    """JSON, which holds the text that the app's package made of the input."""
    caller: str | None
    """The orchestration that waits for the result; None: a signal."""
    caller_execution: str | None
    request: str
    """Names the request in its caller's history."""


class OperationResult(NamedTuple):
    """What became of a request to an entity."""

    result: str
    """JSON; the text of the error as JSON when it failed."""
    failed: bool


class EntityTurn(NamedTuple):
    """What an entity function has answered."""

    state: str | None
    """JSON; None: the entity does not exist any more."""
    results: list[OperationResult]


class Task(NamedTuple):
    """An activity or an HTTP call that is to be made."""

    row: int
    instance: str
    execution: str
    number: int
    name: str
    input: str | None
    due: float | None
    """Not before this moment, seconds since 1970; None: now."""
    crashes: int
    """How often the worker has ended while it ran."""


class Message(NamedTuple):
    """An event on its way to an instance."""

    row: int
    instance: str
    execution: str | None
    """The execution that it is for; None: any."""
    due: float | None
    event: Event


class Instance(NamedTuple):
    """An orchestration as it is stored."""

    id: str
    execution: str
    """Changes when it continues as new, is restarted or rewound."""
    name: str
    version: str | None
    status: str
    input: str | None
    output: str | None
    custom: str | None
    created: float
    updated: float
    parent: str | None = None
    parent_execution: str | None = None
    parent_task: int | None = None
