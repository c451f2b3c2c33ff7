"""The task hub: takes what is due out of the store, has it run, and keeps what became of it.

Every step is one transaction: a turn of an orchestrator takes its messages away and leaves history and new work; the end
of an activity takes the task away and leaves a message. Whenever host or worker die, the step is done again, and an
activity that was running then runs a second time; nothing else is visible.
"""

from __future__ import annotations

import asyncio
import heapq
import json
import time
import uuid
from typing import TYPE_CHECKING, Any

from pystein_runtime.worker.messages import NOTHING

from . import app as durable_app
from . import events as ev
from . import json_protocol as protocol
from . import replay
from .activities import Activities
from .app import CRASHES, WORKER_GONE, App
from .entities import Entities
from .lane import Lane
from .model import FINISHED, DurableError, Instance, Operation, Turn
from .replay import Execution, HistoryError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from pystein_runtime.host.functions import Function
    from pystein_runtime.host.invocation import Outcome
    from pystein_runtime.worker.messages import Log

    from .model import Action, Event, Message
    from .replay import Beginning
    from .store import TaskHubStore

REASON = "(null)"
"""As the platform's log has it for durable functions."""
_LONGEST_REST = 1.0  # seconds
_LONGEST = 3600.0  # seconds that a timer of the loop is set to; then it is set again


class Live:
    """An instance that has not come to its end."""

    def __init__(self, instance: Instance, *, begun: bool) -> None:
        self.instance = instance
        self.execution: Execution | None = None if begun else Execution(instance.execution)
        self.inbox: list[Message] = []
        self.timers: dict[int, Message] = {}
        self.queued = False
        self.crashes = 0
        self.doubted = False
        self.rest = 0.0
        """Until then (the loop's time) it collects what comes, so that replays take half of the time at most."""
        self.resting = False

    @property
    def is_suspended(self) -> bool:
        """Whether it keeps still until it is resumed."""
        return self.instance.status == "Suspended"


class Hub:
    """A task hub. `update` comes first, then `open`."""

    def __init__(self, store: TaskHubStore, app: App, now: Callable[[], float] = time.time) -> None:
        self.store = store
        self.app = app
        self.now = now
        self.live: dict[str, Live] = {}
        self.orchestrators = durable_app.of_kind((), "orchestrationtrigger")
        self.activities = Activities(self)
        self.entities = Entities(self)
        self._lane: Lane[Live] = Lane(self._turn)
        self._lanes: tuple[Lane[Live], Lane[object], Lane[str]] = (self._lane, self.activities.lane, self.entities.lane)  # type: ignore[assignment]
        self._timers: list[tuple[float, int, Message]] = []
        self._alarm: asyncio.TimerHandle | None = None
        self._ends: dict[str, list[asyncio.Future[None]]] = {}
        self._missing: set[str] = set()
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
        self.orchestrators = durable_app.of_kind(known, "orchestrationtrigger")
        self._missing.clear()
        self._lane.limit = self.entities.lane.limit = options.max_orchestrators
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

    async def close(self, seconds: float) -> None:
        """The counterpart of an `open`; after the last one nothing new is begun, and what runs may finish."""
        self._users -= 1
        if self._users > 0:
            return
        for lane in self._lanes:
            lane.close()
        await asyncio.gather(*(lane.settle(seconds) for lane in self._lanes))
        self.store.flush()

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
        self.entities.recover(self.store.operations())
        for live in list(self.live.values()):
            self.wake(live)

    # -- instances ----------------------------------------------------------------------------------------

    def start(self, instance: Instance) -> None:
        """Begin an instance, in place of a finished one with its id."""
        self.store.delete_instance(instance.id)
        self.store.put_instance(instance)
        live = self.live[instance.id] = Live(instance, begun=False)
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
        live.instance = live.instance._replace(updated=self.now(), **fields)  # type: ignore[arg-type]
        self.store.put_instance(live.instance)

    def end(self, live: Live, status: str, output: str | None) -> None:
        """An instance has come to its end; `output` is JSON."""
        self.change(live, status=status, output=output)
        instance = live.instance
        self.store.delete_messages_of(instance.id)
        del self.live[instance.id]
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
            await asyncio.wait((future,), timeout=seconds)
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
        heapq.heappush(self._timers, (message.due, message.row, message))
        self._set_alarm()

    def _set_alarm(self) -> None:
        if self._alarm is not None:
            self._alarm.cancel()
            self._alarm = None
        if self._timers:
            seconds = min(max(self._timers[0][0] - self.now(), 0.0), _LONGEST)
            self._alarm = asyncio.get_running_loop().call_later(seconds, self._ring)

    def _ring(self) -> None:
        now = self.now()
        while self._timers and self._timers[0][0] <= now:
            _, _, message = heapq.heappop(self._timers)
            live = self.live.get(message.instance)
            if live is not None and live.timers.get(message.event["TimerId"]) is message:
                del live.timers[message.event["TimerId"]]
                live.inbox.append(message)
                self.wake(live)
        self._set_alarm()

    def wake(self, live: Live) -> None:
        """Give an instance its turn, if there is something for it."""
        if live.queued or live.is_suspended or self.live.get(live.instance.id) is not live:
            return
        if self.orchestrators.find(live.instance.name) is None:
            self._say_missing(live)
            return
        try:
            ready = bool(self._ready(live)) or self._execution(live).episodes == 0
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
                loop.call_at(live.rest, self._rested, live)
            return
        live.queued = True
        self._lane.add(live)

    def _rested(self, live: Live) -> None:
        live.resting = False
        self.wake(live)

    def _say_missing(self, live: Live) -> None:
        name = live.instance.name
        if name not in self._missing:
            self._missing.add(name)
            self.app.report(f"Instances of '{name}' wait: the app has no orchestrator function of this name.")

    def _execution(self, live: Live) -> Execution:
        """Raises HistoryError when the history cannot be read."""
        if live.execution is None:
            live.execution = Execution.load(live.instance.execution, self.store.episodes(live.instance.id))
        return live.execution

    def _ready(self, live: Live) -> list[Message]:
        """The messages that the orchestrator is ready for."""
        taken: dict[str, int] = {}
        ready = []
        for message in live.inbox:
            event = message.event
            if event["EventType"] == ev.EVENT_RAISED and "_reply" not in event:
                execution = self._execution(live)
                name = event["Name"]
                taken[name] = taken.get(name, 0) + 1
                if execution.waits.get(name, 0) < execution.raised.get(name, 0) + taken[name]:
                    continue
            ready.append(message)
        return ready

    # -- a turn of an orchestrator ------------------------------------------------------------------------

    async def _turn(self, live: Live) -> None:
        loop = asyncio.get_running_loop()
        begun = loop.time()
        try:
            if self.live.get(live.instance.id) is live and not live.is_suspended:
                await self._run(live)
        except HistoryError as error:
            self.fail(live, str(error))
        except Exception as error:
            if self.live.get(live.instance.id) is live:
                self.fail(live, f"A fault of this host: {type(error).__name__}: {error}")
        finally:
            live.queued = False
            live.rest = loop.time() + min(loop.time() - begun, _LONGEST_REST)
            self.wake(live)

    async def _run(self, live: Live) -> None:
        function = self.orchestrators.find(live.instance.name)
        if function is None:
            return
        instance, execution = live.instance, self._execution(live)
        messages = self._ready(live)
        now = max([self.now(), *(message.due for message in messages if message.due is not None)])
        started = self._started(instance, now) if execution.episodes == 0 else None
        beginning = replay.begin(execution, started, [message.event for message in messages], now)
        texts = [ev.dump(event) for event in beginning.events]
        body = protocol.orchestrator_input(instance, execution.played, texts)
        outcome = await self.app.run_silently(function, durable_app.to_event(body, REASON))
        self.hear(instance.id, outcome)
        if self.live.get(instance.id) is not live or live.instance.execution != instance.execution:
            return  # terminated or purged meanwhile
        turn = self._read(live, outcome)
        if turn is not None:
            self._settle(live, messages, beginning, texts, turn)

    def _started(self, instance: Instance, now: float) -> Event:
        parent = None
        if instance.parent is not None:
            parent = {
                "OrchestrationInstance": {"InstanceId": instance.parent, "ExecutionId": instance.parent_execution},
                "TaskScheduleId": instance.parent_task,
            }
        return ev.event(
            ev.EXECUTION_STARTED, now, Name=instance.name, Version=instance.version, Input=instance.input, Tags=None,
            OrchestrationInstance={"InstanceId": instance.id, "ExecutionId": instance.execution}, ParentInstance=parent,
        )  # fmt: skip

    def _read(self, live: Live, outcome: Outcome) -> Turn | None:
        """An orchestrator's answer; None: its worker has ended, and it is to be asked again."""
        error = outcome.error
        if error is None:
            self.app.show(outcome)
            live.crashes = 0
            try:
                return protocol.read_orchestrator((outcome.return_value or NOTHING).value or "null")
            except ValueError as wrong:
                return Turn([], done=True, error=f"It returned something else than the durable package does: {wrong}.")
        if error.type == WORKER_GONE:
            if not self.is_open:
                return None
            live.crashes += 1
            if live.crashes < CRASHES:
                return None
        turn = protocol.read_failure(error.message)
        clean = error._replace(
            message=turn.error or error.message, traceback=protocol.without_state(error.traceback),
            full_traceback=protocol.without_state(error.full_traceback),
        )  # fmt: skip
        self.app.show(outcome._replace(error=clean))
        return turn

    def _settle(self, live: Live, messages: list[Message], beginning: Beginning, texts: list[str], turn: Turn) -> None:
        """Keep what a turn has led to."""
        execution, instance, now = self._execution(live), live.instance, self.now()
        for event in (*beginning.events, *beginning.follow):
            execution.apply(event)
        self.store.delete_messages(messages)
        taken = {message.row for message in messages}
        live.inbox = [message for message in live.inbox if message.row not in taken]
        error, scheduled, canceled = turn.error, [], []
        if turn.actions or error is None:  # an orchestrator that was cut off has said nothing about its calls
            step = replay.progress(execution, turn.actions, instance.name, now)
            error = step.problem or self._unknown(step.events) or error
            scheduled, canceled = step.events, step.canceled
            if step.doubt is not None and not live.doubted:
                live.doubted = True
                self.app.report(step.doubt)
        renewal = next((action for action in turn.actions if action.kind == "continue"), None)
        status, output = self._verdict(instance, turn, error, renewal)
        following = [*beginning.follow, *scheduled]
        for event in scheduled:
            execution.apply(event)
        waits = replay.waits(turn.actions)
        more: dict[str, Any] = {"_waits": waits} if waits else {}
        last = ev.event(ev.ORCHESTRATOR_COMPLETED, now, **more)
        ending = [last]
        if status is not None:
            ending.append(ev.event(ev.EXECUTION_COMPLETED, now, OrchestrationStatus=status, Result=output))
        execution.apply(last)
        texts = [*texts, *(ev.dump(event) for event in (*following, *ending))]
        self.store.add_episode(instance.id, execution.episodes, texts)
        execution.keep(texts)
        for number in canceled:
            self._cancel(live, number)
        for event in following:
            self.dispatch(live, event)
        custom = instance.custom if turn.custom is None else turn.custom
        if status is not None:
            live.instance = instance._replace(custom=custom)
            self.end(live, status, output)
        elif renewal is not None:
            self._renew(live, renewal.input, custom)
        else:
            status = "Suspended" if live.is_suspended else "Running"
            self.change(live, status=status, custom=custom)

    def _verdict(
        self, instance: Instance, turn: Turn, error: str | None, renewal: Action | None
    ) -> tuple[str | None, str | None]:
        """Status and output as JSON when this was the last turn."""
        if error is not None:
            return "Failed", json.dumps(f"Orchestrator function '{instance.name}' failed: {error}")
        if turn.done and renewal is None:
            return "Completed", turn.output
        return None, None

    def _unknown(self, scheduled: list[Event]) -> str | None:
        """Why a new call cannot be made: the app has no such function. Calls of known functions are left in the list."""
        for position, event in enumerate(scheduled):
            try:
                if event["EventType"] == ev.TASK_SCHEDULED:
                    self.activities.check(event["Name"])
                elif event["EventType"] == ev.ORCHESTRATION_CREATED:
                    self.orchestrators.check(event["Name"])
                    check_instance_id(event["InstanceId"])
                elif event["EventType"] == ev.EVENT_SENT:
                    self.entities.check(event["InstanceId"])
            except DurableError as error:  # noqa: PERF203 - few, and only until the first one
                del scheduled[position:]
                return str(error)
        return None

    def _renew(self, live: Live, given: str | None, custom: str | None) -> None:
        """Continue as new: a new execution, which gets the external events that nobody has waited for."""
        self.store.delete_history(live.instance.id)
        self.store.delete_messages_of(live.instance.id, live.instance.execution)
        live.inbox = [message for message in live.inbox if message.execution is None]
        live.timers.clear()
        live.execution = Execution(uuid.uuid4().hex)
        status = "Suspended" if live.is_suspended else "Running"
        self.change(live, execution=live.execution.id, input=given, status=status, custom=custom)

    # -- what a turn sets going ---------------------------------------------------------------------------

    def dispatch(self, live: Live, event: Event) -> None:
        """Have done what an event of the history says is scheduled."""
        kind, instance, number = event["EventType"], live.instance, event["EventId"]
        if kind == ev.TASK_SCHEDULED:
            task = self.store.add_task(instance.id, instance.execution, number, event["Name"], event["Input"])
            self.activities.add(task)
        elif kind == ev.ORCHESTRATION_CREATED:
            self.start_child(live, event)
        elif kind == ev.TIMER_CREATED and "_canceled" not in event:
            due = ev.seconds(event["FireAt"])
            fired = ev.event(ev.TIMER_FIRED, due, TimerId=number, FireAt=event["FireAt"])
            self.deliver(instance.id, instance.execution, fired, due)
        elif kind == ev.EVENT_SENT:
            request = json.loads(event["Input"])
            caller, execution = (None, None) if request["signal"] else (instance.id, instance.execution)
            given = None if request["input"] is None else protocol.operation_input(request["input"])
            self.entities.add(Operation(0, event["InstanceId"], request["op"], given, caller, execution, request["id"]))

    def start_child(self, live: Live, event: Event) -> None:
        """Begin a sub-orchestration."""
        id_, parent = event["InstanceId"], live.instance
        if id_ in self.live:
            text = f"An Orchestration instance with the status {self.live[id_].instance.status} already exists."
            failed = ev.event(
                ev.ORCHESTRATION_FAILED, self.now(), TaskScheduledId=event["EventId"], Reason=text, Details=""
            )
            self.deliver(parent.id, parent.execution, failed)
            return
        child = self.new_instance(id_, event["Name"], event["Input"], event["Version"])
        self.start(child._replace(parent=parent.id, parent_execution=parent.execution, parent_task=event["EventId"]))

    def _cancel(self, live: Live, number: int) -> None:
        message = live.timers.pop(number, None)
        if message is not None:
            self.store.delete_messages((message,))


def check_instance_id(id_: str) -> None:
    """Refuse an instance id that the extension refuses (azure-functions-durable-extension, `DurableClient`).

    Raises:
        DurableError: with the reason.
    """
    if id_.startswith("@"):
        raise DurableError(400, "Orchestration instance ids must not start with @.")
    wrong = next(
        (character for character in id_ if character in "/\\#?" or ord(character) < 32 or 127 <= ord(character) < 160),
        None,
    )
    if wrong is not None:
        raise DurableError(
            400,
            f"Orchestration instance ids must not contain /, \\, #, ? or control characters: {id_!r} has {wrong!r}.",
        )
    if len(id_) > 256:
        raise DurableError(400, "Orchestration instance ids must not be longer than 256 characters.")
