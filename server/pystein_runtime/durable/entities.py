"""Entities: one batch of requests at a time for each, in their order."""

from __future__ import annotations

import json
import uuid
from typing import TYPE_CHECKING

from pystein_runtime.worker.messages import NOTHING

from . import app as durable_app
from . import events as ev
from . import operations, protocols
from .app import CRASHES, WORKER_GONE
from .lane import Lane
from .model import DurableError, EntityTurn, Lock, Operation, OperationResult
from .names import normal

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from pystein_runtime.host.invocation import Outcome

    from .app import Functions
    from .hub import Hub
    from .model import Action
    from .protocols import Dialect

BATCH = 50  # requests that an entity gets at a time; the extension's own number
_REASON = "(null)"


class Entities:
    """Runs the requests to the entities of a hub."""

    def __init__(self, hub: Hub) -> None:
        self._hub = hub
        self._functions = durable_app.of_kind((), "entitytrigger")
        self._waiting: dict[str, list[Operation]] = {}
        self._busy: set[str] = set()
        self._missing: set[str] = set()
        self._crashes: dict[str, int] = {}
        self._locks: dict[str, Lock] = {}
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

    def recover(self, operations: Iterable[Operation], locks: Iterable[Lock]) -> None:
        """Run what an earlier process has left."""
        self._locks.update({lock.entity: lock for lock in locks})
        known = {operation.row for waiting in self._waiting.values() for operation in waiting}
        for operation in operations:
            if operation.row not in known:
                self._receive(operation)

    def unlock(self, entity: str, section: str) -> None:
        """A critical section is over."""
        lock = self._locks.get(entity)
        if lock is not None and lock.section == section:
            del self._locks[entity]
            self._hub.store.delete_lock(entity)
            self._wake(entity)

    def release(self, owner: str) -> None:
        """An orchestration is over; so are its critical sections, if it has left any."""
        for lock in [lock for lock in self._locks.values() if lock.owner == owner]:
            self.unlock(lock.entity, lock.section)

    def release_orphans(self) -> int:
        """End the critical sections of orchestrations that are over; gives how many entities were locked by them."""
        orphans = [lock for lock in self._locks.values() if lock.owner not in self._hub.live]
        for lock in orphans:
            self.unlock(lock.entity, lock.section)
        return len(orphans)

    def locked_by(self, entity: str) -> str | None:
        """The critical section that an entity belongs to."""
        lock = self._locks.get(entity)
        return None if lock is None else lock.section

    def backlog(self, entity: str) -> int:
        """How many requests wait."""
        return len(self._waiting.get(entity, ()))

    def _receive(self, operation: Operation) -> None:
        if operation.due is not None and operation.due > self._hub.now():
            self._hub.clock.at(operation.due, lambda: self._enqueue(operation))
        else:
            self._enqueue(operation)

    def _enqueue(self, operation: Operation) -> None:
        self._waiting.setdefault(operation.entity, []).append(operation)
        self._wake(operation.entity)

    def _wake(self, entity: str) -> None:
        if entity in self._busy:
            return
        batch = self._next(entity)
        while batch and batch[0].locks is not None:
            self._lock(batch[0])
            batch = self._next(entity)
        if not batch:
            return
        name = entity.split("@", 2)[1]
        if self._functions.find(name) is None:
            if name not in self._missing:
                self._missing.add(name)
                self._hub.app.report(f"Entities '{name}' wait: the app has no entity function of this name.")
            return
        self._busy.add(entity)
        self.lane.add(entity)

    def _next(self, entity: str) -> list[Operation]:
        """What an entity is to do next: requests, or one lock; while it is locked, only what its owner wants."""
        lock = self._locks.get(entity)
        batch: list[Operation] = []
        for operation in self._waiting.get(entity, ()):
            if lock is not None and (operation.caller != lock.owner or operation.locks is not None):
                continue
            if operation.locks is not None:
                return batch or [operation]
            batch.append(operation)
            if len(batch) == BATCH:
                break
        return batch

    def _done(self, entity: str, batch: Sequence[Operation]) -> None:
        rows = {operation.row for operation in batch}
        left = [operation for operation in self._waiting[entity] if operation.row not in rows]
        if left:
            self._waiting[entity] = left
        else:
            del self._waiting[entity]

    def _lock(self, operation: Operation) -> None:
        """Give an entity to an orchestration, and ask the next one for it, if it wants more of them."""
        entity, owner = operation.entity, operation.caller
        self._hub.store.delete_operation(operation.row)
        self._done(entity, [operation])
        live = None if owner is None else self._hub.live.get(owner)
        if owner is None or live is None or live.instance.execution != operation.caller_execution:
            return  # it has ended meanwhile
        self._locks[entity] = Lock(entity, operation.request, owner)
        self._hub.store.put_lock(self._locks[entity])
        wanted = json.loads(operation.locks or "[]")
        following = wanted[wanted.index(entity) + 1 :]
        if following:
            self.add(operation._replace(entity=following[0]))
        else:
            self._reply(operation, json.dumps({"result": None}))

    def _reply(self, operation: Operation, text: str) -> None:
        if operation.caller is not None:
            event = ev.event(ev.EVENT_RAISED, self._hub.now(), Name=operation.request, Input=text, _reply=True)
            self._hub.deliver(operation.caller, operation.caller_execution, event)

    async def _run(self, entity: str) -> None:
        try:
            batch = self._next(entity)
            if batch and await self._turn(entity, batch):
                self._done(entity, batch)
        finally:
            self._busy.discard(entity)
            self._wake(entity)

    async def _turn(self, entity: str, batch: Sequence[Operation]) -> bool:
        """Run requests; False: they are to be run again."""
        function = self._functions.find(entity.split("@", 2)[1])
        if function is None:
            return False
        protocol = protocols.of(function.trigger)
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
            turn = _read(protocol, outcome, state, len(batch))
        except Exception as fault:
            turn = _failed(f"A fault of this host: {type(fault).__name__}: {fault}", state, len(batch))
        if turn.state != state:
            self._hub.store.put_entity(entity, turn.state, self._hub.now())
        for operation, result in zip(batch, turn.results, strict=True):
            self._hub.store.delete_operation(operation.row)
            self._reply(operation, _answer(result))
        for action in turn.signals:
            self._ask(action)
        return True

    def _ask(self, action: Action) -> None:
        """Do what an entity asks of others."""
        due = None if action.due is None else ev.seconds(action.due)
        target = action.target or uuid.uuid4().hex
        try:
            if action.kind == "signal":
                target = normal(target)
                self.check(target)
                self.add(Operation(0, target, action.name, action.input, None, None, uuid.uuid4().hex, due))
            else:
                operations.start(self._hub, action.name, target, action.input, action.version, due)
        except DurableError as error:
            self._hub.app.report(f"What an entity has asked for cannot be done. {error}")


def _answer(result: OperationResult) -> str:
    """The input of the event with which an orchestration hears what became of its request."""
    if result.failed:
        return json.dumps({"result": result.result, "exceptionType": result.kind})
    return json.dumps({"result": result.result})


def _read(protocol: Dialect, outcome: Outcome, state: str | None, count: int) -> EntityTurn:
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
