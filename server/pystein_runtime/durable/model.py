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
    """`activity`, `http`, `orchestration`, `timer`, `event`, `call`, `signal`, `lock`, `unlock`, `send`, `terminate` or
    `continue`."""
    name: str = ""
    """Of a function or an event; an entity's operation."""
    input: str | None = None
    """JSON; for `timer` the moment."""
    target: str | None = None
    """The instance of a sub-orchestration or for an event, or an entity's id."""
    version: str | None = None
    retry: Retry | None = None
    canceled: bool = False
    number: int | None = None
    """Where the package numbers its calls itself."""
    request: str | None = None
    """Names a request to an entity, or the critical section of a lock."""
    due: str | None = None
    """The moment for which a signal is scheduled."""
    locks: tuple[str, ...] = ()
    """The entities of a lock, in the order in which they are locked."""


class Call(NamedTuple):
    """A call that an orchestrator has made, as the history remembers it."""

    kind: str
    """As that of an action."""
    name: str
    input: str | None
    number: int


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
    fresh: bool = False
    """Whether the actions are only those that are new, with their numbers; the package itself has held the others against
    the history."""
    failure: str | None = None
    """What has failed, in the form that the package wants it back (see `Instance`)."""
    strayed: bool = False
    """Whether the package says that the code has not done again what it did."""
    carried: tuple[tuple[str, str | None], ...] = ()
    """External events, name and JSON, that go along when it continues as new."""


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
    """Names the request in its caller's history; that of a lock is its critical section."""
    due: float | None = None
    """Not before this moment, seconds since 1970; None: now."""
    locks: str | None = None
    """JSON: the entities that the caller wants for itself, this one among them; None: this is no lock."""


class Lock(NamedTuple):
    """An entity that belongs to one orchestration for a while."""

    entity: str
    section: str
    """The critical section."""
    owner: str
    """The orchestration's instance."""


class OperationResult(NamedTuple):
    """What became of a request to an entity."""

    result: str
    """JSON; the text of the error as JSON when it failed."""
    failed: bool
    kind: str = "System.Exception"
    """The type of the error."""


class EntityTurn(NamedTuple):
    """What an entity function has answered."""

    state: str | None
    """JSON; None: the entity does not exist any more."""
    results: list[OperationResult]
    signals: tuple[Action, ...] = ()
    """What the entity asks of others: actions of the kinds `signal` and `orchestration`."""


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
    due: float | None = None
    """It does not begin before this moment."""
    failure: str | None = None
    """What has failed as packages of the 2.x line have it: a TaskFailureDetails message in base64."""
    tags: str | None = None
    """JSON: an object of texts."""
