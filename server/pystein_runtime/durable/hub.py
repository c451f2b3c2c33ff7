"""The task hub: takes what is due out of the store, has it run, and keeps what became of it.

Every step is one transaction: a turn of an orchestrator takes its messages away and leaves history and new work; the end
of an activity takes the task away and leaves a message. Whenever host or worker die, the step is done again, and an
activity that was running then runs a second time; nothing else is visible.
"""

from __future__ import annotations

import asyncio
import json
import uuid
from contextlib import suppress
from typing import TYPE_CHECKING, Any

from . import app as durable_app
from . import events as ev
from . import protocols, versions
from .activities import Activities
from .clock import Clock
from .entities import Entities
from .live import Live
from .model import FINISHED, DurableError, Instance
from .replay import HistoryError
from .turns import Turns

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pystein_runtime.host.functions import Function
    from pystein_runtime.host.invocation import Outcome
    from pystein_runtime.worker.messages import Log

    from .app import App
    from .lane import Lane
    from .model import Event, Message
    from .replay import Execution
    from .store import TaskHubStore


class Hub:
    """A task hub. `update` comes first, then `open`."""

    def __init__(self, store: TaskHubStore, app: App, clock: Clock | None = None) -> None:
        self.store = store
        self.app = app
        self.clock = clock or Clock()
        self.live: dict[str, Live] = {}
        self.turns = Turns(self)
        self.activities = Activities(self)
        self.entities = Entities(self)
        self._lanes: list[Lane[Any]] = [self.turns.lane, self.activities.lane, self.entities.lane]
        self._ends: dict[str, list[asyncio.Future[None]]] = {}
        self._missing: set[str] = set()
        self._versions = versions.of(app.config)
        self._resting = 0
        self._users = 0
        self._recovered = False
        self.logs: dict[str, list[Log]] = {}
        """Where the records of an instance or an entity go that somebody runs by hand."""
        self.callers: dict[str, asyncio.Future[Event]] = {}
        """Who waits for an entity without being an orchestration."""

    # -- life ---------------------------------------------------------------------------------------------

    def update(self, functions: Iterable[Function]) -> None:
        """The app was loaded: these are its functions now."""
        known = list(functions)
        options = self.app.config.durable
        self.turns.functions = durable_app.of_kind(known, "orchestrationtrigger")
        self._missing.clear()
        self._versions = versions.of(self.app.config)
        self.turns.lane.limit = self.entities.lane.limit = options.max_orchestrators
        self.activities.update(durable_app.of_kind(known, "activitytrigger"), options.max_activities)
        self.entities.update(durable_app.of_kind(known, "entitytrigger"))
        for live in list(self.live.values()):
            self.wake(live)

    def open(self, *, recover: bool) -> None:
        """Run what there is to run. With `recover` also what earlier processes have left."""
        self._users += 1
        if recover and not self._recovered:
            self._recovered = True
            self._recover()
        for lane in self._lanes:
            lane.open()
        self.clock.start()

    async def close(self, seconds: float) -> None:
        """The counterpart of an `open`; after the last one nothing new is begun, and what runs may finish."""
        self._users -= 1
        if self._users > 0:
            return
        self.clock.stop()
        for lane in self._lanes:
            lane.close()
        await asyncio.gather(*(lane.settle(seconds) for lane in self._lanes))
        with suppress(DurableError):  # its user has been told
            self.store.flush()

    def fault(self, error: BaseException) -> None:
        """Tell of a fault of ours; the hub goes on."""
        self.app.report(f"A fault of the task hub: {type(error).__name__}: {error}")

    def now(self) -> float:
        """Seconds since 1970."""
        return self.clock.now()

    def rest(self) -> None:
        """A lane has nothing to do: maybe all of the hub has not, until the next moment for which something is set."""
        if not self._resting and all(lane.is_idle for lane in self._lanes):
            self.clock.rest()

    @property
    def is_hosted(self) -> bool:
        """Whether a host runs that goes on with what earlier ones have left."""
        return self._recovered

    @property
    def is_open(self) -> bool:
        """Whether work is being run."""
        return self._users > 0

    def _recover(self) -> None:
        begun = self.store.with_history()
        for instance in self.store.unfinished():
            if instance.id not in self.live:
                self.live[instance.id] = Live(instance, begun=instance.id in begun)
        known = {message.row for live in self.live.values() for message in (*live.inbox, *live.timers.values())}
        for message in self.store.messages():
            live = self.live.get(message.instance)
            if live is not None and message.row not in known:
                self._receive(live, message)
        self.activities.recover(self.store.tasks())
        self.entities.recover(self.store.operations(), self.store.locks())
        for live in list(self.live.values()):
            self._begin(live)

    # -- instances ----------------------------------------------------------------------------------------

    def start(self, instance: Instance) -> None:
        """Begin an instance, in place of a finished one with its id."""
        self.store.delete_instance(instance.id)
        self.store.put_instance(instance)
        live = self.live[instance.id] = Live(instance, begun=False)
        self._begin(live)

    def _begin(self, live: Live) -> None:
        if live.instance.due is not None and live.instance.due > self.now():
            self.clock.at(live.instance.due, lambda: self.wake(live))
        else:
            self.wake(live)

    def new_instance(self, id_: str, name: str, given: str | None, version: str | None = None) -> Instance:
        """An instance that is about to begin."""
        now = self.now()
        version = self.app.config.durable.default_version if version is None else version
        return Instance(id_, uuid.uuid4().hex, name, version, "Pending", given, None, None, now, now)

    def revive(self, instance: Instance, execution: Execution, episodes: list[str]) -> None:
        """Have a finished instance go on with a history."""
        self.store.delete_history(instance.id)
        for number, events in enumerate(episodes):
            self.store.add_episode(instance.id, number, [events])
        live = self.live[instance.id] = Live(instance, begun=True)
        live.execution = execution
        self.change(live)
        self.wake(live)

    def change(self, live: Live, **fields: object) -> None:
        """Keep what has changed of an instance."""
        live.instance = live.instance._replace(updated=self.now(), **fields)  # type: ignore[arg-type]  # fields of an instance, by name
        self.store.put_instance(live.instance)

    def end(self, live: Live, status: str, output: str | None) -> None:
        """An instance has come to its end; `output` is JSON."""
        self.change(live, status=status, output=output)
        instance = live.instance
        self.store.delete_messages_of(instance.id)
        del self.live[instance.id]
        self.entities.release(instance.id)
        for future in self._ends.pop(instance.id, ()):
            if not future.done():
                future.set_result(None)
        if instance.parent is not None:
            self.tell_parent(instance)

    def tell_parent(self, child: Instance) -> None:
        """Tell an orchestration what became of its sub-orchestration."""
        assert child.parent is not None
        if child.status == "Completed":
            fields: dict[str, Any] = {"Result": child.output}
            kind = ev.ORCHESTRATION_COMPLETED
        else:
            reason = json.loads(child.output) if child.output else child.status
            fields = {"Reason": reason if isinstance(reason, str) else json.dumps(reason), "Details": ""}
            if child.failure is not None:
                fields["_failure"] = child.failure
            kind = ev.ORCHESTRATION_FAILED
        event = ev.event(kind, self.now(), TaskScheduledId=child.parent_task, **fields)
        self.deliver(child.parent, child.parent_execution, event)

    def fail(self, live: Live, text: str) -> None:
        """An instance cannot go on."""
        self.end(live, "Failed", json.dumps(f"Orchestrator function '{live.instance.name}' failed: {text}"))

    async def wait(self, id_: str, seconds: float) -> Instance | None:
        """An instance when it has come to its end, or as it is after some time."""
        if id_ in self.live:
            future = asyncio.get_running_loop().create_future()
            self._ends.setdefault(id_, []).append(future)
            try:
                await asyncio.wait((future,), timeout=seconds)
            finally:
                if future in self._ends.get(id_, ()):
                    self._ends[id_].remove(future)
        return self.store.instance(id_)

    def hear(self, id_: str, outcome: Outcome) -> None:
        """Pass on what a function has logged to who runs its instance by hand."""
        if id_ in self.logs:
            self.logs[id_].extend(outcome.logs)

    # -- messages -----------------------------------------------------------------------------------------

    def deliver(self, id_: str, execution: str | None, event: Event, due: float | None = None) -> None:
        """Send an event to an instance; one that is for an execution that is over is dropped."""
        caller = self.callers.get(id_)
        if caller is not None:
            if not caller.done():
                caller.set_result(event)
            return
        live = self.live.get(id_)
        if live is None:
            found = None if self._recovered else self.store.instance(id_)
            if found is not None and found.status not in FINISHED:  # it goes on when a host runs
                self.store.add_message(id_, execution, due, event)
            return
        if execution is not None and execution != live.instance.execution:
            return
        self._receive(live, self.store.add_message(id_, execution, due, event))
        self.wake(live)

    def _receive(self, live: Live, message: Message) -> None:
        if message.due is None:
            live.inbox.append(message)
            return
        live.timers[message.event["TimerId"]] = message
        self.clock.at(message.due, lambda: self._fire(message))

    def _fire(self, message: Message) -> None:
        live = self.live.get(message.instance)
        if live is not None and live.timers.get(message.event["TimerId"]) is message:
            del live.timers[message.event["TimerId"]]
            live.inbox.append(message)
            self.wake(live)

    def wake(self, live: Live) -> None:
        """Give an instance its turn, if there is something for it."""
        if live.queued or live.is_suspended or self.live.get(live.instance.id) is not live:
            return
        function = self.turns.functions.find(live.instance.name)
        if function is None:
            self._say_missing(live)
            return
        if live.instance.due is not None and live.instance.due > self.now():
            return
        refusal = self._versions.refuses(live.instance.version)
        if refusal is not None:
            self._refuse(live, refusal)
            return
        keeps_events = protocols.of(function.trigger).KEEPS_EVENTS
        try:
            ready = bool(live.ready(self.store, keeps_events=keeps_events)) or live.load(self.store).episodes == 0
        except HistoryError as error:
            self.fail(live, str(error))
            return
        if not ready:
            return
        loop = asyncio.get_running_loop()
        more_to_come = live.execution is not None and len(live.execution.open) > len(live.inbox)
        if live.rest > loop.time() and more_to_come:
            if not live.resting:
                live.resting = True
                self._resting += 1
                loop.call_at(live.rest, self._rested, live)
            return
        live.queued = True
        self.turns.lane.add(live)

    def _rested(self, live: Live) -> None:
        live.resting = False
        self._resting -= 1
        self.wake(live)
        self.rest()

    def _refuse(self, live: Live, reason: str) -> None:
        if self._versions.fails:
            self.fail(live, f"It cannot be run: {reason}.")
            return
        key = f"{live.instance.name} {live.instance.version}"
        if key not in self._missing:
            self._missing.add(key)
            self.app.report(f"The instance {live.instance.id} of '{live.instance.name}' waits: {reason}.")

    def _say_missing(self, live: Live) -> None:
        name = live.instance.name
        if name not in self._missing:
            self._missing.add(name)
            self.app.report(f"Instances of '{name}' wait: the app has no orchestrator function of this name.")
