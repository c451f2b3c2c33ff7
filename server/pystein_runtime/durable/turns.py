"""Turns of orchestrators: the function runs over its history, and what it has asked for is kept and set going."""

from __future__ import annotations

import asyncio
import json
import uuid
from contextlib import suppress
from typing import TYPE_CHECKING, Any

from pystein_runtime.worker.messages import NOTHING, Error

from . import app as durable_app
from . import determinism, operations, protocols, replay
from . import events as ev
from .app import CRASHES, WORKER_GONE
from .determinism import Orchestrator
from .lane import Lane
from .model import DurableError, Instance, Operation, Turn
from .names import check_instance_id, normal
from .replay import Execution, HistoryError, Progress

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pystein_runtime.host.invocation import Outcome

    from .hub import Hub
    from .live import Live
    from .model import Action, Event, Message
    from .protocols import Dialect
    from .replay import Beginning

REASON = "(null)"
"""As the platform's log has it for durable functions."""
_LONGEST_REST = 1.0  # seconds


class Turns:
    """Gives the orchestrations of a hub their turns."""

    def __init__(self, hub: Hub) -> None:
        self._hub = hub
        self._store = hub.store
        self.functions = durable_app.of_kind((), "orchestrationtrigger")
        self.lane: Lane[Live] = Lane(self._turn, hub.fault, hub.rest)

    async def _turn(self, live: Live) -> None:
        loop = asyncio.get_running_loop()
        begun = loop.time()
        try:
            if self._hub.live.get(live.instance.id) is live and not live.is_suspended:
                await self._run(live)
        except HistoryError as error:
            self._hub.fail(live, str(error))
        except Exception as error:
            if self._hub.live.get(live.instance.id) is live:
                self._hub.fail(live, f"A fault of this host: {type(error).__name__}: {error}")
        finally:
            live.queued = False
            live.rest = loop.time() + min(loop.time() - begun, _LONGEST_REST)
            self._hub.wake(live)

    async def _run(self, live: Live) -> None:
        function = self.functions.find(live.instance.name)
        if function is None:
            return
        instance, execution = live.instance, live.load(self._store)
        protocol = protocols.of(function.trigger)
        messages = live.ready(self._store, keeps_events=protocol.KEEPS_EVENTS)
        now = max([self._hub.now(), *(message.due for message in messages if message.due is not None)])
        started = self._started(instance, now) if execution.episodes == 0 else None
        beginning = replay.begin(execution, started, [message.event for message in messages], now)
        texts = [ev.dump(event) for event in beginning.events]
        body = protocol.orchestrator_input(instance, execution, beginning.events, texts)
        outcome = await self._hub.app.run_silently(function, durable_app.to_event(body, REASON))
        self._hub.hear(instance.id, outcome)
        if self._hub.live.get(instance.id) is not live or live.instance.execution != instance.execution:
            return  # terminated or purged meanwhile
        turn = self._read(protocol, live, outcome)
        if turn is not None:
            orchestrator = Orchestrator(instance.name, function.file, function.line)
            self._settle(live, orchestrator, messages, beginning, texts, turn)

    def _started(self, instance: Instance, now: float) -> Event:
        parent = None
        if instance.parent is not None:
            parent = {
                "OrchestrationInstance": {"InstanceId": instance.parent, "ExecutionId": instance.parent_execution},
                "TaskScheduleId": instance.parent_task,
            }
        return ev.event(
            ev.EXECUTION_STARTED, now, Name=instance.name, Version=instance.version, Input=instance.input,
            Tags=None if instance.tags is None else json.loads(instance.tags),
            OrchestrationInstance={"InstanceId": instance.id, "ExecutionId": instance.execution}, ParentInstance=parent,
        )  # fmt: skip

    def _read(self, protocol: Dialect, live: Live, outcome: Outcome) -> Turn | None:
        """An orchestrator's answer; None: its worker has ended, and it is to be asked again."""
        error = outcome.error
        if error is None:
            live.crashes = 0
            turn = self._parse(protocol, outcome)
            if turn.error is not None:  # the package says so in an answer of its own
                outcome = outcome._replace(ok=False, error=Error("OrchestrationFailed", turn.error, ""))
            self._hub.app.show(outcome)
            return turn
        if error.type == WORKER_GONE:
            if not self._hub.is_open:
                return None
            live.crashes += 1
            if live.crashes < CRASHES:
                return None
        turn = protocol.read_failure(error.message)
        clean = error._replace(
            message=turn.error or error.message, traceback=protocol.without_state(error.traceback),
            full_traceback=protocol.without_state(error.full_traceback),
        )  # fmt: skip
        self._hub.app.show(outcome._replace(error=clean))
        return turn

    @staticmethod
    def _parse(protocol: Dialect, outcome: Outcome) -> Turn:
        try:
            return protocol.read_orchestrator((outcome.return_value or NOTHING).value or "null")
        except ValueError as wrong:
            return Turn([], done=True, error=f"It returned something else than the durable package does: {wrong}.")

    def _settle(
        self, live: Live, orchestrator: Orchestrator, messages: list[Message], beginning: Beginning, texts: list[str],
        turn: Turn,
    ) -> None:  # fmt: skip
        """Keep what a turn has led to."""
        execution, instance, now = live.load(self._store), live.instance, self._hub.now()
        for event in (*beginning.events, *beginning.follow):
            execution.apply(event)
        self._store.delete_messages(messages)
        taken = {message.row for message in messages}
        live.inbox = [message for message in live.inbox if message.row not in taken]
        error, scheduled, canceled = self._judge(live, orchestrator, turn, now)
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
        self._store.add_episode(instance.id, execution.episodes, texts)
        execution.keep(texts)
        for number in canceled:
            self._cancel(live, number)
        for event in following:
            self.dispatch(live, event)
        for action in turn.actions:
            if action.kind == "terminate":
                self._terminate(action)
        custom = instance.custom if turn.custom is None else turn.custom
        if status is not None:
            live.instance = instance._replace(custom=custom, failure=turn.failure)
            self._hub.end(live, status, output)
        elif renewal is not None:
            self._renew(live, renewal, turn.carried, custom)
        else:
            status = "Suspended" if live.is_suspended else "Running"
            self._hub.change(live, status=status, custom=custom)

    def _judge(
        self, live: Live, orchestrator: Orchestrator, turn: Turn, now: float
    ) -> tuple[str | None, list[Event], list[int]]:
        """Why the instance fails, if it does; the calls that are new; the numbers of timers that are not wanted any more."""
        execution = live.load(self._store)
        if turn.strayed and turn.error is not None:
            return determinism.told_by_package(orchestrator, turn.error), [], []
        if turn.error is not None and not turn.actions:
            return turn.error, [], []  # it was cut off, and has said nothing about its calls
        if turn.fresh:
            step = Progress(replay.added(execution, turn.actions, now), [], None, None)
        else:
            step = replay.progress(execution, turn.actions, orchestrator, now)
        if step.doubt is not None and not live.doubted:
            live.doubted = True
            self._hub.app.report(step.doubt)
        return step.problem or self._unknown(step.events) or turn.error, step.events, step.canceled

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
                    self._hub.activities.check(event["Name"])
                elif event["EventType"] == ev.ORCHESTRATION_CREATED:
                    self.functions.check(event["Name"])
                    check_instance_id(event["InstanceId"])
                elif event["EventType"] == ev.EVENT_SENT and ev.request_of(event) is not None:
                    self._hub.entities.check(event["InstanceId"])
            except DurableError as error:  # noqa: PERF203 - few, and only until the first one
                del scheduled[position:]
                return str(error)
        return None

    def _renew(
        self, live: Live, renewal: Action, carried: Sequence[tuple[str, str | None]], custom: str | None
    ) -> None:
        """Continue as new: a new execution, which gets the external events that nobody has waited for."""
        self._store.delete_history(live.instance.id)
        self._store.delete_messages_of(live.instance.id, live.instance.execution)
        live.inbox = [message for message in live.inbox if message.execution is None]
        live.timers.clear()
        live.execution = Execution(uuid.uuid4().hex)
        status = "Suspended" if live.is_suspended else "Running"
        version = live.instance.version if renewal.version is None else renewal.version
        self._hub.change(
            live, execution=live.execution.id, input=renewal.input, status=status, custom=custom, version=version
        )
        events = [ev.event(ev.EVENT_RAISED, self._hub.now(), Name=name, Input=data) for name, data in carried]
        live.inbox[:0] = [self._store.add_message(live.instance.id, None, None, event) for event in events]

    # -- what a turn sets going ---------------------------------------------------------------------------

    def dispatch(self, live: Live, event: Event) -> None:
        """Have done what an event of the history says is scheduled."""
        kind, instance, number = event["EventType"], live.instance, event["EventId"]
        if kind == ev.TASK_SCHEDULED:
            task = self._store.add_task(instance.id, instance.execution, number, event["Name"], event["Input"])
            self._hub.activities.add(task)
        elif kind == ev.ORCHESTRATION_CREATED:
            self.start_child(live, event)
        elif kind == ev.TIMER_CREATED and "_canceled" not in event:
            due = ev.seconds(event["FireAt"])
            fired = ev.event(ev.TIMER_FIRED, max(due, self._hub.now()), TimerId=number, FireAt=event["FireAt"])
            self._hub.deliver(instance.id, instance.execution, fired, due)
        elif kind == ev.EVENT_SENT:
            self._send(instance, event)

    def _send(self, instance: Instance, event: Event) -> None:
        target, request = event["InstanceId"], ev.request_of(event)
        if request is None:
            raised = ev.event(ev.EVENT_RAISED, self._hub.now(), Name=event["Name"], Input=event["Input"])
            self._hub.deliver(target, None, raised)
            return
        entity = normal(target)
        if "unlock" in request:
            self._hub.entities.unlock(entity, request["id"])
            return
        caller, execution = (None, None) if request["signal"] else (instance.id, instance.execution)
        due = None if "due" not in request else ev.seconds(request["due"])
        locks = None if "lockset" not in request else json.dumps([normal(id_) for id_ in request["lockset"]])
        self._hub.entities.add(
            Operation(
                0, entity, request["op"] or "", request.get("input"), caller, execution, request["id"], due, locks
            )
        )

    def _terminate(self, action: Action) -> None:
        """End another orchestration; one that is over or unknown is left alone."""
        with suppress(DurableError):
            operations.terminate(self._hub, action.target or "", json.loads(action.input or "null"))

    def start_child(self, live: Live, event: Event) -> None:
        """Begin a sub-orchestration."""
        id_, parent = event["InstanceId"], live.instance
        if id_ in self._hub.live:
            text = f"An Orchestration instance with the status {self._hub.live[id_].instance.status} already exists."
            failed = ev.event(
                ev.ORCHESTRATION_FAILED, self._hub.now(), TaskScheduledId=event["EventId"], Reason=text, Details=""
            )
            self._hub.deliver(parent.id, parent.execution, failed)
            return
        child = self._hub.new_instance(id_, event["Name"], event["Input"], event["Version"])
        self._hub.start(
            child._replace(parent=parent.id, parent_execution=parent.execution, parent_task=event["EventId"])
        )

    def _cancel(self, live: Live, number: int) -> None:
        message = live.timers.pop(number, None)
        if message is not None:
            self._store.delete_messages((message,))
