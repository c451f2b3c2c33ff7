"""Entities: one batch of requests at a time for each, in their order."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from pystein_runtime.worker.messages import NOTHING

from . import app as durable_app
from . import events as ev
from . import json_protocol as protocol
from .app import CRASHES, WORKER_GONE
from .lane import Lane
from .model import EntityTurn, OperationResult

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from pystein_runtime.host.invocation import Outcome

    from .app import Functions
    from .hub import Hub
    from .model import Operation

BATCH = 50  # requests that an entity gets at a time; the extension's own number
_REASON = "(null)"


def entity_id(name: str, key: str) -> str:
    """An entity's id in histories and in the store."""
    return f"@{name.lower()}@{key}"


class Entities:
    """Runs the requests to the entities of a hub."""

    def __init__(self, hub: Hub) -> None:
        self._hub = hub
        self._functions = durable_app.of_kind((), "entitytrigger")
        self._waiting: dict[str, list[Operation]] = {}
        self._busy: set[str] = set()
        self._missing: set[str] = set()
        self._crashes: dict[str, int] = {}
        self.lane: Lane[str] = Lane(self._run, hub.fault, hub.rest)

    def update(self, functions: Functions) -> None:
        """The app was loaded."""
        self._functions = functions
        self._missing.clear()
        for entity in list(self._waiting):
            self._wake(entity)

    def check(self, entity: str) -> None:
        """Refuse an entity whose name no function has.

        Raises:
            DurableError: with the extension's text.
        """
        self._functions.check(entity.split("@", 2)[1])

    def add(self, operation: Operation) -> None:
        """Keep a request and run it."""
        self._receive(self._hub.store.add_operation(operation))

    def recover(self, operations: Iterable[Operation]) -> None:
        """Run what an earlier process has left."""
        known = {operation.row for waiting in self._waiting.values() for operation in waiting}
        for operation in operations:
            if operation.row not in known:
                self._receive(operation)

    def _receive(self, operation: Operation) -> None:
        self._waiting.setdefault(operation.entity, []).append(operation)
        self._wake(operation.entity)

    def _wake(self, entity: str) -> None:
        if entity in self._busy:
            return
        name = entity.split("@", 2)[1]
        if self._functions.find(name) is None:
            if name not in self._missing:
                self._missing.add(name)
                self._hub.app.report(f"Entities '{name}' wait: the app has no entity function of this name.")
            return
        self._busy.add(entity)
        self.lane.add(entity)

    async def _run(self, entity: str) -> None:
        try:
            batch = self._waiting[entity][:BATCH]
            if await self._turn(entity, batch):
                del self._waiting[entity][: len(batch)]
        finally:
            self._busy.discard(entity)
            if self._waiting[entity]:
                self._wake(entity)
            else:
                del self._waiting[entity]

    async def _turn(self, entity: str, batch: Sequence[Operation]) -> bool:
        """Run requests; False: they are to be run again."""
        function = self._functions.find(entity.split("@", 2)[1])
        if function is None:
            return False
        state = self._hub.store.entity(entity)
        try:
            text = protocol.entity_input(entity, state, batch)
            outcome = await self._hub.app.run_silently(function, durable_app.to_event(text, _REASON))
            self._hub.hear(entity, outcome)
            error = outcome.error
            if error is not None and error.type == WORKER_GONE:
                self._crashes[entity] = self._crashes.get(entity, 0) + 1
                if not self._hub.is_open or self._crashes[entity] < CRASHES:
                    return False
            self._crashes.pop(entity, None)
            self._hub.app.show(outcome)
            turn = _read(outcome, state, len(batch))
        except Exception as fault:
            turn = _failed(f"A fault of this host: {type(fault).__name__}: {fault}", state, len(batch))
        if turn.state != state:
            self._hub.store.put_entity(entity, turn.state, self._hub.now())
        for operation, result in zip(batch, turn.results, strict=True):
            self._hub.store.delete_operation(operation.row)
            if operation.caller is not None:
                reply = ev.event(
                    ev.EVENT_RAISED, self._hub.now(), Name=operation.request, Input=protocol.entity_reply(result),
                    _reply=True,
                )  # fmt: skip
                self._hub.deliver(operation.caller, operation.caller_execution, reply)
        return True


def _read(outcome: Outcome, state: str | None, count: int) -> EntityTurn:
    if outcome.error is not None:
        return _failed(outcome.error.message, state, count)
    try:
        turn = protocol.read_entity((outcome.return_value or NOTHING).value or "null")
    except ValueError as error:
        return _failed(f"It returned something else than the durable package does: {error}.", state, count)
    if len(turn.results) != count:
        return _failed("It has not answered every request.", state, count)
    return turn


def _failed(text: str, state: str | None, count: int) -> EntityTurn:
    """No request was fulfilled, and the state is as it was."""
    return EntityTurn(state, [OperationResult(json.dumps(text), failed=True)] * count)
