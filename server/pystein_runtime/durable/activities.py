"""Activities and HTTP calls: each runs once, unless host or worker end while it does."""

from __future__ import annotations

import asyncio
import json
from typing import TYPE_CHECKING, Any

from pystein_runtime.host.triggers import Event as HostEvent
from pystein_runtime.worker.messages import Datum

from . import app as durable_app
from . import events as ev
from .app import CRASHES, WORKER_GONE
from .lane import Lane
from .model import HTTP_ACTIVITY

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pystein_runtime.host.functions import Function
    from pystein_runtime.host.invocation import Outcome
    from pystein_runtime.worker.messages import Error

    from .app import Functions
    from .hub import Hub
    from .model import Task

_REASON = "(null)"


class Activities:
    """Runs the tasks of a hub."""

    def __init__(self, hub: Hub) -> None:
        self._hub = hub
        self._functions = durable_app.of_kind((), "activitytrigger")
        self._held: list[Task] = []
        self._known: set[int] = set()
        self._limit = 1
        self._running: set[int] = set()
        """Rows of what the worker is at."""
        self._suspects: set[int] = set()
        """Rows of what ran together when the worker ended: each runs alone once, to tell who it was."""
        self._unheard: set[int] = set()
        """Those of them that have not been told yet that the worker has ended."""
        self.lane: Lane[Task] = Lane(self._run, hub.fault, hub.rest)

    def update(self, functions: Functions, limit: int) -> None:
        """The app was loaded."""
        self._functions = functions
        self._limit = limit
        self._limit_lane()
        held, self._held = self._held, []
        for task in held:
            self.lane.add(task)

    def check(self, name: str) -> None:
        """Refuse a name that no activity has.

        Raises:
            DurableError: with the extension's text.
        """
        if name != HTTP_ACTIVITY:
            self._functions.check(name)

    def add(self, task: Task) -> None:
        """Run a task, when it is due."""
        self._known.add(task.row)
        if task.due is None:
            self.lane.add(task)
        else:
            self._hub.clock.at(task.due, lambda: self.lane.add(task))

    def recover(self, tasks: Iterable[Task]) -> None:
        """Run what an earlier process has left."""
        for task in tasks:
            if task.row not in self._known:
                self.add(task)

    async def _run(self, task: Task) -> None:
        try:
            if task.name == HTTP_ACTIVITY:
                await self._call(task)
            else:
                await self._invoke(task)
        except Exception as error:
            self._failed(task, f"A fault of this host: {type(error).__name__}: {error}", "")

    async def _invoke(self, task: Task) -> None:
        function = self._functions.find(task.name)
        if function is None:
            self._held.append(task)
            self._clear(task)
            self._hub.app.report(f"An activity waits: the app has no activity function '{task.name}' any more.")
            return
        self._running.add(task.row)
        try:
            outcome = await self._hub.app.run_silently(function, _event(function, task))
            is_shared = self._is_shared(task, outcome)
        finally:
            self._running.discard(task.row)
            self._unheard.discard(task.row)
        self._hub.hear(task.instance, outcome)
        error = outcome.error
        if error is not None and error.type == WORKER_GONE:
            if not self._hub.is_open:
                return  # it stays in the store
            if is_shared:
                self.lane.add(task, first=True)
                return
            task = task._replace(crashes=task.crashes + 1)
            if task.crashes < CRASHES:
                self._hub.store.update_task(task)
                self.lane.add(task, first=True)
                return
        self._hub.app.show(outcome)
        if error is None:
            self._finish(task, ev.TASK_COMPLETED, Result=_result(outcome))
        else:
            text = f"Activity function '{task.name}' failed: {_text(error)}"
            self._failed(task, text, error.traceback, _error=[error.type, error.message])

    def _is_shared(self, task: Task, outcome: Outcome) -> bool:
        """Whether the worker has ended while it was at other activities too: it need not have been this one."""
        if outcome.error is None or outcome.error.type != WORKER_GONE:
            return False
        if task.row in self._unheard:
            return True
        if len(self._running) == 1:
            return False
        self._suspects |= self._running
        self._unheard |= self._running
        self._limit_lane()
        return True

    def _clear(self, task: Task) -> None:
        self._suspects.discard(task.row)
        self._limit_lane()

    def _limit_lane(self) -> None:
        self.lane.limit = 1 if self._suspects else self._limit

    async def _call(self, task: Task) -> None:
        """A durable HTTP call. Where the answer is 202, another task goes on to ask."""
        from . import http_calls  # noqa: PLC0415 - imports for 7 ms, and few orchestrators make such calls

        try:
            step = await asyncio.to_thread(http_calls.make, json.loads(task.input or "null"))
        except http_calls.CallError as error:
            self._failed(task, f"Activity function '{HTTP_ACTIVITY}' failed: {error}", "")
            return
        if step.again is None:
            self._finish(task, ev.TASK_COMPLETED, Result=json.dumps(step.answer))
            return
        task = task._replace(input=json.dumps(step.again), due=self._hub.now() + step.delay)
        self._hub.store.update_task(task)
        self.add(task)

    def _failed(self, task: Task, reason: str, details: str, **more: Any) -> None:
        self._finish(task, ev.TASK_FAILED, Reason=reason, Details=details, **more)

    def _finish(self, task: Task, kind: int, **fields: Any) -> None:
        self._known.discard(task.row)
        self._clear(task)
        if self._hub.store.delete_task(task.row):  # else the instance was purged
            event = ev.event(kind, self._hub.now(), TaskScheduledId=task.number, **fields)
            self._hub.deliver(task.instance, task.execution, event)


def _event(function: Function, task: Task) -> HostEvent:
    text = task.input or "null"
    data: dict[str, Any] = {}
    if function.inputs or len(function.outputs) > 0:
        data = {"instanceid": task.instance, "data": json.loads(text)}
    return HostEvent(Datum("string", text), {}, data, _REASON)


def _result(outcome: Outcome) -> str:
    datum = outcome.return_value
    if datum is None or datum.type is None:
        return "null"
    return str(datum.value) if datum.type == "json" else json.dumps(datum.value)


def _text(error: Error) -> str:
    return error.message if error.type == "FunctionTimeoutException" else f"{error.type}: {error.message}"
